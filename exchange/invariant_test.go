package exchange_test

import (
	"strings"
	"testing"

	"haven/schema"
)

// invariants is what must hold whatever was done, in whatever order: each query lists what breaks it.
var invariants = map[string]string{
	"a room has at most one live promise and one live occupancy": `
		SELECT room_id::text || ' ' || kind FROM claim_room WHERE live GROUP BY room_id, kind HAVING count(*) > 1`,
	"a claim is live on its rooms for as long as it has not ended": `
		SELECT c.id::text FROM claim c JOIN claim_room r ON r.claim_id = c.id WHERE r.live <> (c.ended_at IS NULL)`,
	"a live claim is on exactly the rooms of its space": `
		SELECT c.id::text FROM claim c WHERE c.ended_at IS NULL AND
			ARRAY(SELECT room_id FROM claim_room WHERE claim_id = c.id ORDER BY 1) <> ARRAY(SELECT room_id FROM space_room WHERE space_id = c.space_id ORDER BY 1)`,
	"a live promise has a live hold": `
		SELECT c.id::text FROM claim c JOIN hold h ON h.id = c.hold_id
		WHERE c.kind = 'promise' AND c.ended_at IS NULL AND (h.state NOT IN ('held', 'agreed') OR h.claim_id <> c.id)`,
	"a live hold has a live promise": `
		SELECT h.id::text FROM hold h JOIN claim c ON c.id = h.claim_id
		WHERE h.state IN ('held', 'agreed') AND (c.kind <> 'promise' OR c.ended_at IS NOT NULL)`,
	"who lives somewhere arrived there and has not moved on": `
		SELECT c.id::text FROM claim c LEFT JOIN placement p ON p.claim_id = c.id
		WHERE c.kind = 'occupancy' AND (p.id IS NULL OR (p.ended_at IS NULL) <> (c.ended_at IS NULL))`,
	"a hold has arrived where there is a placement, and its request is placed": `
		SELECT h.id::text FROM hold h LEFT JOIN placement p ON p.hold_id = h.id JOIN request r ON r.id = h.request_id
		WHERE (h.state = 'arrived') <> (p.id IS NOT NULL) OR h.state = 'arrived' AND r.state <> 'placed'`,
	"a placed request has one placement and no live hold": `
		SELECT r.id::text FROM request r WHERE r.state = 'placed' AND ((SELECT count(*) FROM placement WHERE request_id = r.id) <> 1
			OR EXISTS (SELECT FROM hold WHERE request_id = r.id AND state IN ('held', 'agreed')))`,
	"an unmet request has its reasons and no live hold": `
		SELECT r.id::text FROM request r WHERE (r.state = 'unmet') <> EXISTS (SELECT FROM unmet_need WHERE request_id = r.id)
			OR r.state = 'unmet' AND EXISTS (SELECT FROM hold WHERE request_id = r.id AND state IN ('held', 'agreed'))`,
	"a request has at most two live holds, and one where it is agreed": `
		SELECT request_id::text FROM hold WHERE state IN ('held', 'agreed') GROUP BY request_id
		HAVING count(*) > CASE WHEN bool_or(state = 'agreed') THEN 1 ELSE 2 END`,
	"every change of a hold is one event": `
		SELECT h.id::text FROM hold h WHERE h.version <> (
			SELECT count(*) FROM event WHERE subject = h.id::text AND (what LIKE 'hold_%' OR what = 'arrived'))`,
	"a hold ends once": `
		SELECT h.id::text FROM hold h WHERE (SELECT count(*) FROM event WHERE subject = h.id::text AND what = 'hold_ended') <> (h.state = 'ended')::int`,
	"who runs out is texted once, and nobody else": `
		SELECT h.id::text FROM hold h JOIN service_contact s ON s.service_id = h.service_id AND s.duty_number <> ''
		WHERE (SELECT count(*) FROM message WHERE hold_id = h.id AND wording = 'hold_expired') <> (h.end_code = 'expired')::int
			OR (SELECT count(*) FROM message WHERE hold_id = h.id AND wording = 'hold_waiting') <> 1`,
	"what is promised or lived in is not shown as available": `
		SELECT n.id::text FROM space_now n JOIN space_room s ON s.space_id = n.id JOIN claim_room r ON r.room_id = s.room_id AND r.live
		WHERE n.status = 'available' OR n.status = 'getting_ready' AND r.kind = 'promise'`,
	"the board is told of the newest version of every space": `
		SELECT s.id::text FROM space s WHERE s.version <> (SELECT coalesce(max(version), 0) FROM outbox WHERE topic = 'space' AND subject = s.id::text)`,
	"both sides are told of the newest version of every hold": `
		SELECT h.id::text FROM hold h WHERE NOT EXISTS (
			SELECT FROM outbox o WHERE o.topic = 'hold' AND o.subject = h.id::text AND o.version = h.version AND o.to_ids @> ARRAY[h.organisation_id, h.provider_id])`,
}

// broken gives a line for each breach of an invariant.
func (w *town) broken() (lines []string) {
	w.Helper()
	var all []string
	for name, query := range invariants {
		all = append(all, "SELECT '"+name+": ' || broken FROM ("+query+") of (broken)")
	}
	rows, err := w.owner.QueryContext(w.Context(), strings.Join(all, " UNION ALL "))
	if err != nil {
		w.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			w.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

func (w *town) sound() {
	w.Helper()
	for _, line := range w.broken() {
		w.Errorf("broken: %s", line)
	}
}

// A checker that finds nothing proves nothing: each breach planted here must be found.
func TestInvariantsSeeWhatIsBroken(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	one, two := w.space("1"), w.space("2")
	h := w.hold(w.request(w.worker, nil), one)
	w.resident(two)
	w.sound()
	for name, plant := range map[string]string{
		"a room has at most one live promise and one live occupancy": `
			WITH gone AS (DELETE FROM claim_room WHERE claim_id = $1 RETURNING room_id), made AS (
				INSERT INTO claim (id, kind, space_id, hold_id, made_at) SELECT gen_random_uuid(), 'promise', space_id, hold_id, made_at FROM claim WHERE id = $1 RETURNING id)
			INSERT INTO claim_room (claim_id, room_id, kind) SELECT $1, room_id, 'promise' FROM gone UNION SELECT made.id, room_id, 'promise' FROM made, gone`,
		"a claim is live on its rooms for as long as it has not ended": `UPDATE claim_room SET live = false WHERE claim_id = $1`,
		"a live claim is on exactly the rooms of its space":            `DELETE FROM claim_room WHERE claim_id = $1`,
		"a live promise has a live hold":                               `UPDATE hold SET state = 'ended', end_code = 'expired' WHERE claim_id = $1`,
		"a live hold has a live promise":                               `WITH freed AS (UPDATE claim_room SET live = false WHERE claim_id = $1) UPDATE claim SET ended_at = now() WHERE id = $1`,
		"who lives somewhere arrived there and has not moved on":       `UPDATE placement SET ended_at = now() WHERE $1 <> ''`,
		"every change of a hold is one event":                          `UPDATE hold SET version = version + 1 WHERE claim_id = $1`,
		"who runs out is texted once, and nobody else":                 `UPDATE message SET wording = 'hold_expired' WHERE $1 <> ''`,
		"the board is told of the newest version of every space":       `UPDATE space SET version = version + 1 WHERE $1 <> ''`,
	} {
		w.planted(name, plant, h.Claim)
	}
	w.sound()
}

// planted runs a breach, looks for it, and takes it back.
func (w *town) planted(name, plant string, claim schema.ClaimID) {
	w.Helper()
	tx, err := w.owner.BeginTx(w.Context(), nil)
	if err != nil {
		w.Fatal(err)
	}
	defer tx.Rollback()
	if name == "a room has at most one live promise and one live occupancy" {
		if _, err := tx.Exec(`DROP INDEX claim_one_live_promise_per_room`); err != nil {
			w.Fatal(err)
		}
	}
	if _, err := tx.Exec(plant, claim); err != nil {
		w.Fatalf("%s: %v", name, err)
	}
	var found int
	if err := tx.QueryRow(`SELECT count(*) FROM (` + invariants[name] + `) broken`).Scan(&found); err != nil {
		w.Fatal(err)
	}
	if found == 0 {
		w.Errorf("not found where planted: %s", name)
	}
}
