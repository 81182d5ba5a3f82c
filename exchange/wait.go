package exchange

import (
	"context"
	"time"

	"haven/schema"
)

type waitArgs struct {
	Request schema.RequestID
	On      bool
}

// Wait has Haven keep looking for a household whose search found nothing right, or stop. It is asked for and never assumed: those on duty are texted
// because of it, and a household that made another plan must not be called. It ends by itself when a place is agreed, when they arrive and when the
// request is closed. Asking twice is asking once.
func (x *Exchange) Wait(ctx context.Context, actor Actor, request schema.RequestID, on bool) (schema.Request, error) {
	return command(ctx, x, actor, "wait", waitArgs{request, on}, func(tx Tx) (schema.Request, error) {
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
			r, err = wait(tx, r, on, now)
			return err
		})
		return r, err
	})
}

func wait(tx Tx, r schema.Request, on bool, now time.Time) (schema.Request, error) {
	if !on {
		return stopWaiting(tx, r)
	}
	holds, err := tx.LiveHolds(r.ID)
	if err != nil {
		return r, err
	}
	for _, h := range holds {
		if h.State == schema.Agreed {
			return r, schema.Refuse(schema.KindTaken, "already_agreed", "This household already has an agreed place. Release it first if it is no longer right.")
		}
	}
	was := r.Version
	if r, err = r.Wait(now); err != nil || r.Version == was {
		return r, err
	}
	return r, saveRequest(tx, r, "waiting_started", "")
}

// stopWaiting does nothing for a request that does not wait.
func stopWaiting(tx Tx, r schema.Request) (schema.Request, error) {
	if !r.Waits() {
		return r, nil
	}
	r = r.StopWaiting()
	return r, saveRequest(tx, r, "waiting_stopped", "")
}

// afterAnswer keeps on the request what an answered hold means for it: what was tried is not put forward again, and an agreed place ends the waiting.
// The request must be locked.
func afterAnswer(tx Tx, h schema.Hold) error {
	r, err := tx.LockRequest(h.Request)
	if err != nil {
		return err
	}
	switch {
	case h.State == schema.Agreed:
		_, err = stopWaiting(tx, r)
		return err
	case h.End == "cannot_take":
		r = r.Decline(schema.Declined{Service: h.Service, Space: h.Space, By: schema.ByService, Why: h.EndReason})
	case h.End == "decided_not":
		r = r.Decline(schema.Declined{Service: h.Service, Space: h.Space, By: schema.BySurvivor, Why: h.EndReason})
	default:
		return nil
	}
	return saveRequest(tx, r, "place_tried", h.EndReason)
}
