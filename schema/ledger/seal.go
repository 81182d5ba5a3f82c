package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// canonicalEvent is the text a seal covers. PostgreSQL writes a jsonb in one way only (keys in one order, numbers as they were given), so the
// text is the same after a restore and in another program. The transaction's number is left out: a restore changes what it means.
const canonicalEvent = `CAST(jsonb_build_object(
	'id', e.id, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'by', e.by_id, 'organisation', e.organisation_id,
	'role', e.role, 'via', e.via, 'what', e.what, 'subject', e.subject, 'why', e.why, 'body', e.body) AS text)`

// sealerLock is the key of the advisory lock that makes sealers take turns. It is held for one transaction, so a stopped sealer loses it with
// its connection.
const sealerLock = 0x7365616c // "seal"

// genesis is what the first seal follows.
func genesis() []byte { return make([]byte, sha256.Size) }

// link is the hash of one seal: the hash before it and the canonical texts in order of event id, each ended by a newline, which JSON never
// holds unescaped.
type link struct{ hash.Hash }

func newLink(previous []byte) link {
	l := link{sha256.New()}
	l.Write(previous)
	return l
}

func (l link) add(canonical string) {
	l.Write([]byte(canonical))
	l.Write([]byte{'\n'})
}

// Seal chains at most n events that are not sealed yet and gives how many there were. It takes only events of transactions older than every
// one still running, so that no seal is made around a gap that fills later; a late event comes into a later seal, never into none.
//
// Whoever can rewrite the whole database can rewrite the chain with it. So each seal's hash also goes to the log, which is kept elsewhere.
func (db *DB) Seal(ctx context.Context, n int) (sealed int, err error) {
	var head []byte
	err = db.asHaven(ctx, func(tx *sqlx.Tx) error {
		sealed = 0
		if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, sealerLock); err != nil {
			return err
		}
		previous := genesis()
		if err := tx.GetContext(ctx, &previous, `SELECT hash FROM seal ORDER BY id DESC LIMIT 1`); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		ids, l, err := unsealed(ctx, tx, previous, n)
		if err != nil || len(ids) == 0 {
			return err
		}
		head = l.Sum(nil)
		var seal int64
		if err := tx.GetContext(ctx, &seal, `INSERT INTO seal (previous, hash, events) VALUES ($1, $2, $3) RETURNING id`, previous, head, len(ids)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO sealed_event (event_id, seal_id) SELECT unnest(CAST($1 AS bigint[])), $2`, pq.Array(ids), seal); err != nil {
			return err
		}
		sealed = len(ids)
		return nil
	})
	if err != nil {
		return 0, err
	}
	if sealed > 0 {
		db.log.InfoContext(ctx, "record sealed", "events", sealed, "hash", hex.EncodeToString(head))
	}
	return sealed, nil
}

func unsealed(ctx context.Context, tx *sqlx.Tx, previous []byte, n int) (ids []int64, l link, err error) {
	l = newLink(previous)
	rows, err := tx.QueryContext(ctx, `
		SELECT e.id, `+canonicalEvent+`
		FROM event e
		WHERE e.xid < pg_snapshot_xmin(pg_current_snapshot()) AND NOT EXISTS (SELECT FROM sealed_event s WHERE s.event_id = e.id)
		ORDER BY e.id LIMIT $1`, n)
	if err != nil {
		return nil, l, err
	}
	defer rows.Close()
	for rows.Next() {
		var (
			id        int64
			canonical string
		)
		if err := rows.Scan(&id, &canonical); err != nil {
			return nil, l, err
		}
		ids = append(ids, id)
		l.add(canonical)
	}
	return ids, l, rows.Err()
}

// BrokenSeal says where the record no longer is what was sealed.
type BrokenSeal struct {
	Seal int64
	What string
}

func (b *BrokenSeal) Error() string {
	return fmt.Sprintf("ledger: seal %d is broken: %s; compare with a backup and with the hashes in the log", b.Seal, b.What)
}

// sealPage is how many seals are read at a time: a statement over the whole chain would meet the statement timeout.
const sealPage = 50

// VerifySeals walks the whole chain and gives a *BrokenSeal for the first link that does not hold. The chain only grows, so it may be read in pages.
func (db *DB) VerifySeals(ctx context.Context) error {
	walk := chainWalk{head: genesis()}
	var last int64
	for {
		var rows []sealRow
		if err := db.read(ctx, haven, func(tx *sqlx.Tx) error {
			return tx.SelectContext(ctx, &rows, `
				SELECT s.id, s.previous, s.hash, s.events, e.id IS NOT NULL AS present, `+canonicalEvent+` AS canonical
				FROM (SELECT * FROM seal WHERE id > $1 ORDER BY id LIMIT $2) s
				LEFT JOIN sealed_event m ON m.seal_id = s.id LEFT JOIN event e ON e.id = m.event_id
				ORDER BY s.id, m.event_id`, last, sealPage)
		}); err != nil {
			return err
		}
		for _, row := range rows {
			if err := walk.step(row); err != nil {
				return err
			}
			last = row.ID
		}
		if len(rows) == 0 {
			return walk.close()
		}
	}
}

// sealRow is one event of a seal; a seal that lost its events still has one row.
type sealRow struct {
	ID        int64   `db:"id"`
	Previous  []byte  `db:"previous"`
	Hash      []byte  `db:"hash"`
	Events    int     `db:"events"`
	Canonical *string `db:"canonical"`
	Present   bool    `db:"present"`
}

// chainWalk recomputes the chain a row at a time: head is the last hash that held.
type chainWalk struct {
	head []byte
	seal *sealRow
	link link
	seen int
}

func (w *chainWalk) step(row sealRow) error {
	if w.seal == nil || w.seal.ID != row.ID {
		if err := w.close(); err != nil {
			return err
		}
		if !bytes.Equal(row.Previous, w.head) {
			return &BrokenSeal{row.ID, "it does not follow the seal before it"}
		}
		w.seal, w.link, w.seen = &row, newLink(w.head), 0
	}
	if row.Present {
		w.link.add(*row.Canonical)
		w.seen++
	}
	return nil
}

func (w *chainWalk) close() error {
	if w.seal == nil {
		return nil
	}
	if w.seen != w.seal.Events {
		return &BrokenSeal{w.seal.ID, fmt.Sprintf("it covered %d events and %d are there", w.seal.Events, w.seen)}
	}
	if w.head = w.link.Sum(nil); !bytes.Equal(w.head, w.seal.Hash) {
		return &BrokenSeal{w.seal.ID, "an event in it was changed"}
	}
	return nil
}
