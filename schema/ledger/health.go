package ledger

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// Problem is why a promise of Haven cannot hold on this database, and what to do. Code is permanent.
type Problem struct {
	Code  string
	Words string
}

// Health looks for what `haven check` must fail on. It asks as the running user, on a connection like any other, so it sees what commands get.
func (db *DB) Health(ctx context.Context) ([]Problem, error) {
	var is struct {
		Commit    string `db:"synchronous_commit"`
		Fsync     string `db:"fsync"`
		Superuser bool   `db:"superuser"`
		Bypasses  bool   `db:"bypasses"`
		Owns      int    `db:"owns"`
		Unbound   int    `db:"unbound"`
	}
	err := db.read(ctx, "", func(tx *sqlx.Tx) error {
		return tx.GetContext(ctx, &is, `
			SELECT current_setting('synchronous_commit') AS synchronous_commit, current_setting('fsync') AS fsync,
				r.rolsuper AS superuser, r.rolbypassrls AS bypasses,
				(SELECT count(*) FROM pg_class c WHERE c.relnamespace = CAST('public' AS regnamespace) AND pg_has_role(c.relowner, 'MEMBER')) AS owns,
				(SELECT count(*) FROM pg_class c WHERE c.oid IN (CAST('request' AS regclass), CAST('hold' AS regclass), CAST('stay' AS regclass),
					CAST('waiting_match' AS regclass))
					AND NOT row_security_active(c.oid)) AS unbound
			FROM pg_roles r WHERE r.rolname = current_user`)
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: health: %w", translate(err))
	}
	var problems []Problem
	for _, found := range []struct {
		is bool
		Problem
	}{
		{is.Commit == "off", Problem{"synchronous_commit_off", "synchronous_commit is off: a crash of PostgreSQL would lose what was acknowledged. Set it to on."}},
		{is.Fsync == "off", Problem{"fsync_off", "fsync is off: a crash of the machine would lose what was acknowledged, or all of it. Set it to on."}},
		{is.Superuser, Problem{"superuser", "The running database user is a superuser, so row-level security does not bind it. Use a user that owns nothing."}},
		{is.Bypasses && !is.Superuser, Problem{"bypasses_row_security", "The running database user bypasses row-level security. Take BYPASSRLS from it."}},
		{is.Owns > 0 && !is.Superuser, Problem{"owns_tables", "The running database user owns Haven's tables, or is a member of who does. Migrate as another user."}},
		{is.Unbound > 0 && !is.Superuser && !is.Bypasses && is.Owns == 0, Problem{"row_security_off", "Row-level security is off on tables of needs and holds. Turn it on again as the owner."}},
	} {
		if found.is {
			problems = append(problems, found.Problem)
		}
	}
	return problems, nil
}
