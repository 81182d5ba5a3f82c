package exchange_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
)

// To keep looking is asked for once, by whoever's request it is, for an open request with no agreed place.
func TestWait(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, nil)
	_, err := w.x.Wait(t.Context(), w.neighbour, r.ID, true)
	refused(t, "another helpline's request", err, "not_found")
	first := done(w.x.Wait(t.Context(), w.worker, r.ID, true)).must(t, "wait")
	again := done(w.x.Wait(t.Context(), w.worker, r.ID, true)).must(t, "wait again")
	if !first.Waits() || again.Version != first.Version || !again.WaitingSince.Equal(first.WaitingSince) {
		t.Errorf("waiting since %s, version %d; asked again since %s, version %d", first.WaitingSince, first.Version, again.WaitingSince, again.Version)
	}
	for range 2 {
		if stopped := done(w.x.Wait(t.Context(), w.worker, r.ID, false)).must(t, "stop"); stopped.Waits() || stopped.Version != first.Version+1 {
			t.Errorf("stopped: %+v", stopped)
		}
	}
	w.wantEvents(string(r.ID), "request_opened", "waiting_started", "waiting_stopped")

	w.chosen(w.yes(w.hold(r, w.space("3"))))
	_, err = w.x.Wait(t.Context(), w.worker, r.ID, true)
	refused(t, "a place is agreed", err, "already_agreed")
	closed := w.request(w.worker, nil)
	done(w.x.RecordUnmet(t.Context(), w.worker, unmet(closed))).must(t, "close")
	_, err = w.x.Wait(t.Context(), w.worker, closed.ID, true)
	refused(t, "a closed request", err, "request_ended")
}

// A council that was passed a request opens it again as its own, and that can wait.
func TestACouncilWaitsForItsOwn(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	again := done(w.x.OpenAgain(t.Context(), w.officer, w.passed(nil).ID)).must(t, "open again")
	if waits := done(w.x.Wait(t.Context(), w.officer, again.ID, true)).must(t, "wait"); !waits.Waits() {
		t.Error("it does not wait")
	}
	_, err := w.x.Wait(t.Context(), w.worker, again.ID, false)
	refused(t, "the helpline that passed it on", err, "not_found")
}

// What was tried is kept on the request in the transaction of the answer, and stays whatever is typed and whenever they look again.
func TestWhatWasTriedStaysWithTheHousehold(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three, four := w.space("3"), w.space("4")
	r := w.request(w.worker, func(n *schema.Need) {
		n.Declined = []schema.Declined{{Service: w.refuge.ID, By: schema.ByService, Why: "other"}}
	})
	if len(r.Need.Declined) != 0 {
		t.Error("what was tried can be typed")
	}
	one, two := w.hold(r, three), w.hold(r, four)
	done(w.x.Answer(t.Context(), w.manager, exchange.Answering{Hold: one.ID, Answer: schema.Answer{Reason: "no_staff"}})).must(t, "cannot take")
	done(w.x.Choose(t.Context(), w.worker, exchange.Answering{Hold: two.ID, Answer: schema.Answer{Reason: "could_not_speak"}})).must(t, "decide not")
	want := []schema.Declined{
		{Service: w.refuge.ID, Space: three, By: schema.ByService, Why: "no_staff"},
		{Service: w.refuge.ID, Space: four, By: schema.BySurvivor, Why: "could_not_speak"},
	}
	check := func(when string, r schema.Request) {
		t.Helper()
		if len(r.Need.Declined) != 2 || r.Need.Declined[0] != want[0] || r.Need.Declined[1] != want[1] {
			t.Errorf("%s: tried %+v, want %+v", when, r.Need.Declined, want)
		}
	}
	now := done(w.db.Request(t.Context(), w.worker, r.ID)).must(t, "read")
	check("after two answers", now)
	if now.Version != r.Version+2 || !now.Need.SaidAt.Equal(r.Need.SaidAt) {
		t.Errorf("version %d after %d; facts said at %s, were at %s", now.Version, r.Version, now.Need.SaidAt, r.Need.SaidAt)
	}
	check("after new facts", done(w.x.ChangeRequest(t.Context(), w.worker, r.ID, woman())).must(t, "change"))
	done(w.x.RecordUnmet(t.Context(), w.worker, unmet(r))).must(t, "close")
	check("looking again", done(w.x.OpenAgain(t.Context(), w.worker, r.ID)).must(t, "open again"))
	w.wantEvents(string(r.ID), "request_opened", "place_tried no_staff", "place_tried could_not_speak", "request_changed", "request_unmet no_space_of_size")
}

// A hold that was released, or ran out, was not a no: it is nothing that was tried.
func TestAReleaseIsNoNo(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, nil)
	done(w.x.Release(t.Context(), w.worker, w.hold(r, w.space("3")).ID)).must(t, "release")
	late := w.hold(r, w.space("4"))
	w.runOut(late.ID)
	if err := w.x.Expire(t.Context(), late.ID); err != nil {
		t.Fatal(err)
	}
	if now := done(w.db.Request(t.Context(), w.worker, r.ID)).must(t, "read"); len(now.Need.Declined) != 0 || now.Version != r.Version {
		t.Errorf("tried %+v, version %d", now.Need.Declined, now.Version)
	}
}
