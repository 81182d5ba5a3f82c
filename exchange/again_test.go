package exchange_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
)

// A household that looks again is the same household: it counts once, and a council looks for one that was passed to it.
func TestLookingAgainIsForTheSameHousehold(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	first := w.request(w.worker, nil)
	_, err := w.x.OpenAgain(t.Context(), w.worker, first.ID)
	refused(t, "again while open", err, "request_open")
	u := unmet(first)
	u.Council = w.officer.Organisation
	done(w.x.RecordUnmet(t.Context(), w.worker, u)).must(t, "unmet")

	for name, who := range map[string]exchange.Actor{"another council": w.colleague, "another helpline": w.neighbour} {
		_, err := w.x.OpenAgain(t.Context(), who, first.ID)
		refused(t, name, err, "not_found")
	}
	again := done(w.x.OpenAgain(t.Context(), w.officer, first.ID)).must(t, "again")
	if again.Household != first.Household || again.Organisation != w.officer.Organisation || again.State != schema.RequestOpen || again.Reference == "" {
		t.Errorf("again gave %+v", again)
	}
	if !again.Need.SaidAt.Equal(first.Need.SaidAt) {
		t.Errorf("the facts were said at %s and are now said at %s: ages count from when they were said", first.Need.SaidAt, again.Need.SaidAt)
	}
	_, err = w.x.OpenAgain(t.Context(), w.worker, first.ID)
	refused(t, "a second open request of one household", err, "request_open")
	if n := w.count(`SELECT count(DISTINCT household_id) FROM request`); n != 1 {
		t.Errorf("%d households", n)
	}
	w.sound()
}
