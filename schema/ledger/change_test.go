package ledger_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

var errStop = errors.New("stop")

func TestAnErrorUndoesEverything(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error {
		if err := tx.Claim(newClaim(schema.Promise, a.ID)); err != nil {
			return err
		}
		return errStop
	})
	if !errors.Is(err, errStop) {
		t.Errorf("got %v, want fn's own error", err)
	}
	if claims := r.now(t, a.ID)[0].Vacancy.Status; claims != schema.StatusAvailable {
		t.Errorf("the space is %s, want available", claims)
	}
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(schema.Promise, a.ID)) })
}

func TestTryKeepsWhatWasSettledBefore(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a, b := ledgertest.Space(t, r.db, r.service, "A"), ledgertest.Space(t, r.db, r.service, "B")
	old, inTheWay := newClaim(schema.Promise, a.ID), newClaim(schema.Promise, b.ID)
	r.change(t, r.worker, func(tx exchange.Tx) error { return errors.Join(tx.Claim(old), tx.Claim(inTheWay)) })
	fresh := newClaim(schema.Promise, a.ID)
	r.change(t, r.worker, func(tx exchange.Tx) error {
		if err := tx.EndClaim(old.ID, "expired"); err != nil { // settled
			return err
		}
		err := tx.Try(func() error {
			if err := tx.Claim(fresh); err != nil {
				return err
			}
			return tx.Try(func() error { return tx.Claim(newClaim(schema.Promise, b.ID)) })
		})
		wantCode(t, err, "taken")
		_, err = tx.Now() // the transaction goes on
		return err
	})
	var live int
	hand := byHand(t)
	hand.scan(`SELECT count(*) FROM claim_room WHERE live AND claim_id IN ($1, $2)`, []any{old.ID, fresh.ID}, &live)
	if live != 0 {
		t.Errorf("%d rooms are claimed by what was settled or undone, want none", live)
	}
}

func TestARefusalOfTheServerIsToldThoughTheCommandSwallowsIt(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a, b := ledgertest.Space(t, r.db, r.service, "A"), ledgertest.Space(t, r.db, r.service, "B")
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(schema.Promise, a.ID)) })
	err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error {
		wantCode(t, tx.Claim(newClaim(schema.Promise, a.ID)), "taken")
		wantCode(t, tx.Claim(newClaim(schema.Promise, b.ID)), "taken") // nothing runs any more, for the same reason
		return nil
	})
	wantCode(t, err, "taken")
}

func TestAcrossIsLiftedOnlyInside(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	other := ledgertest.Actor(ledgertest.Account(t, r.db, ledgertest.Organisation(t, r.db, schema.KindHelpline), schema.RoleHelpline))
	theirs := ledgertest.Request(t, r.db, other)
	see := func(tx exchange.Tx) bool {
		_, err := tx.Request(theirs.ID)
		return err == nil
	}
	r.change(t, r.worker, func(tx exchange.Tx) error {
		if see(tx) {
			t.Error("another helpline's request is seen before")
		}
		err := tx.Across(func() error {
			if !see(tx) {
				t.Error("not seen across")
			}
			if err := tx.Across(func() error { return nil }); err != nil {
				return err
			}
			if !see(tx) {
				t.Error("not seen after a nested Across")
			}
			return errStop
		})
		if !errors.Is(err, errStop) || see(tx) {
			t.Errorf("after a refusal inside: %v, seen %v", err, see(tx))
		}
		// A statement that fails inside takes the binding back with the savepoint.
		err = tx.Try(func() error { return tx.Across(func() error { return tx.InsertRequest(theirs) }) })
		if err == nil || see(tx) {
			t.Errorf("after a failure inside: %v, seen %v", err, see(tx))
		}
		err = tx.Across(func() error {
			return tx.Try(func() error { return tx.InsertRequest(theirs) })
		})
		if err == nil || see(tx) {
			t.Errorf("after a failure in a Try inside: %v, seen %v", err, see(tx))
		}
		return nil
	})
}

// Two commands that lock two keys crosswise: the server breaks the deadlock and the one that gave way is run again, so both are done.
func TestACommandThatGivesWayIsRunAgain(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	keys := make([]schema.KeyID, 2)
	for i := range keys {
		keys[i] = schema.KeyID(ledgertest.ID())
		hash := make([]byte, 32)
		hash[0] = byte(i)
		if err := r.db.PutFeedKey(t.Context(), keys[i], hash, r.service.Provider, "test"); err != nil {
			t.Fatal(err)
		}
	}
	var both, done sync.WaitGroup
	both.Add(2)
	runs := make([]int, 2)
	for i := range runs {
		done.Go(func() {
			err := r.db.Change(t.Context(), r.provider, func(tx exchange.Tx) error {
				runs[i]++
				if _, err := tx.LockFeed(keys[i]); err != nil {
					return err
				}
				if runs[i] == 1 {
					both.Done()
					both.Wait()
				}
				return tx.TakeFeed(keys[1-i], ledgertest.ID())
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	if runs[0]+runs[1] != 3 {
		t.Errorf("runs %v, want one of them to run twice", runs)
	}
}

func TestACommandWhoseCallerLeavesIsUndone(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	ctx, leave := context.WithCancel(t.Context())
	err := r.db.Change(ctx, r.worker, func(tx exchange.Tx) error {
		defer leave()
		return tx.Claim(newClaim(schema.Promise, a.ID))
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end of the context", err)
	}
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(schema.Promise, a.ID)) })
}

func TestAConnectionLostBeforeTheCommitIsBusyAndNothingIsDone(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	a := ledgertest.Space(t, r.db, r.service, "A")
	hand := byHand(t)
	err := r.db.Change(t.Context(), r.worker, func(tx exchange.Tx) error {
		if err := tx.Claim(newClaim(schema.Promise, a.ID)); err != nil {
			return err
		}
		hand.exec(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`)
		_, err := tx.Now()
		return err
	})
	if refusal := wantCode(t, err, "busy"); refusal.Kind != schema.KindBusy {
		t.Errorf("kind %s, want busy", refusal.Kind)
	}
	r.change(t, r.worker, func(tx exchange.Tx) error { return tx.Claim(newClaim(schema.Promise, a.ID)) })
}

func TestACommitThatIsNotAnsweredHasAnUnknownOutcome(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	hand := byHand(t)
	runs := 0
	err := r.db.Change(t.Context(), r.worker, func(exchange.Tx) error {
		runs++
		hand.exec(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`)
		return nil
	})
	if refusal := wantCode(t, err, "unknown_outcome"); refusal.Kind != schema.KindBusy || runs != 1 {
		t.Errorf("kind %s after %d runs, want busy after 1", refusal.Kind, runs)
	}
}

func TestTextsThatCannotBeKeptAreRefused(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	err := r.db.Change(t.Context(), r.provider, func(tx exchange.Tx) error {
		_, err := tx.PutSpace(schema.Space{Service: r.service.ID, Ref: "A\x00"})
		return err
	})
	if refusal := wantCode(t, err, "invalid_text"); refusal.Kind != schema.KindInvalid {
		t.Errorf("kind %s, want invalid", refusal.Kind)
	}
}
