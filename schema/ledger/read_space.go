package ledger

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"haven/exchange"
	"haven/schema"
)

// Services of the actor's organisation: what a service takes no people from is for its own provider to read (S6).
func (db *DB) Services(ctx context.Context, actor exchange.Actor) ([]schema.Service, error) {
	var services []schema.Service
	err := db.read(ctx, organisationOf(actor), func(tx *sqlx.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, provider_id, facts, version FROM service WHERE ($1 OR provider_id = $2) ORDER BY code_name, id`, own(actor)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var (
				id, provider string
				facts        []byte
				version      int64
			)
			if err := rows.Scan(&id, &provider, &facts, &version); err != nil {
				return err
			}
			s, err := serviceOf(id, provider, facts, version)
			if err != nil {
				return err
			}
			services = append(services, s)
		}
		return rows.Err()
	})
	return services, err
}

// spaceRead is a space as spaceNowQuery gives it.
type spaceRead struct {
	placeRow
	State         schema.State `db:"state"`
	ReportUntil   *time.Time   `db:"until_at"`
	Why           string       `db:"why"`
	ReportVersion int64        `db:"report_version"`
	Published     bool         `db:"published"`
	CodeName      string       `db:"code_name"`
}

// own are the arguments of "($1 OR provider_id = $2)": the actor's own organisation, or all for Haven itself. An actor of no organisation has a
// null, which equals nothing. Anybody may read a published service, so it is this that keeps one provider from another's board; where row-level
// security says the same, it lets the server use its indexes.
func own(actor exchange.Actor) []any {
	return []any{organisationOf(actor) == haven, key(actor.Organisation)}
}

func (r spaceRead) view() (exchange.SpaceView, error) {
	place, err := r.place()
	return exchange.SpaceView{
		SpaceNow: exchange.SpaceNow{
			Space: place.Space, Service: place.Service.ID, Provider: place.Service.Provider, Vacancy: place.Vacancy,
			Report:  schema.Report{State: r.State, From: inUTC(r.From), Until: inUTC(r.ReportUntil), Why: r.Why},
			Version: r.Version, ReportVersion: r.ReportVersion, Published: r.Published,
		},
		CodeName: r.CodeName,
	}, err
}

// Spaces gives a provider its board. What is closed for good is left out, unless somebody still lives or is expected there. A hold stands on
// the space it was made on; the spaces that share a room with it carry its claim.
func (db *DB) Spaces(ctx context.Context, actor exchange.Actor) ([]exchange.SpaceView, error) {
	var views []exchange.SpaceView
	err := db.read(ctx, organisationOf(actor), func(tx *sqlx.Tx) error {
		var rows []spaceRead
		if err := tx.SelectContext(ctx, &rows, spaceNowQuery+`WHERE ($1 OR n.provider_id = $2) AND (n.state <> 'closed' OR EXISTS (
			SELECT FROM space_room m JOIN claim_room c ON c.room_id = m.room_id AND c.live WHERE m.space_id = n.id))`, own(actor)...); err != nil {
			return err
		}
		views = make([]exchange.SpaceView, len(rows))
		at := make(map[schema.SpaceID]*exchange.SpaceView, len(rows))
		ids := make([]schema.SpaceID, len(rows))
		for i, row := range rows {
			var err error
			if views[i], err = row.view(); err != nil {
				return err
			}
			ids[i] = views[i].Space.ID
			at[ids[i]] = &views[i]
		}
		if err := addOverlaps(ctx, tx, ids, at); err != nil {
			return err
		}
		if err := addClaims(ctx, tx, ids, at); err != nil {
			return err
		}
		holds, err := holdViews(ctx, tx, actor, `WHERE h.space_id = ANY(CAST($1 AS uuid[])) AND h.state IN ('held', 'agreed') AND `+liveHold, pq.Array(ids))
		for i, hold := range holds {
			at[hold.Space].Hold = &holds[i]
		}
		return err
	})
	slices.SortFunc(views, byOwnOrder)
	return views, err
}

func addOverlaps(ctx context.Context, tx *sqlx.Tx, ids []schema.SpaceID, at map[schema.SpaceID]*exchange.SpaceView) error {
	var pairs []struct {
		Space schema.SpaceID `db:"space_id"`
		Other schema.SpaceID `db:"other_id"`
	}
	err := tx.SelectContext(ctx, &pairs, `
		SELECT DISTINCT mine.space_id, theirs.space_id AS other_id
		FROM space_room mine JOIN space_room theirs ON theirs.room_id = mine.room_id AND theirs.space_id <> mine.space_id
		WHERE mine.space_id = ANY(CAST($1 AS uuid[])) ORDER BY mine.space_id, theirs.space_id`, pq.Array(ids))
	for _, pair := range pairs {
		at[pair.Space].Overlaps = append(at[pair.Space].Overlaps, pair.Other)
	}
	return err
}

func addClaims(ctx context.Context, tx *sqlx.Tx, ids []schema.SpaceID, at map[schema.SpaceID]*exchange.SpaceView) error {
	var claims []struct {
		On        schema.SpaceID   `db:"on_id"`
		ID        schema.ClaimID   `db:"id"`
		Kind      schema.ClaimKind `db:"kind"`
		Space     schema.SpaceID   `db:"space_id"`
		Hold      schema.HoldID    `db:"hold_id"`
		MadeAt    time.Time        `db:"made_at"`
		Next      bool             `db:"next"`
		State     schema.HoldState `db:"state"`
		ExpiresAt time.Time        `db:"expires_at"`
		Code      string           `db:"code"`
	}
	err := tx.SelectContext(ctx, &claims, `
		SELECT DISTINCT m.space_id AS on_id, c.id, c.kind, c.space_id, c.hold_id, c.made_at, c.next, h.state, h.expires_at, h.code
		FROM space_room m JOIN claim_room r ON r.room_id = m.room_id AND r.live JOIN claim c ON c.id = r.claim_id JOIN hold h ON h.id = c.hold_id
		WHERE m.space_id = ANY(CAST($1 AS uuid[])) ORDER BY c.made_at, c.id`, pq.Array(ids))
	for _, c := range claims {
		at[c.On].Claims = append(at[c.On].Claims, exchange.ClaimNow{
			Claim:     schema.Claim{ID: c.ID, Kind: c.Kind, Space: c.Space, Hold: c.Hold, MadeAt: c.MadeAt.UTC(), Next: c.Next},
			HoldState: c.State, HoldExpiresAt: c.ExpiresAt.UTC(), HoldCode: c.Code,
		})
	}
	return err
}

func byOwnOrder(a, b exchange.SpaceView) int {
	if c := strings.Compare(a.CodeName, b.CodeName); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Service), string(b.Service)); c != 0 {
		return c
	}
	return natural(a.Space.Ref, b.Space.Ref)
}

// natural orders refs as people count: R2 before R10. Runs of digits compare as numbers of any length, everything else as text without case.
func natural(a, b string) int {
	restA, restB := strings.ToLower(a), strings.ToLower(b)
	for restA != "" && restB != "" {
		var partA, partB string
		partA, restA = run(restA)
		partB, restB = run(restB)
		if digit(partA[0]) && digit(partB[0]) {
			numberA, numberB := strings.TrimLeft(partA, "0"), strings.TrimLeft(partB, "0")
			if len(numberA) != len(numberB) {
				return len(numberA) - len(numberB)
			}
			partA, partB = numberA, numberB
		}
		if c := strings.Compare(partA, partB); c != 0 {
			return c
		}
	}
	if c := len(restA) - len(restB); c != 0 {
		return c
	}
	return strings.Compare(a, b) // "R2" and "R02" are two refs and need one order
}

// run splits off the leading run of digits, or of anything else.
func run(s string) (part, rest string) {
	for i := 1; i < len(s); i++ {
		if digit(s[i]) != digit(s[0]) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

func digit(b byte) bool { return '0' <= b && b <= '9' }
