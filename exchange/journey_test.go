package exchange_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
)

// The main job, on the real ledger: hold two places, the refuge says yes, she takes one, the other is freed, she arrives, and in the end moves on.
func TestJourney(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three, unit := w.space("3"), w.space("F1", "A", "B")
	r := w.request(w.worker, nil)
	if r.State != schema.RequestOpen || len(r.Reference) != 4 || r.Need.SaidAt.IsZero() {
		t.Fatalf("opened %+v", r)
	}

	h, other := w.hold(r, three), w.hold(r, unit)
	if h.State != schema.Held || h.Ask || h.Code != r.Reference+"-1" || other.Code != r.Reference+"-2" || h.ExpiresAt.Sub(h.HeldAt).Minutes() != 30 {
		t.Errorf("held %+v", h)
	}
	w.want(three, schema.StatusOnHold)
	w.want(unit, schema.StatusOnHold)

	if h = w.yes(h); h.State != schema.Held || h.Provided.By != w.manager.By {
		t.Errorf("after the refuge's yes: %s by %s", h.State, h.Provided.By)
	}
	if h = w.chosen(h); h.State != schema.Agreed {
		t.Errorf("after both said yes: %s", h.State)
	}
	w.want(three, schema.StatusTaken)
	w.want(unit, schema.StatusAvailable)
	if ended := w.read(other.ID); ended.State != schema.Ended || ended.End != "other_agreed" {
		t.Errorf("the other hold: %s %s", ended.State, ended.End)
	}

	p := done(w.x.Arrive(t.Context(), w.manager, h.ID)).must(w, "arrive")
	if p.Request != r.ID || p.Household != r.Household || p.Space != three || p.Provision != schema.Refuge {
		t.Errorf("placement %+v", p)
	}
	w.want(three, schema.StatusTaken)
	if again := done(w.x.Arrive(t.Context(), w.worker, h.ID)).must(w, "arrive"); again.ID != p.ID {
		t.Errorf("the other side recorded the arrival too: placement %s, want %s", again.ID, p.ID)
	}

	_, err := w.x.Report(t.Context(), w.manager, three, schema.Report{State: schema.Available})
	if claimed := refused(t, "available while she lives there", err, "claimed"); claimed.Claim != p.Claim {
		t.Errorf("names claim %s, want %s", claimed.Claim, p.Claim)
	}
	done(w.x.Report(t.Context(), w.manager, three, schema.Report{State: schema.Available, Claim: p.Claim})).must(w, "report")
	w.want(three, schema.StatusAvailable)

	w.wantEvents(string(h.ID), "hold_made", "hold_answered", "hold_chosen", "arrived")
	w.wantEvents(string(other.ID), "hold_made", "hold_ended other_agreed")
	w.wantEvents(string(r.ID), "request_opened", "request_placed")
	w.wantEvents(string(p.ID), "moved_on")
	w.sound()
}

// Either side may speak first, and the answer sent twice is one answer.
func TestSheChoosesFirst(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	h := w.hold(w.request(w.worker, nil), w.space("3"))
	if h := w.chosen(h); h.State != schema.Held {
		t.Errorf("after her yes alone: %s", h.State)
	}
	by := soon()
	answer := exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}, ArriveBy: by}
	h = done(w.x.Answer(t.Context(), w.manager, answer)).must(w, "answer")
	if h.State != schema.Agreed || h.ArriveBy == nil || !h.ArriveBy.Equal(*by) {
		t.Errorf("agreed: %s, arrive by %v", h.State, h.ArriveBy)
	}
	answer.ArriveBy = nil
	if again := done(w.x.Answer(t.Context(), w.manager, answer)).must(w, "answer"); again.ArriveBy == nil || again.State != schema.Agreed {
		t.Errorf("a second yes: %s, arrive by %v", again.State, again.ArriveBy)
	}
	w.sound()
}

// A no frees the place at once, whoever says it, and costs the request nothing.
func TestEitherSideSaysNo(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three, four := w.space("3"), w.space("4")
	r := w.request(w.worker, nil)
	cannot := done(w.x.Answer(t.Context(), w.manager, exchange.Answering{Hold: w.hold(r, three).ID, Answer: schema.Answer{Reason: "no_staff"}})).must(w, "answer")
	if cannot.State != schema.Ended || cannot.End != "cannot_take" || cannot.EndedBy != schema.ByService {
		t.Errorf("the service cannot: %s %s by %s", cannot.State, cannot.End, cannot.EndedBy)
	}
	decided := done(w.x.Choose(t.Context(), w.worker, exchange.Answering{Hold: w.hold(r, four).ID})).must(w, "choose")
	if decided.State != schema.Ended || decided.EndReason != "not_asked" || decided.EndedBy != schema.BySurvivor {
		t.Errorf("she decided not to: %s %s by %s", decided.State, decided.EndReason, decided.EndedBy)
	}
	w.want(three, schema.StatusAvailable)
	w.want(four, schema.StatusAvailable)
	if w.hold(r, three).State != schema.Held {
		t.Error("the request could not go on")
	}
	w.sound()
}

func TestReleaseAndNotArrived(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	r := w.request(w.worker, nil)
	h := w.hold(r, three)
	_, err := w.x.DidNotArrive(t.Context(), w.worker, h.ID)
	refused(t, "did not arrive at what is only held", err, "not_agreed")
	for range 2 {
		if h := done(w.x.Release(t.Context(), w.worker, h.ID)).must(w, "release"); h.End != "released" {
			t.Errorf("released: %s", h.End)
		}
	}
	h = w.chosen(w.yes(w.hold(r, three)))
	for range 2 {
		if h := done(w.x.DidNotArrive(t.Context(), w.worker, h.ID)).must(w, "did not arrive"); h.End != "did_not_arrive" {
			t.Errorf("did not arrive: %s", h.End)
		}
	}
	w.want(three, schema.StatusAvailable)
	w.sound()
}
