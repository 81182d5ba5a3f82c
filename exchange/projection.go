package exchange

import (
	"context"
	"time"

	"haven/schema"
)

// Outbox is the ledger as the relay sees it: what was committed and not yet published, and the truth to compare the board with.
type Outbox interface {
	// HoldTerm elects one relay: a row renewed every second that lapses after 3. It gives the term in force and whether holder has it; a
	// new holder gets a higher term. Time is the database's (a stopped process keeps an advisory lock for ever, so there is none).
	HoldTerm(ctx context.Context, holder string) (term int64, held bool, err error)
	// Unpublished rows, oldest first, at most n. A row is unpublished for as long as it is there, whatever its number: numbers commit out of
	// order and a late one must not be skipped.
	Unpublished(ctx context.Context, n int) ([]OutboxRow, error)
	// Published deletes rows that have reached the stream.
	Published(ctx context.Context, ids []int64) error
	// Places as they are now; an id with no published place is missing from the map: take it off the board.
	Places(ctx context.Context, ids []schema.SpaceID) (map[schema.SpaceID]schema.Place, error)
	// SpacesOf the services, for when a service's own facts changed.
	SpacesOf(ctx context.Context, services []schema.ServiceID) ([]schema.SpaceID, error)
	// AllPlaces streams every published place in one snapshot, for a rebuild.
	AllPlaces(ctx context.Context, each func(schema.Place) error) error
	// Versions of every published space without unpublished outbox rows, and the ids of those that have some (to be left out on both sides).
	Versions(ctx context.Context) (settled map[schema.SpaceID]int64, unsettled map[schema.SpaceID]bool, err error)
}

// OutboxRow is something that changed. To are the organisations that may be told of a hold or request.
type OutboxRow struct {
	ID      int64
	Topic   Topic
	Subject string
	Version int64
	To      []schema.OrganisationID
}

// Change is one entry of the live stream, as every follower gets it.
type Change struct {
	Epoch string
	N     int64 // rises by one; a jump means entries were missed
	Topic Topic
	ID    string
	// Version of the subject; a follower drops one that is not newer than what it has.
	Version int64
	// Place is nil when a space went off the board, and for other topics.
	Place *schema.Place
	To    []schema.OrganisationID
}

// Snapshot is the whole board at a point of the stream.
type Snapshot struct {
	Epoch  string
	N      int64
	Places []schema.Place
	At     time.Time
}

// Follower is told of the board: first a snapshot, then changes in order; a new snapshot after a gap or a new epoch.
type Follower interface {
	Reset(Snapshot)
	Apply(Change)
}
