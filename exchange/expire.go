package exchange

import (
	"context"
	"errors"
	"time"

	"haven/schema"
)

// Expire ends a hold that has run out. The sweeper only tidies with it: any command that meets an expired hold ends it itself. A hold that
// was extended or answered in the meantime is left alone.
func (x *Exchange) Expire(ctx context.Context, id schema.HoldID) error {
	_, err := command(ctx, x, Clock(), "expire", id, func(tx Tx) (struct{}, error) {
		h, err := tx.Hold(id)
		if err != nil {
			return struct{}{}, err
		}
		_, _, err = lock(tx, h.Space)
		return struct{}{}, err
	})
	return err
}

// Sweep expires what has run out, a batch at a time, until ctx ends.
func (x *Exchange) Sweep(ctx context.Context, every time.Duration, failed func(error)) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := x.sweepOnce(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

const sweepBatch = 200

func (x *Exchange) sweepOnce(ctx context.Context) error {
	ids, err := x.ledger.ExpiredHolds(ctx, sweepBatch)
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range ids {
		err := x.Expire(ctx, id)
		refusal, refused := schema.AsRefusal(err)
		switch {
		case err == nil, refused && refusal.Kind != schema.KindBusy: // ended, or no longer to be ended
		case refused:
			return err // the ledger is away, for the others too
		default:
			failed = append(failed, err) // one that cannot be ended must not keep the places of the others hidden
		}
	}
	return errors.Join(failed...)
}
