package exchange_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"haven/exchange"
	"haven/schema"
)

// claimWithoutLocks has 32 write a promise on one room of a unit or on the unit, with no lock and no look before, and counts those granted.
func (w *town) claimWithoutLocks(spaces ...schema.SpaceID) int {
	w.Helper()
	var granted atomic.Int32
	race(32, func(i int) {
		claim := schema.Claim{
			ID: schema.ClaimID(uuid.NewString()), Kind: schema.Promise, Space: spaces[i%len(spaces)], Hold: schema.HoldID(uuid.NewString()), MadeAt: time.Now(),
		}
		err := w.db.Change(w.Context(), w.worker, func(tx exchange.Tx) error { return tx.Claim(claim) })
		if err == nil {
			granted.Add(1)
			return
		}
		refused(w, "a claim", err, "taken")
	})
	return int(granted.Load())
}

// Whatever a command forgets to lock or to look at, the index on the rooms has the last word (S1); without it, this test is red.
func TestIndexAloneDecides(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a, unit := w.space("A"), w.space("F", "A", "B")
	if n := w.claimWithoutLocks(a, unit); n != 1 {
		t.Errorf("granted to %d, want 1", n)
	}
	w.exec(`UPDATE claim_room SET live = false`)
	w.exec(`UPDATE claim SET ended_at = now()`)
	w.exec(`DROP INDEX claim_one_live_promise_per_room`)
	if n := w.claimWithoutLocks(a, unit); n != 32 {
		t.Errorf("without the index granted to %d: something else decides too, so this proves nothing of the index", n)
	}
}
