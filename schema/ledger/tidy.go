package ledger

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// tidierLock is the key of the advisory lock that makes tidiers take turns, so that two never wait for each other's rows.
const tidierLock = 0x74696479 // "tidy"

// tidyBatch bounds one transaction, so that the first tidying after a long stop holds nothing up.
const tidyBatch = 2000

// keptForAWhile names the rows that go again. A result may hold what a survivor said, so it goes when nobody can still be
// sending the command again: two days later. A feed's answer goes when it is both a month and ten thousand numbers old: `hello` names the last
// number answered, so a system that was away for longer does not send those again.
var keptForAWhile = []string{
	`DELETE FROM idempotency WHERE (actor, key) IN (
		SELECT actor, key FROM idempotency WHERE at < clock_timestamp() - interval '48 hours' ORDER BY at LIMIT $1)`,
	`DELETE FROM feed_answer WHERE (key_id, seq) IN (
		SELECT a.key_id, a.seq FROM feed_key k JOIN feed_answer a ON a.key_id = k.id AND a.seq <= k.last_seq - 10000
		WHERE a.at < clock_timestamp() - interval '30 days' LIMIT $1)`,
	`DELETE FROM session WHERE token_hash IN (
		SELECT token_hash FROM session WHERE expires_at <= clock_timestamp() ORDER BY expires_at LIMIT $1)`,
}

// Tidy deletes what has served its time: kept results of commands, old answers to feeds, sessions that ran out. The record is never tidied.
func (db *DB) Tidy(ctx context.Context) error {
	for _, query := range keptForAWhile {
		for gone := int64(tidyBatch); gone == tidyBatch; {
			if err := db.asHaven(ctx, func(tx *sqlx.Tx) error {
				if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, tidierLock); err != nil {
					return err
				}
				deleted, err := tx.ExecContext(ctx, query, tidyBatch)
				if err != nil {
					return err
				}
				gone, err = deleted.RowsAffected()
				return err
			}); err != nil {
				return err
			}
		}
	}
	return nil
}
