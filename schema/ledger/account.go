package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"haven/exchange"
	"haven/schema"
)

var _ exchange.Accounts = (*DB)(nil)

const accountQuery = `
	SELECT a.id, a.organisation_id, o.kind, o.name, a.role, a.email, a.name, a.password_hash, a.disabled
	FROM account a JOIN organisation o ON o.id = a.organisation_id `

func (db *DB) account(ctx context.Context, what, query string, arg any) (a exchange.Account, err error) {
	err = db.pool.QueryRowContext(ctx, accountQuery+query, arg).Scan(
		&a.ID, &a.Organisation, &a.OrganisationKind, &a.OrganisationName, &a.Role, &a.Email, &a.Name, &a.PasswordHash, &a.Disabled)
	return a, found(err, what)
}

// AccountByEmail gives disabled accounts too: whoever checks a password refuses them after the same work as for any other.
func (db *DB) AccountByEmail(ctx context.Context, email string) (exchange.Account, error) {
	return db.account(ctx, "account", `WHERE lower(a.email) = lower($1)`, strings.TrimSpace(email))
}

// PutAccount makes an account or changes it, and records that only when something changed, so a seed may run at every start. A new password or role,
// or being disabled, ends what the account had open.
func (db *DB) PutAccount(ctx context.Context, a exchange.Account) error {
	a.Email = strings.TrimSpace(a.Email)
	if !strings.Contains(a.Email, "@") {
		return schema.Invalid("email", "Type the whole email address, like name@example.org")
	}
	return db.asHaven(ctx, func(tx *sqlx.Tx) error {
		if _, err := organisationKind(ctx, tx, a.Organisation); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			DELETE FROM session WHERE account_id = $1 AND ($4 OR EXISTS (
				SELECT FROM account WHERE id = $1 AND (password_hash, role) IS DISTINCT FROM ($2, $3)))`,
			a.ID, a.PasswordHash, a.Role, a.Disabled); err != nil {
			return found(err, "account")
		}
		put, err := tx.ExecContext(ctx, `
			INSERT INTO account (id, organisation_id, role, email, name, password_hash, disabled) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET organisation_id = $2, role = $3, email = $4, name = $5, password_hash = $6, disabled = $7
			WHERE (account.organisation_id, account.role, account.email, account.name, account.password_hash, account.disabled)
				IS DISTINCT FROM (CAST($2 AS uuid), $3, $4, $5, $6, CAST($7 AS boolean))`,
			a.ID, a.Organisation, a.Role, a.Email, a.Name, a.PasswordHash, a.Disabled)
		if pq.As(err, pqerror.UniqueViolation) != nil {
			return schema.Refuse(schema.KindTaken, "email_taken", "Another account has this email address. Use a different one, or change that account.")
		}
		if err != nil {
			return err
		}
		if changed, err := put.RowsAffected(); err != nil || changed == 0 {
			return err
		}
		return recordByHaven(ctx, tx, exchange.ViaShell, a.Organisation, exchange.Event{
			What: "account_put", Subject: string(a.ID), Body: map[string]any{"role": a.Role, "disabled": a.Disabled},
		})
	})
}

func organisationKind(ctx context.Context, tx *sqlx.Tx, id schema.OrganisationID) (kind schema.OrganisationKind, err error) {
	err = tx.GetContext(ctx, &kind, `SELECT kind FROM organisation WHERE id = $1`, id)
	return kind, found(err, "organisation")
}

// recordByHaven appends an event that no actor stands behind: accounts and keys are made by whoever operates Haven, texts are sent by its clock.
// The body holds no name, address or number.
func recordByHaven(ctx context.Context, tx *sqlx.Tx, via exchange.Way, organisation schema.OrganisationID, e exchange.Event) error {
	body, err := json.Marshal(e.Body)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO event (by_id, organisation_id, role, via, what, subject, why, body)
		VALUES ('', CAST(nullif($1, '') AS uuid), $2, $3, $4, $5, $6, $7)`,
		organisation, schema.RoleClock, via, e.What, e.Subject, e.Why, string(body))
	return err
}

func (db *DB) StartSession(ctx context.Context, tokenHash []byte, account schema.AccountID, expires time.Time) error {
	_, err := db.pool.ExecContext(ctx, `INSERT INTO session (token_hash, account_id, expires_at) VALUES ($1, $2, $3)`, tokenHash, account, expires)
	return translate(err)
}

// Session compares with the database's clock, so that machines whose clocks differ agree on who is signed in.
func (db *DB) Session(ctx context.Context, tokenHash []byte) (exchange.Account, error) {
	return db.account(ctx, "session",
		`JOIN session s ON s.account_id = a.id WHERE s.token_hash = $1 AND s.expires_at > clock_timestamp() AND NOT a.disabled`, tokenHash)
}

// EndSession does nothing when there is none: signing out twice is signing out.
func (db *DB) EndSession(ctx context.Context, tokenHash []byte) error {
	_, err := db.pool.ExecContext(ctx, `DELETE FROM session WHERE token_hash = $1`, tokenHash)
	return translate(err)
}

// PutAPIToken may be repeated. A token of another account, or a revoked one, stays what it is.
func (db *DB) PutAPIToken(ctx context.Context, tokenHash []byte, account schema.AccountID, label string) error {
	return db.asHaven(ctx, func(tx *sqlx.Tx) error {
		var organisation schema.OrganisationID
		if err := tx.GetContext(ctx, &organisation, `SELECT organisation_id FROM account WHERE id = $1`, account); err != nil {
			return found(err, "account")
		}
		var made bool
		err := tx.GetContext(ctx, &made, `
			INSERT INTO api_token (token_hash, account_id, label) VALUES ($1, $2, $3)
			ON CONFLICT (token_hash) DO UPDATE SET label = $3 WHERE api_token.account_id = $2 AND api_token.revoked_at IS NULL
			RETURNING xmax = 0`, tokenHash, account, label)
		if err = keyTaken(err); err != nil || !made {
			return err
		}
		return recordByHaven(ctx, tx, exchange.ViaShell, organisation, exchange.Event{What: "api_token_made", Subject: string(account)})
	})
}

// keyTaken reads the outcome of an insert that leaves alone a key that is another's or revoked: then it gives no row.
func keyTaken(err error) error {
	if errors.Is(err, sql.ErrNoRows) || pq.As(err, pqerror.UniqueViolation) != nil {
		return schema.Refuse(schema.KindTaken, "key_taken", "This key belongs to somebody else or was revoked. Make a new one.")
	}
	return err
}

// APIToken gives the account of a token that is neither revoked nor of a disabled account.
func (db *DB) APIToken(ctx context.Context, tokenHash []byte) (exchange.Account, error) {
	return db.account(ctx, "token", `JOIN api_token t ON t.account_id = a.id WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND NOT a.disabled`, tokenHash)
}

// PutFeedKey may be repeated. Only a provider has services to publish, so only a provider can have a key.
func (db *DB) PutFeedKey(ctx context.Context, id schema.KeyID, hash []byte, organisation schema.OrganisationID, label string) error {
	return db.asHaven(ctx, func(tx *sqlx.Tx) error {
		kind, err := organisationKind(ctx, tx, organisation)
		if err != nil {
			return err
		}
		if kind != schema.KindProvider {
			return schema.Invalid("organisation", "Only a provider can have a feed key. Choose the organisation that runs the services.")
		}
		var made bool
		err = tx.GetContext(ctx, &made, `
			INSERT INTO feed_key (id, organisation_id, hash, label) VALUES ($1, $2, $3, $4)
			ON CONFLICT (id) DO UPDATE SET label = $4
			WHERE feed_key.organisation_id = $2 AND feed_key.hash = $3 AND feed_key.revoked_at IS NULL
			RETURNING xmax = 0`, id, organisation, hash, label)
		if err = keyTaken(err); err != nil || !made {
			return err
		}
		return recordByHaven(ctx, tx, exchange.ViaShell, organisation, exchange.Event{What: "feed_key_made", Subject: string(id)})
	})
}

// RevokeFeedKey for good. Revoking twice keeps the first time.
func (db *DB) RevokeFeedKey(ctx context.Context, id schema.KeyID) error {
	return db.asHaven(ctx, func(tx *sqlx.Tx) error {
		var key struct {
			Organisation schema.OrganisationID `db:"organisation_id"`
			Revoked      bool                  `db:"revoked"`
		}
		err := tx.GetContext(ctx, &key, `SELECT organisation_id, revoked_at IS NOT NULL AS revoked FROM feed_key WHERE id = $1 FOR UPDATE`, id)
		if err != nil || key.Revoked {
			return found(err, "key")
		}
		if _, err := tx.ExecContext(ctx, `UPDATE feed_key SET revoked_at = clock_timestamp() WHERE id = $1`, id); err != nil {
			return err
		}
		return recordByHaven(ctx, tx, exchange.ViaShell, key.Organisation, exchange.Event{What: "feed_key_revoked", Subject: string(id)})
	})
}
