package exchange

import (
	"context"

	"haven/allocator"
	"haven/schema"
)

// TryAgain lets places that the household decided against be put forward once more, when they say so. What a service could not do, and what was too
// near, stays tried: neither is theirs to change. Asking twice is asking once.
func (x *Exchange) TryAgain(ctx context.Context, actor Actor, request schema.RequestID) (schema.Request, error) {
	return command(ctx, x, actor, "try_again", request, func(tx Tx) (schema.Request, error) {
		r, err := tx.LockRequest(request)
		if err != nil {
			return r, err
		}
		if r.Organisation != actor.Organisation {
			return r, schema.NotFound("request")
		}
		now, err := lockHolds(tx, r.ID)
		if err != nil {
			return r, err
		}
		err = tx.Try(func() error {
			need, changed := allocator.Change("declined", r.Need, now)
			if !changed {
				return nil
			}
			if r, err = r.TryAgain(need.Declined); err != nil {
				return err
			}
			return saveRequest(tx, r, "tried_again", "")
		})
		return r, err
	})
}
