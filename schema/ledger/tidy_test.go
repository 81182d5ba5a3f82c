package ledger_test

import (
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// What may hold a survivor's words does not outlive its use; what can still be asked for stays.
func TestTidyDeletesWhatHasServedItsTime(t *testing.T) {
	t.Parallel()
	r, h := setUp(t), byHand(t)
	for _, key := range []string{"old", "new"} {
		actor, done := r.worker, 0
		actor.Once = key
		if _, err := remember(t, r, actor, "hold:1", &done); err != nil {
			t.Fatal(err)
		}
	}
	h.exec(`UPDATE idempotency SET at = at - interval '49 hours' WHERE key = 'old'`)
	// More than one batch, so that one turn does not do.
	h.exec(`INSERT INTO idempotency (actor, key, fingerprint, result, at) SELECT 'a', n, '', '{}', now() - interval '3 days' FROM generate_series(1, 4500) n`)

	key := schema.KeyID(ledgertest.ID())
	if err := r.db.PutFeedKey(t.Context(), key, make([]byte, 32), r.service.Provider, "test"); err != nil {
		t.Fatal(err)
	}
	for _, seq := range []int64{1, 2, 3, 10_002} {
		r.change(t, r.provider, func(tx exchange.Tx) error { return tx.AnswerFeed(key, seq, []byte(`{}`)) })
	}
	h.exec(`UPDATE feed_answer SET at = at - interval '31 days' WHERE seq <> 1`)

	account := h.account(r.worker.Organisation, schema.RoleHelpline)
	for secret, expires := range map[string]time.Duration{"over": -time.Second, "live": time.Hour} {
		if err := r.db.StartSession(t.Context(), token(secret), account, h.now().Add(expires)); err != nil {
			t.Fatal(err)
		}
	}

	for range 2 { // the second time there is nothing to do
		if err := r.db.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var results, answers string
	var sessions int
	h.scan(`SELECT (SELECT string_agg(key, ' ') FROM idempotency), (SELECT string_agg(CAST(seq AS text), ' ' ORDER BY seq) FROM feed_answer), (SELECT count(*) FROM session)`,
		nil, &results, &answers, &sessions)
	if results != "new" {
		t.Errorf("results kept of %.40s, want of the new command alone", results)
	}
	if answers != "1 3 10002" { // 1 is old in number alone, 3 and 10002 in days alone
		t.Errorf("answers %s are kept, want 1 3 10002", answers)
	}
	if _, err := r.db.Session(t.Context(), token("live")); err != nil || sessions != 1 {
		t.Errorf("%d sessions are kept, %v; want the live one", sessions, err)
	}
}
