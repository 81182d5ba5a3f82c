package notifier_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/notifier"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func waiting() notifier.Message {
	w, _ := notifier.WordingFor("hold_waiting")
	m := w.Compose("m1", "+447700900982", "h1", noon.Add(30*time.Minute), noon)
	m.Grounds.DutyNumber = true
	return m
}

func TestComposeEndsAtTheDeadline(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		at   time.Time
		want time.Time
	}{
		{"hold_waiting", noon.Add(30 * time.Minute), noon.Add(30 * time.Minute)},
		{"hold_waiting", noon.Add(3 * time.Hour), noon.Add(time.Hour)},
		{"hold_expired", noon, noon.Add(30 * time.Minute)},
		{"hold_released", noon, noon.Add(30 * time.Minute)},
	} {
		w, ok := notifier.WordingFor(c.code)
		if !ok {
			t.Fatalf("no wording %s", c.code)
		}
		if m := w.Compose("m", "+447700900982", "h", c.at, noon); !m.NotAfter.Equal(c.want) || m.State != notifier.Ready {
			t.Errorf("%s naming %v: not after %v, state %s; want %v, ready", c.code, c.at, m.NotAfter, m.State, c.want)
		}
	}
}

func TestBeginRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit func(*notifier.Message)
		now  time.Time
		ok   bool
	}{
		"ready":                  {func(*notifier.Message) {}, noon, true},
		"last moment":            {func(*notifier.Message) {}, noon.Add(30*time.Minute - 1), true},
		"at NotAfter":            {func(*notifier.Message) {}, noon.Add(30 * time.Minute), false},
		"before NotBefore":       {func(*notifier.Message) {}, noon.Add(-1), false},
		"before the next try":    {func(m *notifier.Message) { m.NextAt = noon.Add(time.Second) }, noon, false},
		"already sending":        {func(m *notifier.Message) { m.State = notifier.Sending }, noon, false},
		"may have gone":          {func(m *notifier.Message) { m.State = notifier.Unknown }, noon, false},
		"accepted":               {func(m *notifier.Message) { m.State = notifier.Accepted }, noon, false},
		"suppressed":             {func(m *notifier.Message) { m.State = notifier.Suppressed }, noon, false},
		"no state was ever kept": {func(m *notifier.Message) { m.State = "" }, noon, false},
	} {
		m := waiting()
		c.edit(&m)
		got, err := m.Begin(c.now)
		if c.ok != (err == nil) || (err != nil && (!errors.Is(err, notifier.ErrState) || got != m)) {
			t.Errorf("%s: %v", name, err)
		}
		if c.ok && (got.State != notifier.Sending || got.Attempts != 1 || !got.BegunAt.Equal(c.now)) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestSettleRefuses(t *testing.T) {
	t.Parallel()
	states := []notifier.State{
		notifier.Ready, notifier.Sending, notifier.Accepted, notifier.Rejected, notifier.Unknown, notifier.Expired, notifier.Suppressed,
	}
	allowed := map[[2]notifier.State]bool{
		{notifier.Ready, notifier.Ready}: true, {notifier.Ready, notifier.Expired}: true, {notifier.Ready, notifier.Suppressed}: true,
		{notifier.Sending, notifier.Ready}: true, {notifier.Sending, notifier.Accepted}: true, {notifier.Sending, notifier.Rejected}: true,
		{notifier.Sending, notifier.Unknown}: true, {notifier.Sending, notifier.Expired}: true,
		{notifier.Unknown, notifier.Unknown}: true, {notifier.Unknown, notifier.Accepted}: true,
		// The same settlement again changes nothing.
		{notifier.Accepted, notifier.Accepted}: true, {notifier.Rejected, notifier.Rejected}: true,
		{notifier.Expired, notifier.Expired}: true, {notifier.Suppressed, notifier.Suppressed}: true,
	}
	for _, from := range states {
		for _, to := range states {
			m := waiting()
			m.State = from
			o := notifier.Outcome{State: to, NextAt: noon}
			if to == notifier.Accepted {
				o.ProviderID = "SM1"
			}
			if from == notifier.Accepted {
				m.ProviderID = "SM1"
			}
			got, err := m.Settle(o)
			if allowed[[2]notifier.State{from, to}] != (err == nil) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			if err == nil && got.State != to || err != nil && (!errors.Is(err, notifier.ErrState) || got != m) {
				t.Errorf("%s to %s left %s, %v", from, to, got.State, err)
			}
		}
	}
	sending := waiting()
	sending.State = notifier.Sending
	for name, o := range map[string]notifier.Outcome{
		"accepted without a provider id": {State: notifier.Accepted},
		"rejected with a provider id":    {State: notifier.Rejected, ProviderID: "SM1"},
		"ready without a time":           {State: notifier.Ready},
		"no state":                       {},
	} {
		if _, err := sending.Settle(o); !errors.Is(err, notifier.ErrState) {
			t.Errorf("%s: %v, want ErrState", name, err)
		}
	}
}

// Whatever is asked of a message, in whatever order: a request is begun only where every earlier one surely did not go.
func TestNeverBegunAgainOnceItMayHaveGone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m, now, mayHaveGone := waiting(), noon, false
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "seconds")) * time.Second)
			switch rapid.IntRange(0, 2).Draw(t, "verb") {
			case 0:
				begun, err := m.Begin(now)
				if err == nil && mayHaveGone {
					t.Fatalf("begun again from %s", m.State)
				}
				m = begun
			case 1:
				lapsed, err := m.Lapse(now)
				mayHaveGone = mayHaveGone || err == nil
				m = lapsed
			case 2:
				o := notifier.Outcome{State: rapid.SampledFrom([]notifier.State{
					notifier.Ready, notifier.Sending, notifier.Accepted, notifier.Rejected, notifier.Unknown, notifier.Expired, notifier.Suppressed,
				}).Draw(t, "state"), NextAt: now}
				if o.State == notifier.Accepted {
					o.ProviderID = "SM1"
				}
				settled, err := m.Settle(o)
				mayHaveGone = mayHaveGone || err == nil && (o.State == notifier.Accepted || o.State == notifier.Unknown)
				m = settled
			}
		}
	})
}
