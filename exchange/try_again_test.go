package exchange_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
)

// A household may say that a place it decided against is all right after all. What was too near stays tried, and so does what a service could not do.
func TestTryAgainTakesBackTheirOwnNo(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three, four := w.space("3"), w.space("4")
	r := w.request(w.worker, nil)
	one, two := w.hold(r, three), w.hold(r, four)
	done(w.x.Answer(t.Context(), w.manager, exchange.Answering{Hold: one.ID, Answer: schema.Answer{Reason: "no_staff"}})).must(t, "cannot take")
	done(w.x.Choose(t.Context(), w.worker, exchange.Answering{Hold: two.ID, Answer: schema.Answer{Reason: "could_not_speak"}})).must(t, "decide not")
	for _, once := range []string{"first", "asked twice"} {
		got := done(w.x.TryAgain(t.Context(), w.worker, r.ID)).must(t, once)
		if len(got.Need.Declined) != 1 || got.Need.Declined[0].By != schema.ByService || got.Version != r.Version+3 {
			t.Errorf("%s: tried %+v, version %d after %d", once, got.Need.Declined, got.Version, r.Version)
		}
	}
	w.wantEvents(string(r.ID), "request_opened", "place_tried no_staff", "place_tried could_not_speak", "tried_again")

	near := w.request(w.worker, nil)
	held := w.hold(near, three)
	done(w.x.Choose(t.Context(), w.worker, exchange.Answering{Hold: held.ID, Answer: schema.Answer{Reason: "too_near"}})).must(t, "too near")
	if got := done(w.x.TryAgain(t.Context(), w.worker, near.ID)).must(t, "try again"); len(got.Need.Declined) != 1 {
		t.Errorf("too near was taken back: %+v", got.Need.Declined)
	}

	_, err := w.x.TryAgain(t.Context(), w.officer, r.ID)
	refused(t, "another organisation", err, "not_found")
	done(w.x.RecordUnmet(t.Context(), w.worker, unmet(r))).must(t, "close")
	done(w.x.TryAgain(t.Context(), w.worker, r.ID)).must(t, "nothing of theirs is left to take back")
}
