package exchange_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

// Whoever meets a hold that has run out ends it: a competing hold is granted at once, with no sweeper anywhere (S3).
func TestHoldEndsWhatHasRunOut(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	old := w.hold(w.request(w.worker, nil), three)
	w.runOut(old.ID)
	w.want(three, schema.StatusOnHold) // a list may lag, it never decides
	next := done(w.x.Hold(t.Context(), w.neighbour, w.request(w.neighbour, nil).ID, three)).must(t, "the next hold")
	if got := w.read(old.ID); got.End != "expired" || got.EndedBy != schema.ByTime {
		t.Errorf("the old hold: %s by %s", got.End, got.EndedBy)
	}
	if w.read(next.ID).State != schema.Held {
		t.Error("the next hold is not live")
	}
	w.wantEvents(string(old.ID), "hold_made", "hold_ended expired")
	w.sound()
}

// A unit and its rooms stand in each other's way: what has run out on the one is ended by a hold on the other.
func TestHoldEndsWhatHasRunOutOnAnOverlap(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a, b, unit := w.space("A"), w.space("B"), w.space("F", "A", "B")
	first, second := w.hold(w.request(w.worker, nil), a), w.hold(w.request(w.worker, nil), b)
	w.runOut(first.ID)
	w.runOut(second.ID)
	h := w.hold(w.request(w.worker, nil), unit)
	for _, old := range []schema.Hold{first, second} {
		if got := w.read(old.ID); got.End != "expired" {
			t.Errorf("on a room: %s %s", got.State, got.End)
		}
	}
	w.runOut(h.ID)
	w.hold(w.request(w.worker, nil), a)
	if got := w.read(h.ID); got.End != "expired" {
		t.Errorf("on the unit: %s %s", got.State, got.End)
	}
	w.sound()
}

// The ending is kept whatever becomes of the command that met it.
func TestRefusedCommandsKeepTheEnding(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		code string
		try  func(*town, schema.Hold) error
	}{
		"a man, whom the service does not take": {"does_not_fit", func(w *town, h schema.Hold) error {
			r := w.request(w.worker, func(n *schema.Need) { n.Household.Adults[0].As = schema.Man })
			_, err := w.x.Hold(w.Context(), w.worker, r.ID, h.Space)
			return err
		}},
		"its answer": {"hold_ended", func(w *town, h schema.Hold) error {
			_, err := w.x.Answer(w.Context(), w.manager, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}})
			return err
		}},
		"her choice": {"hold_ended", func(w *town, h schema.Hold) error {
			_, err := w.x.Choose(w.Context(), w.worker, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}})
			return err
		}},
		"an extension": {"hold_ended", func(w *town, h schema.Hold) error {
			_, err := w.x.Extend(w.Context(), w.worker, h.ID)
			return err
		}},
		"an arrival": {"hold_ended", func(w *town, h schema.Hold) error {
			_, err := w.x.Arrive(w.Context(), w.worker, h.ID)
			return err
		}},
		"reasons that are not in the list": {"invalid_field", func(w *town, h schema.Hold) error {
			_, err := w.x.RecordUnmet(w.Context(), w.worker, exchange.Unmet{Request: h.Request, Reasons: []string{"because"}})
			return err
		}},
		"a rival's report": {"not_found", func(w *town, h schema.Hold) error {
			_, err := w.x.Report(w.Context(), w.rival, h.Space, schema.Report{State: schema.Taken})
			return err
		}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			three := w.space("3")
			h := w.hold(w.request(w.worker, nil), three)
			w.runOut(h.ID)
			refused(t, what, c.try(w, h), c.code)
			if got := w.read(h.ID); got.End != "expired" {
				t.Errorf("the hold: %s %s, want it ended", got.State, got.End)
			}
			w.want(three, schema.StatusAvailable)
			w.sound()
		})
	}
}

// A report that contradicts a hold which has run out contradicts nothing.
func TestReportEndsWhatHasRunOut(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	h := w.hold(w.request(w.worker, nil), three)
	w.runOut(h.ID)
	if out := w.publish(w.manager, w.refuge, says("3", schema.Taken, ""))[0]; out.Code != "" {
		t.Errorf("%+v", out)
	}
	if got := w.read(h.ID); got.End != "expired" {
		t.Errorf("the hold: %s %s", got.State, got.End)
	}
	w.want(three, schema.StatusTaken)
	w.sound()
}

func TestExpireLeavesWhatIsLive(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	extended, agreed := w.hold(w.request(w.worker, nil), w.space("3")), w.hold(w.request(w.worker, nil), w.space("4"))
	long := done(w.x.Extend(t.Context(), w.worker, extended.ID)).must(t, "extend")
	if got := long.ExpiresAt.Sub(extended.ExpiresAt); got != schema.ExtendBy {
		t.Errorf("extended by %s", got)
	}
	w.chosen(w.yes(agreed))
	w.runOut(agreed.ID) // a time it no longer has
	for _, id := range []schema.HoldID{extended.ID, agreed.ID} {
		if err := w.x.Expire(t.Context(), id); err != nil {
			t.Errorf("expire: %v", err)
		}
	}
	if w.read(extended.ID).State != schema.Held || w.read(agreed.ID).State != schema.Agreed {
		t.Errorf("extended %s, agreed %s", w.read(extended.ID).State, w.read(agreed.ID).State)
	}
	w.sound()
}

// The sweeper tidies what nobody met, also when a hold was ended by somebody between its look and its turn.
func TestSweep(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	var spaces []schema.SpaceID
	for i := range 5 {
		space := w.space(fmt.Sprint(i))
		h := w.hold(w.request(w.worker, nil), space)
		if i > 0 {
			w.runOut(h.ID)
		}
		spaces = append(spaces, space)
	}
	ctx, stop := context.WithCancel(t.Context())
	swept := make(chan error, 1)
	go func() { swept <- w.x.Sweep(ctx, time.Millisecond, func(err error) { t.Errorf("sweep: %v", err) }) }()
	for w.count(`SELECT count(*) FROM hold WHERE state = 'held'`) > 1 {
		if t.Context().Err() != nil {
			t.Fatal("nothing was swept")
		}
	}
	stop()
	if err := <-swept; err != nil {
		t.Errorf("sweep: %v", err)
	}
	w.want(spaces[0], schema.StatusOnHold)
	for _, space := range spaces[1:] {
		w.want(space, schema.StatusAvailable)
	}
	w.sound()
}

// One hold that cannot be read, and so not ended, hides its own place and no other's.
func TestSweepPassesWhatItCannotEnd(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	broken, next := w.hold(w.request(w.worker, nil), w.space("3")), w.hold(w.request(w.worker, nil), w.space("4"))
	w.runOut(broken.ID)
	w.runOut(next.ID)
	w.exec(`UPDATE hold SET provided = '"?"', expires_at = expires_at - interval '1 minute' WHERE id = $1`, broken.ID)
	ctx, stop := context.WithCancel(t.Context())
	told, swept := make(chan error), make(chan error, 1)
	go func() { swept <- w.x.Sweep(ctx, time.Hour, func(err error) { told <- err }) }()
	if err := <-told; !strings.Contains(err.Error(), string(broken.ID)) {
		t.Errorf("told of %v, want of hold %s", err, broken.ID)
	}
	stop()
	if err := <-swept; err != nil {
		t.Errorf("sweep: %v", err)
	}
	w.want(next.Space, schema.StatusAvailable)
}

// 64 at once on one place: its time runs out, the service answers, she chooses, it is extended, others hold it. One outcome, the same for everybody.
func TestRaceOnWhatHasRunOut(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	h := w.hold(w.request(w.worker, nil), three)
	var others []schema.Request
	for range 16 {
		others = append(others, w.request(w.worker, nil))
	}
	w.runOut(h.ID)
	yes := exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}}
	late := make([]error, 64)
	race(64, func(i int) {
		switch i % 4 {
		case 0:
			_, late[i] = w.x.Answer(t.Context(), w.manager, yes)
		case 1:
			_, late[i] = w.x.Extend(t.Context(), w.worker, h.ID)
		case 2:
			late[i] = w.x.Expire(t.Context(), h.ID)
		case 3:
			_, late[i] = w.x.Hold(t.Context(), w.worker, others[i/4].ID, three)
		}
	})
	granted := 0
	for i, err := range late {
		switch {
		case i%4 < 2:
			refused(t, "an answer or extension that comes late", err, "hold_ended")
		case i%4 == 2 && err != nil:
			t.Errorf("expire: %v", err)
		case i%4 == 3 && err == nil:
			granted++
		case i%4 == 3:
			refused(t, "a hold", err, "taken")
		}
	}
	if granted != 1 {
		t.Errorf("granted to %d", granted)
	}
	if ends := w.events(string(h.ID)); !slices.Equal(ends, []string{"hold_made", "hold_ended expired"}) {
		t.Errorf("events are %q", ends)
	}
	w.want(three, schema.StatusOnHold)
	w.sound()
}
