package ledger_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"sync"
	"testing"

	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

func (h *hand) event(subject string) {
	h.t.Helper()
	h.exec(`INSERT INTO event (by_id, role, via, what, subject, body) VALUES ('', 'clock', 'clock', 'tested', $1, '{"n": 1}')`, subject)
}

func (h *hand) count(query string) (n int) {
	h.t.Helper()
	h.scan(query, nil, &n)
	return n
}

const unsealedEvents = `SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT FROM sealed_event s WHERE s.event_id = e.id)`

// sealAll seals n at a time until nothing is left. A transaction of any test on this server holds sealing up, so one call may find nothing yet.
func (h *hand) sealAll(db *ledger.DB, n int) {
	h.t.Helper()
	for h.count(unsealedEvents) > 0 {
		if _, err := db.Seal(h.t.Context(), n); err != nil {
			h.t.Fatal(err)
		}
	}
}

func TestSealCoversEveryEventOnce(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	if n, err := db.Seal(t.Context(), 10); n != 0 || err != nil {
		t.Errorf("Seal of nothing = %d, %v", n, err)
	}
	for range 7 {
		h.event("a")
	}
	h.sealAll(db, 3)
	if got := h.count(`SELECT sum(events) FROM seal`); got != 7 {
		t.Errorf("seals cover %d events, want 7", got)
	}
	if got := h.count(`SELECT max(events) FROM seal`); got > 3 {
		t.Errorf("a seal covers %d events, want at most 3", got)
	}
	if err := db.VerifySeals(t.Context()); err != nil {
		t.Error(err)
	}
}

// What a seal covers is fixed for good: an auditor recomputes it from this text with any program.
func TestSealOfAKnownEvent(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	h.exec(`INSERT INTO event (at, by_id, role, via, what, subject, why, body)
		VALUES ('2026-11-21 13:00:00.000001+01', 'k', 'provider', 'feed', 'space_reported', 's', 'repair', '{"b": "Zoë\n", "a": [1.50, null]}')`)
	h.sealAll(db, 10)
	const text = `{"at": "2026-11-21T12:00:00.000001Z", "by": "k", "id": 1, "via": "feed", "why": "repair", "body": {"a": [1.50, null], "b": "Zoë\n"}, ` +
		`"role": "provider", "what": "space_reported", "subject": "s", "organisation": null}` + "\n"
	want := sha256.Sum256(append(make([]byte, sha256.Size), text...))
	var got []byte
	h.scan(`SELECT hash FROM seal`, nil, &got)
	if !bytes.Equal(got, want[:]) {
		t.Errorf("hash %x, want %x", got, want)
	}
}

func TestSealWaitsForWhatIsStillRunning(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	late, err := h.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := late.Exec(`INSERT INTO event (by_id, role, via, what, subject) VALUES ('', 'clock', 'clock', 'tested', 'late')`); err != nil {
		t.Fatal(err)
	}
	h.event("early")
	if n, err := db.Seal(t.Context(), 10); n != 0 || err != nil {
		t.Errorf("Seal = %d, %v with a lower number still open; want none", n, err)
	}
	if err := late.Commit(); err != nil {
		t.Fatal(err)
	}
	h.sealAll(db, 10)
	if got := h.count(`SELECT count(*) FROM sealed_event`); got != 2 {
		t.Errorf("%d events are sealed, want 2", got)
	}
	if err := db.VerifySeals(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSealersDoNotFork(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	const events = 60
	for range events {
		h.event("a")
	}
	var all sync.WaitGroup
	totals := make([]int, 6)
	for i := range totals {
		all.Go(func() {
			for h.count(unsealedEvents) > 0 {
				n, err := db.Seal(t.Context(), 2)
				if err != nil {
					t.Error(err)
					return
				}
				totals[i] += n
			}
		})
	}
	all.Wait()
	total := 0
	for _, n := range totals {
		total += n
	}
	if total != events {
		t.Errorf("%d events were sealed, want %d", total, events)
	}
	if got := h.count(`SELECT count(*) - count(DISTINCT previous) FROM seal`); got != 0 {
		t.Errorf("%d seals follow one that another follows too", got)
	}
	if err := db.VerifySeals(t.Context()); err != nil {
		t.Error(err)
	}
}

// The owner can switch the triggers off and rewrite the record; the chain then says where.
func TestTamperingBreaksTheChain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do   string
		seal int64
	}{
		"an event's body":                 {`UPDATE event SET body = '{"n": 2}' WHERE id = 3`, 2},
		"an event's time by a little":     {`UPDATE event SET at = at + interval '1 microsecond' WHERE id = 4`, 2},
		"who did it":                      {`UPDATE event SET by_id = 'somebody' WHERE id = 1`, 1},
		"for which organisation":          {`UPDATE event SET organisation_id = gen_random_uuid() WHERE id = 6`, 3},
		"an event is gone":                {`DELETE FROM sealed_event WHERE event_id = 3; DELETE FROM event WHERE id = 3`, 2},
		"a seal's events are gone":        {`DELETE FROM sealed_event WHERE seal_id = 2`, 2},
		"an event slipped in":             {`INSERT INTO event (by_id, role, via, what, subject) VALUES ('', '', '', 'x', 'x'); INSERT INTO sealed_event SELECT max(id), 2 FROM event`, 2},
		"two events changed their places": {`UPDATE sealed_event SET seal_id = 5 - seal_id WHERE event_id IN (4, 5)`, 2},
		"a seal's hash":                   {`UPDATE seal SET hash = sha256('x') WHERE id = 2`, 2},
		"what a seal follows":             {`UPDATE seal SET previous = sha256('x') WHERE id = 2`, 2},
		"how many events a seal covers":   {`UPDATE seal SET events = 3 WHERE id = 3`, 3},
		"a seal is gone":                  {`DELETE FROM sealed_event WHERE seal_id = 2; DELETE FROM seal WHERE id = 2`, 3},
		"the first seal is gone":          {`DELETE FROM sealed_event WHERE seal_id = 1; DELETE FROM seal WHERE id = 1`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, db := byHand(t), ledgertest.New(t)
			for range 3 { // two events of one transaction are settled together, whatever else runs on the server
				h.exec(`INSERT INTO event (by_id, role, via, what, subject, body) SELECT '', 'clock', 'clock', 'tested', 's', '{"n": 1}' FROM generate_series(1, 2)`)
				h.sealAll(db, 2)
			}
			if got := h.count(`SELECT count(*) FROM seal WHERE events = 2`); got != 3 {
				t.Fatalf("%d seals of two events, want 3", got)
			}
			if err := db.VerifySeals(t.Context()); err != nil {
				t.Fatal(err)
			}
			h.exec(`ALTER TABLE event DISABLE TRIGGER USER; ALTER TABLE seal DISABLE TRIGGER USER; ALTER TABLE sealed_event DISABLE TRIGGER USER`)
			h.exec(c.do)
			var broken *ledger.BrokenSeal
			if err := db.VerifySeals(t.Context()); !errors.As(err, &broken) || broken.Seal != c.seal {
				t.Errorf("VerifySeals = %v, want seal %d named", err, c.seal)
			}
		})
	}
}

func TestTheRecordCannotBeRewritten(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	h.event("a")
	h.sealAll(db, 1)
	for _, table := range []string{"event", "seal", "sealed_event"} {
		for _, statement := range []string{"DELETE FROM " + table, "TRUNCATE " + table + " CASCADE"} {
			if _, err := h.db.ExecContext(t.Context(), statement); err == nil {
				t.Errorf("%s went through, for the owner at that", statement)
			}
		}
	}
}
