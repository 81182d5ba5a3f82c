package exchange

import (
	"context"
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
	for _, id := range ids {
		if err := x.Expire(ctx, id); err != nil {
			if _, refused := schema.AsRefusal(err); !refused {
				return err
			}
		}
	}
	return nil
}
