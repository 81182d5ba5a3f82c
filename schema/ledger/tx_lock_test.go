package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// Twelve rooms in a ring, a unit over each two neighbours: whoever locks a space waits for both sides.
func ring(t *testing.T, r refuge) []schema.SpaceID {
	t.Helper()
	const rooms = 12
	var ids []schema.SpaceID
	for i := range rooms {
		ids = append(ids, ledgertest.Space(t, r.db, r.service, fmt.Sprint(i)).ID)
		ids = append(ids, ledgertest.Space(t, r.db, r.service, fmt.Sprintf("F%d", i), fmt.Sprint(i), fmt.Sprint((i+1)%rooms)).ID)
	}
	return ids
}

func TestLocksInOneOrderNeverDeadlock(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	ids := ring(t, r)
	var done sync.WaitGroup
	for seed := range racers {
		done.Go(func() {
			random := rand.New(rand.NewPCG(uint64(seed), 7))
			for range 12 {
				some := make([]schema.SpaceID, 1+random.IntN(5))
				for i := range some {
					some[i] = ids[random.IntN(len(ids))]
				}
				runs := 0
				err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error {
					runs++
					if _, err := tx.LockSpaces(some...); err != nil {
						return err
					}
					return tx.Bump(some...)
				})
				if err != nil || runs != 1 { // a deadlock would have it run again
					t.Errorf("%d runs, %v; want 1 and no error", runs, err)
				}
			}
		})
	}
	done.Wait()
}

// A unit moves between rooms A+B and B+C while others claim it: whoever wins was promised the rooms that the unit has.
func TestRoomsNeverChangeUnderAClaim(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	for _, ref := range []string{"A", "B", "C"} {
		ledgertest.Space(t, r.db, r.service, ref)
	}
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	compositions := [][]string{{"B", "C"}, {"A", "B"}}
	hand := byHand(t)
	var done sync.WaitGroup
	for i := range 8 {
		done.Go(func() {
			for round := range 25 {
				unit := family
				unit.Rooms = compositions[(i+round)%2]
				err := r.db.Change(t.Context(), r.provider, func(tx exchange.Tx) error {
					if _, err := tx.LockSpaces(unit.ID); err != nil {
						return err
					}
					if _, err := tx.PutSpace(unit); err != nil {
						return err
					}
					return tx.Bump(unit.ID)
				})
				if refusal, ok := schema.AsRefusal(err); err != nil && (!ok || refusal.Code != "claimed" && refusal.Code != "busy") {
					t.Errorf("recompose: %v, want done, claimed or busy", err)
				}
			}
		})
		done.Go(func() {
			for range 25 {
				c := newClaim(schema.Promise, family.ID)
				err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error {
					if _, err := tx.LockSpaces(c.Space); err != nil {
						return err
					}
					return tx.Claim(c)
				})
				if err != nil {
					continue
				}
				var differ int
				hand.scan(`SELECT count(*) FROM (
					(SELECT room_id FROM claim_room WHERE claim_id = $1 EXCEPT SELECT room_id FROM space_room WHERE space_id = $2)
					UNION ALL (SELECT room_id FROM space_room WHERE space_id = $2 EXCEPT SELECT room_id FROM claim_room WHERE claim_id = $1)) d`,
					[]any{c.ID, family.ID}, &differ)
				if differ != 0 {
					t.Errorf("the unit differs by %d rooms from what was promised", differ)
				}
				r.endClaims(t, []schema.Claim{c})
			}
		})
	}
	done.Wait()
}

// Who waited for a unit that was recomposed meanwhile holds the rooms it has now, and whoever shares them, not those it had.
func TestALockWaitedForIsOnTheRoomsAsTheyAreNow(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	for _, ref := range []string{"A", "B"} {
		ledgertest.Space(t, r.db, r.service, ref)
	}
	c := ledgertest.Space(t, r.db, r.service, "C")
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	hand := byHand(t)
	var waiter sync.WaitGroup
	r.change(t, r.provider, func(tx exchange.Tx) error {
		if _, err := tx.LockSpaces(family.ID, c.ID); err != nil {
			return err
		}
		waiter.Go(func() {
			if err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error {
				spaces, err := tx.LockSpaces(family.ID)
				if err != nil {
					return err
				}
				var free int
				hand.scan(`SELECT count(*) FROM (SELECT id FROM space WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED) s`, []any{c.ID}, &free)
				if free != 0 || !slices.Contains(spaces[0].Overlaps, c.ID) {
					t.Errorf("%d of the new room's spaces unlocked; overlaps %v, want %s among them", free, spaces[0].Overlaps, c.ID)
				}
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
		for waiting := 0; waiting == 0; {
			hand.scan(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`, nil, &waiting)
		}
		family.Rooms = []string{"B", "C"}
		if _, err := tx.PutSpace(family); err != nil {
			return err
		}
		return tx.Bump(family.ID)
	})
	waiter.Wait()
}

// A claim on a unit stands in the way of each of its rooms. Who locks one room may end that claim, and so frees the other room and touches its space:
// both are locked from the start, in order, or two such commands would wait for each other.
func TestLockingARoomLocksWhatItsClaimsStandOn(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a, b, far := ledgertest.Space(t, r.db, r.service, "A"), ledgertest.Space(t, r.db, r.service, "B"), ledgertest.Space(t, r.db, r.service, "C")
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(schema.Promise, family.ID)) })
	hand := byHand(t)
	r.change(t, r.worker, func(tx exchange.Tx) error {
		if _, err := tx.LockSpaces(a.ID); err != nil {
			return err
		}
		var rooms, spaces string
		hand.scan(`SELECT string_agg(ref, ' ') FROM (SELECT ref FROM room ORDER BY ref FOR NO KEY UPDATE SKIP LOCKED) unlocked`, nil, &rooms)
		hand.scan(`SELECT string_agg(ref, ' ') FROM (SELECT ref FROM space ORDER BY ref FOR NO KEY UPDATE SKIP LOCKED) unlocked`, nil, &spaces)
		if rooms != far.Ref || spaces != far.Ref {
			t.Errorf("not locked: rooms %s, spaces %s; want %s alone, not %s", rooms, spaces, far.Ref, b.Ref)
		}
		return nil
	})
}
