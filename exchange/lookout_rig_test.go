package exchange_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"haven/allocator"
	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// tower is a town with lookouts, each over an index and a ledger of its own, as processes have; the test itself carries the outbox to them, so that it
// says when they hear.
type tower struct {
	*town
	mu        sync.Mutex
	followers []exchange.Follower
	n         int64
}

func newTower(t *testing.T) *tower {
	t.Helper()
	w := &tower{town: newTown(t)}
	for _, helpline := range []exchange.Actor{w.worker, w.neighbour} {
		if err := w.x.PutDutyNumber(t.Context(), operator(), helpline.Organisation, "+447700900321"); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// lookout starts one more, which first hears of the whole board. What it gives stops it, as a crash would: whatever it was about to do is not done.
func (w *tower) lookout() (stop func()) {
	w.Helper()
	x, err := exchange.New(exchange.Config{Ledger: ledgertest.New(w.TB)})
	if err != nil {
		w.Fatal(err)
	}
	look := x.Lookout()
	var places []schema.Place
	if err := w.db.AllPlaces(w.Context(), func(p schema.Place) error { places = append(places, p); return nil }); err != nil {
		w.Fatal(err)
	}
	for _, f := range []exchange.Follower{x.Indexed(), look} {
		f.Reset(exchange.Snapshot{Places: places})
		w.mu.Lock()
		w.followers = append(w.followers, f)
		w.mu.Unlock()
	}
	ctx, cancel := context.WithCancel(w.Context())
	over := make(chan struct{})
	go func() {
		defer close(over)
		if err := look.Run(ctx, func(err error) { w.Errorf("lookout: %v", err) }); err != nil {
			w.Error(err)
		}
	}()
	stop = func() { cancel(); <-over }
	w.Cleanup(stop)
	return stop
}

// relay tells every lookout what was committed since.
func (w *tower) relay() {
	w.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	rows, err := w.db.Unpublished(w.Context(), 10_000)
	if err != nil {
		w.Fatal(err)
	}
	var published []int64
	for _, row := range rows {
		published = append(published, row.ID)
		w.n++
		change := exchange.Change{N: w.n, Topic: row.Topic, ID: row.Subject, Version: row.Version, To: row.To}
		if row.Topic == exchange.TopicSpace {
			id := schema.SpaceID(row.Subject)
			places, err := w.db.Places(w.Context(), []schema.SpaceID{id})
			if err != nil {
				w.Fatal(err)
			}
			if place, there := places[id]; there {
				change.Place, change.Version = &place, place.Version
			}
		}
		for _, f := range w.followers {
			f.Apply(change)
		}
	}
	if err := w.db.Published(w.Context(), published); err != nil {
		w.Fatal(err)
	}
}

// until relays what is committed until it holds.
func (w *tower) until(what string, holds func() bool) {
	w.Helper()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		w.relay()
		if holds() {
			return
		}
		select {
		case <-deadline.C:
			w.Fatalf("not after 20 s: %s", what)
		case <-tick.C:
		}
	}
}

// waits opens a request of the worker's that Haven keeps looking for.
func (w *tower) waits(edit func(*schema.Need)) schema.Request {
	w.Helper()
	return done(w.x.Wait(w.Context(), w.worker, w.request(w.worker, edit).ID, true)).must(w, "keep looking")
}

// matches counts those of a request on a space, live and gone.
func (w *tower) matches(r schema.Request, space schema.SpaceID) (live, gone int) {
	w.Helper()
	const query = `SELECT count(*) FROM waiting_match WHERE request_id = $1 AND space_id = $2 AND gone_at IS `
	return w.count(query+`NULL`, r.ID, space), w.count(query+`NOT NULL`, r.ID, space)
}

func (w *tower) found(r schema.Request, space schema.SpaceID) {
	w.Helper()
	w.until("the place is found", func() bool { live, _ := w.matches(r, space); return live == 1 })
}

func (w *tower) lost(r schema.Request, space schema.SpaceID) {
	w.Helper()
	w.until("the place is gone", func() bool { live, _ := w.matches(r, space); return live == 0 })
}

func (w *tower) texts(r schema.Request) int {
	w.Helper()
	return w.count(`SELECT count(*) FROM message WHERE wording = 'place_may_fit' AND request_id = $1`, r.ID)
}

// settled waits until everything told so far was looked at: a household that began to wait last is served last. It is a man, whom no other place of
// these tests takes, and his place takes nobody else.
func (w *tower) settled() {
	w.Helper()
	mark := w.waits(func(n *schema.Need) {
		n.Household = schema.Household{Adults: []schema.Adult{{As: schema.Man, Age: 40}}}
	})
	men := w.service(w.manager, func(s *schema.Service) {
		s.Takes.Adults = map[schema.Described]schema.Fact{schema.Woman: schema.No, schema.Man: schema.Yes}
	})
	w.found(mark, w.publish(w.manager, men, available("mark"))[0].Space)
	done(w.x.Wait(w.Context(), w.worker, mark.ID, false)).must(w, "stop looking")
	w.publish(w.manager, men, says("mark", schema.Taken, ""))
	w.relay()
}

func (w *tower) verdict(r schema.Request, space schema.SpaceID) (got allocator.Verdict) {
	w.Helper()
	err := w.owner.QueryRowContext(w.Context(), `SELECT verdict FROM waiting_match WHERE request_id = $1 AND space_id = $2 AND gone_at IS NULL`, r.ID, space).Scan(&got)
	if err != nil {
		w.Fatal(err)
	}
	return got
}
