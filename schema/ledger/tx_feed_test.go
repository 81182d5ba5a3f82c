package ledger_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

func TestAFeedKeepsItsSessionItsNumberAndItsAnswers(t *testing.T) {
	t.Parallel()
	r := setUp(t)
	key := schema.KeyID(ledgertest.ID())
	if err := r.db.PutFeedKey(t.Context(), key, make([]byte, 32), r.service.Provider, "test"); err != nil {
		t.Fatal(err)
	}
	r.change(t, r.provider, func(tx exchange.Tx) error {
		state, err := tx.LockFeed(key)
		if want := (exchange.FeedState{Organisation: r.service.Provider}); err != nil || state != want {
			t.Errorf("a new key: %+v, %v, want %+v", state, err, want)
		}
		return tx.TakeFeed(key, "s1")
	})
	r.change(t, r.provider, func(tx exchange.Tx) error { return tx.AnswerFeed(key, 1, []byte(`{"ok": true}`)) })
	err := r.db.Change(t.Context(), r.provider, func(tx exchange.Tx) error {
		if err := tx.AnswerFeed(key, 2, []byte(`{}`)); err != nil {
			return err
		}
		return errStop
	})
	if err == nil {
		t.Error("want the stop")
	}
	if err := r.db.Change(t.Context(), r.provider, func(tx exchange.Tx) error { return tx.AnswerFeed(key, 1, []byte(`{}`)) }); err == nil {
		t.Error("a number was answered twice")
	}
	if err := r.db.RevokeFeedKey(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	r.change(t, r.provider, func(tx exchange.Tx) error {
		state, err := tx.LockFeed(key)
		if want := (exchange.FeedState{Organisation: r.service.Provider, Session: "s1", LastSeq: 1, Revoked: true}); err != nil || state != want {
			t.Errorf("got %+v, %v, want %+v", state, err, want)
		}
		answer, found, err := tx.FeedAnswer(key, 1)
		if err != nil || !found || string(answer) != `{"ok": true}` {
			t.Errorf("answer 1: %s, %v, %v", answer, found, err)
		}
		if _, found, err := tx.FeedAnswer(key, 2); err != nil || found {
			t.Errorf("answer 2, undone: found %v, %v", found, err)
		}
		return nil
	})
	err = r.db.Change(t.Context(), r.provider, func(tx exchange.Tx) error { _, err := tx.LockFeed("nobody's"); return err })
	wantCode(t, err, "not_found")
}
