package exchange

import (
	"context"
	"time"

	"haven/schema"
)

// WaitingTx is what a transaction keeps of requests that wait. A request's row, locked first, orders all that is done to its matches: however many
// processes look, each match is made, told and ended once.
type WaitingTx interface {
	// Places gives those of the spaces that are published, as they are now, without locking them; the others are missing.
	Places(ids ...schema.SpaceID) (map[schema.SpaceID]schema.Place, error)
	// Since gives when each of the spaces became what it is now: the newest word on its rooms, the end of the last claim on them, the last change of
	// its service. It may be later than that, never earlier.
	Since(ids ...schema.SpaceID) (map[schema.SpaceID]time.Time, error)
	// LiveMatches of a request: found and not gone.
	LiveMatches(schema.RequestID) ([]schema.Match, error)
	// InsertMatch adds a live match. One live match a request and space: another is refused by the index with code matched.
	InsertMatch(schema.Match) error
	// SaveMatch keeps a match's verdict, whether it was known, when it was told and when it was gone.
	SaveMatch(schema.Match) error
	// EndMatches of a request that no longer waits: all that are live are gone.
	EndMatches(schema.RequestID) error
	// LastTold is when a text about a request last went to those on duty; zero for never.
	LastTold(schema.RequestID) (time.Time, error)
	// PutDutyNumber keeps an organisation's own duty number, apart from everything that is shown; empty takes it away.
	PutDutyNumber(organisation schema.OrganisationID, number string) error
}

// WaitingReader is what pages, the planner and the looking process read of requests that wait.
type WaitingReader interface {
	// Waiting gives the requests of the actor's organisation that wait, and those passed to it, longest waiting first, at most 500, each with
	// what was found for it in this waiting: what is there first, then the newest.
	Waiting(ctx context.Context, actor Actor) ([]WaitingView, error)
	// WaitingNeeds gives requests that wait, by id, at most n after the one named (empty: from the first): the actor's organisation's, or all for the
	// clock. Followed to its end it is bounded by nothing but what there is.
	WaitingNeeds(ctx context.Context, actor Actor, after schema.RequestID, n int) ([]schema.Request, error)
	// Requests by id, for the clock; one that is not there is missing.
	Requests(ctx context.Context, ids []schema.RequestID) ([]schema.Request, error)
	// MatchesOfRequests gives the live ones, for the clock.
	MatchesOfRequests(ctx context.Context, ids []schema.RequestID) ([]schema.Match, error)
	// Untold gives requests with a place that fits and was not told of, where those on duty have a number and were not told for so long.
	Untold(ctx context.Context, quiet time.Duration, n int) ([]schema.RequestID, error)
	// UnmetNeeds gives the needs, and nothing else, of requests that ended with no safe place in [from, to) or wait now, at most n, newest first: for
	// what would have met them. It counts over every organisation, so it answers those who may see the figures. What tells who somebody is, and what never
	// decides a place, is left out.
	UnmetNeeds(ctx context.Context, actor Actor, from, to time.Time, n int) ([]schema.Need, error)
}

// WaitingView is a request that waits, with what was found for it.
type WaitingView struct {
	schema.Request
	Matches []MatchView
}

// MatchView is a match with the little of the place that a helpline may see: whether it is still there, its name for the telephone, its area.
type MatchView struct {
	schema.Match
	CodeName string
	Area     string // publishable area's name
}

// Gone says whether the place is no longer to be had for this request.
func (m MatchView) Gone() bool { return !m.GoneAt.IsZero() }
