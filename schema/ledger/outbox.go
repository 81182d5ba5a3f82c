package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"haven/exchange"
	"haven/schema"
)

var _ exchange.Outbox = (*DB)(nil)

// asHaven commits fn in a transaction bound to Haven itself: for what Haven keeps of its own work, never for a command of a person.
func (db *DB) asHaven(ctx context.Context, fn func(*sqlx.Tx) error) error {
	return db.boundToHaven(ctx, nil, fn)
}

// snapshot runs fn where every statement sees the same moment, so that what they give can be put side by side.
func (db *DB) snapshot(ctx context.Context, fn func(*sqlx.Tx) error) error {
	return db.boundToHaven(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
}

func (db *DB) boundToHaven(ctx context.Context, how *sql.TxOptions, fn func(*sqlx.Tx) error) error {
	tx, err := db.pool.BeginTxx(ctx, how)
	if err != nil {
		return fmt.Errorf("ledger: begin: %w", translate(err))
	}
	defer tx.Rollback()
	if err := bind(ctx, tx, haven); err != nil {
		return fmt.Errorf("ledger: bind: %w", translate(err))
	}
	if err := fn(tx); err != nil {
		return translate(err)
	}
	return settled(tx.Commit())
}

// HoldTerm renews or takes the one row that makes a relay the relay.
func (db *DB) HoldTerm(ctx context.Context, holder string) (int64, bool, error) {
	if holder == "" {
		return 0, false, errors.New("ledger: a relay needs a name of its own to be elected under")
	}
	const lapse = 3 * time.Second
	var term int64
	// The row's lock orders two candidates, and the second compares with clock_timestamp() after its wait: it finds the first's term.
	err := db.pool.GetContext(ctx, &term, `
		UPDATE relay_term
		SET term = term + CAST(holder <> $1 AS int), holder = $1, until = clock_timestamp() + make_interval(secs => $2)
		WHERE holder = $1 OR until < clock_timestamp()
		RETURNING term`, holder, lapse.Seconds())
	if errors.Is(err, sql.ErrNoRows) {
		err = db.pool.GetContext(ctx, &term, `SELECT term FROM relay_term`)
		return term, false, translate(err)
	}
	return term, err == nil, translate(err)
}

// Unpublished gives what is still in the outbox, lowest number first. A row that commits late under a low number is simply there.
func (db *DB) Unpublished(ctx context.Context, n int) ([]exchange.OutboxRow, error) {
	rows, err := db.pool.QueryContext(ctx, `SELECT id, topic, subject, version, to_ids FROM outbox ORDER BY id LIMIT $1`, n)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var all []exchange.OutboxRow
	for rows.Next() {
		var (
			row exchange.OutboxRow
			to  pq.StringArray
		)
		if err := rows.Scan(&row.ID, &row.Topic, &row.Subject, &row.Version, &to); err != nil {
			return nil, translate(err)
		}
		for _, id := range to {
			row.To = append(row.To, schema.OrganisationID(id))
		}
		all = append(all, row)
	}
	return all, translate(rows.Err())
}

// Published takes rows out of the outbox.
func (db *DB) Published(ctx context.Context, ids []int64) error {
	_, err := db.pool.ExecContext(ctx, `DELETE FROM outbox WHERE id = ANY($1)`, pq.Array(ids))
	return translate(err)
}

// placeRow is a space with its service, as space_now has them.
type placeRow struct {
	SpaceID     string     `db:"id"`
	Ref         string     `db:"ref"`
	Facts       []byte     `db:"facts"`
	Status      string     `db:"status"`
	From        *time.Time `db:"from_at"`
	Until       *time.Time `db:"status_until"`
	ConfirmedAt *time.Time `db:"confirmed_at"`
	Version     int64      `db:"version"`

	ServiceID      string `db:"service_id"`
	ProviderID     string `db:"provider_id"`
	ServiceFacts   []byte `db:"service_facts"`
	ServiceVersion int64  `db:"service_version"`
}

const placeQuery = `
	SELECT n.id, n.ref, n.facts, n.status, n.from_at, n.status_until, n.confirmed_at, n.version,
	       n.service_id, n.provider_id, s.facts AS service_facts, s.version AS service_version
	FROM space_now n JOIN service s ON s.id = n.service_id
	WHERE n.published`

func (r placeRow) place() (schema.Place, error) {
	p := schema.Place{Version: r.Version}
	if err := json.Unmarshal(r.Facts, &p.Space); err != nil {
		return p, fmt.Errorf("ledger: facts of space %s: %w", r.SpaceID, err)
	}
	p.Space.ID, p.Space.Service, p.Space.Ref = schema.SpaceID(r.SpaceID), schema.ServiceID(r.ServiceID), r.Ref
	var err error
	if p.Service, err = serviceOf(r.ServiceID, r.ProviderID, r.ServiceFacts, r.ServiceVersion); err != nil {
		return p, err
	}
	p.Vacancy = schema.Vacancy{Status: schema.Status(r.Status)}
	switch p.Vacancy.Status {
	case schema.StatusGettingReady:
		p.Vacancy.From = inUTC(r.From)
	case schema.StatusOnHold, schema.StatusOutOfUse:
		p.Vacancy.Until = inUTC(r.Until)
	}
	if r.ConfirmedAt != nil {
		p.Vacancy.ConfirmedAt = r.ConfirmedAt.UTC()
	}
	return p, nil
}

// serviceOf trusts the columns over the document: what row-level security compares with is what is told.
func serviceOf(id, provider string, facts []byte, version int64) (schema.Service, error) {
	var s schema.Service
	if err := json.Unmarshal(facts, &s); err != nil {
		return s, fmt.Errorf("ledger: facts of service %s: %w", id, err)
	}
	s.ID, s.Provider, s.Version = schema.ServiceID(id), schema.OrganisationID(provider), version
	return s, nil
}

func inUTC(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC()
	return &utc
}

// Places gives those of the spaces that are published.
func (db *DB) Places(ctx context.Context, ids []schema.SpaceID) (map[schema.SpaceID]schema.Place, error) {
	places := make(map[schema.SpaceID]schema.Place, len(ids))
	err := db.read(ctx, haven, func(tx *sqlx.Tx) error {
		return eachPlace(ctx, tx, func(p schema.Place) error {
			places[p.Space.ID] = p
			return nil
		}, placeQuery+` AND n.id = ANY(CAST($1 AS uuid[]))`, pq.Array(ids))
	})
	return places, err
}

// placePage is how many places a rebuild asks for at a time: a statement that took the whole board could meet the statement timeout.
const placePage = 5000

// AllPlaces gives the whole board as of one moment, in pages. The transaction is open meanwhile, so each must not wait for anything.
func (db *DB) AllPlaces(ctx context.Context, each func(schema.Place) error) error {
	return db.snapshot(ctx, func(tx *sqlx.Tx) error {
		last, n := schema.SpaceID("00000000-0000-0000-0000-000000000000"), placePage
		for n == placePage {
			n = 0
			if err := eachPlace(ctx, tx, func(p schema.Place) error {
				last = p.Space.ID
				n++
				return each(p)
			}, placeQuery+` AND n.id > $1 ORDER BY n.id LIMIT $2`, last, placePage); err != nil {
				return err
			}
		}
		return nil
	})
}

func eachPlace(ctx context.Context, tx *sqlx.Tx, each func(schema.Place) error, query string, args ...any) error {
	rows, err := tx.QueryxContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var row placeRow
		if err := rows.StructScan(&row); err != nil {
			return err
		}
		place, err := row.place()
		if err != nil {
			return err
		}
		if err := each(place); err != nil {
			return err
		}
	}
	return rows.Err()
}

// SpacesOf the services, published or not: one that has just gone off the board is asked for too.
func (db *DB) SpacesOf(ctx context.Context, services []schema.ServiceID) ([]schema.SpaceID, error) {
	var ids []schema.SpaceID
	err := db.pool.SelectContext(ctx, &ids, `SELECT id FROM space WHERE service_id = ANY(CAST($1 AS uuid[])) ORDER BY id`, pq.Array(services))
	return ids, translate(err)
}

// Versions compares only what has settled. Published is worked out here from the two columns space_now works it out from, because asking
// the view every two seconds would derive a vacancy for every space to throw it away.
func (db *DB) Versions(ctx context.Context) (map[schema.SpaceID]int64, map[schema.SpaceID]bool, error) {
	settled, unsettled := map[schema.SpaceID]int64{}, map[schema.SpaceID]bool{}
	err := db.snapshot(ctx, func(tx *sqlx.Tx) error {
		var waiting []schema.SpaceID
		if err := tx.SelectContext(ctx, &waiting, `
			SELECT subject FROM outbox WHERE topic = $1
			UNION
			SELECT CAST(s.id AS text) FROM outbox o JOIN space s ON s.service_id = CAST(o.subject AS uuid) WHERE o.topic = $2`,
			exchange.TopicSpace, exchange.TopicService); err != nil {
			return err
		}
		for _, id := range waiting {
			unsettled[id] = true
		}
		rows, err := tx.QueryContext(ctx, `SELECT id, version FROM space WHERE published AND state <> 'closed'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var (
				id      schema.SpaceID
				version int64
			)
			if err := rows.Scan(&id, &version); err != nil {
				return err
			}
			if !unsettled[id] {
				settled[id] = version
			}
		}
		return rows.Err()
	})
	return settled, unsettled, err
}
