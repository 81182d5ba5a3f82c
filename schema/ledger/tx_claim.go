package ledger

import (
	"haven/schema"
)

// Claim grants a place or refuses it: one row a room, and the two unique indexes decide. Rooms are claimed in the order of their ids, so that
// two that race without having locked them still meet at the first room they share.
func (t *tx) Claim(c schema.Claim) error {
	return t.one("space", `
		WITH made AS (
			INSERT INTO claim (id, kind, space_id, hold_id, next, made_at)
			SELECT CAST($1 AS uuid), $2, id, CAST($4 AS uuid), $5, CAST($6 AS timestamptz) FROM space WHERE id = $3
			RETURNING id, kind, space_id)
		INSERT INTO claim_room (claim_id, room_id, kind)
		SELECT made.id, sr.room_id, made.kind FROM made JOIN space_room sr USING (space_id) ORDER BY sr.room_id`,
		c.ID, c.Kind, key(c.Space), c.Hold, c.Next, c.MadeAt)
}

// EndClaim frees the rooms. The first reason stands.
func (t *tx) EndClaim(id schema.ClaimID, why string) error {
	return t.one("claim", `
		WITH freed AS (UPDATE claim_room SET live = false WHERE claim_id = $1 AND live)
		UPDATE claim SET
			ended_at = coalesce(ended_at, clock_timestamp()),
			why = CASE WHEN ended_at IS NULL THEN $2 ELSE why END
		WHERE id = $1`, key(id), why)
}
