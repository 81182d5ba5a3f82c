package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"haven/exchange"
	"haven/schema"
)

type stayRead struct {
	ID           schema.StayID         `db:"id"`
	Request      schema.RequestID      `db:"request_id"`
	Household    schema.HouseholdID    `db:"household_id"`
	Organisation schema.OrganisationID `db:"organisation_id"`
	Reference    string                `db:"reference"`
	Family       bool                  `db:"family"`
	FirstNight   time.Time             `db:"first_night"`
	LastNight    *time.Time            `db:"last_night"`
	StartedBy    schema.AccountID      `db:"started_by"`
	LookedAt     *time.Time            `db:"looked_at"`
	SafeFound    int                   `db:"safe_found"`
	NightsBefore int                   `db:"nights_before"`
	Need         sql.Null[[]byte]      `db:"need"`
}

// Stays: those that go on first, the longest first, because they are what somebody must act on; then ended ones, newest first. Nights before are a
// set of dates, so that a night on which one stay ended and the next began counts once.
func (db *DB) Stays(ctx context.Context, actor exchange.Actor) ([]exchange.StayView, error) {
	var rows []stayRead
	err := db.read(ctx, organisationOf(actor), func(tx *sqlx.Tx) error {
		return tx.SelectContext(ctx, &rows, `
			SELECT s.id, s.request_id, s.household_id, s.organisation_id, s.reference, s.family, s.first_night, s.last_night, s.started_by,
				s.looked_at, s.safe_found, r.need,
				(SELECT coalesce(sum(upper(d) - lower(d)), 0) FROM unnest((
					SELECT range_agg(daterange(e.first_night, least(e.last_night, s.first_night - 1) + 1, '[)'))
					FROM stay e WHERE e.household_id = s.household_id AND e.first_night < s.first_night)) d) AS nights_before
			FROM stay s LEFT JOIN request r ON r.id = s.request_id
			ORDER BY s.last_night DESC NULLS FIRST, s.first_night, s.id`)
	})
	if err != nil {
		return nil, err
	}
	views := make([]exchange.StayView, len(rows))
	for i, r := range rows {
		views[i] = exchange.StayView{Stay: r.stay(), NightsBefore: r.NightsBefore}
		if r.Need.Valid {
			if err := json.Unmarshal(r.Need.V, &views[i].Need); err != nil {
				return nil, fmt.Errorf("ledger: the facts of request %s cannot be read", r.Request)
			}
		}
	}
	return views, nil
}
