package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"haven/exchange/feed"
	"haven/schema"
)

const (
	raceRounds = 100
	racers     = 64
)

// track is one refuge with a place of one room, and with a family unit whose two rooms are places too.
type track struct {
	*world
	feed     *feed.Client
	spaces   []schema.SpaceID
	requests []schema.RequestID // one a racer; the first is of the household that is there before a round
	truth    *sql.DB            // as the owner, whom no policy binds
}

var (
	raceRefs  = []string{"One", "A", "B", "F"}
	raceRooms = map[string][]string{"One": {"One"}, "A": {"A"}, "B": {"B"}, "F": {"A", "B"}}
)

func newTrack(t *testing.T) *track {
	t.Helper()
	k := &track{world: newWorld(t, "web 1", "exchange 1", "allocator 1")}
	k.feed = k.feedAt(k.urls[0], k.feedKey)
	ids := k.free(k.feed, k.service, "One", "A", "B", "F=A+B")
	for _, ref := range raceRefs {
		k.spaces = append(k.spaces, ids[ref])
	}
	for i := range racers {
		k.requests = append(k.requests, k.request(k.helpline(i), aWoman))
	}
	k.truth = k.asOwner()
	return k
}

func (w *world) asOwner() *sql.DB {
	w.t.Helper()
	db, err := sql.Open("postgres", w.owner)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { db.Close() })
	return db
}

func (k *track) helpline(racer int) string { return k.helplines[racer%len(k.helplines)] }

// told is what one racer was told in a round.
type told struct {
	answer answer
	err    error
	ack    feed.Ack
}

// atOnce starts all racers at the same moment and waits for the last. It may stop none: each must be answered.
func atOnce(run func(racer int) told) []told {
	all, start := make([]told, racers), make(chan struct{})
	var over sync.WaitGroup
	for i := range racers {
		over.Go(func() {
			<-start
			all[i] = run(i)
		})
	}
	close(start)
	over.Wait()
	return all
}

func (k *track) tryHold(ctx context.Context, racer int, ref int) told {
	a, err := k.send(ctx, http.MethodPost, k.urls[0]+"/api/v1"+holdsPath(k.requests[racer]), k.helpline(racer), k.key(), holdBody(k.spaces[ref]))
	return told{answer: a, err: err}
}

// runOut moves a hold's time into the past, because no command can travel in time; the sweeper or whoever comes first ends it.
func (k *track) runOut(ctx context.Context, id schema.HoldID) told {
	_, err := k.truth.ExecContext(ctx, `UPDATE hold SET expires_at = clock_timestamp() - interval '1 millisecond' WHERE id = $1 AND state = 'held'`, string(id))
	return told{err: err}
}

func (k *track) sayTaken(ctx context.Context, ref string) told {
	ack, err := k.feed.Publish(ctx, feed.Publish{Service: k.service, Spaces: []feed.Space{{Ref: ref, State: schema.Taken}}})
	return told{ack: ack, err: err}
}

// standing is what the record says of the rooms after a round.
type standing struct {
	households map[string]int  // by room
	holds      int             // live
	taken      map[string]bool // rooms that the provider says are taken
}

func (k *track) standing() standing {
	k.t.Helper()
	s := standing{households: map[string]int{}, taken: map[string]bool{}}
	for _, q := range []struct {
		query string
		row   func(name string)
	}{
		// Counted from the holds themselves, not from the rows that the index under test is over.
		{`SELECT r.ref FROM hold h JOIN space_room s ON s.space_id = h.space_id JOIN room r ON r.id = s.room_id
			WHERE h.state = 'agreed' OR h.state = 'held' AND h.expires_at > clock_timestamp()`, func(room string) { s.households[room]++ }},
		{`SELECT id::text FROM hold WHERE state = 'agreed' OR state = 'held' AND expires_at > clock_timestamp()`, func(string) { s.holds++ }},
		{`SELECT r.ref FROM space s JOIN space_room sr ON sr.space_id = s.id JOIN room r ON r.id = sr.room_id
			WHERE s.state = 'taken'`, func(room string) { s.taken[room] = true }},
	} {
		rows, err := k.truth.Query(q.query)
		if err != nil {
			k.t.Fatal(err)
		}
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				k.t.Fatal(err)
			}
			q.row(name)
		}
		if err := rows.Err(); err != nil {
			k.t.Fatal(err)
		}
	}
	return s
}

// won are the holds that workers were told of. Everybody else must have heard that the place is taken, and nothing else.
func (k *track) won(round int, all []told) (won []ackedHold) {
	k.t.Helper()
	for i, one := range all {
		code, _ := one.answer.problem()
		switch {
		case one.err != nil:
			k.t.Errorf("round %d: racer %d was not answered: %v", round, i, one.err)
		case one.answer.status == 0: // no worker
		case one.answer.status == http.StatusCreated:
			won = append(won, into[ackedHold](k.t, one.answer))
		case one.answer.status != http.StatusConflict || code != "taken":
			k.t.Errorf("round %d: racer %d was told %d %s", round, i, one.answer.status, one.answer.body)
		}
	}
	return won
}

// judge says what is wrong with a round: each room has one household, or none where the provider said "taken" first or where it may be empty.
func (s standing) judge(won int, mayBeEmpty map[string]bool) (faults []string) {
	if won != s.holds {
		faults = append(faults, fmt.Sprintf("%d holds were told of, %d are live", won, s.holds))
	}
	for _, room := range []string{"One", "A", "B"} {
		n := s.households[room]
		if n > 1 || n == 0 && !s.taken[room] && !mayBeEmpty[room] {
			faults = append(faults, fmt.Sprintf("%d households have room %s", n, room))
		}
	}
	return faults
}

// clear ends what is live and makes everything available again, for the next round.
func (k *track) clear(won []ackedHold) {
	k.t.Helper()
	for _, h := range won {
		for _, token := range k.helplines {
			a, err := k.send(k.t.Context(), http.MethodPost, k.urls[0]+"/api/v1/holds/"+string(h.ID)+"/release", token, k.key(), "")
			if err != nil || a.status != http.StatusOK && a.status != http.StatusNotFound && a.status != http.StatusConflict {
				k.t.Fatalf("release: %d %s %v", a.status, a.body, err)
			}
		}
	}
	k.free(k.feed, k.service, "One", "A", "B", "F=A+B")
}

// TestRaceOverHTTPFeedAndExpiry: a hundred times, 64 race for one place and for a family unit and its rooms. Most are workers of two helplines
// over HTTP; in three rounds of four a provider's feed says that places are taken meanwhile; and in every second one a place they want is on
// hold until that very moment. Every room has one household, every worker was told the truth, and a room that ends empty is free to the next.
func TestRaceOverHTTPFeedAndExpiry(t *testing.T) {
	t.Parallel()
	k := newTrack(t)
	var seen struct{ ranOut, taken, claimed, unit, rooms int }
	for round := range raceRounds {
		contested := round % len(raceRefs)
		ctx := t.Context()
		var before ackedHold
		if round%2 == 1 {
			before = k.hold(k.helpline(0), k.requests[0], k.spaces[contested])
		}
		all := atOnce(func(i int) told {
			switch {
			case i == 0 && before.ID != "":
				return k.runOut(ctx, before.ID)
			case round%4 == 2 && i < len(raceRefs):
				return k.sayTaken(ctx, raceRefs[i]) // first in line, so that it sometimes comes before every worker
			case round%4 != 0 && i == round%racers:
				return k.sayTaken(ctx, raceRefs[(round/4)%len(raceRefs)])
			default:
				return k.tryHold(ctx, i, (i+round)%len(raceRefs))
			}
		})
		won := k.won(round, all)
		now := k.standing()
		// A worker who came before the end of the earlier hold was told "taken" and went away, so these rooms may be nobody's.
		empty := map[string]bool{}
		if before.ID != "" {
			for _, room := range raceRooms[raceRefs[contested]] {
				empty[room] = true
			}
			if contested > 0 {
				// The unit was not to be had while one of its rooms was on hold, and a room not while the unit was.
				empty["A"], empty["B"] = true, true
			}
		}
		for _, fault := range now.judge(len(won), empty) {
			t.Errorf("round %d: %s", round, fault)
		}
		for i, one := range all {
			for _, s := range one.ack.Spaces {
				if s.Code == "" {
					seen.taken++
				} else if s.Code == "claimed" {
					seen.claimed++
				} else {
					t.Errorf("round %d: the feed of racer %d was told %s", round, i, s.Code)
				}
			}
		}
		for _, h := range won {
			switch {
			case before.ID != "" && h.Space == k.spaces[contested]:
				seen.ranOut++
			case h.Space == k.spaces[3]:
				seen.unit++
			case h.Space == k.spaces[1]:
				seen.rooms++
			}
		}
		won = append(won, k.nobodysIsFree(now, empty)...)
		k.clear(won)
		if t.Failed() {
			return
		}
	}
	t.Logf("places won from a hold that ran out %d; units %d, rooms %d; taken kept %d, against a household %d", seen.ranOut, seen.unit, seen.rooms, seen.taken, seen.claimed)
	if seen.ranOut == 0 || seen.unit == 0 || seen.rooms == 0 || seen.taken+seen.claimed == 0 {
		t.Errorf("some outcome never came, so it was not raced for: %+v", seen)
	}
}

// nobodysIsFree holds each room that ended a round empty, so that none is hidden by what is over (S3).
func (k *track) nobodysIsFree(now standing, empty map[string]bool) (won []ackedHold) {
	k.t.Helper()
	for i, room := range []string{"One", "A", "B"} {
		if empty[room] && now.households[room] == 0 && !now.taken[room] {
			won = append(won, k.hold(k.helpline(i+1), k.requests[i+1], k.spaces[i]))
		}
	}
	return won
}
