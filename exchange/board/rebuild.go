package board

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"haven/schema"
)

// staged is how long the parts of a rebuild that was never finished stay in Redis.
const staged = 10 * time.Minute

//go:embed scripts/swap.lua
var swapSource string

var swapScript = redis.NewScript(swapSource)

// rebuild makes the board again from the ledger, beside the old one, and puts it in its place at once under a new epoch. What is committed
// meanwhile stays in the outbox and is published afterwards; what the ledger's snapshot already had of it loses by its version.
func (p *publisher) rebuild(ctx context.Context) error {
	began, epoch := time.Now(), rand.Text()
	next := staging{store: p.store, epoch: epoch}
	if err := p.cfg.Outbox.AllPlaces(ctx, func(place schema.Place) error { return next.add(ctx, place) }); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	if err := next.flush(ctx); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	if err := p.store.swap(ctx, p.term, epoch, next.count); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	p.cfg.Log.InfoContext(ctx, "relay: board rebuilt", "why", p.why, "epoch", epoch, "places", next.count, "took", time.Since(began))
	p.epoch, p.beat = epoch, time.Time{} // followers of the new board wait for its first sign of life
	return nil
}

// staging fills the next board a part at a time. It needs no term: nobody reads what is staged, and the swap is refused to a lower one.
type staging struct {
	store
	epoch            string
	places, versions []any
	count            int
}

func (s *staging) add(ctx context.Context, place schema.Place) error {
	const part = 500
	text, err := json.Marshal(place)
	if err != nil {
		return fmt.Errorf("place %s: %w", place.Space.ID, err)
	}
	id := string(place.Space.ID)
	s.places = append(s.places, id, text)
	s.versions = append(s.versions, id, strconv.FormatInt(place.Version, 10)+"."+strconv.FormatInt(place.Service.Version, 10))
	s.count++
	if len(s.places) < 2*part {
		return nil
	}
	return s.flush(ctx)
}

func (s *staging) flush(ctx context.Context) error {
	if len(s.places) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	places, versions := s.keys.nextPlace(s.epoch), s.keys.nextVersion(s.epoch)
	_, err := s.redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.HSet(ctx, places, s.places...)
		pipe.HSet(ctx, versions, s.versions...)
		pipe.Expire(ctx, places, staged)
		pipe.Expire(ctx, versions, staged)
		return nil
	})
	s.places, s.versions = s.places[:0], s.versions[:0]
	return err
}

// swap is errLost when some of what was staged has gone: Redis was emptied in the middle.
func (s store) swap(ctx context.Context, term int64, epoch string, count int) error {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	k := s.keys
	reply, err := swapScript.Run(ctx, s.redis,
		[]string{k.meta, k.place, k.version, k.gone, k.stream, k.nextPlace(epoch), k.nextVersion(epoch)},
		term, epoch, count).StringSlice()
	if err != nil {
		return err
	}
	return verdict(reply)
}
