package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// runningRole holds the rights of the running user. Migrations grant to it, so that they need not know the user's name.
const runningRole = "haven_running"

// Migrate brings the schema up to date as the owner and lets the running user in. Of several at once one works and the others wait for it.
func Migrate(ctx context.Context, ownerDSN, runningUser string) (err error) {
	db, err := openOwner(ownerDSN)
	if err != nil {
		return err
	}
	defer db.Close()
	provider, err := provider(db)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("ledger: migrate: %w", translate(err))
	}
	defer conn.Close()
	// A try each second for five minutes. The lock covers the grants too: two sessions that grant one role at once fail.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return err
	}
	if err := locker.SessionLock(ctx, conn); err != nil {
		return fmt.Errorf("ledger: migrate: another migration did not finish: %w", err)
	}
	defer func() { err = errors.Join(err, locker.SessionUnlock(context.WithoutCancel(ctx), conn)) }()
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("ledger: migrate: %w", err)
	}
	return admit(ctx, conn, runningUser)
}

func provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSlog(slog.Default()), goose.WithDisableGlobalRegistry(true))
}

// admit makes the running user a member of runningRole.
func admit(ctx context.Context, conn *sql.Conn, user string) error {
	var exists, member, owner bool
	err := conn.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1),
		       EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member JOIN pg_roles r ON r.oid = m.roleid
		               WHERE u.rolname = $1 AND r.rolname = $2),
		       current_user = $1`, user, runningRole).Scan(&exists, &member, &owner)
	switch {
	case err != nil:
		return fmt.Errorf("ledger: migrate: %w", translate(err))
	case !exists:
		return fmt.Errorf("ledger: the running database user %q does not exist: create it (CREATE ROLE … LOGIN), then run haven migrate again", user)
	case owner:
		return fmt.Errorf("ledger: %q both migrates and runs: row-level security cannot bind an owner, so name two users", user)
	}
	if _, err := conn.ExecContext(ctx, "GRANT SELECT ON "+goose.DefaultTablename+" TO "+runningRole); err != nil {
		return fmt.Errorf("ledger: migrate: %w", translate(err))
	}
	if member {
		return nil
	}
	if _, err := conn.ExecContext(ctx, "GRANT "+runningRole+" TO "+pq.QuoteIdentifier(user)); err != nil {
		return fmt.Errorf("ledger: let %q in: %w", user, translate(err))
	}
	return nil
}

// EnsureUser creates the running user where it is missing: for `haven dev` and tests, whose server is private. An empty password sets none.
func EnsureUser(ctx context.Context, ownerDSN, user, password string) error {
	db, err := openOwner(ownerDSN)
	if err != nil {
		return err
	}
	defer db.Close()
	create := "CREATE ROLE " + pq.QuoteIdentifier(user) + " LOGIN"
	if password != "" {
		create += " PASSWORD " + pq.QuoteLiteral(password)
	}
	_, err = db.ExecContext(ctx, create)
	if pq.As(err, pqerror.DuplicateObject, pqerror.UniqueViolation) != nil { // the second: another made it at the same moment
		return nil
	}
	if err != nil {
		return fmt.Errorf("ledger: create the running user: %w", translate(err))
	}
	return nil
}

// current refuses a schema that is not the one this program was built with: a query would meet a column that is not there, or worse.
func (db *DB) current(ctx context.Context) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	want := int64(len(files)) // numbered from 1 without gaps, which a test holds
	var have int64
	err = db.pool.GetContext(ctx, &have, "SELECT coalesce(max(version_id), 0) FROM "+goose.DefaultTablename+" WHERE is_applied")
	switch {
	case pq.As(err, pqerror.UndefinedTable, pqerror.InsufficientPrivilege) != nil:
		return errors.New("ledger: the database has no schema for this user: run haven migrate")
	case err != nil:
		return fmt.Errorf("ledger: read the schema's version: %w", translate(err))
	case have < want:
		return fmt.Errorf("ledger: the schema is at version %d and this program needs %d: run haven migrate", have, want)
	case have > want:
		return fmt.Errorf("ledger: the schema is at version %d, newer than the %d of this program: run the newer program", have, want)
	}
	return nil
}

// UserOf is the database user an address names, which migration lets in.
func UserOf(dsn string) (string, error) {
	config, err := pq.NewConfig(dsn)
	if err != nil || config.User == "" {
		return "", errors.New("ledger: DATABASE_URL must name the running user")
	}
	return config.User, nil
}
