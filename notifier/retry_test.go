package notifier_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/notifier"
)

func TestNext(t *testing.T) {
	t.Parallel()
	fail := func(f notifier.Failure, code string, retryAfter time.Duration) error {
		return &notifier.SendError{Failure: f, Code: code, RetryAfter: retryAfter}
	}
	for name, c := range map[string]struct {
		attempts   int
		providerID string
		err        error
		jitter     float64
		want       notifier.Outcome
	}{
		"taken":                        {1, "SM1", nil, 0, notifier.Outcome{State: notifier.Accepted, ProviderID: "SM1"}},
		"taken without an id":          {1, "", nil, 0, notifier.Outcome{State: notifier.Unknown, Code: "no_answer", NextAt: noon.Add(10 * time.Second)}},
		"refused":                      {1, "", fail(notifier.Refused, "21211", 0), 0, notifier.Outcome{State: notifier.Rejected, Code: "21211"}},
		"busy":                         {1, "", fail(notifier.Busy, "20429", 0), 0, notifier.Outcome{State: notifier.Ready, Code: "20429", NextAt: noon.Add(time.Second)}},
		"busy, told to wait":           {1, "", fail(notifier.Busy, "20429", 9*time.Second), 0, notifier.Outcome{State: notifier.Ready, Code: "20429", NextAt: noon.Add(9 * time.Second)}},
		"busy, third time":             {3, "", fail(notifier.Busy, "20429", time.Second), 0.5, notifier.Outcome{State: notifier.Ready, Code: "20429", NextAt: noon.Add(6 * time.Second)}},
		"busy, told to wait too long":  {1, "", fail(notifier.Busy, "20429", 30*time.Minute), 0, notifier.Outcome{State: notifier.Expired, Code: "20429"}},
		"no connection, hundredth":     {100, "", fail(notifier.NotSent, "no_connection", 0), 0, notifier.Outcome{State: notifier.Ready, Code: "no_connection", NextAt: noon.Add(30 * time.Second)}},
		"lost":                         {1, "", fail(notifier.Lost, "timed_out", 0), 0, notifier.Outcome{State: notifier.Unknown, Code: "timed_out", NextAt: noon.Add(10 * time.Second)}},
		"wrapped":                      {1, "", fmt.Errorf("x: %w", fail(notifier.Refused, "21610", 0)), 0, notifier.Outcome{State: notifier.Rejected, Code: "21610"}},
		"an error of no kind":          {1, "", errors.New("x"), 0, notifier.Outcome{State: notifier.Unknown, Code: "no_answer", NextAt: noon.Add(10 * time.Second)}},
		"an error of no kind, with id": {1, "SM1", context.Canceled, 0, notifier.Outcome{State: notifier.Unknown, Code: "no_answer", NextAt: noon.Add(10 * time.Second)}},
		"a failure nobody listed":      {1, "", fail("new", "x", 0), 0, notifier.Outcome{State: notifier.Unknown, Code: "x", NextAt: noon.Add(10 * time.Second)}},
	} {
		m := waiting()
		m.State, m.Attempts = notifier.Sending, c.attempts
		if got := notifier.Next(m, c.providerID, c.err, noon, c.jitter); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

// What follows is always something a sending message may become; it is tried again only if nothing went, in time, and no sooner than told.
func TestNextIsAlwaysSafe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := waiting()
		m.State, m.Attempts = notifier.Sending, rapid.IntRange(1, 1000).Draw(t, "attempts")
		failed := &notifier.SendError{
			Failure:    rapid.SampledFrom([]notifier.Failure{notifier.Refused, notifier.Busy, notifier.NotSent, notifier.Lost, ""}).Draw(t, "failure"),
			Code:       "x",
			RetryAfter: time.Duration(rapid.IntRange(0, 4000).Draw(t, "retry after")) * time.Second,
		}
		now := noon.Add(time.Duration(rapid.IntRange(0, 3600).Draw(t, "now")) * time.Second)
		o := notifier.Next(m, "", failed, now, rapid.Float64Range(0, 0.999).Draw(t, "jitter"))
		if _, err := m.Settle(o); err != nil {
			t.Fatal(err)
		}
		if o.State != notifier.Ready {
			return
		}
		if failed.Failure != notifier.Busy && failed.Failure != notifier.NotSent {
			t.Fatalf("tried again after %q", failed.Failure)
		}
		if !o.NextAt.Before(m.NotAfter) || o.NextAt.Before(now.Add(failed.RetryAfter)) || !o.NextAt.After(now) {
			t.Fatalf("at %v told to wait %v, not after %v: tries again at %v", now, failed.RetryAfter, m.NotAfter, o.NextAt)
		}
	})
}

func TestLookAgainEndsWithPeople(t *testing.T) {
	t.Parallel()
	m := waiting()
	m.State, m.BegunAt = notifier.Unknown, noon
	now, looks := noon.Add(10*time.Second), 0
	for {
		o := notifier.LookAgain(m, notifier.CodeNotFound, now)
		if o.State != notifier.Unknown || o.Code != notifier.CodeNotFound {
			t.Fatalf("got %+v, want it unknown and not_found", o)
		}
		if looks++; looks > 10 {
			t.Fatal("never ends")
		}
		if o.NextAt.IsZero() {
			break
		}
		if !o.NextAt.After(now) {
			t.Fatalf("looks again at %v, which is not after %v", o.NextAt, now)
		}
		now = o.NextAt
	}
	if looks != 4 || now.Sub(noon) < 10*time.Minute {
		t.Errorf("%d looks in %v, want 4 in at least 10 minutes", looks, now.Sub(noon))
	}
}
