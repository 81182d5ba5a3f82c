package board

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"

	"haven/exchange"
)

const (
	renewEvery = time.Second
	// lapseAfter is when exchange.Outbox lets a term go that was not renewed.
	lapseAfter = 3 * time.Second
)

// RelayConfig of a relay. Redis, Outbox and Holder must be given.
type RelayConfig struct {
	Redis  redis.UniversalClient
	Outbox exchange.Outbox
	Holder string        // names this process in the election: no other may have it
	Prefix string        // of the keys; empty: DefaultPrefix
	Log    *slog.Logger  // nil: silent
	Poll   time.Duration // longest wait before the outbox is looked at again when nothing comes; 0: 50 ms
	Audit  time.Duration // between comparisons of the board with the ledger; 0: 2 s
	Batch  int           // most outbox rows published at once; 0: 500
	Keep   int64         // entries the stream keeps, about: how far behind a follower may fall before it needs a snapshot; 0: 10,000
}

// Relay carries what was committed from the outbox to Redis. Any number may run; the one that holds the term works, the others wait for it
// to lapse.
type Relay struct {
	cfg   RelayConfig
	store store
	wake  chan struct{}
}

// NewRelay returns a relay that does nothing until Run.
func NewRelay(cfg RelayConfig) *Relay {
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	cfg.Poll = cmp.Or(cfg.Poll, 50*time.Millisecond)
	cfg.Audit = cmp.Or(cfg.Audit, 2*time.Second)
	cfg.Batch = cmp.Or(cfg.Batch, 500)
	cfg.Keep = cmp.Or(cfg.Keep, 10_000)
	return &Relay{cfg: cfg, store: newStore(cfg.Redis, cfg.Prefix), wake: make(chan struct{}, 1)}
}

// Wake has the outbox looked at now: for commands in the same process, after their commit. It never blocks.
func (r *Relay) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run stands for election and publishes while elected. It returns nil when ctx ends, and an error only for a config that cannot work:
// servers that are away are waited for.
func (r *Relay) Run(ctx context.Context) error {
	if r.cfg.Redis == nil || r.cfg.Outbox == nil || r.cfg.Holder == "" {
		return errors.New("board: a relay needs Redis, Outbox and Holder")
	}
	tick := time.NewTicker(renewEvery)
	defer tick.Stop()
	var t *tenure
	silence := outage{log: r.cfg.Log, words: "relay: the election cannot be held"}
	for {
		asked := time.Now()
		term, held, err := r.ask(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			silence.begin(ctx, err) // the tenure's own lapse ends it if this lasts
		case err == nil:
			silence.over(ctx)
			t = r.settle(ctx, t, term, held, asked)
		}
		select {
		case <-ctx.Done():
			t.end()
			return nil
		case <-tick.C:
		}
	}
}

func (r *Relay) ask(ctx context.Context) (int64, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, renewEvery)
	defer cancel()
	return r.cfg.Outbox.HoldTerm(ctx, r.cfg.Holder)
}

// settle begins, keeps or ends the tenure as the election said. The lapse is counted from before the question: the answer may have been slow.
func (r *Relay) settle(ctx context.Context, t *tenure, term int64, held bool, asked time.Time) *tenure {
	left := lapseAfter - time.Since(asked)
	if held && t.working(term) {
		t.lapse.Reset(left)
		return t
	}
	t.end()
	if !held || left <= 0 {
		return nil
	}
	return r.begin(ctx, term, left)
}

// tenure is one relay's time in office.
type tenure struct {
	term   int64
	cancel context.CancelFunc
	lapse  *time.Timer
	done   chan struct{}
}

func (r *Relay) begin(ctx context.Context, term int64, left time.Duration) *tenure {
	ctx, cancel := context.WithCancel(ctx)
	t := &tenure{term: term, cancel: cancel, lapse: time.AfterFunc(left, cancel), done: make(chan struct{})}
	go func() {
		defer close(t.done)
		r.cfg.Log.InfoContext(ctx, "relay: elected", "term", term)
		if err := newPublisher(r, term).run(ctx); err != nil {
			r.cfg.Log.WarnContext(ctx, "relay: Redis has seen a higher term; if the ledger was restored from a copy, empty Redis", "term", term, "error", err)
		}
	}()
	return t
}

func (t *tenure) working(term int64) bool {
	if t == nil || t.term != term {
		return false
	}
	select {
	case <-t.done:
		return false
	default:
		return true
	}
}

// end stops publishing and returns when it has stopped.
func (t *tenure) end() {
	if t == nil {
		return
	}
	t.lapse.Stop()
	t.cancel()
	<-t.done
}
