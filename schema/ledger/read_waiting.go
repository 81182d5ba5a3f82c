package ledger

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"haven/exchange"
	"haven/schema"
)

const (
	// mostWaiting is how many requests one page of those that wait can carry.
	mostWaiting = 500
	// mostFound is how much of what was found for one request is shown; what is there comes first.
	mostFound = 50
)

// Waiting binds its second statement like its first: a match is visible where its request is.
func (db *DB) Waiting(ctx context.Context, actor exchange.Actor) (views []exchange.WaitingView, err error) {
	err = db.read(ctx, organisationOf(actor), func(tx *sqlx.Tx) error {
		var rows []requestRead
		if err := tx.SelectContext(ctx, &rows, requestQuery+`WHERE r.waiting_since IS NOT NULL AND ($1 OR $2 IN (r.organisation_id, r.council_id))
			ORDER BY r.waiting_since, r.id LIMIT $3`, append(own(actor), mostWaiting)...); err != nil {
			return err
		}
		requests, err := requestsOf(rows)
		if err != nil {
			return err
		}
		views = make([]exchange.WaitingView, len(requests))
		at := make(map[schema.RequestID]*exchange.WaitingView, len(requests))
		for i, r := range requests {
			views[i].Request = r
			at[r.ID] = &views[i]
		}
		return addMatches(ctx, tx, at)
	})
	return views, err
}

func addMatches(ctx context.Context, tx *sqlx.Tx, at map[schema.RequestID]*exchange.WaitingView) error {
	ids := make([]schema.RequestID, 0, len(at))
	for id := range at {
		ids = append(ids, id)
	}
	var rows []struct {
		matchRead
		CodeName string `db:"code_name"`
		Area     string `db:"area"`
	}
	if err := tx.SelectContext(ctx, &rows, `
		SELECT m.request_id, m.space_id, m.verdict, m.found_at, m.known, m.told_at, m.gone_at, s.code_name, coalesce(s.facts->'area'->>'name', '') AS area
		FROM request r
		CROSS JOIN LATERAL (
			SELECT * FROM waiting_match f WHERE f.request_id = r.id AND f.found_at >= r.waiting_since
			ORDER BY f.gone_at IS NOT NULL, f.verdict = 'fits' DESC, f.found_at DESC, f.space_id LIMIT $2) m
		JOIN space p ON p.id = m.space_id JOIN service s ON s.id = p.service_id
		WHERE r.id = ANY(CAST($1 AS uuid[]))
		ORDER BY m.gone_at IS NOT NULL, m.verdict = 'fits' DESC, m.found_at DESC, m.space_id`, pq.Array(ids), mostFound); err != nil {
		return err
	}
	for _, row := range rows {
		at[row.Request].Matches = append(at[row.Request].Matches, exchange.MatchView{Match: row.match(), CodeName: row.CodeName, Area: row.Area})
	}
	return nil
}

// WaitingNeeds in the order of ids, which rise with time, so that a reader that goes on after the last one it has misses none that was there.
func (db *DB) WaitingNeeds(ctx context.Context, actor exchange.Actor, after schema.RequestID, n int) ([]schema.Request, error) {
	return db.requestsBy(ctx, organisationOf(actor), `WHERE r.waiting_since IS NOT NULL AND ($1 OR r.organisation_id = $2) AND ($3 = '' OR r.id > CAST(nullif($3, '') AS uuid))
		ORDER BY r.id LIMIT $4`, append(own(actor), after, n)...)
}

// Requests are for the looking process, which is Haven itself.
func (db *DB) Requests(ctx context.Context, ids []schema.RequestID) ([]schema.Request, error) {
	return db.requestsBy(ctx, haven, `WHERE r.id = ANY(CAST($1 AS uuid[])) ORDER BY r.id`, pq.Array(ids))
}

func (db *DB) requestsBy(ctx context.Context, organisation, query string, args ...any) ([]schema.Request, error) {
	var rows []requestRead
	err := db.read(ctx, organisation, func(tx *sqlx.Tx) error { return tx.SelectContext(ctx, &rows, requestQuery+query, args...) })
	if err != nil {
		return nil, err
	}
	return requestsOf(rows)
}

// MatchesOfRequests are for the looking process too.
func (db *DB) MatchesOfRequests(ctx context.Context, ids []schema.RequestID) ([]schema.Match, error) {
	var rows []matchRead
	err := db.read(ctx, haven, func(tx *sqlx.Tx) error {
		return tx.SelectContext(ctx, &rows, matchQuery+`WHERE m.gone_at IS NULL AND m.request_id = ANY(CAST($1 AS uuid[]))`, pq.Array(ids))
	})
	return matchesOf(rows), err
}

// Untold leaves out requests whose organisation has no number: nothing could be told.
func (db *DB) Untold(ctx context.Context, quiet time.Duration, n int) (ids []schema.RequestID, err error) {
	err = db.read(ctx, haven, func(tx *sqlx.Tx) error {
		return tx.SelectContext(ctx, &ids, `
			SELECT r.id FROM request r JOIN organisation_contact c ON c.organisation_id = r.organisation_id AND c.duty_number <> ''
			WHERE r.waiting_since IS NOT NULL
				AND EXISTS (SELECT FROM waiting_match m WHERE m.request_id = r.id AND m.gone_at IS NULL AND m.told_at IS NULL AND NOT m.known AND m.verdict = 'fits')
				AND NOT EXISTS (SELECT FROM waiting_match m WHERE m.request_id = r.id AND m.told_at > clock_timestamp() - make_interval(secs => $1))
			ORDER BY r.waiting_since, r.id LIMIT $2`, quiet.Seconds(), n)
	})
	return ids, err
}

// UnmetNeeds asks the same right as Figures, and gives less: a need without the request it was said for.
func (db *DB) UnmetNeeds(ctx context.Context, actor exchange.Actor, from, to time.Time, n int) ([]schema.Need, error) {
	if err := maySeeTheWhole(actor); err != nil {
		return nil, err
	}
	if !from.Before(to) {
		return nil, schema.Invalid("to", "The end of the window must be after its beginning")
	}
	requests, err := db.requestsBy(ctx, haven, `
		WHERE r.waiting_since IS NOT NULL OR r.state = 'unmet' AND r.ended_at >= $1 AND r.ended_at < $2
		ORDER BY coalesce(r.ended_at, r.waiting_since) DESC, r.id DESC LIMIT $3`, from, to, n)
	if err != nil {
		return nil, err
	}
	needs := make([]schema.Need, len(requests))
	for i, r := range requests {
		needs[i] = ageless(r.Need)
	}
	return needs, nil
}

// ageless is withoutIdentity for whoever works on a need later: a date of birth has become the age it makes on the day the facts were said.
func ageless(n schema.Need) schema.Need {
	ages := make([]int, len(n.Household.Children))
	for i, c := range n.Household.Children {
		ages[i], _ = c.AgeOn(n.SaidAt, n.SaidAt)
	}
	n = withoutIdentity(n)
	for i := range n.Household.Children {
		n.Household.Children[i].Age = ages[i]
	}
	return n
}
