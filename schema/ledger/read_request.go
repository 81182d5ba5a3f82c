package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"haven/exchange"
	"haven/schema"
)

var _ exchange.Reader = (*DB)(nil)

const requestQuery = `
	SELECT r.id, r.household_id, r.organisation_id, r.council_id, r.reference, r.need, r.state, r.opened_at, r.opened_by, r.ended_at, r.waiting_since,
		r.version
	FROM request r `

// requestRead is a request as requestQuery gives it.
type requestRead struct {
	ID           schema.RequestID      `db:"id"`
	Household    schema.HouseholdID    `db:"household_id"`
	Organisation schema.OrganisationID `db:"organisation_id"`
	Council      sql.NullString        `db:"council_id"`
	Reference    string                `db:"reference"`
	Need         []byte                `db:"need"`
	State        schema.RequestState   `db:"state"`
	OpenedAt     time.Time             `db:"opened_at"`
	OpenedBy     schema.AccountID      `db:"opened_by"`
	EndedAt      sql.NullTime          `db:"ended_at"`
	WaitingSince sql.NullTime          `db:"waiting_since"`
	Version      int64                 `db:"version"`
}

func (r requestRead) request() (schema.Request, error) {
	request := schema.Request{
		ID: r.ID, Household: r.Household, Organisation: r.Organisation, Council: schema.OrganisationID(r.Council.String), Reference: r.Reference,
		State: r.State, OpenedAt: r.OpenedAt.UTC(), OpenedBy: r.OpenedBy, EndedAt: utc(r.EndedAt),
		WaitingSince: utc(r.WaitingSince), Version: r.Version,
	}
	if err := json.Unmarshal(r.Need, &request.Need); err != nil {
		// The document itself stays out of the error: errors are logged, needs never are.
		return request, fmt.Errorf("ledger: the facts of request %s cannot be read", r.ID)
	}
	return request, nil
}

// Request of the actor's organisation, or passed to it.
func (db *DB) Request(ctx context.Context, actor exchange.Actor, id schema.RequestID) (schema.Request, error) {
	var row requestRead
	err := db.read(ctx, organisationOf(actor), func(tx *sqlx.Tx) error {
		return found(tx.GetContext(ctx, &row, requestQuery+`WHERE r.id = $1`, key(id)), "request")
	})
	if err != nil {
		return schema.Request{}, err
	}
	return row.request()
}

// OpenRequests leaves out what was passed to the organisation by another: that is not its own search.
func (db *DB) OpenRequests(ctx context.Context, actor exchange.Actor, n int) ([]schema.Request, error) {
	return db.requests(ctx, actor, `WHERE r.state = 'open' AND ($1 OR r.organisation_id = $2) ORDER BY r.opened_at DESC, r.id DESC LIMIT $3`, n)
}

// UnmetRequests can start a stay: no stay came of them, and the household is not in one from another request.
func (db *DB) UnmetRequests(ctx context.Context, actor exchange.Actor, n int) ([]schema.Request, error) {
	return db.requests(ctx, actor, `WHERE r.state = 'unmet' AND ($1 OR $2 IN (r.organisation_id, r.council_id)) AND NOT EXISTS (
			SELECT FROM stay s WHERE s.request_id = r.id OR s.household_id = r.household_id AND s.last_night IS NULL)
		ORDER BY r.ended_at DESC, r.id DESC LIMIT $3`, n)
}

func (db *DB) requests(ctx context.Context, actor exchange.Actor, query string, n int) ([]schema.Request, error) {
	var rows []requestRead
	err := db.read(ctx, organisationOf(actor), func(tx *sqlx.Tx) error {
		return tx.SelectContext(ctx, &rows, requestQuery+query, append(own(actor), n)...)
	})
	if err != nil {
		return nil, err
	}
	return requestsOf(rows)
}

func requestsOf(rows []requestRead) ([]schema.Request, error) {
	requests := make([]schema.Request, len(rows))
	for i, row := range rows {
		var err error
		if requests[i], err = row.request(); err != nil {
			return nil, err
		}
	}
	return requests, nil
}

// asked is what a hold's view tells of its request.
type asked struct {
	ID        schema.RequestID `db:"id"`
	Reference string           `db:"reference"`
	Need      []byte           `db:"need"`
}

// askedFor looks up the requests behind holds that row-level security has already let the actor see. A provider sees a hold and never the request, so
// Haven itself looks; showTo then cuts the need down to what the actor may see.
func askedFor(ctx context.Context, tx *sqlx.Tx, actor exchange.Actor, ids []schema.RequestID) (map[schema.RequestID]asked, error) {
	if err := bind(ctx, tx, haven); err != nil {
		return nil, err
	}
	var rows []asked
	if err := tx.SelectContext(ctx, &rows, `SELECT id, reference, need FROM request WHERE id = ANY(CAST($1 AS uuid[]))`, pq.Array(ids)); err != nil {
		return nil, err
	}
	byID := make(map[schema.RequestID]asked, len(rows))
	for _, row := range rows {
		byID[row.ID] = row
	}
	return byID, bind(ctx, tx, organisationOf(actor))
}
