package ledger

import (
	"errors"
	"slices"
	"strings"

	"github.com/lib/pq"

	"haven/exchange"
	"haven/schema"
)

const spaceNowQuery = `
	SELECT n.id, n.ref, n.facts, n.status, n.from_at, n.status_until, n.confirmed_at, n.version, n.service_id, n.provider_id,
	       s.facts AS service_facts, s.version AS service_version, n.state, n.until_at, n.why, n.report_version, n.published, s.code_name
	FROM space_now n JOIN service s ON s.id = n.service_id `

// errRecomposed: another command changed which rooms a space is made of while this one waited for the old ones. The rooms it should have
// locked may come before those it has, so it lets all of them go and begins again.
var errRecomposed = errors.New("the rooms of a space changed while they were being locked")

// LockSpaces looks past the organisation: a helpline locks a provider's space, and whoever shares a room with it.
func (t *tx) LockSpaces(ids ...schema.SpaceID) (spaces []exchange.SpaceNow, err error) {
	err = t.Across(func() error {
		if err := t.lockRoomsAndSpaces(ids); err != nil {
			return err
		}
		read, err := t.spacesNow(`WHERE n.id = ANY(CAST($1 AS uuid[]))`, keys(ids))
		if err != nil {
			return err
		}
		at := make(map[schema.SpaceID]exchange.SpaceNow, len(read))
		for _, space := range read {
			at[space.Space.ID] = space
		}
		for _, id := range ids {
			space, found := at[id]
			if !found {
				return schema.NotFound("space")
			}
			spaces = append(spaces, space)
		}
		return nil
	})
	return spaces, err
}

// lockRoomsAndSpaces holds the one order of locks. Who holds all rooms of a space holds its composition: changing it takes the locks of all
// its rooms, old and new, so the look at the rooms after the wait is final. A command may end any claim it meets, which frees rooms and touches
// spaces beyond those asked for: they are locked here too, because by then it would be out of order.
func (t *tx) lockRoomsAndSpaces(ids []schema.SpaceID) error {
	var rooms []string
	if err := t.list("rooms", &rooms, `
		WITH asked AS (SELECT room_id FROM space_room WHERE space_id = ANY(CAST($1 AS uuid[])))
		SELECT id FROM room WHERE id IN (
			SELECT room_id FROM asked
			UNION SELECT other.room_id FROM asked JOIN claim_room met ON met.room_id = asked.room_id AND met.live JOIN claim_room other USING (claim_id))
		ORDER BY id FOR NO KEY UPDATE`, keys(ids)); err != nil {
		return err
	}
	var moved []bool
	if err := t.list("spaces", &moved, `
		SELECT EXISTS (SELECT FROM space_room WHERE space_id = ANY(CAST($1 AS uuid[])) AND room_id <> ALL(CAST($2 AS uuid[])))
		FROM space WHERE id IN (SELECT unnest(CAST($1 AS uuid[])) UNION SELECT space_id FROM space_room WHERE room_id = ANY(CAST($2 AS uuid[])))
		ORDER BY id FOR NO KEY UPDATE`, keys(ids), pq.Array(rooms)); err != nil {
		return err
	}
	if slices.Contains(moved, true) {
		return t.giveWay(errRecomposed)
	}
	return nil
}

// spacesNow reads spaces with what overlaps them and the live claims on their rooms. Claims of others are seen only across organisations.
func (t *tx) spacesNow(where string, args ...any) ([]exchange.SpaceNow, error) {
	var rows []spaceRead
	if err := t.list("spaces", &rows, spaceNowQuery+where, args...); err != nil {
		return nil, err
	}
	views := make([]exchange.SpaceView, len(rows))
	at := make(map[schema.SpaceID]*exchange.SpaceView, len(rows))
	ids := make([]schema.SpaceID, len(rows))
	for i, row := range rows {
		var err error
		if views[i], err = row.view(); err != nil {
			return nil, err
		}
		ids[i] = views[i].Space.ID
		at[ids[i]] = &views[i]
	}
	if err := addOverlaps(t.ctx, t.tx, ids, at); err != nil {
		return nil, t.fail("overlaps", err)
	}
	if err := addClaims(t.ctx, t.tx, ids, at); err != nil {
		return nil, t.fail("claims", err)
	}
	spaces := make([]exchange.SpaceNow, len(views))
	for i, v := range views {
		spaces[i] = v.SpaceNow
	}
	return spaces, nil
}

// SpacesOfService leaves out what is closed for good, which nobody confirms or drops.
func (t *tx) SpacesOfService(id schema.ServiceID) (spaces []exchange.SpaceNow, err error) {
	err = t.Across(func() (err error) {
		spaces, err = t.spacesNow(`WHERE n.service_id = $1 AND n.state <> 'closed' ORDER BY n.ref`, key(id))
		return err
	})
	return spaces, err
}

func (t *tx) FindSpaces(service schema.ServiceID, refs []string) (map[string]schema.SpaceID, error) {
	// A name with a zero byte cannot be kept, so no space has it; asked for, it would cost the transaction.
	refs = slices.DeleteFunc(slices.Clone(refs), func(ref string) bool { return strings.ContainsRune(ref, 0) })
	var rows []struct {
		ID  schema.SpaceID `db:"id"`
		Ref string         `db:"ref"`
	}
	if err := t.list("spaces", &rows, `SELECT id, ref FROM space WHERE service_id = $1 AND ref = ANY($2)`, key(service), pq.Array(refs)); err != nil {
		return nil, err
	}
	found := make(map[string]schema.SpaceID, len(rows))
	for _, row := range rows {
		found[row.Ref] = row.ID
	}
	return found, nil
}

// Unpublish leaves the last report standing: it was true when it was given.
func (t *tx) Unpublish(id schema.SpaceID) error {
	return t.one("space", `UPDATE space SET published = false WHERE id = $1`, key(id))
}

// Confirm looks past the organisation: a helpline that records an arrival shows that the place is what was said of it.
func (t *tx) Confirm(ids ...schema.SpaceID) error {
	return t.Across(func() error {
		_, err := t.exec("confirm", `UPDATE space SET confirmed_at = clock_timestamp(), confirmed_by = $2 WHERE id = ANY(CAST($1 AS uuid[]))`,
			keys(ids), t.actor.By)
		return err
	})
}

// sharing are the spaces given and every other that shares a room with one of them, locked in order.
const sharing = `
	SELECT id FROM space WHERE id IN (
		SELECT unnest(CAST($1 AS uuid[]))
		UNION SELECT theirs.space_id FROM space_room mine JOIN space_room theirs USING (room_id) WHERE mine.space_id = ANY(CAST($1 AS uuid[])))
	ORDER BY id FOR NO KEY UPDATE`

// Bump writes the outbox row with the version it gives, so that the board never hears of one without the other.
func (t *tx) Bump(ids ...schema.SpaceID) error {
	return t.Across(func() error {
		_, err := t.exec("bump", `
			WITH touched AS (`+sharing+`),
			bumped AS (UPDATE space SET version = version + 1 FROM touched WHERE space.id = touched.id RETURNING space.id, space.version)
			INSERT INTO outbox (topic, subject, version) SELECT $2, id, version FROM bumped ORDER BY id`, keys(ids), exchange.TopicSpace)
		return err
	})
}

// keys of a list. What is no id is left out, so it is not found.
func keys(ids []schema.SpaceID) any {
	valid := make([]string, 0, len(ids))
	for _, id := range ids {
		if key(id) != nil {
			valid = append(valid, string(id))
		}
	}
	return pq.Array(valid)
}
