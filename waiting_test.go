package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/exchange/feed"
	"haven/schema"
)

// queueing is a Haven with two allocators, a refuge whose feed opens and takes places, and households of two helplines that wait.
type queueing struct {
	*world
	feed    *feed.Client
	truth   *sql.DB
	waiting []schema.RequestID
	refs    []string
}

func newQueueing(t *testing.T, households int) *queueing {
	t.Helper()
	q := &queueing{world: newWorld(t, "web 1", "exchange 1", "allocator 1", "allocator 2"), refs: []string{"1", "2", "3"}}
	q.truth = q.asOwner()
	q.feed = q.feedAt(q.urls[0], q.feedKey)
	q.free(q.feed, q.service, q.refs...)
	q.take()
	for i := range households {
		id := q.request(q.helplines[i%len(q.helplines)], aWoman)
		q.keepLooking(id)
		q.waiting = append(q.waiting, id)
	}
	return q
}

// keepLooking is the command, for whoever's request it is, by whoever opened it; and its helpline has a duty number.
func (q *queueing) keepLooking(id schema.RequestID) {
	q.t.Helper()
	r, err := q.db.Request(q.t.Context(), exchange.Clock(), id)
	if err != nil {
		q.t.Fatal(err)
	}
	if err := q.exchange.PutDutyNumber(q.t.Context(), shell(), r.Organisation, "+447700900321"); err != nil {
		q.t.Fatal(err)
	}
	actor := exchange.Actor{By: string(r.OpenedBy), Organisation: r.Organisation, Role: schema.RoleHelpline, Via: exchange.ViaPage}
	if _, err := q.exchange.Wait(q.t.Context(), actor, id, true); err != nil {
		q.t.Fatal(err)
	}
}

func (q *queueing) take() {
	q.t.Helper()
	m := feed.Publish{Service: q.service}
	for _, ref := range q.refs {
		m.Spaces = append(m.Spaces, feed.Space{Ref: ref, State: schema.Taken})
	}
	if _, err := q.feed.Publish(q.t.Context(), m); err != nil {
		q.t.Fatal(err)
	}
}

// until every household has so many matches live and so many gone.
func (q *queueing) until(live, gone int) {
	q.t.Helper()
	eventually(q.t, 30*time.Second, func() error {
		var haveLive, haveGone int
		err := q.truth.QueryRow(`SELECT count(*) FILTER (WHERE gone_at IS NULL), count(gone_at) FROM waiting_match`).Scan(&haveLive, &haveGone)
		if want := len(q.waiting); err == nil && (haveLive != live*want || haveGone != gone*want) {
			err = fmt.Errorf("%d matches are live and %d gone, want %d and %d", haveLive, haveGone, live*want, gone*want)
		}
		return err
	})
}

// once says what was done other than once for each request and opening.
func (q *queueing) once(openings int) error {
	var faults []error
	for _, c := range []struct {
		what, query string
		want        int
	}{
		{"matches", `SELECT count(*) FROM waiting_match WHERE request_id = $1`, openings * len(q.refs)},
		{"events of a match found", `SELECT count(*) FROM event WHERE what = 'match_found' AND subject = CAST($1 AS text)`, openings * len(q.refs)},
		{"events of a match gone", `SELECT count(*) FROM event WHERE what = 'match_gone' AND subject = CAST($1 AS text)`, openings * len(q.refs)},
		{"texts within a quarter of an hour", `SELECT count(*) FROM message WHERE wording = 'place_may_fit' AND request_id = CAST($1 AS uuid)`, 1},
	} {
		for _, id := range q.waiting {
			var have int
			if err := q.truth.QueryRow(c.query, string(id)).Scan(&have); err != nil {
				return err
			}
			if have != c.want {
				faults = append(faults, fmt.Errorf("%s: %d, want %d", c.what, have, c.want))
			}
		}
	}
	return errors.Join(faults...)
}

// TestTwoAllocatorsFindOnce: two allocator processes hear of every opening on a real Redis; each is found, recorded and told once.
func TestTwoAllocatorsFindOnce(t *testing.T) {
	t.Parallel()
	const openings = 5
	q := newQueueing(t, 6)
	for opening := range openings {
		q.free(q.feed, q.service, q.refs...)
		q.until(len(q.refs), opening*len(q.refs))
		q.take()
		q.until(0, (opening+1)*len(q.refs))
	}
	if err := q.once(openings); err != nil {
		t.Error(err)
	}
}

// TestAllocatorsKilledBetweenMatchAndCommit: while places open and go, both allocators are killed again and again, with a brake on the commit so that a
// kill meets them between the match and it. What was missed is found by the next start, and nothing twice.
func TestAllocatorsKilledBetweenMatchAndCommit(t *testing.T) {
	t.Parallel()
	const openings = 3
	q := newQueueing(t, 6)
	// As the owner: each match takes a while to write, and is not committed until all of its request are.
	for _, statement := range []string{
		`CREATE FUNCTION brake() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$`,
		`CREATE TRIGGER brake AFTER INSERT ON waiting_match FOR EACH ROW EXECUTE FUNCTION brake()`,
	} {
		if _, err := q.truth.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	met := 0
	for opening := range openings {
		q.free(q.feed, q.service, q.refs...)
		for _, name := range []string{"allocator 1", "allocator 2", "allocator 1"} {
			if q.writing(t.Context()) {
				met++
			}
			if err := q.bounce(name); err != nil {
				t.Fatal(err)
			}
		}
		q.until(len(q.refs), opening*len(q.refs))
		q.take()
		q.until(0, (opening+1)*len(q.refs))
	}
	if err := q.once(openings); err != nil {
		t.Error(err)
	}
	if met == 0 {
		t.Error("no kill met an allocator while it wrote a match: nothing was proved")
	}
	for name, p := range q.roles {
		if strings.Contains(p.log.String(), "panic") {
			t.Errorf("%s panicked", name)
		}
	}
}

// writing waits a moment for an allocator to be in the middle of a match, and says whether one is.
func (q *queueing) writing(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		var n int
		err := q.truth.QueryRowContext(ctx, `SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%INSERT INTO waiting_match%' AND state = 'active' AND pid <> pg_backend_pid()`).Scan(&n)
		if err == nil && n > 0 {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
}
