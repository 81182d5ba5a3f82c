package exchange

import (
	"context"
	"time"

	"haven/schema"
)

// Extend gives a hold another 15 minutes; the service sees each extension.
func (x *Exchange) Extend(ctx context.Context, actor Actor, id schema.HoldID) (schema.Hold, error) {
	return command(ctx, x, actor, "extend", id, func(tx Tx) (schema.Hold, error) {
		return onHold(tx, id, func(h schema.Hold, now time.Time) (schema.Hold, error) {
			if h.Organisation != actor.Organisation {
				return h, schema.NotFound("hold")
			}
			h, err := h.Extend(now)
			if err != nil {
				return h, err
			}
			if err := saveHold(tx, h, "hold_extended", ""); err != nil {
				return h, err
			}
			return h, tx.Bump(h.Space)
		})
	})
}

// Release ends the worker's own hold or agreed place. It is not a decline and bars nothing.
func (x *Exchange) Release(ctx context.Context, actor Actor, id schema.HoldID) (schema.Hold, error) {
	return x.finish(ctx, actor, id, "released")
}

// DidNotArrive ends an agreed place whose household did not come. What happens next follows her recorded plan.
func (x *Exchange) DidNotArrive(ctx context.Context, actor Actor, id schema.HoldID) (schema.Hold, error) {
	return x.finish(ctx, actor, id, "did_not_arrive")
}

type finishArgs struct {
	Hold schema.HoldID
	End  string
}

func (x *Exchange) finish(ctx context.Context, actor Actor, id schema.HoldID, end string) (schema.Hold, error) {
	return command(ctx, x, actor, "finish", finishArgs{id, end}, func(tx Tx) (schema.Hold, error) {
		return onHold(tx, id, func(h schema.Hold, now time.Time) (schema.Hold, error) {
			if h.Organisation != actor.Organisation {
				return h, schema.NotFound("hold")
			}
			if h.State == schema.Ended && h.End == end {
				return h, nil
			}
			if end == "did_not_arrive" && h.State != schema.Agreed {
				return h, schema.Refuse(schema.KindEnded, "not_agreed", "Only an agreed place can be recorded as not arrived. Release the hold instead.")
			}
			h, err := h.Finish(end, now)
			if err != nil {
				return h, err
			}
			if err := endHold(tx, h); err != nil {
				return h, err
			}
			return h, text(tx, "hold_released", h, now)
		})
	})
}
