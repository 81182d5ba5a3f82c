package ledger

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"haven/schema"
)

// PutSpace keeps the facts of a space, and which rooms it is made of.
func (t *tx) PutSpace(s schema.Space) (schema.SpaceID, error) {
	s.Rooms = slices.Sorted(slices.Values(s.Rooms))
	if len(s.Rooms) == 0 {
		s.Rooms = []string{s.Ref}
	}
	if s.ID == "" {
		return t.insertSpace(s)
	}
	var rooms pq.StringArray
	if err := t.get("space", &rooms, `
		SELECT ARRAY(SELECT r.ref FROM space_room sr JOIN room r ON r.id = sr.room_id WHERE sr.space_id = s.id)
		FROM space s WHERE s.id = $1 AND s.service_id = $2 AND s.ref = $3 FOR NO KEY UPDATE`, key(s.ID), key(s.Service), s.Ref); err != nil {
		return "", err
	}
	slices.Sort(rooms)
	if !slices.Equal(rooms, s.Rooms) {
		if err := t.recompose(s); err != nil {
			return "", err
		}
	}
	facts, err := document("the space", s)
	if err != nil {
		return "", err
	}
	return s.ID, t.one("space", `UPDATE space SET facts = $2 WHERE id = $1`, s.ID, facts)
}

func (t *tx) insertSpace(s schema.Space) (schema.SpaceID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("ledger: make an id: %w", err)
	}
	s.ID = schema.SpaceID(id.String())
	facts, err := document("the space", s)
	if err != nil {
		return "", err
	}
	err = t.one("service", `
		INSERT INTO space (id, service_id, provider_id, ref, facts)
		SELECT CAST($1 AS uuid), id, provider_id, $3, CAST($4 AS jsonb) FROM service WHERE id = $2`, s.ID, key(s.Service), s.Ref, facts)
	if pq.As(err, pqerror.UniqueViolation) != nil {
		// Another message made the space since this one looked for it. Run again, this one finds it.
		return "", t.giveWay(errRecomposed)
	}
	if err != nil {
		return "", err
	}
	rooms, err := t.lockRooms(s.Service, s.Rooms)
	if err != nil {
		return "", err
	}
	return s.ID, t.compose(s.ID, rooms)
}

// recompose changes which rooms a space is made of. A claim was made on rooms: under one, the space must stay what the household was promised.
func (t *tx) recompose(s schema.Space) error {
	rooms, err := t.lockRooms(s.Service, s.Rooms)
	if err != nil {
		return err
	}
	var claims []schema.ClaimID
	if err := t.list("claims", &claims, `
		SELECT claim_id FROM claim_room
		WHERE live AND (room_id = ANY(CAST($2 AS uuid[])) OR room_id IN (SELECT room_id FROM space_room WHERE space_id = $1))
		ORDER BY claim_id LIMIT 1`, s.ID, pq.Array(rooms)); err != nil {
		return err
	}
	if len(claims) > 0 {
		claimed := schema.Refuse(schema.KindTaken, "claimed", "A household is due or lives in one of these rooms, so which rooms make up the space cannot change now.")
		claimed.Claim = claims[0]
		return claimed
	}
	// Those that share a room it loses are touched too, and will not be found once it is lost.
	if err := t.bumpOthers(s.ID); err != nil {
		return err
	}
	if _, err := t.exec("rooms", `DELETE FROM space_room WHERE space_id = $1`, s.ID); err != nil {
		return err
	}
	return t.compose(s.ID, rooms)
}

func (t *tx) bumpOthers(id schema.SpaceID) error {
	var others []schema.SpaceID
	if err := t.list("spaces", &others, `
		SELECT DISTINCT theirs.space_id FROM space_room mine JOIN space_room theirs USING (room_id)
		WHERE mine.space_id = $1 AND theirs.space_id <> $1`, id); err != nil {
		return err
	}
	if len(others) == 0 {
		return nil
	}
	return t.Bump(others...)
}

// lockRooms makes the rooms that are new and locks all of them. The command holds other rooms already, perhaps of later ids, so it never waits
// here: two such commands would wait for each other. It gives way and is run again.
func (t *tx) lockRooms(service schema.ServiceID, refs []string) ([]string, error) {
	ids := make([]string, len(refs))
	for i := range refs {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, fmt.Errorf("ledger: make an id: %w", err)
		}
		ids[i] = id.String()
	}
	if _, err := t.exec("rooms", `
		INSERT INTO room (id, service_id, ref) SELECT id, CAST($1 AS uuid), ref FROM unnest(CAST($2 AS uuid[]), CAST($3 AS text[])) AS new (id, ref)
		ORDER BY ref ON CONFLICT (service_id, ref) DO NOTHING`, key(service), pq.Array(ids), pq.Array(refs)); err != nil {
		return nil, err
	}
	var rooms []string
	err := t.list("rooms", &rooms, `SELECT id FROM room WHERE service_id = $1 AND ref = ANY($2) ORDER BY id FOR NO KEY UPDATE NOWAIT`,
		key(service), pq.Array(refs))
	return rooms, err
}

func (t *tx) compose(id schema.SpaceID, rooms []string) error {
	_, err := t.exec("rooms", `INSERT INTO space_room (space_id, room_id) SELECT $1, unnest(CAST($2 AS uuid[]))`, id, pq.Array(rooms))
	return err
}
