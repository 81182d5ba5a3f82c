package ledger_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

const (
	racers = 64
	rounds = 50
)

func newClaim(kind schema.ClaimKind, space schema.SpaceID) schema.Claim {
	return schema.Claim{ID: schema.ClaimID(ledgertest.ID()), Kind: kind, Space: space, Hold: schema.HoldID(ledgertest.ID()), MadeAt: time.Now()}
}

// race lets every racer claim one of the spaces at the same instant and gives the claims that won. Half of them look and lock first, as
// commands do; half rely on the index alone. Whoever does not win must be told taken.
func race(t *testing.T, r refuge, spaces []schema.SpaceID) []schema.Claim {
	t.Helper()
	var (
		start   = make(chan struct{})
		done    sync.WaitGroup
		mu      sync.Mutex
		winners []schema.Claim
	)
	for i := range racers {
		done.Go(func() {
			c := newClaim(schema.Promise, spaces[i%len(spaces)])
			<-start
			err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error {
				if i%2 == 0 {
					if _, err := tx.LockSpaces(c.Space); err != nil {
						return err
					}
				}
				return tx.Claim(c)
			})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				winners = append(winners, c)
			} else if refusal, ok := schema.AsRefusal(err); !ok || refusal.Code != "taken" || refusal.Kind != schema.KindTaken {
				t.Errorf("racer %d: %v, want taken", i, err)
			}
		})
	}
	close(start)
	done.Wait()
	return winners
}

func (r refuge) endClaims(t *testing.T, claims []schema.Claim) {
	t.Helper()
	r.change(t, r.worker, func(tx exchange.Tx) error {
		for _, c := range claims {
			if err := tx.EndClaim(c.ID, "released"); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestOneOfManyRacersWinsARoom(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	for round := range rounds {
		winners := race(t, r, []schema.SpaceID{a.ID})
		if len(winners) != 1 {
			t.Fatalf("round %d: %d racers won the room, want 1", round, len(winners))
		}
		r.endClaims(t, winners)
	}
}

func TestEachRoomOfOverlappingUnitsIsWonOnce(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a, b := ledgertest.Space(t, r.db, r.service, "A"), ledgertest.Space(t, r.db, r.service, "B")
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	rooms := map[schema.SpaceID][]string{a.ID: {"A"}, b.ID: {"B"}, family.ID: {"A", "B"}}
	how := map[string]int{}
	for round := range rounds {
		winners := race(t, r, []schema.SpaceID{a.ID, b.ID, family.ID})
		var won []string
		for _, c := range winners {
			won = append(won, rooms[c.Space]...)
		}
		slices.Sort(won)
		if !slices.Equal(won, []string{"A", "B"}) {
			t.Fatalf("round %d: rooms won %v, want A and B once each", round, won)
		}
		how[fmt.Sprintf("%d winners", len(winners))]++
		r.endClaims(t, winners)
	}
	t.Log(how)
}

func TestARoomHasOnePromiseAndOneOccupancy(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	for _, kind := range []schema.ClaimKind{schema.Occupancy, schema.Promise} {
		r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(kind, a.ID)) })
		err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(kind, a.ID)) })
		if refusal := wantCode(t, err, "taken"); refusal.Kind != schema.KindTaken {
			t.Errorf("a second %s: %v, want taken", kind, refusal.Kind)
		}
	}
}

func TestEndingAClaimFreesItsRoomsAndTheFirstReasonStands(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	c := newClaim(schema.Promise, family.ID)
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(c) })
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.EndClaim(c.ID, "released") })
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.EndClaim(c.ID, "expired") })
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(schema.Promise, family.ID)) })
	var why string
	byHand(t).scan(`SELECT why FROM claim WHERE id = $1 AND ended_at IS NOT NULL`, []any{c.ID}, &why)
	if why != "released" {
		t.Errorf("ended because %q, want released", why)
	}
}

func TestAClaimOnNothingIsNotFound(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	for _, space := range []schema.SpaceID{schema.SpaceID(ledgertest.ID()), "3"} {
		err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(schema.Promise, space)) })
		wantCode(t, err, "not_found")
	}
	err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error { return tx.EndClaim(schema.ClaimID(ledgertest.ID()), "released") })
	wantCode(t, err, "not_found")
}
