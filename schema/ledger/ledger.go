package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"

	"github.com/jmoiron/sqlx"

	"haven/exchange"
)

// Config of the running database user. The zero values are documented defaults.
type Config struct {
	// DSN names the running user, which owns nothing. Required.
	DSN string
	// MaxOpen connections; 16 when zero (64 were slower on two cores).
	MaxOpen int
	Log     *slog.Logger // slog.Default when nil
}

// DB is the ledger over a pool of connections. It is safe for concurrent use.
type DB struct {
	pool *sqlx.DB
	log  *slog.Logger
}

// Open connects and checks that the schema is the one this program was built with.
func Open(ctx context.Context, c Config) (*DB, error) {
	cfg, err := parse(c.DSN)
	if err != nil {
		return nil, err
	}
	pool, err := open(cfg)
	if err != nil {
		return nil, err
	}
	if c.MaxOpen == 0 {
		c.MaxOpen = 16
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	pool.SetMaxOpenConns(c.MaxOpen)
	pool.SetMaxIdleConns(c.MaxOpen)
	db := &DB{pool: pool, log: c.Log}
	if err := db.current(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return db, nil
}

// Close waits for what is running and closes the pool.
func (db *DB) Close() error { return db.pool.Close() }

// Ping says whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.pool.PingContext(ctx) }

// haven is the organisation of Haven itself: it sees every row. Only Across, the relay, the sweeper and the figures bind it.
const haven = "*"

// bind sets the organisation that row-level security compares with, until the transaction ends.
func bind(ctx context.Context, tx *sqlx.Tx, organisation string) error {
	_, err := tx.ExecContext(ctx, `SELECT set_config('haven.organisation', $1, true)`, organisation)
	return err
}

// read runs fn in a read-only transaction bound to an organisation, or to Haven itself.
func (db *DB) read(ctx context.Context, organisation string, fn func(*sqlx.Tx) error) error {
	tx, err := db.pool.BeginTxx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("ledger: begin: %w", translate(err))
	}
	defer tx.Rollback()
	if err := bind(ctx, tx, organisation); err != nil {
		return fmt.Errorf("ledger: bind: %w", translate(err))
	}
	if err := fn(tx); err != nil {
		return translate(err)
	}
	return nil
}

// organisationOf is what an actor's transaction is bound to.
func organisationOf(a exchange.Actor) string {
	if a.Via == exchange.ViaClock || a.Via == exchange.ViaShell {
		return haven
	}
	return string(a.Organisation)
}
