package exchange

import (
	"context"
	"maps"
	"sync"
	"time"

	"haven/allocator"
	"haven/schema"
)

const (
	// lookAtAll is how often everything is put to everybody again: words grow old, places become ready and services open without a change that is told.
	lookAtAll = 10 * time.Minute
	// lookForUntold is how late a text may be that had to wait for its turn.
	lookForUntold = time.Minute
	// lookLater is the pause after the ledger did not answer.
	lookLater = time.Second
)

// Lookout keeps looking for every household that waits. It follows the board; a place that changed is put to all of them at once, a request that
// changed to all places. Memory proposes and the ledger decides (settleMatches), so any number of lookouts may run, and one that died in between is made
// good by the next start: everything is put to everybody then.
//
// Follow the board with it after Indexed, whose places it reads.
type Lookout struct {
	x    *Exchange
	list *allocator.Waiting
	// known is the turn's own: what was read of each request that waits.
	known map[schema.RequestID]*waiter
	wake  chan struct{}

	mu     sync.Mutex
	heard  heard
	places map[schema.SpaceID]struct{} // on the board
}

// heard is what the board told since the last turn.
type heard struct {
	all      bool
	spaces   map[schema.SpaceID]struct{}
	requests map[schema.RequestID]struct{}
}

var _ Follower = (*Lookout)(nil)

// Lookout over the places of this process.
func (x *Exchange) Lookout() *Lookout {
	return &Lookout{
		x: x, list: allocator.NewWaiting(), known: map[schema.RequestID]*waiter{}, wake: make(chan struct{}, 1),
		heard: nothingHeard(), places: map[schema.SpaceID]struct{}{},
	}
}

func nothingHeard() heard {
	return heard{spaces: map[schema.SpaceID]struct{}{}, requests: map[schema.RequestID]struct{}{}}
}

func (h *heard) add(more heard) {
	h.all = h.all || more.all
	maps.Copy(h.spaces, more.spaces)
	maps.Copy(h.requests, more.requests)
}

// Reset is told of places only, so that requests are read again too.
func (l *Lookout) Reset(s Snapshot) {
	places := make(map[schema.SpaceID]struct{}, len(s.Places))
	for i := range s.Places {
		places[s.Places[i].Space.ID] = struct{}{}
	}
	l.hear(func() {
		l.places = places
		l.heard.all = true
	})
}

// Apply notes what is to be looked at; it never waits.
func (l *Lookout) Apply(c Change) {
	switch c.Topic {
	case TopicSpace:
		id := schema.SpaceID(c.ID)
		l.hear(func() {
			delete(l.places, id)
			if c.Place != nil {
				l.places[id] = struct{}{}
			}
			l.heard.spaces[id] = struct{}{}
		})
	case TopicRequest:
		l.hear(func() { l.heard.requests[schema.RequestID(c.ID)] = struct{}{} })
	}
}

func (l *Lookout) hear(note func()) {
	l.mu.Lock()
	note()
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default: // a turn is due already
	}
}

// take gives what was heard and starts anew.
func (l *Lookout) take() heard {
	l.mu.Lock()
	defer l.mu.Unlock()
	taken := l.heard
	l.heard = nothingHeard()
	return taken
}

// Run looks until ctx ends. A ledger that is away is waited for, and nothing that was heard is forgotten meanwhile.
func (l *Lookout) Run(ctx context.Context, failed func(error)) error {
	all, untold := time.NewTicker(lookAtAll), time.NewTicker(lookForUntold)
	defer all.Stop()
	defer untold.Stop()
	for {
		err := error(nil)
		select {
		case <-ctx.Done():
			return nil
		case <-all.C:
			l.hear(func() { l.heard.all = true })
		case <-untold.C:
			err = l.tellUntold(ctx)
		case <-l.wake:
			err = l.turn(ctx, time.Now())
		}
		if err == nil || ctx.Err() != nil {
			continue
		}
		failed(err)
		select {
		case <-ctx.Done():
		case <-time.After(lookLater):
		}
	}
}

// tellUntold sends the texts that had to wait because another about the same request had just gone.
func (l *Lookout) tellUntold(ctx context.Context) error {
	const atOnce = 200
	ids, err := l.x.ledger.Untold(ctx, tellEvery, atOnce)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := l.x.settleMatches(ctx, id, nil); err != nil {
			return err
		}
	}
	return nil
}
