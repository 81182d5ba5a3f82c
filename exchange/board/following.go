package board

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"haven/exchange"
)

// lookEvery is the longest a follower listens before it looks whether the board is still the one it follows.
const lookEvery = 250 * time.Millisecond

// FollowingConfig of a following. Redis must be given.
type FollowingConfig struct {
	Redis      redis.UniversalClient
	Followers  []exchange.Follower
	Prefix     string        // of the keys; empty: DefaultPrefix
	Log        *slog.Logger  // nil: silent
	StaleAfter time.Duration // how long not known to be current before State says that it is not live; 0: 2 s
}

// Following brings the board to the followers of one process: first a snapshot, then every change in order, and a new snapshot when some
// were missed or the board was rebuilt. Followers are called from one goroutine, and keep what they have while Redis is away.
//
// A snapshot holds places only. What was told of holds and requests just before it may have been missed, so on a Reset a follower that shows
// those reads them again.
type Following struct {
	cfg   FollowingConfig
	store store

	mu    sync.Mutex
	since time.Time
}

// NewFollowing returns a following that hears nothing until Run.
func NewFollowing(cfg FollowingConfig) *Following {
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	cfg.StaleAfter = cmp.Or(cfg.StaleAfter, 2*time.Second)
	return &Following{cfg: cfg, store: newStore(cfg.Redis, cfg.Prefix)}
}

// State tells whether the followers' list is live, and the last moment it was known to hold everything committed until then; zero before
// the first. A list that is not live says so on the page: it may lag, and it never decides (S3).
func (f *Following) State() (live bool, since time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.since.IsZero() && time.Since(f.since) <= f.cfg.StaleAfter, f.since
}

// Run follows until ctx ends, and then returns nil. It returns an error only for a config that cannot work.
func (f *Following) Run(ctx context.Context) error {
	if f.cfg.Redis == nil {
		return errors.New("board: a following needs Redis")
	}
	away := outage{log: f.cfg.Log, words: "board: the list cannot follow"}
	for ctx.Err() == nil {
		at, err := f.reset(ctx)
		if err == nil {
			away.over(ctx)
			err = f.follow(ctx, at)
		}
		away.endure(ctx, err)
	}
	return nil
}

// reset gives every follower the whole board.
func (f *Following) reset(ctx context.Context) (position, error) {
	began := time.Now()
	found, places, err := f.store.snapshot(ctx)
	if err != nil {
		return position{}, err
	}
	for _, follower := range f.cfg.Followers {
		follower.Reset(exchange.Snapshot{Epoch: found.epoch, N: found.n, Places: places, At: began.UTC()})
	}
	f.current(began, found.age)
	return found.position, nil
}

// follow applies changes until one is missing or the board is another.
func (f *Following) follow(ctx context.Context, at position) error {
	for {
		began := time.Now()
		found, err := f.store.head(ctx)
		if err != nil {
			return err
		}
		if found.epoch != at.epoch || found.n < at.n {
			return fmt.Errorf("%w: found entry %d of epoch %q, had %d of %q", errLost, found.n, found.epoch, at.n, at.epoch)
		}
		var listen time.Duration
		if found.n == at.n {
			listen = lookEvery
		}
		// All that head counted is there to be read, so being current is measured before listening for more.
		if listen > 0 {
			f.current(began, found.age)
		}
		changes, next, err := f.store.read(ctx, at, listen)
		if err != nil {
			return err
		}
		if next.n < found.n && len(changes) == 0 {
			return fmt.Errorf("%w: entries %d to %d are missing", errLost, at.n+1, found.n)
		}
		for _, change := range changes {
			for _, follower := range f.cfg.Followers {
				follower.Apply(change)
			}
		}
		if at = next; at.n >= found.n {
			f.current(began, found.age)
		}
	}
}

// current notes that the followers have all that was committed until some time before a moment. It never goes back: what was known stays so.
func (f *Following) current(moment time.Time, age time.Duration) {
	if age < 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if since := moment.Add(-age); since.After(f.since) {
		f.since = since
	}
}
