package ledger

import (
	"github.com/lib/pq"

	"haven/schema"
)

// InsertRequest makes the household too where it is new. One that another organisation made is not found.
func (t *tx) InsertRequest(r schema.Request) error {
	need, err := document("the need", r.Need)
	if err != nil {
		return err
	}
	if _, err := t.exec("household", `INSERT INTO household (id, organisation_id) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`,
		r.Household, r.Organisation); err != nil {
		return err
	}
	return t.one("household", `
		INSERT INTO request (id, household_id, organisation_id, council_id, reference, need, state, opened_at, opened_by, ended_at, waiting_since, version)
		SELECT CAST($1 AS uuid), id, CAST($3 AS uuid), CAST(nullif($4, '') AS uuid), $5, CAST($6 AS jsonb), $7,
		       CAST($8 AS timestamptz), CAST($9 AS uuid), CAST($10 AS timestamptz), CAST($11 AS timestamptz), CAST($12 AS bigint)
		FROM household WHERE id = $2`,
		r.ID, r.Household, r.Organisation, r.Council, r.Reference, need, r.State, r.OpenedAt, r.OpenedBy, moment(r.EndedAt), moment(r.WaitingSince), r.Version)
}

func (t *tx) Request(id schema.RequestID) (schema.Request, error) {
	return t.request(`WHERE r.id = $1`, id)
}

func (t *tx) LockRequest(id schema.RequestID) (schema.Request, error) {
	return t.request(`WHERE r.id = $1 FOR NO KEY UPDATE`, id)
}

func (t *tx) request(where string, id schema.RequestID) (schema.Request, error) {
	var row requestRead
	if err := t.get("request", &row, requestQuery+where, key(id)); err != nil {
		return schema.Request{}, err
	}
	return row.request()
}

// SaveRequest keeps what a verb changed. Whose request it is, and what it is called, never changes.
func (t *tx) SaveRequest(r schema.Request) error {
	need, err := document("the need", r.Need)
	if err != nil {
		return err
	}
	return t.one("request", `
		UPDATE request SET council_id = CAST(nullif($2, '') AS uuid), need = $3, state = $4, ended_at = $5, waiting_since = $6, version = $7 WHERE id = $1`,
		key(r.ID), r.Council, need, r.State, moment(r.EndedAt), moment(r.WaitingSince), r.Version)
}

func (t *tx) InsertUnmet(u schema.UnmetNeed, organisation schema.OrganisationID) error {
	_, err := t.exec("unmet need", `INSERT INTO unmet_need (request_id, organisation_id, reasons, ended_by, at) VALUES ($1, $2, $3, $4, $5)`,
		u.Request, organisation, pq.Array(u.Reasons), u.By, u.At)
	return err
}
