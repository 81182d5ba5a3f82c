package ledger_test

import (
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// Since is as late as the latest thing that could have made a place what it is, whatever of these it was.
func TestSince(t *testing.T) {
	t.Parallel()
	long := 48 * time.Hour
	for name, c := range map[string]struct {
		change string
		ago    time.Duration
	}{
		"nothing":                      {``, long},
		"its own report":               {`UPDATE space SET reported_at = clock_timestamp() - interval '1 hour' WHERE ref = 'F'`, time.Hour},
		"a report on one of its rooms": {`UPDATE space SET reported_at = clock_timestamp() - interval '1 hour' WHERE ref = 'A'`, time.Hour},
		"a confirmation":               {`UPDATE space SET confirmed_at = clock_timestamp() - interval '1 hour' WHERE ref = 'F'`, time.Hour},
		"it became ready":              {`UPDATE space SET from_at = clock_timestamp() - interval '1 hour' WHERE ref = 'F'`, time.Hour},
		"it is not ready yet":          {`UPDATE space SET from_at = clock_timestamp() + interval '1 hour' WHERE ref = 'F'`, long},
		"another's report":             {`UPDATE space SET reported_at = clock_timestamp() WHERE ref = 'B'`, long},
		"the end of a claim on a room": {`UPDATE claim SET ended_at = clock_timestamp() - interval '1 hour'`, time.Hour},
		"its service changed": {`INSERT INTO event (at, by_id, role, via, what, subject)
			SELECT clock_timestamp() - interval '1 hour', '', '', '', 'service_put', CAST(service_id AS text) FROM space WHERE ref = 'F'`, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, db := byHand(t), ledgertest.New(t)
			service := h.service(h.organisation(schema.KindProvider), "Alder")
			a, unit := h.space(service, "A"), h.space(service, "F", "A", "C")
			h.space(service, "B")
			r := h.request(h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline), nil)
			h.hold(r, service, a, func(v *schema.Hold) {
				ended := h.now()
				v.State, v.End, v.EndedBy, v.EndedAt = schema.Ended, "released", schema.ByHelpline, &ended
			})
			h.exec(`UPDATE space SET reported_at = clock_timestamp() - interval '48 hours', confirmed_at = clock_timestamp() - interval '48 hours'`)
			h.exec(`UPDATE claim SET ended_at = clock_timestamp() - interval '60 hours'`)
			if c.change != "" {
				h.exec(c.change)
			}
			err := db.Change(t.Context(), exchange.Clock(), func(tx exchange.Tx) error {
				since, err := tx.Since(unit.ID, schema.SpaceID(newID()))
				if err != nil {
					return err
				}
				if ago := h.now().Sub(since[unit.ID]); len(since) != 1 || ago < c.ago || ago > c.ago+time.Minute {
					t.Errorf("what it is since %s ago, want %s", ago, c.ago)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
