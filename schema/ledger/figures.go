package ledger

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"haven/exchange"
	"haven/schema"
)

// reportingFor is how long before the end of a window a service must have confirmed a space to count as reporting.
const reportingFor = 12 * time.Hour

// Figures counts over every organisation, so it answers only those who may see the whole. All counts are of one moment.
func (db *DB) Figures(ctx context.Context, actor exchange.Actor, from, to time.Time) (exchange.Figures, error) {
	f := exchange.Figures{From: from.UTC(), To: to.UTC(), UnmetByReason: map[string]int{}, UnmetByWhom: map[string]int{}, HoldEnds: map[string]int{}}
	if err := maySeeTheWhole(actor); err != nil {
		return f, err
	}
	if !from.Before(to) {
		return f, schema.Invalid("to", "The end of the window must be after its beginning")
	}
	err := db.snapshot(ctx, func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &f.ComputedAt, `SELECT clock_timestamp()`); err != nil {
			return err
		}
		f.ComputedAt = f.ComputedAt.UTC()
		for _, count := range []func(context.Context, *sqlx.Tx, *exchange.Figures) error{countAsked, countUnmet, countNights, countHolds, countReporting} {
			if err := count(ctx, tx, &f); err != nil {
				return err
			}
		}
		return nil
	})
	f.StillOpen = f.Asked - f.Placed28d - f.Unmet
	return f, err
}

// maySeeTheWhole: what is counted over every organisation is for those who answer for all of them.
func maySeeTheWhole(actor exchange.Actor) error {
	switch actor.Role {
	case schema.RoleCommissioner, schema.RoleAdministrator, schema.RoleClock:
		return nil
	}
	return schema.Refuse(schema.KindForbidden, "forbidden", "The figures are for commissioners. Ask your administrator for a commissioner's account.")
}

// askedQuery: a household counts once, from its first request in the window; its arrival may come after the window's end. Only an arrival in a
// safe place counts ($3), whatever bed and breakfast came between.
const askedQuery = `
	WITH asked AS (
		SELECT household_id, min(opened_at) AS first FROM request WHERE opened_at >= $1 AND opened_at < $2 GROUP BY household_id),
	household AS (
		SELECT a.household_id, a.first, (
			SELECT min(p.arrived_at) - a.first FROM placement p
			WHERE p.household_id = a.household_id AND p.arrived_at >= a.first AND p.provision = ANY($3)) AS took
		FROM asked a)`

func safeProvisions() pq.StringArray {
	var codes pq.StringArray
	for _, p := range schema.Provisions() {
		if p.Safe {
			codes = append(codes, string(p.Code))
		}
	}
	return codes
}

func countAsked(ctx context.Context, tx *sqlx.Tx, f *exchange.Figures) error {
	return tx.QueryRowContext(ctx, askedQuery+`
		SELECT count(*), count(*) FILTER (WHERE took <= interval '24 hours'), count(*) FILTER (WHERE took <= interval '72 hours'),
			count(*) FILTER (WHERE took <= interval '28 days')
		FROM household`, f.From, f.To, safeProvisions()).Scan(&f.Asked, &f.Placed24h, &f.Placed72h, &f.Placed28d)
}

// countUnmet: a household is unmet when a request of the window ended so, it was not placed within 28 days and nobody is still looking for it.
// Its reason is the main one of the last such request, so that reasons add up to households.
func countUnmet(ctx context.Context, tx *sqlx.Tx, f *exchange.Figures) error {
	rows, err := tx.QueryContext(ctx, askedQuery+`
		SELECT DISTINCT ON (h.household_id) u.reasons[1], u.ended_by
		FROM household h
		JOIN request r ON r.household_id = h.household_id AND r.opened_at >= $1 AND r.opened_at < $2
		JOIN unmet_need u ON u.request_id = r.id
		WHERE (h.took IS NULL OR h.took > interval '28 days')
			AND NOT EXISTS (SELECT FROM request o WHERE o.household_id = h.household_id AND o.state = 'open')
		ORDER BY h.household_id, u.at DESC, r.id DESC`, f.From, f.To, safeProvisions())
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var reason, whom string
		if err := rows.Scan(&reason, &whom); err != nil {
			return err
		}
		f.Unmet++
		f.UnmetByReason[reason]++
		f.UnmetByWhom[whom]++
	}
	return rows.Err()
}

// countNights: a night belongs to its date in London. Nobody has slept a night after today's, so a stay counts up to today, even one that has
// a later last night; and the nights of a household are a set, so that stays entered twice do not count twice.
func countNights(ctx context.Context, tx *sqlx.Tx, f *exchange.Figures) error {
	return tx.QueryRowContext(ctx, `
		WITH night AS (
			SELECT CAST(CAST($1 AS timestamptz) AT TIME ZONE 'Europe/London' AS date) AS first,
				CAST(least(CAST($2 AS timestamptz) - interval '1 microsecond', $3) AT TIME ZONE 'Europe/London' AS date) AS last),
		household AS (
			SELECT range_agg(daterange(s.first_night, least(s.last_night, n.last) + 1, '[)')) AS slept,
				bool_or(s.family AND (s.last_night IS NULL OR s.last_night >= n.last)) AS family_now
			FROM stay s CROSS JOIN night n
			WHERE s.first_night <= n.last
			GROUP BY s.household_id),
		counted AS (
			SELECT h.family_now,
				(SELECT sum(upper(d) - lower(d)) FROM unnest(h.slept) d) AS in_all,
				(SELECT sum(upper(d) - lower(d)) FROM unnest(h.slept * datemultirange(daterange(n.first, greatest(n.first, n.last + 1), '[)'))) d) AS in_window
			FROM household h CROSS JOIN night n)
		SELECT coalesce(sum(in_window), 0), count(*) FILTER (WHERE family_now), count(*) FILTER (WHERE family_now AND in_all > $4)
		FROM counted`, f.From, f.To, f.ComputedAt, schema.BBLimitNights).Scan(&f.BBNights, &f.BBFamilies, &f.BBFamiliesOver)
}

// countHolds: a hold that is still live, or that ended in an arrival, has no end.
func countHolds(ctx context.Context, tx *sqlx.Tx, f *exchange.Figures) error {
	rows, err := tx.QueryContext(ctx, `SELECT end_code, count(*) FROM hold WHERE held_at >= $1 AND held_at < $2 GROUP BY end_code`, f.From, f.To)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var (
			end string
			n   int
		)
		if err := rows.Scan(&end, &n); err != nil {
			return err
		}
		f.Holds += n
		if end != "" {
			f.HoldEnds[end] = n
		}
	}
	return rows.Err()
}

// countReporting: a space keeps its newest confirmation only, so for a window that ended in the past the reports and confirmations in the record
// count too. Services are those published now.
func countReporting(ctx context.Context, tx *sqlx.Tx, f *exchange.Figures) error {
	end := f.To
	if f.ComputedAt.Before(end) {
		end = f.ComputedAt
	}
	return tx.QueryRowContext(ctx, `
		SELECT count(DISTINCT s.service_id), count(DISTINCT s.service_id) FILTER (WHERE
			s.confirmed_at > $1 AND s.confirmed_at <= $2
			OR EXISTS (SELECT FROM report r WHERE r.space_id = s.id AND r.at > $1 AND r.at <= $2)
			OR EXISTS (SELECT FROM event e WHERE e.subject = CAST(s.service_id AS text) AND e.what = 'confirmed' AND e.at > $1 AND e.at <= $2))
		FROM space s WHERE s.published AND s.state <> 'closed'`, end.Add(-reportingFor), end).Scan(&f.Services, &f.Reporting)
}

var _ exchange.SearchRecord = (*DB)(nil)

// RecordSearches keeps a batch of counts. One without an organisation came from Haven's own daily look and is no demand.
func (db *DB) RecordSearches(ctx context.Context, counts []exchange.SearchCount) error {
	if len(counts) == 0 {
		return nil
	}
	var (
		at                                 []time.Time
		organisations                      pq.StringArray
		fits, check, unconfirmed, doNotFit pq.Int64Array
	)
	for _, c := range counts {
		at = append(at, c.At)
		organisations = append(organisations, string(c.Organisation))
		fits = append(fits, int64(c.Fits))
		check = append(check, int64(c.Check))
		unconfirmed = append(unconfirmed, int64(c.Unconfirmed))
		doNotFit = append(doNotFit, int64(c.DoesNotFit))
	}
	_, err := db.pool.ExecContext(ctx, `
		INSERT INTO search_count (at, organisation_id, fits, check_first, unconfirmed, does_not_fit)
		SELECT c.at, CAST(c.organisation AS uuid), c.fits, c.check_first, c.unconfirmed, c.does_not_fit
		FROM unnest(CAST($1 AS timestamptz[]), CAST($2 AS text[]), CAST($3 AS int[]), CAST($4 AS int[]), CAST($5 AS int[]), CAST($6 AS int[]))
			AS c(at, organisation, fits, check_first, unconfirmed, does_not_fit)
		WHERE c.organisation <> ''`, pq.Array(at), organisations, fits, check, unconfirmed, doNotFit)
	return translate(err)
}
