package ledger

import (
	"time"

	"haven/schema"
)

func (t *tx) InsertPlacement(p schema.Placement) error {
	_, err := t.exec("placement", `
		INSERT INTO placement (id, hold_id, request_id, household_id, space_id, service_id, provider_id, provision, claim_id, arrived_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.ID, p.Hold, p.Request, p.Household, p.Space, p.Service, p.Provider, p.Provision, p.Claim, p.ArrivedAt, p.EndedAt)
	return err
}

func (t *tx) LockPlacementOfClaim(id schema.ClaimID) (schema.Placement, error) {
	return t.placement(`claim_id`, key(id))
}

func (t *tx) LockPlacementOfHold(id schema.HoldID) (schema.Placement, error) {
	return t.placement(`hold_id`, key(id))
}

func (t *tx) placement(by string, id any) (schema.Placement, error) {
	var row struct {
		ID        schema.PlacementID    `db:"id"`
		Hold      schema.HoldID         `db:"hold_id"`
		Request   schema.RequestID      `db:"request_id"`
		Household schema.HouseholdID    `db:"household_id"`
		Space     schema.SpaceID        `db:"space_id"`
		Service   schema.ServiceID      `db:"service_id"`
		Provider  schema.OrganisationID `db:"provider_id"`
		Provision schema.ProvisionCode  `db:"provision"`
		Claim     schema.ClaimID        `db:"claim_id"`
		ArrivedAt time.Time             `db:"arrived_at"`
		EndedAt   *time.Time            `db:"ended_at"`
	}
	err := t.get("placement", &row, `
		SELECT id, hold_id, request_id, household_id, space_id, service_id, provider_id, provision, claim_id, arrived_at, ended_at
		FROM placement WHERE `+by+` = $1 FOR NO KEY UPDATE`, id)
	row.ArrivedAt, row.EndedAt = row.ArrivedAt.UTC(), inUTC(row.EndedAt)
	return schema.Placement(row), err
}

// SavePlacement keeps the one thing that can happen to it.
func (t *tx) SavePlacement(p schema.Placement) error {
	return t.one("placement", `UPDATE placement SET ended_at = $2 WHERE id = $1`, key(p.ID), p.EndedAt)
}
