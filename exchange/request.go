package exchange

import (
	"context"
	"time"

	"haven/allocator"
	"haven/schema"
)

// OpenRequest records one household's present need. SaidAt is the ledger's clock.
func (x *Exchange) OpenRequest(ctx context.Context, actor Actor, need schema.Need) (schema.Request, error) {
	if err := need.Check(); err != nil {
		return schema.Request{}, err
	}
	return command(ctx, x, actor, "open_request", need, func(tx Tx) (schema.Request, error) {
		household, err := newID()
		if err != nil {
			return schema.Request{}, err
		}
		need.SaidAt, need.Declined = time.Time{}, nil // Haven's to keep, nobody's to type
		return x.open(tx, actor, schema.HouseholdID(household), need)
	})
}

// OpenAgain opens a new request for the household of a closed one, with the facts as they were said then and what was tried: a household that looks again
// counts once, and its nights in bed and breakfast add up. Whoever may see the closed request may: its helpline, and the council it was passed to.
func (x *Exchange) OpenAgain(ctx context.Context, actor Actor, closed schema.RequestID) (schema.Request, error) {
	return command(ctx, x, actor, "open_again", closed, func(tx Tx) (schema.Request, error) {
		earlier, err := tx.Request(closed)
		if err != nil {
			return schema.Request{}, err
		}
		if earlier.State == schema.RequestOpen {
			return schema.Request{}, requestOpen()
		}
		need := earlier.Need
		need.ArriveBy = time.Time{}
		var r schema.Request
		// The household's row is the first helpline's.
		err = tx.Across(func() error {
			r, err = x.open(tx, actor, earlier.Household, need)
			return err
		})
		return r, err
	})
}

func requestOpen() error {
	return schema.Refuse(schema.KindTaken, "request_open", "This household already has an open request. Go on with that one.")
}

// open inserts a request of a household. Facts that were said before keep the day they were said on, from which ages count.
func (x *Exchange) open(tx Tx, actor Actor, household schema.HouseholdID, need schema.Need) (schema.Request, error) {
	now, err := tx.Now()
	if err != nil {
		return schema.Request{}, err
	}
	id, err := newID()
	if err != nil {
		return schema.Request{}, err
	}
	if need.SaidAt.IsZero() {
		need.SaidAt = now
		if err := need.Household.CheckOn(now); err != nil {
			return schema.Request{}, err
		}
	}
	r := schema.Request{
		ID: schema.RequestID(id), Household: household, Organisation: actor.Organisation,
		Need: need, State: schema.RequestOpen, OpenedAt: now, OpenedBy: schema.AccountID(actor.By), Version: 1,
	}
	if err := x.insertWithReference(tx, &r); err != nil {
		return schema.Request{}, err
	}
	return r, recordRequest(tx, r, "request_opened", "")
}

// insertWithReference tries references until one is not in use by an open request.
func (x *Exchange) insertWithReference(tx Tx, r *schema.Request) error {
	const tries = 8
	var err error
	for range tries {
		r.Reference = x.references()
		err = tx.Try(func() error { return tx.InsertRequest(*r) })
		if refusal, ok := schema.AsRefusal(err); !ok || refusal.Code != "reference_taken" {
			return err
		}
	}
	return err
}

type changeRequest struct {
	ID   schema.RequestID
	Need schema.Need
}

// ChangeRequest replaces the facts of an open request. Holds already made keep the facts they were made on; but an area that is not safe, added
// since, is put to the services that hold for it (S4).
func (x *Exchange) ChangeRequest(ctx context.Context, actor Actor, id schema.RequestID, need schema.Need) (schema.Request, error) {
	return command(ctx, x, actor, "change_request", changeRequest{id, need}, func(tx Tx) (schema.Request, error) {
		r, err := tx.LockRequest(id)
		if err != nil {
			return r, err
		}
		now, err := lockHolds(tx, id)
		if err != nil {
			return r, err
		}
		err = tx.Try(func() error {
			if r, err = r.Change(need, now); err != nil {
				return err
			}
			if err := saveRequest(tx, r, "request_changed", ""); err != nil {
				return err
			}
			return tx.Across(func() error { return askAreas(tx, r, now) })
		})
		return r, err
	})
}

// askAreas looks at the area of each place held for a request again, with the facts as they are now.
func askAreas(tx Tx, r schema.Request, now time.Time) error {
	holds, err := tx.LiveHolds(r.ID)
	if err != nil {
		return err
	}
	for _, h := range holds {
		if !h.Live(now) || h.ConfirmArea {
			continue
		}
		service, err := tx.Service(h.Service)
		if err != nil {
			return err
		}
		if allocator.Evaluate(r.Need, schema.Place{Service: service}, now).AreaClear() {
			continue
		}
		if h, err = h.AskArea(now); err != nil {
			return err
		}
		if err := saveHold(tx, h, "hold_area_asked", ""); err != nil {
			return err
		}
	}
	return nil
}

// saveRequest keeps a changed request with its event and tells its organisation. What does not wait has no place found for it.
func saveRequest(tx Tx, r schema.Request, what, why string) error {
	if err := tx.SaveRequest(r); err != nil {
		return err
	}
	if !r.Waits() {
		if err := tx.EndMatches(r.ID); err != nil {
			return err
		}
	}
	return recordRequest(tx, r, what, why)
}

func recordRequest(tx Tx, r schema.Request, what, why string) error {
	if err := tx.Record(Event{What: what, Subject: string(r.ID), Why: why, Body: map[string]any{"state": r.State, "version": r.Version}}); err != nil {
		return err
	}
	return tx.Tell(TopicRequest, string(r.ID), r.Version, r.Organisation)
}
