package exchange_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
)

// nowhere is an area nobody can place: it cannot be told from what is published whether a refuge lies clear of it.
func nowhere(n *schema.Need) {
	n.Avoid = []schema.Avoid{{Area: schema.Area{Kind: schema.AreaPlace, Code: "Nowhere", Name: "Nowhere"}}}
}

// An area that is not safe is often remembered late. Said after a place was held, it is still confirmed by the service before anything is
// agreed (S4): whichever side answers first, and whether the service had already said yes.
func TestAnAreaAddedAfterTheHoldIsAsked(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, nil)
	h := w.hold(r, w.space("3"))
	if h.ConfirmArea {
		t.Fatal("nothing was there to confirm yet")
	}
	added := woman()
	nowhere(&added)
	done(w.x.ChangeRequest(t.Context(), w.worker, r.ID, added)).must(t, "add an area")
	w.wantEvents(string(h.ID), "hold_made", "hold_area_asked")
	_, err := w.x.Answer(t.Context(), w.manager, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}})
	refused(t, "yes without the area", err, "confirm_area")
	w.yes(h)
	if got := w.chosen(h); got.State != schema.Agreed {
		t.Errorf("confirmed and chosen, the place is %s", got.State)
	}
	w.sound()
}

func TestAYesFromBeforeTheAreaAgreesNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, nil)
	h := w.hold(r, w.space("3"))
	done(w.x.Answer(t.Context(), w.manager, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}})).must(t, "yes before the area")
	added := woman()
	nowhere(&added)
	done(w.x.ChangeRequest(t.Context(), w.worker, r.ID, added)).must(t, "add an area")
	_, err := w.x.Choose(t.Context(), w.worker, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}})
	refused(t, "her yes", err, "confirm_area")
	_, err = w.x.Arrive(t.Context(), w.worker, h.ID)
	refused(t, "arriving", err, "confirm_area")
	w.sound()
}

// A fact that is not about areas asks nothing.
func TestOtherFactsAskNoArea(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, nil)
	h := w.hold(r, w.space("3"))
	changed := woman()
	changed.Wheelchair = schema.Yes
	done(w.x.ChangeRequest(t.Context(), w.worker, r.ID, changed)).must(t, "change")
	if w.read(h.ID).ConfirmArea {
		t.Error("the area was asked for")
	}
}
