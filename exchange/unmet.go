package exchange

import (
	"context"
	"slices"

	"haven/schema"
)

// Unmet is how a request ended with no safe place.
type Unmet struct {
	Request schema.RequestID `json:"request"`
	// Reasons are UnmetReasons codes, the main one first.
	Reasons []string `json:"reasons"`
	// Council to pass the request to, with her agreement, so that its housing officer can act tonight.
	Council schema.OrganisationID `json:"council,omitempty"`
}

// RecordUnmet closes a request and releases what it still holds.
func (x *Exchange) RecordUnmet(ctx context.Context, actor Actor, u Unmet) (schema.Request, error) {
	if err := x.checkCouncil(ctx, u.Council); err != nil {
		return schema.Request{}, err
	}
	return command(ctx, x, actor, "unmet", u, func(tx Tx) (schema.Request, error) {
		r, err := tx.LockRequest(u.Request)
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
			if r, err = r.Unmet(u.Reasons, now); err != nil {
				return err
			}
			r.Council = u.Council
			if err := tx.Across(func() error { return releaseOthers(tx, schema.Hold{Request: r.ID}, "request_ended", now) }); err != nil {
				return err
			}
			main, _ := schema.UnmetReasons.Find(u.Reasons[0])
			if err := tx.InsertUnmet(schema.UnmetNeed{Request: r.ID, Reasons: u.Reasons, By: main.By, At: now}, r.Organisation); err != nil {
				return err
			}
			return saveRequest(tx, r, "request_unmet", u.Reasons[0])
		})
		return r, err
	})
}

// checkCouncil: whoever a request is passed to reads her needs, so it must be a council and nobody else.
func (x *Exchange) checkCouncil(ctx context.Context, council schema.OrganisationID) error {
	if council == "" {
		return nil
	}
	councils, err := x.ledger.Councils(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(councils, func(o schema.Organisation) bool { return o.ID == council }) {
		return schema.Invalid("council", "Choose the council from the list")
	}
	return nil
}
