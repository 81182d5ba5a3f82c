package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"haven/exchange"
	"haven/schema"
)

const holdColumns = `
	SELECT h.id, h.request_id, h.space_id, h.service_id, h.provider_id, h.organisation_id, h.by_id, h.code, h.claim_id, h.state, h.ask, h.confirm_area,
		h.held_at, h.expires_at, h.extensions, h.provided, h.survivor, h.arrive_by, h.agreed_at, h.ended_at, h.end_code, h.end_reason, h.ended_by,
		h.version, h.made`

// holdViewQuery adds what stands around the hold.
const holdViewQuery = holdColumns + `, s.code_name, coalesce(s.facts->'area'->>'name', '') AS area, n.ref, n.occupied
	FROM hold h JOIN service s ON s.id = h.service_id JOIN space_now n ON n.id = h.space_id `

// holdRead is a hold as holdViewQuery gives it.
type holdRead struct {
	ID           schema.HoldID         `db:"id"`
	Request      schema.RequestID      `db:"request_id"`
	Space        schema.SpaceID        `db:"space_id"`
	Service      schema.ServiceID      `db:"service_id"`
	Provider     schema.OrganisationID `db:"provider_id"`
	Organisation schema.OrganisationID `db:"organisation_id"`
	By           schema.AccountID      `db:"by_id"`
	Code         string                `db:"code"`
	Claim        schema.ClaimID        `db:"claim_id"`
	State        schema.HoldState      `db:"state"`
	Ask          bool                  `db:"ask"`
	ConfirmArea  bool                  `db:"confirm_area"`
	HeldAt       time.Time             `db:"held_at"`
	ExpiresAt    time.Time             `db:"expires_at"`
	Extensions   int                   `db:"extensions"`
	Provided     []byte                `db:"provided"`
	Survivor     []byte                `db:"survivor"`
	ArriveBy     *time.Time            `db:"arrive_by"`
	AgreedAt     *time.Time            `db:"agreed_at"`
	EndedAt      *time.Time            `db:"ended_at"`
	End          string                `db:"end_code"`
	EndReason    string                `db:"end_reason"`
	EndedBy      schema.EndedBy        `db:"ended_by"`
	Version      int64                 `db:"version"`
	Made         []byte                `db:"made"`
	CodeName     string                `db:"code_name"`
	Area         string                `db:"area"`
	Ref          string                `db:"ref"`
	Occupied     bool                  `db:"occupied"`
}

func (r holdRead) view(request asked) (exchange.HoldView, error) {
	v := exchange.HoldView{
		Hold: schema.Hold{
			ID: r.ID, Request: r.Request, Space: r.Space, Service: r.Service, Provider: r.Provider, Organisation: r.Organisation, By: r.By, Code: r.Code,
			Claim: r.Claim, State: r.State, Ask: r.Ask, ConfirmArea: r.ConfirmArea, HeldAt: r.HeldAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(),
			Extensions: r.Extensions, ArriveBy: inUTC(r.ArriveBy), AgreedAt: inUTC(r.AgreedAt), EndedAt: inUTC(r.EndedAt),
			End: r.End, EndReason: r.EndReason, EndedBy: r.EndedBy, Version: r.Version,
		},
		Reference: request.Reference, CodeName: r.CodeName, SpaceRef: r.Ref, Area: r.Area, Occupied: r.Occupied,
	}
	for _, document := range []struct {
		from []byte
		to   any
	}{{r.Provided, &v.Provided}, {r.Survivor, &v.Survivor}, {r.Made, &v.Made}, {request.Need, &v.Need}} {
		if document.from == nil {
			continue
		}
		if err := json.Unmarshal(document.from, document.to); err != nil {
			return v, fmt.Errorf("ledger: a document of hold %s cannot be read", r.ID)
		}
	}
	v.NeedsShared = v.Need.ShareNeeds == schema.Yes
	return v, nil
}

// showTo cuts a hold down to what an actor may see. The helpline sees her facts and nothing of the service that it did not publish; the service
// sees its own space, and her needs only where she agreed, without what could tell who she is and what never decides a place (S6).
func showTo(actor exchange.Actor, v exchange.HoldView) exchange.HoldView {
	if organisationOf(actor) == haven {
		return v
	}
	// An organisation that runs both a helpline and refuges sees its own hold from the side the person works on.
	if v.Organisation == actor.Organisation && (v.Provider != actor.Organisation || actor.Role == schema.RoleHelpline) {
		v.SpaceRef = ""
		v.Made.Place.Space.Ref, v.Made.Place.Space.Rooms = "", nil
		v.Made.Place.Service.ExcludesFrom = nil
		return v
	}
	// What the hold was made on is her facts, and the findings name them.
	v.Made = schema.Basis{}
	over := v.State == schema.Ended
	if v.NeedsShared && !over {
		v.Need = withoutIdentity(v.Need)
		return v
	}
	v.NeedsShared = false
	size := schema.Household{Adults: make([]schema.Adult, len(v.Need.Household.Adults)), Children: make([]schema.Child, len(v.Need.Household.Children))}
	seen := schema.Need{Household: size, ShareNeeds: v.Need.ShareNeeds}
	if v.ConfirmArea && !over {
		for _, a := range v.Need.Avoid {
			seen.Avoid = append(seen.Avoid, schema.Avoid{Area: a.Area})
		}
		for _, r := range v.Need.Routes {
			seen.Routes = append(seen.Routes, schema.Route{From: r.From, To: r.To})
		}
	}
	v.Need = seen
	return v
}

// withoutIdentity keeps what a service needs to say yes. A date of birth is as good as a name; ages stay. Which other services were tried, and what was
// not right about them, is between her and them.
func withoutIdentity(n schema.Need) schema.Need {
	n.Risk, n.Tonight, n.Declined = schema.Risk{}, schema.Tonight{}, nil
	children := make([]schema.Child, len(n.Household.Children))
	for i, c := range n.Household.Children {
		children[i] = schema.Child{Age: c.Age, Sex: c.Sex}
	}
	n.Household.Children = children
	return n
}

// Hold of either side.
func (db *DB) Hold(ctx context.Context, actor exchange.Actor, id schema.HoldID) (exchange.HoldView, error) {
	views, err := db.holds(ctx, actor, `WHERE h.id = $1`, key(id))
	if err == nil && len(views) == 0 {
		err = schema.NotFound("hold")
	}
	if err != nil {
		return exchange.HoldView{}, err
	}
	return views[0], nil
}

// HoldsOfRequest gives ended ones too: what was tried and how it ended.
func (db *DB) HoldsOfRequest(ctx context.Context, actor exchange.Actor, id schema.RequestID) ([]exchange.HoldView, error) {
	return db.holds(ctx, actor, `WHERE h.request_id = $1 ORDER BY h.held_at DESC, h.id DESC`, key(id))
}

// liveHold is what still promises a space. A hold past its time is over though nobody has ended it yet: an answer to it would be refused.
const liveHold = `(h.state = 'agreed' OR h.state = 'held' AND h.expires_at > clock_timestamp())`

// LiveHolds puts those that can run out first, soonest first; agreed arrivals do not run out.
func (db *DB) LiveHolds(ctx context.Context, actor exchange.Actor) ([]exchange.HoldView, error) {
	return db.holds(ctx, actor, `WHERE h.state IN ('held', 'agreed') AND `+liveHold+` AND ($1 OR $2 IN (h.organisation_id, h.provider_id))
		ORDER BY h.state = 'agreed', h.expires_at, h.id`, own(actor)...)
}

func (db *DB) holds(ctx context.Context, actor exchange.Actor, query string, args ...any) (views []exchange.HoldView, err error) {
	err = db.read(ctx, organisationOf(actor), func(tx *sqlx.Tx) (err error) {
		views, err = holdViews(ctx, tx, actor, query, args...)
		return err
	})
	return views, err
}

func holdViews(ctx context.Context, tx *sqlx.Tx, actor exchange.Actor, query string, args ...any) ([]exchange.HoldView, error) {
	var rows []holdRead
	if err := tx.SelectContext(ctx, &rows, holdViewQuery+query, args...); err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]schema.RequestID, len(rows))
	for i, row := range rows {
		ids[i] = row.Request
	}
	requests, err := askedFor(ctx, tx, actor, ids)
	if err != nil {
		return nil, err
	}
	views := make([]exchange.HoldView, len(rows))
	for i, row := range rows {
		v, err := row.view(requests[row.Request])
		if err != nil {
			return nil, err
		}
		views[i] = showTo(actor, v)
	}
	return views, nil
}

// ExpiredHolds are for the sweeper, which is Haven itself. Time is the database's.
func (db *DB) ExpiredHolds(ctx context.Context, n int) (ids []schema.HoldID, err error) {
	err = db.read(ctx, haven, func(tx *sqlx.Tx) error {
		return tx.SelectContext(ctx, &ids, `SELECT id FROM hold WHERE state = 'held' AND expires_at <= clock_timestamp() ORDER BY expires_at, id LIMIT $1`, n)
	})
	return ids, err
}
