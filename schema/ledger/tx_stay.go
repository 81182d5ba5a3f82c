package ledger

import (
	"time"

	"haven/schema"
)

const stayQuery = `
	SELECT id, request_id, household_id, organisation_id, reference, family, first_night, last_night, started_by, looked_at, safe_found FROM stay `

func (r stayRead) stay() schema.Stay {
	return schema.Stay{
		ID: r.ID, Request: r.Request, Household: r.Household, Organisation: r.Organisation, Reference: r.Reference, Family: r.Family,
		FirstNight: r.FirstNight.UTC(), LastNight: inUTC(r.LastNight), StartedBy: r.StartedBy, LookedAt: inUTC(r.LookedAt), SafeFound: r.SafeFound,
	}
}

func (t *tx) InsertStay(s schema.Stay) error {
	_, err := t.exec("stay", `
		INSERT INTO stay (id, request_id, household_id, organisation_id, reference, family, first_night, last_night, started_by, looked_at, safe_found)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		s.ID, s.Request, s.Household, s.Organisation, s.Reference, s.Family, night(&s.FirstNight), night(s.LastNight), s.StartedBy, s.LookedAt, s.SafeFound)
	return err
}

func (t *tx) LockStay(id schema.StayID) (schema.Stay, error) {
	var row stayRead
	err := t.get("stay", &row, stayQuery+`WHERE id = $1 FOR NO KEY UPDATE`, key(id))
	return row.stay(), err
}

func (t *tx) SaveStay(s schema.Stay) error {
	return t.one("stay", `UPDATE stay SET last_night = $2, looked_at = $3, safe_found = $4 WHERE id = $1`,
		key(s.ID), night(s.LastNight), s.LookedAt, s.SafeFound)
}

func (t *tx) StaysOfHousehold(id schema.HouseholdID) ([]schema.Stay, error) {
	var rows []stayRead
	if err := t.list("stays", &rows, stayQuery+`WHERE household_id = $1 ORDER BY first_night, id`, key(id)); err != nil {
		return nil, err
	}
	stays := make([]schema.Stay, len(rows))
	for i, row := range rows {
		stays[i] = row.stay()
	}
	return stays, nil
}

// night is a date without a time, so that no time zone of a session can move it.
func night(t *time.Time) any {
	if t == nil {
		return nil
	}
	return t.Format(time.DateOnly)
}
