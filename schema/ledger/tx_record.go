package ledger

import (
	"github.com/lib/pq"

	"haven/exchange"
	"haven/schema"
)

// Record appends an event under the actor's own organisation, whatever the binding is lifted to: it says for whom something was done.
func (t *tx) Record(e exchange.Event) error {
	body, err := document("the body of "+e.What, e.Body)
	if err != nil {
		return err
	}
	_, err = t.exec("record", `
		INSERT INTO event (by_id, organisation_id, role, via, what, subject, why, body)
		VALUES ($1, CAST(nullif($2, '') AS uuid), $3, $4, $5, $6, $7, $8)`,
		t.actor.By, t.actor.Organisation, t.actor.Role, t.actor.Via, e.What, e.Subject, e.Why, body)
	return err
}

// Position may pass over an event that commits later under a lower id; who rebuilds a moment takes the transaction ids beside it.
func (t *tx) Position() (position int64, err error) {
	err = t.get("position", &position, `SELECT position FROM record_position`)
	return position, err
}

// Tell is heard only if the transaction commits.
func (t *tx) Tell(topic exchange.Topic, id string, version int64, to ...schema.OrganisationID) error {
	_, err := t.exec("tell", `INSERT INTO outbox (topic, subject, version, to_ids) VALUES ($1, $2, $3, CAST(coalesce($4, '{}') AS uuid[]))`,
		topic, id, version, pq.Array(to))
	return err
}

// Text looks up the number itself, so that no command ever holds one. Whom a text is for follows from what it is about, and the queue looks again when
// it is sent.
func (t *tx) Text(m exchange.TextRequest) (queued bool, err error) {
	err = t.Across(func() error {
		n, err := t.exec("text", `
			INSERT INTO message (id, wording, audience, to_number, hold_id, request_id, by_time, not_before, not_after)
			SELECT CAST($1 AS uuid), $2, 'staff', duty_number, CAST(nullif($3, '') AS uuid), CAST($4 AS uuid), CAST($5 AS timestamptz), clock_timestamp(),
				CAST($6 AS timestamptz)
			FROM (
				SELECT duty_number FROM service_contact WHERE service_id = $7
				UNION ALL
				SELECT c.duty_number FROM organisation_contact c JOIN request r ON r.organisation_id = c.organisation_id WHERE r.id = CAST($4 AS uuid)
			) contact
			WHERE duty_number <> ''`,
			m.ID, m.Wording, m.Hold, key(m.Request), moment(m.By), m.NotAfter, key(m.Service))
		queued = n > 0
		return err
	})
	return queued, err
}
