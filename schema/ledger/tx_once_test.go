package ledger_test

import (
	"strings"
	"sync"
	"testing"

	"haven/exchange"
	"haven/schema"
)

// remember is a command of the shape all have: what was done before is given again, else it is done and remembered. It counts what was done.
func remember(t *testing.T, r refuge, actor exchange.Actor, fingerprint string, done *int) (string, error) {
	t.Helper()
	var given string
	err := r.db.Change(t.Context(), actor, func(tx exchange.Tx) error {
		kept, before, err := tx.Once(fingerprint)
		if err != nil {
			return err
		}
		if before {
			given = string(kept)
			return nil
		}
		*done++
		if err := tx.Record(exchange.Event{What: "done", Subject: actor.Once}); err != nil {
			return err
		}
		given = `{"n": 1}`
		return tx.Remember(fingerprint, []byte(given))
	})
	return given, err
}

func TestTheSameKeyAtOnceIsDoneOnce(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	actor := r.worker
	actor.Once = "key"
	var (
		all  sync.WaitGroup
		done [16]int
	)
	for i := range done {
		all.Go(func() {
			given, err := remember(t, r, actor, "hold:1", &done[i])
			if err != nil || given != `{"n": 1}` {
				t.Errorf("got %s, %v, want the one result", given, err)
			}
		})
	}
	all.Wait()
	total := 0
	for _, n := range done {
		total += n
	}
	var events int
	byHand(t).scan(`SELECT count(*) FROM event WHERE what = 'done'`, nil, &events)
	if total != 1 || events != 1 {
		t.Errorf("done %d times with %d events, want once", total, events)
	}
}

func TestAKeyBelongsToOneCommandOfOneActor(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	actor := r.worker
	actor.Once = "key"
	done := 0
	if _, err := remember(t, r, actor, "hold:1", &done); err != nil {
		t.Fatal(err)
	}
	_, err := remember(t, r, actor, "hold:2", &done)
	wantCode(t, err, "idempotency_key_reused")
	other := r.provider
	other.Once = "key"
	if _, err := remember(t, r, other, "hold:2", &done); err != nil {
		t.Error(err)
	}
	none := r.worker
	for range 2 {
		if _, err := remember(t, r, none, "hold:1", &done); err != nil {
			t.Error(err)
		}
	}
	if done != 4 {
		t.Errorf("done %d times, want 4: one for each actor's key, two without", done)
	}
	actor.Once = strings.Repeat("k", 201)
	_, err = remember(t, r, actor, "hold:1", &done)
	if refusal := wantCode(t, err, "invalid_field"); refusal.Field != "idempotency_key" || refusal.Kind != schema.KindInvalid {
		t.Errorf("a key of 201 characters: %+v", refusal)
	}
}
