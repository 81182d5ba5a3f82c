package ledger

import (
	"database/sql"
	"time"

	"github.com/lib/pq"

	"haven/schema"
)

// Places are read as what the relay publishes, so that a match stands on what is shown.
func (t *tx) Places(ids ...schema.SpaceID) (map[schema.SpaceID]schema.Place, error) {
	if t.failed != nil {
		return nil, t.failed
	}
	places := make(map[schema.SpaceID]schema.Place, len(ids))
	err := eachPlace(t.ctx, t.tx, func(p schema.Place) error {
		places[p.Space.ID] = p
		return nil
	}, placeQuery+` AND n.id = ANY(CAST($1 AS uuid[]))`, pq.Array(ids))
	return places, t.fail("places", err)
}

// Since counts the words on spaces that share a room too: a unit may be free because of what was said of one of its rooms.
func (t *tx) Since(ids ...schema.SpaceID) (map[schema.SpaceID]time.Time, error) {
	var rows []struct {
		Space schema.SpaceID `db:"id"`
		Since sql.NullTime   `db:"since"`
	}
	err := t.list("spaces", &rows, `
		SELECT s.id, greatest(
			(SELECT max(greatest(o.reported_at, o.confirmed_at, CASE WHEN o.from_at <= clock_timestamp() THEN o.from_at END))
				FROM space_room mine JOIN space_room theirs ON theirs.room_id = mine.room_id JOIN space o ON o.id = theirs.space_id
				WHERE mine.space_id = s.id),
			(SELECT max(c.ended_at) FROM space_room mine JOIN claim_room r ON r.room_id = mine.room_id JOIN claim c ON c.id = r.claim_id
				WHERE mine.space_id = s.id),
			(SELECT max(e.at) FROM event e WHERE e.subject = CAST(s.service_id AS text) AND e.what = 'service_put')) AS since
		FROM space s WHERE s.id = ANY(CAST($1 AS uuid[]))`, pq.Array(ids))
	since := make(map[schema.SpaceID]time.Time, len(rows))
	for _, row := range rows {
		since[row.Space] = utc(row.Since)
	}
	return since, err
}

const matchQuery = `SELECT m.request_id, m.space_id, m.verdict, m.found_at, m.known, m.told_at, m.gone_at FROM waiting_match m `

// matchRead is a match as matchQuery gives it.
type matchRead struct {
	Request schema.RequestID `db:"request_id"`
	Space   schema.SpaceID   `db:"space_id"`
	Verdict string           `db:"verdict"`
	FoundAt time.Time        `db:"found_at"`
	Known   bool             `db:"known"`
	ToldAt  sql.NullTime     `db:"told_at"`
	GoneAt  sql.NullTime     `db:"gone_at"`
}

func (r matchRead) match() schema.Match {
	return schema.Match{
		Request: r.Request, Space: r.Space, Verdict: r.Verdict, FoundAt: r.FoundAt.UTC(), Known: r.Known, ToldAt: utc(r.ToldAt), GoneAt: utc(r.GoneAt),
	}
}

func matchesOf(rows []matchRead) []schema.Match {
	matches := make([]schema.Match, len(rows))
	for i, row := range rows {
		matches[i] = row.match()
	}
	return matches
}

func (t *tx) LiveMatches(id schema.RequestID) ([]schema.Match, error) {
	var rows []matchRead
	err := t.list("matches", &rows, matchQuery+`WHERE m.request_id = $1 AND m.gone_at IS NULL ORDER BY m.found_at, m.space_id`, key(id))
	return matchesOf(rows), err
}

func (t *tx) InsertMatch(m schema.Match) error {
	_, err := t.exec("match", `INSERT INTO waiting_match (request_id, space_id, verdict, found_at, known, told_at, gone_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		key(m.Request), key(m.Space), m.Verdict, m.FoundAt, m.Known, moment(m.ToldAt), moment(m.GoneAt))
	return err
}

func (t *tx) SaveMatch(m schema.Match) error {
	return t.one("match", `
		UPDATE waiting_match SET verdict = $4, known = $5, told_at = $6, gone_at = $7 WHERE request_id = $1 AND space_id = $2 AND found_at = $3`,
		key(m.Request), key(m.Space), m.FoundAt, m.Verdict, m.Known, moment(m.ToldAt), moment(m.GoneAt))
}

func (t *tx) EndMatches(id schema.RequestID) error {
	_, err := t.exec("matches", `UPDATE waiting_match SET gone_at = clock_timestamp() WHERE request_id = $1 AND gone_at IS NULL`, key(id))
	return err
}

func (t *tx) LastTold(id schema.RequestID) (time.Time, error) {
	var told sql.NullTime
	err := t.get("matches", &told, `SELECT max(told_at) FROM waiting_match WHERE request_id = $1`, key(id))
	return utc(told), err
}

func (t *tx) PutDutyNumber(organisation schema.OrganisationID, number string) error {
	return t.one("organisation", `
		INSERT INTO organisation_contact (organisation_id, duty_number) SELECT id, $2 FROM organisation WHERE id = $1
		ON CONFLICT (organisation_id) DO UPDATE SET duty_number = excluded.duty_number`, key(organisation), number)
}
