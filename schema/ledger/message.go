package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"haven/exchange"
	"haven/notifier"
)

// Lease takes at most n messages that are due, for leaseFor in the name of worker. lease_until is when a message is next to be taken up,
// leased or not: the end of the lease, else the time its last turn asked for; null with unknown leaves it to people.
func (db *DB) Lease(ctx context.Context, worker string, n int, leaseFor time.Duration) ([]notifier.Message, error) {
	var leased []notifier.Message
	err := db.asHaven(ctx, func(tx *sqlx.Tx) error {
		if err := lapse(ctx, tx); err != nil {
			return err
		}
		var rows []messageRow
		if err := tx.SelectContext(ctx, &rows, leaseQuery, worker, n, leaseFor.Seconds()); err != nil {
			return err
		}
		leased = make([]notifier.Message, len(rows))
		for i, row := range rows {
			leased[i] = row.message()
		}
		return nil
	})
	return leased, err
}

// lapse takes messages from workers that fell silent in the middle of a request: they may have gone, so they are looked for, at once. The old
// token stays until another worker leases the message, because a late answer is better than a guess.
func lapse(ctx context.Context, tx *sqlx.Tx) error {
	_, err := tx.ExecContext(ctx, `
		WITH lapsed AS (
			UPDATE message SET state = 'unknown', code = $1, lease_until = clock_timestamp()
			WHERE id IN (SELECT id FROM message WHERE state = 'sending' AND lease_until <= clock_timestamp() FOR UPDATE SKIP LOCKED)
			RETURNING id)
		INSERT INTO event (by_id, role, via, what, subject, why)
		SELECT '', 'clock', 'clock', 'text_lapsed', CAST(id AS text), $1 FROM lapsed`, notifier.CodeWorkerLost)
	return err
}

// leaseQuery: SKIP LOCKED lets workers pass one another; the row is looked at again under its lock, so none is given twice. A request to answer is
// moot once the service answered or the hold is over, and a place that may fit once none does; the words that tell of an end never are.
const leaseQuery = `
	WITH due AS (
		SELECT id, lease_until AS next_at FROM message
		WHERE state IN ('ready', 'unknown') AND coalesce(lease_until, CASE state WHEN 'ready' THEN not_before ELSE 'infinity' END) <= clock_timestamp()
			AND not_before <= clock_timestamp()
		ORDER BY not_after, id LIMIT $2 FOR UPDATE SKIP LOCKED),
	taken AS (
		UPDATE message m SET lease = $1 || '/' || gen_random_uuid(), lease_until = clock_timestamp() + make_interval(secs => $3)
		FROM due WHERE m.id = due.id
		RETURNING m.*, due.next_at)
	SELECT t.id, t.wording, t.to_number, t.hold_id, r.reference, t.by_time, t.not_before, t.not_after, t.state, t.attempts, t.provider_ref, t.code, t.lease, t.next_at,
		(SELECT max(e.at) FROM event e WHERE e.subject = CAST(t.id AS text) AND e.what = 'text_begun') AS begun_at,
		EXISTS (SELECT FROM service_contact c WHERE c.service_id = h.service_id AND c.duty_number = t.to_number)
			OR EXISTS (SELECT FROM organisation_contact c WHERE c.organisation_id = r.organisation_id AND c.duty_number = t.to_number) AS duty_number,
		coalesce(t.wording = 'hold_waiting' AND (h.state <> 'held' OR h.provided IS NOT NULL OR h.expires_at <= clock_timestamp()), false)
			OR t.wording = 'place_may_fit' AND NOT EXISTS (
				SELECT FROM waiting_match m WHERE m.request_id = r.id AND m.gone_at IS NULL AND m.verdict = 'fits') AS moot
	FROM taken t LEFT JOIN hold h ON h.id = t.hold_id LEFT JOIN request r ON r.id = t.request_id
	ORDER BY t.not_after, t.id`

// Begin marks, durably, that a request is about to be written. The moment is kept in the record, where a lost message is looked for from.
func (db *DB) Begin(ctx context.Context, id, token string, leaseFor time.Duration) error {
	return db.asHaven(ctx, func(tx *sqlx.Tx) error {
		m, live, now, err := lockMessage(ctx, tx, id, token)
		if err != nil {
			return err
		}
		if !live {
			return notifier.ErrLeaseLost
		}
		if m, err = m.Begin(now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			UPDATE message SET state = $2, attempts = $3, code = '', lease_until = clock_timestamp() + make_interval(secs => $4) WHERE id = $1`,
			id, m.State, m.Attempts, leaseFor.Seconds()); err != nil {
			return err
		}
		return recordByHaven(ctx, tx, exchange.ViaClock, "", exchange.Event{What: "text_begun", Subject: id, Body: map[string]any{"attempt": m.Attempts}})
	})
}

// Settle keeps how a turn ended. A message that is final keeps its token, so that the same settlement may be repeated.
func (db *DB) Settle(ctx context.Context, id, token string, o notifier.Outcome) error {
	return db.asHaven(ctx, func(tx *sqlx.Tx) error {
		m, _, _, err := lockMessage(ctx, tx, id, token)
		if err != nil {
			return err
		}
		was := m
		m, err = m.Settle(o)
		if err != nil || m == was { // the same settlement again
			return err
		}
		if m.Final() {
			_, err = tx.ExecContext(ctx, `UPDATE message SET state = $2, code = $3, provider_ref = $4, settled_at = clock_timestamp() WHERE id = $1`,
				id, m.State, m.Code, m.ProviderID)
		} else {
			next := sql.NullTime{Time: m.NextAt, Valid: !m.NextAt.IsZero()}
			_, err = tx.ExecContext(ctx, `UPDATE message SET state = $2, code = $3, lease = '', lease_until = $4 WHERE id = $1`, id, m.State, m.Code, next)
		}
		if said := pq.As(err, pqerror.UniqueViolation); said != nil && said.Constraint == "message_provider_ref" {
			return notifier.ErrProviderIDTaken
		}
		if err != nil {
			return err
		}
		return recordByHaven(ctx, tx, exchange.ViaClock, "", exchange.Event{What: "text_settled", Subject: id, Why: m.Code, Body: map[string]any{"state": m.State}})
	})
}

// lockMessage finds a message under its latest lease. Now is read after the lock, so that no wait makes it old.
func lockMessage(ctx context.Context, tx *sqlx.Tx, id, token string) (m notifier.Message, live bool, now time.Time, err error) {
	var row messageRow
	err = tx.GetContext(ctx, &row, `
		SELECT id, wording, to_number, hold_id, by_time, not_before, not_after, state, attempts, provider_ref, code, lease
		FROM message WHERE id = $1 AND lease = $2 AND lease <> '' FOR UPDATE`, id, token)
	if errors.Is(err, sql.ErrNoRows) {
		return m, false, now, notifier.ErrLeaseLost
	}
	if err != nil {
		return m, false, now, err
	}
	var clock struct {
		Now  time.Time `db:"now"`
		Live bool      `db:"live"`
	}
	err = tx.GetContext(ctx, &clock, `SELECT clock_timestamp() AS now, lease_until > clock_timestamp() AS live FROM message WHERE id = $1`, id)
	return row.message(), clock.Live, clock.Now, err
}

type messageRow struct {
	ID         string         `db:"id"`
	Wording    string         `db:"wording"`
	To         string         `db:"to_number"`
	Hold       sql.NullString `db:"hold_id"`
	Reference  sql.NullString `db:"reference"`
	At         sql.NullTime   `db:"by_time"`
	NotBefore  time.Time      `db:"not_before"`
	NotAfter   time.Time      `db:"not_after"`
	State      notifier.State `db:"state"`
	Attempts   int            `db:"attempts"`
	ProviderID string         `db:"provider_ref"`
	Code       string         `db:"code"`
	Token      string         `db:"lease"`
	NextAt     sql.NullTime   `db:"next_at"`
	BegunAt    sql.NullTime   `db:"begun_at"`
	DutyNumber bool           `db:"duty_number"`
	Moot       bool           `db:"moot"`
}

func (r messageRow) message() notifier.Message {
	return notifier.Message{
		ID: r.ID, Wording: r.Wording, To: r.To, HoldID: r.Hold.String, Reference: r.Reference.String, At: utc(r.At), NotBefore: r.NotBefore.UTC(), NotAfter: r.NotAfter.UTC(),
		State: r.State, Attempts: r.Attempts, BegunAt: utc(r.BegunAt), NextAt: utc(r.NextAt), ProviderID: r.ProviderID, Code: r.Code,
		Token: r.Token, Grounds: notifier.Grounds{DutyNumber: r.DutyNumber, Moot: r.Moot},
	}
}

// utc of a time that may be null: the zero time then, which stays zero in UTC.
func utc(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}
