package ledger_test

import (
	"database/sql"
	"slices"
	"testing"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// as runs fn as the running user with row-level security bound to an organisation, and undoes it.
func as(t *testing.T, organisation string, fn func(*sql.Tx)) {
	t.Helper()
	tx, err := openSQL(t, ledgertest.DSN(t)).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(t.Context(), `SELECT set_config('haven.organisation', $1, true)`, organisation); err != nil {
		t.Fatal(err)
	}
	fn(tx)
}

func TestEachOrganisationSeesItsOwnRowsAndNoOther(t *testing.T) {
	t.Parallel()
	hand := byHand(t)
	helpline, otherHelpline := hand.organisation(schema.KindHelpline), hand.organisation(schema.KindHelpline)
	provider, otherProvider := hand.organisation(schema.KindProvider), hand.organisation(schema.KindProvider)
	council := hand.organisation(schema.KindCouncil)
	worker := hand.actor(helpline, schema.RoleHelpline)
	service := hand.service(provider, "Rowan")
	request := hand.request(worker, func(r *schema.Request) { r.Council = council })
	hold := hand.hold(request, service, hand.space(service, "A"), nil)
	hand.arrival(request, hold, schema.Refuge, time.Now())
	hand.unmet(request, schema.ByService, time.Now(), "no_space_free")
	hand.stay(council, request, true, "2026-03-01", "")
	hand.exec(`INSERT INTO service_contact (service_id, provider_id, duty_number) VALUES ($1, $2, '07700 900123')`, service.ID, provider)
	hand.exec(`INSERT INTO message (id, wording, audience, to_number, not_before, not_after) VALUES ($1, 'hold_waiting', 'staff', '07700 900123', now(), now())`, newID())
	hand.exec(`INSERT INTO event (by_id, organisation_id, role, via, what, subject) VALUES ('', $1, '', '', 'service_put', '')`, provider)
	hand.exec(`INSERT INTO idempotency (actor, key, fingerprint, result, organisation) VALUES ('a', 'k', '', '{}', $1)`, helpline)
	hand.exec(`INSERT INTO feed_key (id, organisation_id, hash, label) VALUES ($1, $2, $3, '')`, service.ID, provider, make([]byte, 32))
	hand.exec(`INSERT INTO feed_answer (key_id, seq, answer, organisation) VALUES ($1, 1, '{}', $2)`, service.ID, provider)

	hand.exec(`INSERT INTO waiting_match (request_id, space_id, verdict, found_at) VALUES ($1, $2, 'fits', now())`, request.ID, hold.Space)
	hand.exec(`INSERT INTO organisation_contact (organisation_id, duty_number) VALUES ($1, '07700 900123')`, helpline)

	sees := map[string][]schema.OrganisationID{
		"household":       {helpline},
		"request":         {helpline, council},
		"hold":            {helpline, provider},
		"placement":       {provider},
		"unmet_need":      {helpline},
		"stay":            {council},
		"service_contact": {provider},
		"message":         {},
		"waiting_match":   {helpline, council},
		"event":           {},
		"idempotency":     {helpline},
		"feed_answer":     {provider},

		"organisation_contact": {helpline},
	}
	for table, owners := range sees {
		for name, organisation := range map[string]schema.OrganisationID{
			"the helpline": helpline, "another helpline": otherHelpline, "the provider": provider, "another provider": otherProvider,
			"the council": council, "nobody": "", "Haven itself": "*",
		} {
			want := 0
			if organisation == "*" || slices.Contains(owners, organisation) {
				want = 1
			}
			as(t, string(organisation), func(tx *sql.Tx) {
				var got int
				if err := tx.QueryRowContext(t.Context(), `SELECT count(*) FROM `+pq.QuoteIdentifier(table)).Scan(&got); err != nil {
					t.Fatal(err)
				}
				if got != want {
					t.Errorf("%s sees %d rows of %s, want %d", name, got, table, want)
				}
			})
		}
	}
}

// A table that says whose its rows are is guarded by row-level security, or is here with the reason.
func TestEveryTableOfSomebodysRowsIsGuarded(t *testing.T) {
	t.Parallel()
	open := []string{
		"account",      // read by signing in, before anybody's organisation is known
		"feed_key",     // read by a feed signing in
		"search_count", // counts, nobody's needs
	}
	rows, err := byHand(t).db.QueryContext(t.Context(), `
		SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = CAST('public' AS regnamespace) AND c.relkind = 'r' AND NOT c.relrowsecurity
			AND a.attname IN ('organisation_id', 'organisation', 'provider_id', 'council_id') ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var unguarded []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		unguarded = append(unguarded, name)
	}
	if err := rows.Err(); err != nil || !slices.Equal(unguarded, open) {
		t.Errorf("without row-level security: %v, %v; want %v", unguarded, err, open)
	}
}

func TestTheRunningUserCannotRewriteTheRecordOrItsRules(t *testing.T) {
	t.Parallel()
	for _, statement := range []string{
		`UPDATE event SET why = ''`, `DELETE FROM event`, `TRUNCATE event`,
		`UPDATE report SET state = 'available'`, `DELETE FROM report`, `TRUNCATE report`,
		`UPDATE seal SET events = 0`, `DELETE FROM sealed_event`,
		`DELETE FROM request`, `DELETE FROM hold`, `DELETE FROM claim`, `DELETE FROM claim_room`, `DELETE FROM placement`, `DELETE FROM waiting_match`, `UPDATE unmet_need SET ended_by = ''`,
		`ALTER TABLE event DISABLE TRIGGER ALL`, `ALTER TABLE hold DISABLE ROW LEVEL SECURITY`, `DROP POLICY hold_either_side ON hold`,
		`DROP INDEX claim_one_live_promise_per_room`, `CREATE TABLE mine (id int)`, `SET ROLE owner`,
		`SET session_replication_role = replica`, `UPDATE goose_db_version SET version_id = 0`,
	} {
		as(t, "*", func(tx *sql.Tx) {
			_, err := tx.ExecContext(t.Context(), statement)
			if pq.As(err, pqerror.InsufficientPrivilege) == nil {
				t.Errorf("%s: %v, want permission denied", statement, err)
			}
		})
	}
	as(t, "", func(tx *sql.Tx) {
		if _, err := tx.ExecContext(t.Context(), `SET LOCAL row_security = off`); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), `SELECT FROM hold`); err == nil {
			t.Error("row-level security can be turned off for a query")
		}
	})
}

func TestEvenTheOwnerCannotRewriteTheRecord(t *testing.T) {
	t.Parallel()
	db := ledgertest.New(t)
	ledgertest.Space(t, db, ledgertest.Service(t, db, ledgertest.Organisation(t, db, schema.KindProvider).ID, nil), "A")
	owner := openSQL(t, ledgertest.OwnerDSN(t))
	for _, statement := range []string{
		`UPDATE report SET why = 'x'`, `DELETE FROM report`, `TRUNCATE report CASCADE`, `UPDATE event SET why = 'x'`, `DELETE FROM event`, `TRUNCATE event CASCADE`,
	} {
		if _, err := owner.ExecContext(t.Context(), statement); pq.As(err, pqerror.RaiseException) == nil {
			t.Errorf("%s: %v, want append-only", statement, err)
		}
	}
}
