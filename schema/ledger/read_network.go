package ledger

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"

	"haven/exchange"
	"haven/schema"
)

// Councils are public: any request may be passed to any of them.
func (db *DB) Councils(ctx context.Context) ([]schema.Organisation, error) {
	var councils []schema.Organisation
	err := db.read(ctx, haven, func(tx *sqlx.Tx) error {
		return tx.SelectContext(ctx, &councils, `SELECT id, kind, name FROM organisation WHERE kind = $1 ORDER BY name, id`, schema.KindCouncil)
	})
	return councils, err
}

// FeedKey tells nothing of a revoked key but that it is revoked, so that its holder hears why it no longer works.
func (db *DB) FeedKey(ctx context.Context, hash []byte) (key exchange.FeedKey, err error) {
	err = db.read(ctx, haven, func(tx *sqlx.Tx) error {
		return found(tx.QueryRowContext(ctx, `SELECT id, organisation_id, revoked_at IS NOT NULL FROM feed_key WHERE hash = $1`, hash).
			Scan(&key.ID, &key.Organisation, &key.Revoked), "key")
	})
	return key, err
}

// Network spans every organisation, so the role decides who may read it.
func (db *DB) Network(ctx context.Context, actor exchange.Actor) (n exchange.Network, err error) {
	if actor.Role != schema.RoleAdministrator && actor.Role != schema.RoleClock {
		return n, schema.Refuse(schema.KindForbidden, "forbidden", "Only an administrator can see the whole network. Ask yours to look it up for you.")
	}
	err = db.snapshot(ctx, func(tx *sqlx.Tx) error {
		if n.Services, err = networkServices(ctx, tx); err != nil {
			return err
		}
		if n.Accounts, err = networkAccounts(ctx, tx); err != nil {
			return err
		}
		n.Keys, err = networkKeys(ctx, tx)
		return err
	})
	return n, err
}

func networkServices(ctx context.Context, tx *sqlx.Tx) (all []exchange.NetworkService, err error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT s.id, s.provider_id, s.facts, s.version, o.name, count(p.id), max(p.confirmed_at)
		FROM service s JOIN organisation o ON o.id = s.provider_id LEFT JOIN space p ON p.service_id = s.id AND p.published AND p.state <> 'closed'
		GROUP BY s.id, o.name ORDER BY o.name, s.code_name, s.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var (
			one          exchange.NetworkService
			id, provider string
			facts        []byte
			version      int64
			confirmed    sql.NullTime
		)
		if err := rows.Scan(&id, &provider, &facts, &version, &one.Provider, &one.Spaces, &confirmed); err != nil {
			return nil, err
		}
		if one.Service, err = serviceOf(id, provider, facts, version); err != nil {
			return nil, err
		}
		one.LastConfirmed = utc(confirmed)
		all = append(all, one)
	}
	return all, rows.Err()
}

func networkAccounts(ctx context.Context, tx *sqlx.Tx) (all []exchange.Account, err error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT a.id, a.organisation_id, o.kind, o.name, a.role, a.email, a.name, a.disabled
		FROM account a JOIN organisation o ON o.id = a.organisation_id ORDER BY o.name, a.name, a.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a exchange.Account
		if err := rows.Scan(&a.ID, &a.Organisation, &a.OrganisationKind, &a.OrganisationName, &a.Role, &a.Email, &a.Name, &a.Disabled); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, rows.Err()
}

func networkKeys(ctx context.Context, tx *sqlx.Tx) (all []exchange.NetworkKey, err error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT k.id, o.name, k.label, k.created_at, k.last_seq, k.revoked_at IS NOT NULL
		FROM feed_key k JOIN organisation o ON o.id = k.organisation_id ORDER BY o.name, k.created_at, k.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var k exchange.NetworkKey
		if err := rows.Scan(&k.ID, &k.Provider, &k.Label, &k.MadeAt, &k.LastSeq, &k.Revoked); err != nil {
			return nil, err
		}
		k.MadeAt = k.MadeAt.UTC()
		all = append(all, k)
	}
	return all, rows.Err()
}
