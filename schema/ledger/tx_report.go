package ledger

import (
	"haven/schema"
)

// PutReport gives all reports of a transaction one time, so that in a message which says two things of a shared room "taken" wins, whatever
// their order.
func (t *tx) PutReport(id schema.SpaceID, r schema.Report) error {
	if t.reported.IsZero() {
		now, err := t.Now()
		if err != nil {
			return err
		}
		t.reported = now
	}
	// The one Bump that follows makes version what report_version is set to here.
	if err := t.one("space", `
		UPDATE space SET state = $2, from_at = $3, until_at = $4, why = $5, reported_at = $6, confirmed_at = $6, confirmed_by = $7,
			published = true, report_version = version + 1
		WHERE id = $1`, key(id), r.State, r.From, r.Until, r.Why, t.reported, t.actor.By); err != nil {
		return err
	}
	_, err := t.exec("report", `
		INSERT INTO report (space_id, state, from_at, until_at, why, claim_id, by_id, via, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		id, r.State, r.From, r.Until, r.Why, key(r.Claim), t.actor.By, t.actor.Via, t.reported)
	return err
}
