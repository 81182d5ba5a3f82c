package exchange

import (
	"context"
	"time"

	"haven/schema"
)

// Arrive records that the household is there: the promise becomes an occupancy, the request is placed. Helpline or service may record it.
func (x *Exchange) Arrive(ctx context.Context, actor Actor, id schema.HoldID) (schema.Placement, error) {
	return command(ctx, x, actor, "arrive", id, func(tx Tx) (schema.Placement, error) {
		var p schema.Placement
		_, err := onHold(tx, id, func(h schema.Hold, now time.Time) (schema.Hold, error) {
			if h.Organisation != actor.Organisation && h.Provider != actor.Organisation {
				return h, schema.NotFound("hold")
			}
			var err error
			p, err = arrive(tx, h, now)
			return h, err
		})
		return p, err
	})
}

func arrive(tx Tx, h schema.Hold, now time.Time) (schema.Placement, error) {
	if h.State == schema.Arrived {
		return tx.LockPlacementOfHold(h.ID)
	}
	h, err := h.Arrive(now)
	if err != nil {
		return schema.Placement{}, err
	}
	// Somebody still lives there: people decide who moves, not a report and not this command (S1).
	spaces, err := tx.LockSpaces(h.Space)
	if err != nil {
		return schema.Placement{}, err
	}
	if occupied(spaces[0]) {
		return schema.Placement{}, schema.Refuse(schema.KindTaken, "still_occupied", "The resident there has not moved on yet. Call the service: it confirms when the place is free, or you agree another.")
	}
	service, err := tx.Service(h.Service)
	if err != nil {
		return schema.Placement{}, err
	}
	r, err := tx.LockRequest(h.Request)
	if err != nil {
		return schema.Placement{}, err
	}
	if r, err = r.Place(now); err != nil {
		return schema.Placement{}, err
	}
	id, err := newID()
	if err != nil {
		return schema.Placement{}, err
	}
	claim, err := newID()
	if err != nil {
		return schema.Placement{}, err
	}
	p := schema.Placement{
		ID: schema.PlacementID(id), Hold: h.ID, Request: r.ID, Household: r.Household, Space: h.Space, Service: h.Service, Provider: h.Provider,
		Provision: service.Provision, Claim: schema.ClaimID(claim), ArrivedAt: now,
	}
	return p, keepArrival(tx, h, r, p, now)
}

func keepArrival(tx Tx, h schema.Hold, r schema.Request, p schema.Placement, now time.Time) error {
	if err := tx.EndClaim(h.Claim, "arrived"); err != nil {
		return err
	}
	if err := tx.Claim(schema.Claim{ID: p.Claim, Kind: schema.Occupancy, Space: p.Space, Hold: h.ID, MadeAt: now}); err != nil {
		return err
	}
	if err := tx.InsertPlacement(p); err != nil {
		return err
	}
	if err := saveHold(tx, h, "arrived", ""); err != nil {
		return err
	}
	if err := releaseOthers(tx, h, "other_agreed", now); err != nil {
		return err
	}
	if err := saveRequest(tx, r, "request_placed", ""); err != nil {
		return err
	}
	if err := tx.Confirm(p.Space); err != nil {
		return err
	}
	return tx.Bump(p.Space)
}
