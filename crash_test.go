package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"haven/schema"
)

// TestEveryPartKilledUnderLoad kills -9 each role's process and PostgreSQL, and empties and kills Redis, in the middle of a stream of publishes and
// holds. Then every acknowledged one is there (S2), no room was held by two at any moment (S1), and both web processes see the ledger's board (S3).
func TestEveryPartKilledUnderLoad(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := newLoad(w)
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return l.publish(ctx) })
	for worker := range 6 {
		group.Go(func() error { l.work(ctx, worker); return nil })
	}
	group.Go(func() error {
		defer stop()
		return w.killEverything(ctx, l)
	})
	if err := group.Wait(); err != nil {
		t.Fatalf("load: %v", err)
	}
	for _, f := range l.faults {
		t.Error(f)
	}
	if len(l.holds) == 0 || len(l.seqs) < 20 {
		t.Fatalf("only %d holds and %d messages were acknowledged: nothing was proved", len(l.holds), len(l.seqs))
	}
	t.Logf("acknowledged: %d holds, %d feed messages", len(l.holds), len(l.seqs))
	w.checkRecord(l)
	w.checkBoards()
}

// killEverything waits for work to go on before and after each blow.
func (w *world) killEverything(ctx context.Context, l *load) error {
	blows := []struct {
		what string
		do   func() error
	}{
		{"web 1", func() error { return w.bounce("web 1") }},
		{"FLUSHALL", func() error { return w.flushRedis(ctx) }},
		{"exchange 1", func() error { return w.bounce("exchange 1") }},
		{"PostgreSQL", func() error {
			if err := w.postgres.Kill(); err != nil {
				return err
			}
			return w.postgres.Restart(ctx)
		}},
		{"web 2", func() error { return w.bounce("web 2") }},
		{"exchange 2", func() error { return w.bounce("exchange 2") }},
		{"Redis", func() error {
			if err := w.redis.Kill(); err != nil {
				return err
			}
			return w.redis.Restart(ctx)
		}},
		{"allocator 1", func() error { return w.bounce("allocator 1") }},
		{"notifier 1", func() error { return w.bounce("notifier 1") }},
		{"PostgreSQL again", func() error {
			if err := w.postgres.Kill(); err != nil {
				return err
			}
			return w.postgres.Restart(ctx)
		}},
	}
	for _, blow := range blows {
		if err := waitForWork(ctx, l, 15); err != nil {
			return fmt.Errorf("before the blow to %s: %w", blow.what, err)
		}
		if err := blow.do(); err != nil {
			return fmt.Errorf("blow to %s: %w", blow.what, err)
		}
	}
	return waitForWork(ctx, l, 15)
}

func waitForWork(ctx context.Context, l *load, more int64) error {
	from := l.acks.Load()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for l.acks.Load() < from+more {
		select {
		case <-ctx.Done():
			return fmt.Errorf("only %d of %d acknowledgements came: %w", l.acks.Load()-from, more, ctx.Err())
		case <-tick.C:
		}
	}
	return nil
}

func (w *world) bounce(name string) error {
	w.roles[name].kill()
	w.roles[name].start(w.t)
	return nil
}

// checkRecord looks at the truth as its owner, who no policy binds.
func (w *world) checkRecord(l *load) {
	w.t.Helper()
	db, err := sql.Open("postgres", w.owner)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	for id, acked := range l.holds {
		var code, space string
		if err := db.QueryRow(`SELECT code, space_id FROM hold WHERE id = $1`, string(id)).Scan(&code, &space); err != nil {
			w.t.Errorf("the acknowledged hold %s (%s) is not in the record: %v", id, acked.key, err)
			continue
		}
		if code != acked.Code || space != string(acked.Space) {
			w.t.Errorf("the hold %s was acknowledged as %s on %s and recorded as %s on %s", id, acked.Code, acked.Space, code, space)
		}
	}
	for seq := range l.seqs {
		var answered bool
		if err := db.QueryRow(`SELECT EXISTS (SELECT FROM feed_answer WHERE key_id = $1 AND seq = $2)`, string(w.keyID), seq).Scan(&answered); err != nil || !answered {
			w.t.Errorf("the acknowledged message %d is not in the record: %v", seq, err)
		}
	}
	for what, query := range crashInvariants {
		var n int
		if err := db.QueryRow(`SELECT count(*) FROM (` + query + `) broken`).Scan(&n); err != nil {
			w.t.Errorf("%s: %v", what, err)
		} else if n > 0 {
			w.t.Errorf("%s: %d", what, n)
		}
	}
}

// crashInvariants each select what may not be. They do not lean on the index that is under test.
var crashInvariants = map[string]string{
	"rooms held by two at the same moment": `
		SELECT a.claim_id FROM claim_room a JOIN claim_room b ON b.room_id = a.room_id AND b.claim_id > a.claim_id AND b.kind = a.kind
		JOIN claim ca ON ca.id = a.claim_id JOIN claim cb ON cb.id = b.claim_id
		WHERE tstzrange(ca.made_at, coalesce(ca.ended_at, 'infinity')) && tstzrange(cb.made_at, coalesce(cb.ended_at, 'infinity'))`,
	"live holds without a live promise": `
		SELECT h.id FROM hold h JOIN claim c ON c.id = h.claim_id WHERE h.state IN ('held', 'agreed') AND c.ended_at IS NOT NULL`,
	"live promises without a live hold": `
		SELECT c.id FROM claim c JOIN hold h ON h.id = c.hold_id WHERE c.kind = 'promise' AND c.ended_at IS NULL AND h.state NOT IN ('held', 'agreed')`,
	"claims whose rooms disagree with them": `
		SELECT c.id FROM claim c JOIN claim_room r ON r.claim_id = c.id WHERE r.live <> (c.ended_at IS NULL)`,
	"holds without the event that made them": `
		SELECT h.id FROM hold h WHERE NOT EXISTS (SELECT FROM event e WHERE e.subject = h.id::text AND e.what = 'hold_made')`,
	"holds without exactly one text": `
		SELECT h.id FROM hold h WHERE (SELECT count(*) FROM message m WHERE m.hold_id = h.id AND m.wording = 'hold_waiting') <> 1`,
	"ended requests with live holds": `
		SELECT r.id FROM request r JOIN hold h ON h.request_id = r.id WHERE r.state <> 'open' AND h.state IN ('held', 'agreed')`,
}

// checkBoards: a search on either web process finds exactly the places that the ledger says are free, within 5 seconds of the last blow's end.
func (w *world) checkBoards() {
	w.t.Helper()
	db, err := sql.Open("postgres", w.owner)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	for _, base := range w.urls {
		eventually(w.t, 5*time.Second, func() error {
			want := map[string]bool{}
			rows, err := db.Query(`SELECT id FROM space_now WHERE published AND status = 'available'`)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var id string
				if err := rows.Scan(&id); err != nil {
					return err
				}
				want[id] = true
			}
			return sameFree(base, w.helplines[0], want)
		})
	}
}

func sameFree(base, token string, want map[string]bool) error {
	r, err := http.NewRequest(http.MethodPost, base+"/api/v1/search", strings.NewReader(herList))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var list struct {
		Fits, CheckFirst, Unconfirmed, DoesNotFit []struct{ Space schema.SpaceID }
	}
	var raw map[string]json.RawMessage
	if err := json.NewDecoder(answer.Body).Decode(&raw); err != nil {
		return err
	}
	got := map[string]bool{}
	for _, group := range []string{"fits", "check_first", "unconfirmed", "does_not_fit"} {
		if err := json.Unmarshal(raw[group], &list.Fits); err != nil {
			return fmt.Errorf("status %d, group %s: %w", answer.StatusCode, group, err)
		}
		for _, c := range list.Fits {
			got[string(c.Space)] = true
		}
	}
	for id := range want {
		if !got[id] {
			return fmt.Errorf("%s is free and not found (%d of %d found)", id, len(got), len(want))
		}
	}
	if len(got) != len(want) {
		return fmt.Errorf("%d found, %d free", len(got), len(want))
	}
	return nil
}
