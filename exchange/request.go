package exchange

import (
	"context"

	"haven/schema"
)

// OpenRequest records one household's present need. SaidAt is the ledger's clock.
func (x *Exchange) OpenRequest(ctx context.Context, actor Actor, need schema.Need) (schema.Request, error) {
	if err := need.Check(); err != nil {
		return schema.Request{}, err
	}
	return command(ctx, x, actor, "open_request", need, func(tx Tx) (schema.Request, error) {
		now, err := tx.Now()
		if err != nil {
			return schema.Request{}, err
		}
		id, err := newID()
		if err != nil {
			return schema.Request{}, err
		}
		household, err := newID()
		if err != nil {
			return schema.Request{}, err
		}
		need.SaidAt = now
		r := schema.Request{
			ID: schema.RequestID(id), Household: schema.HouseholdID(household), Organisation: actor.Organisation,
			Need: need, State: schema.RequestOpen, OpenedAt: now, OpenedBy: schema.AccountID(actor.By), Version: 1,
		}
		if err := x.insertWithReference(tx, &r); err != nil {
			return schema.Request{}, err
		}
		return r, recordRequest(tx, r, "request_opened", "")
	})
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

// ChangeRequest replaces the facts of an open request. Holds already made keep the facts they were made on.
func (x *Exchange) ChangeRequest(ctx context.Context, actor Actor, id schema.RequestID, need schema.Need) (schema.Request, error) {
	return command(ctx, x, actor, "change_request", changeRequest{id, need}, func(tx Tx) (schema.Request, error) {
		r, err := tx.LockRequest(id)
		if err != nil {
			return r, err
		}
		now, err := tx.Now()
		if err != nil {
			return r, err
		}
		r, err = r.Change(need, now)
		if err != nil {
			return r, err
		}
		return r, saveRequest(tx, r, "request_changed", "")
	})
}

func saveRequest(tx Tx, r schema.Request, what, why string) error {
	if err := tx.SaveRequest(r); err != nil {
		return err
	}
	return recordRequest(tx, r, what, why)
}

func recordRequest(tx Tx, r schema.Request, what, why string) error {
	if err := tx.Record(Event{What: what, Subject: string(r.ID), Why: why, Body: map[string]any{"state": r.State, "version": r.Version}}); err != nil {
		return err
	}
	return tx.Tell(TopicRequest, string(r.ID), r.Version, r.Organisation)
}
