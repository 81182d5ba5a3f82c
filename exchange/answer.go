package exchange

import (
	"context"
	"slices"
	"time"

	"haven/schema"
)

// Answering is one side's answer to a hold.
type Answering struct {
	Hold   schema.HoldID `json:"hold"`
	Answer schema.Answer `json:"answer"`
	// ArriveBy, with a yes: when the household should be there.
	ArriveBy *time.Time `json:"arrive_by,omitempty"`
}

// Answer records what the service says: it can take them, or cannot and why.
func (x *Exchange) Answer(ctx context.Context, actor Actor, a Answering) (schema.Hold, error) {
	return command(ctx, x, actor, "answer", a, func(tx Tx) (schema.Hold, error) { return answer(tx, actor, a) })
}

func answer(tx Tx, actor Actor, a Answering) (schema.Hold, error) {
	return onHold(tx, a.Hold, func(h schema.Hold, now time.Time) (schema.Hold, error) {
		if h.Provider != actor.Organisation {
			return h, schema.NotFound("request")
		}
		a.Answer.By = actor.By
		if a.ArriveBy != nil && a.Answer.Yes {
			if a.ArriveBy.Before(now) || a.ArriveBy.After(now.AddDate(0, 0, 14)) {
				return h, schema.Invalid("arrive_by", "The arrival time must be between now and 2 weeks from now")
			}
			h.ArriveBy = a.ArriveBy
		}
		h, err := h.Answered(a.Answer, now)
		if err != nil {
			return h, err
		}
		// An answer is an act on the space: it confirms it.
		if err := tx.Confirm(h.Space); err != nil {
			return h, err
		}
		return h, settleAnswer(tx, h, "hold_answered", now)
	})
}

// Choose records what the survivor says: she takes the place, or decides not to.
func (x *Exchange) Choose(ctx context.Context, actor Actor, a Answering) (schema.Hold, error) {
	return command(ctx, x, actor, "choose", a, func(tx Tx) (schema.Hold, error) {
		return onHold(tx, a.Hold, func(h schema.Hold, now time.Time) (schema.Hold, error) {
			if h.Organisation != actor.Organisation {
				return h, schema.NotFound("hold")
			}
			a.Answer.By = actor.By
			h, err := h.Chose(a.Answer, now)
			if err != nil {
				return h, err
			}
			return h, settleAnswer(tx, h, "hold_chosen", now)
		})
	})
}

// settleAnswer keeps an answered hold and what follows: a no frees the rooms and is kept with the request; an agreement releases the request's other hold
// and ends its waiting.
func settleAnswer(tx Tx, h schema.Hold, what string, now time.Time) error {
	if err := afterAnswer(tx, h); err != nil {
		return err
	}
	if h.State == schema.Ended {
		return endHold(tx, h)
	}
	if err := saveHold(tx, h, what, ""); err != nil {
		return err
	}
	if h.State == schema.Agreed {
		if err := releaseOthers(tx, h, "other_agreed", now); err != nil {
			return err
		}
	}
	return tx.Bump(h.Space)
}

// releaseOthers ends the request's other live holds. Their spaces were locked with this one's.
func releaseOthers(tx Tx, keep schema.Hold, end string, now time.Time) error {
	others, err := tx.LiveHolds(keep.Request)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID == keep.ID || !o.Live(now) {
			continue
		}
		o, err := o.Finish(end, now)
		if err != nil {
			return err
		}
		if err := endHold(tx, o); err != nil {
			return err
		}
		if err := text(tx, "hold_released", o, now); err != nil {
			return err
		}
	}
	return nil
}

// onHold locks everything an act on a hold can touch, in the fixed order: its request, the rooms and spaces of all the request's live holds,
// then the hold itself; ends what has run out; then runs act. The first read, under the actor's own organisation, is the right to act; the
// rest may touch the other side's rows.
func onHold(tx Tx, id schema.HoldID, act func(schema.Hold, time.Time) (schema.Hold, error)) (schema.Hold, error) {
	first, err := tx.Hold(id)
	if err != nil {
		return schema.Hold{}, err
	}
	var h schema.Hold
	err = tx.Across(func() error {
		if _, err := tx.LockRequest(first.Request); err != nil {
			return err
		}
		now, err := lockHolds(tx, first.Request, first.Space)
		if err != nil {
			return err
		}
		h, err = tx.LockHold(id)
		if err != nil {
			return err
		}
		return tx.Try(func() error {
			h, err = act(h, now)
			return err
		})
	})
	return told(h), err
}

// lockHolds locks the spaces of a request's live holds and any named beside them, and ends what has run out. The request must be locked.
func lockHolds(tx Tx, request schema.RequestID, also ...schema.SpaceID) (time.Time, error) {
	_, now, err := lockWithHolds(tx, request, also...)
	return now, err
}

// lockWithHolds is lockHolds that gives the spaces as they then are, those named first.
func lockWithHolds(tx Tx, request schema.RequestID, also ...schema.SpaceID) ([]SpaceNow, time.Time, error) {
	holds, err := tx.LiveHolds(request)
	if err != nil {
		return nil, time.Time{}, err
	}
	for _, h := range holds {
		if !slices.Contains(also, h.Space) {
			also = append(also, h.Space)
		}
	}
	if len(also) == 0 {
		now, err := tx.Now()
		return nil, now, err
	}
	return lock(tx, also...)
}

// told is a hold as a command answers it to either side, and keeps it for the same command sent again: without what it was made on, which is
// her facts and what the service did not publish. Each side reads of that what it may.
func told(h schema.Hold) schema.Hold {
	h.Made = schema.Basis{}
	return h
}
