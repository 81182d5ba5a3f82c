package web

import (
	"context"
	"sync/atomic"
	"time"

	"haven/exchange"
	"haven/schema"
)

// relayed is the board's stream as the relay makes it, in one process: what the ledger committed reaches the index and the browsers.
type relayed struct {
	w     *world
	epoch string
	n     atomic.Int64
}

// relay begins the stream at a snapshot and passes on what is committed, until the test ends.
func (w *world) relay() *relayed {
	w.t.Helper()
	r := &relayed{w: w, epoch: "one"}
	w.follow()
	w.web.live.Reset(exchange.Snapshot{Epoch: r.epoch, At: time.Now()})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				r.pass(ctx)
			}
		}
	}()
	w.t.Cleanup(func() {
		cancel()
		<-done
	})
	return r
}

func (r *relayed) pass(ctx context.Context) {
	rows, err := r.w.db.Unpublished(ctx, 100)
	if err != nil || len(rows) == 0 {
		return
	}
	var done []int64
	for _, row := range rows {
		done = append(done, row.ID)
		r.one(ctx, row)
	}
	r.w.db.Published(ctx, done)
}

func (r *relayed) one(ctx context.Context, row exchange.OutboxRow) {
	c := exchange.Change{Epoch: r.epoch, N: r.n.Add(1), Topic: row.Topic, ID: row.Subject, Version: row.Version, To: row.To}
	if row.Topic == exchange.TopicSpace {
		id := schema.SpaceID(row.Subject)
		places, err := r.w.db.Places(ctx, []schema.SpaceID{id})
		if err != nil {
			return
		}
		if p, ok := places[id]; ok {
			c.Place = &p
			r.w.exchange.Index().Put(p)
		} else {
			r.w.exchange.Index().Remove(id, row.Version)
		}
	}
	r.w.web.live.Apply(c)
}
