package ledger_test

import (
	"slices"
	"sync"
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

func TestRecomposingUnderAClaimIsRefusedAndChangesNothing(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	b := ledgertest.Space(t, r.db, r.service, "B")
	ledgertest.Space(t, r.db, r.service, "C")
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	c := newClaim(schema.Promise, b.ID)
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(c) })
	moved := family
	moved.Rooms, moved.BedSpaces = []string{"A", "C"}, 9
	r.change(t, r.provider, func(tx exchange.Tx) error {
		if _, err := tx.LockSpaces(family.ID); err != nil {
			return err
		}
		_, err := tx.PutSpace(moved)
		if refusal := wantCode(t, err, "claimed"); refusal.Claim != c.ID {
			t.Errorf("the refusal names %s, want %s", refusal.Claim, c.ID)
		}
		return nil // as the feed does: the rest of the message applies
	})
	got := r.now(t, family.ID)[0]
	if got.Space.BedSpaces != family.BedSpaces || !slices.Equal(got.Space.Rooms, family.Rooms) || !slices.Contains(got.Overlaps, b.ID) {
		t.Errorf("the space is now %+v overlapping %v, want it as it was", got.Space, got.Overlaps)
	}
	r.endClaims(t, []schema.Claim{c})
	before := r.now(t, b.ID)[0].Version
	r.change(t, r.provider, func(tx exchange.Tx) error {
		_, err := tx.PutSpace(moved)
		return err
	})
	got = r.now(t, family.ID)[0]
	if got.Space.BedSpaces != 9 || slices.Contains(got.Overlaps, b.ID) || len(got.Overlaps) != 1 {
		t.Errorf("the space is now %+v overlapping %v, want rooms A and C", got.Space, got.Overlaps)
	}
	if after := r.now(t, b.ID)[0].Version; after != before+1 {
		t.Errorf("the room it lost went from version %d to %d, want one more", before, after)
	}
}

func TestNewFactsOverTheSameRoomsAreKeptUnderAClaim(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	family := ledgertest.Space(t, r.db, r.service, "F", "A", "B")
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(schema.Promise, family.ID)) })
	family.Rooms, family.Wheelchair = []string{"B", "A"}, schema.Yes
	r.change(t, r.provider, func(tx exchange.Tx) error {
		_, err := tx.PutSpace(family)
		return err
	})
	if got := r.now(t, family.ID)[0].Space; got.Wheelchair != schema.Yes || !slices.Equal(got.Rooms, []string{"A", "B"}) {
		t.Errorf("got %+v, want the new fact over rooms A and B in order", got)
	}
}

func TestOneProviderCannotTouchAnothersSpaces(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	space := ledgertest.Space(t, r.db, r.service, "A")
	other := ledgertest.Actor(ledgertest.Account(t, r.db, ledgertest.Organisation(t, r.db, schema.KindProvider), schema.RoleManager))
	for name, act := range map[string]func(exchange.Tx) error{
		"facts": func(tx exchange.Tx) error { _, err := tx.PutSpace(space); return err },
		"new space": func(tx exchange.Tx) error {
			_, err := tx.PutSpace(schema.Space{Service: r.service.ID, Ref: "Z"})
			return err
		},
		"report":    func(tx exchange.Tx) error { return tx.PutReport(space.ID, schema.Report{State: schema.Taken}) },
		"unpublish": func(tx exchange.Tx) error { return tx.Unpublish(space.ID) },
		"service":   func(tx exchange.Tx) error { _, err := tx.PutService(r.service, ""); return err },
		"take over": func(tx exchange.Tx) error {
			mine := r.service
			mine.Provider = other.Organisation
			_, err := tx.PutService(mine, "")
			return err
		},
	} {
		err := r.db.Change(t.Context(), other, func(tx exchange.Tx) error {
			if err := act(tx); err == nil {
				t.Errorf("%s: done", name)
			}
			return nil // a refusal that is swallowed must not commit half of it either
		})
		if err != nil {
			wantCode(t, err, "not_found")
		}
	}
	if got := r.now(t, space.ID)[0]; got.Report.State != schema.Available || !got.Published || got.Provider != r.service.Provider {
		t.Errorf("the space is now %+v, want it as it was", got)
	}
}

func TestTwoMessagesThatMakeTheSameSpaceMakeOne(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	var done sync.WaitGroup
	for range 16 {
		done.Go(func() {
			err := r.db.Change(t.Context(), r.provider, func(tx exchange.Tx) error {
				found, err := tx.FindSpaces(r.service.ID, []string{"F"})
				if err != nil || len(found) > 0 {
					return err
				}
				_, err = tx.PutSpace(schema.Space{Service: r.service.ID, Ref: "F", Rooms: []string{"B", "A"}})
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	var spaces, rooms int
	byHand(t).scan(`SELECT (SELECT count(*) FROM space), (SELECT count(*) FROM room)`, nil, &spaces, &rooms)
	if spaces != 1 || rooms != 2 {
		t.Errorf("%d spaces and %d rooms were made, want 1 and 2", spaces, rooms)
	}
}
