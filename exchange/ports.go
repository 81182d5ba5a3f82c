package exchange

import (
	"context"
	"time"

	"haven/schema"
)

// Ledger is the record: PostgreSQL, and nothing else grants a place.
type Ledger interface {
	// Change runs fn in one transaction with row-level security bound to the actor's organisation, and commits unless fn returns an
	// error. A serialization failure, deadlock or lost connection before commit gives schema.KindBusy: nothing was done and it is safe to
	// send again. It may run fn again after a serialization failure or deadlock, so fn must not keep state outside tx.
	Change(ctx context.Context, actor Actor, fn func(Tx) error) error
	Reader
}

// Tx is one open transaction. Methods that name a row that is not there, or not visible to the organisation, return schema.NotFound.
// Lock order, always: idempotency key, feed key, request, rooms by id, spaces by id, hold. A method named Lock… takes row locks; call it in that order.
type Tx interface {
	// Now is clock_timestamp() of the database, read when called: after the locks, so that no wait makes it old (S3).
	Now() (time.Time, error)
	// Try runs fn under a savepoint and rolls back to it when fn fails, so that what was settled before is kept whatever becomes of the command.
	Try(fn func() error) error
	// Across runs fn with the organisation lifted, for the effects of a command on other organisations' rows: an agreement releases another
	// service's hold. Call it only after the actor's own right was established by reading under its own organisation.
	Across(fn func() error) error

	// Once gives the stored result of an earlier command of this actor with the same idempotency key. A key used before for a different
	// command (fingerprint) is refused with code idempotency_key_reused. It waits for a command with the same key that is still running.
	Once(fingerprint string) (result []byte, done bool, err error)
	// Remember stores the result for Once, in this transaction.
	Remember(fingerprint string, result []byte) error

	// Record appends an event: who, when, for which organisation, what, why. Position is the newest event id this transaction can see.
	Record(Event) error
	Position() (int64, error)
	// Tell writes outbox rows, published to the board and stream after commit.
	Tell(topic Topic, id string, version int64, to ...schema.OrganisationID) error
	// Text queues a message to a duty number, and says whether there is one.
	Text(TextRequest) (queued bool, err error)

	// PutOrganisation, PutService insert or replace; PutService also keeps the duty number apart from what is published.
	PutOrganisation(schema.Organisation) error
	PutService(s schema.Service, dutyNumber string) (version int64, err error)
	Service(schema.ServiceID) (schema.Service, error)

	// SpacesOfService lists every space of a service that is not closed for good, without locking.
	SpacesOfService(schema.ServiceID) ([]SpaceNow, error)
	// FindSpaces maps a service's refs to ids; unknown refs are missing from the map.
	FindSpaces(service schema.ServiceID, refs []string) (map[string]schema.SpaceID, error)
	// LockSpaces locks the atomic rooms of these spaces, and of every live claim on those rooms, in id order, then every space with one of
	// these rooms in id order, and then reads the asked-for ones, in the order asked; each carries the live claims on its rooms.
	LockSpaces(ids ...schema.SpaceID) ([]SpaceNow, error)
	// PutSpace inserts a space or replaces its facts. Its rooms must be locked when it exists. Recomposing a space under a live claim is
	// refused with code claimed and the claim's id.
	PutSpace(schema.Space) (schema.SpaceID, error)
	// PutReport stores a report on a locked space as its newest, publishes the space and confirms it. Its report version is the version that
	// the Bump after it gives.
	PutReport(schema.SpaceID, schema.Report) error
	// Unpublish takes a locked space off the board: what a complete snapshot did not name.
	Unpublish(schema.SpaceID) error
	// Confirm marks locked spaces as still right.
	Confirm(ids ...schema.SpaceID) error
	// Bump raises the version of the spaces and of every space that shares a room with them by one, and tells the board. Call it last, after
	// everything that changed them.
	Bump(ids ...schema.SpaceID) error

	// Claim writes one row per atomic room. Where a room already has a live claim of the kind it is refused with code taken: the unique
	// index decides, not a read before it (S1).
	Claim(schema.Claim) error
	// EndClaim ends a claim for a reason; ending an ended one does nothing.
	EndClaim(id schema.ClaimID, why string) error

	InsertRequest(schema.Request) error
	Request(schema.RequestID) (schema.Request, error)
	LockRequest(schema.RequestID) (schema.Request, error)
	SaveRequest(schema.Request) error
	InsertUnmet(schema.UnmetNeed, schema.OrganisationID) error

	// Hold reads without a lock: to learn which request and space to lock first. LockHold reads it again under lock.
	Hold(schema.HoldID) (schema.Hold, error)
	LockHold(schema.HoldID) (schema.Hold, error)
	// HoldOfClaim finds the hold behind a claim.
	HoldOfClaim(schema.ClaimID) (schema.Hold, error)
	InsertHold(schema.Hold) error
	SaveHold(schema.Hold) error
	// CountHolds ever made for a request, to number the next.
	CountHolds(schema.RequestID) (int, error)
	// LiveHolds of a request: held or agreed, whatever their time; the caller expires.
	LiveHolds(schema.RequestID) ([]schema.Hold, error)

	InsertPlacement(schema.Placement) error
	LockPlacementOfClaim(schema.ClaimID) (schema.Placement, error)
	LockPlacementOfHold(schema.HoldID) (schema.Placement, error)
	SavePlacement(schema.Placement) error

	InsertStay(schema.Stay) error
	LockStay(schema.StayID) (schema.Stay, error)
	SaveStay(schema.Stay) error
	// StaysOfHousehold, oldest first: the six weeks add up over them.
	StaysOfHousehold(schema.HouseholdID) ([]schema.Stay, error)

	WaitingTx
	FeedTx
}

// FeedTx is what a provider's feed keeps in the same transaction as the effect of a message.
type FeedTx interface {
	// LockFeed locks the key's row and gives its session and the last sequence number answered.
	LockFeed(schema.KeyID) (FeedState, error)
	// TakeFeed makes session the one live session of the key; an older one is fenced from now on.
	TakeFeed(key schema.KeyID, session string) error
	// FeedAnswer gives the stored answer of a sequence number.
	FeedAnswer(key schema.KeyID, seq int64) (answer []byte, found bool, err error)
	// AnswerFeed stores the answer and moves the key's last answered sequence number to seq.
	AnswerFeed(key schema.KeyID, seq int64, answer []byte) error
}

// FeedState is a feed key as locked.
type FeedState struct {
	Organisation schema.OrganisationID
	Session      string
	LastSeq      int64
	Revoked      bool
}

// SpaceNow is a space as the ledger has it under lock: facts, newest report and live claims on any of its rooms.
type SpaceNow struct {
	Space    schema.Space
	Service  schema.ServiceID
	Provider schema.OrganisationID
	Report   schema.Report
	// Vacancy is derived by the ledger's one view: reports, overlaps and claims.
	Vacancy schema.Vacancy
	Version int64
	// ReportVersion is the version at the newest report; a report that names an older one is stale.
	ReportVersion int64
	Published     bool
	// Overlaps are the other spaces that share a room.
	Overlaps []schema.SpaceID
	Claims   []ClaimNow
}

// ClaimNow is a live claim on one or more of the space's rooms; the claim may have been made on an overlapping space.
type ClaimNow struct {
	schema.Claim
	// HoldState and HoldExpiresAt are those of the hold behind a promise.
	HoldState     schema.HoldState
	HoldExpiresAt time.Time
	HoldCode      string
}

// Topic is what an outbox row is about. Only ids and versions travel in it.
type Topic string

const (
	TopicSpace   Topic = "space"
	TopicService Topic = "service"
	TopicHold    Topic = "hold"
	TopicRequest Topic = "request"
)

// Event is one entry of the record. Body never holds identity.
type Event struct {
	What    string // permanent code: space_reported, hold_made, hold_answered …
	Subject string // id
	Why     string // reason code
	Body    any    // marshalled as JSON
}

// TextRequest asks for a text to staff on duty: of the service that a hold was put to, or of the organisation whose request waits. Words are chosen by
// wording code; nothing about the household goes in but the reference that people say aloud.
type TextRequest struct {
	ID       schema.MessageID
	Wording  string
	Service  schema.ServiceID // with Hold
	Hold     schema.HoldID
	Request  schema.RequestID // instead of both
	By       time.Time        // the clock time the words name; zero for none
	NotAfter time.Time
}

// Reader is what pages, feeds and processes read. Every method is bound to the actor's organisation by row-level security.
type Reader interface {
	Request(ctx context.Context, actor Actor, id schema.RequestID) (schema.Request, error)
	// OpenRequests of the actor's organisation, newest first, at most n.
	OpenRequests(ctx context.Context, actor Actor, n int) ([]schema.Request, error)
	Hold(ctx context.Context, actor Actor, id schema.HoldID) (HoldView, error)
	// HoldsOfRequest, newest first, ended ones too.
	HoldsOfRequest(ctx context.Context, actor Actor, id schema.RequestID) ([]HoldView, error)
	// LiveHolds of the actor's organisation, by end time: a helpline sees its own, a provider those put to it.
	LiveHolds(ctx context.Context, actor Actor) ([]HoldView, error)
	// Spaces of a provider's services with claims, in the provider's own order.
	Spaces(ctx context.Context, actor Actor) ([]SpaceView, error)
	Services(ctx context.Context, actor Actor) ([]schema.Service, error)
	Stays(ctx context.Context, actor Actor) ([]StayView, error)
	// Figures counts from the record over [from, to), Europe/London days.
	Figures(ctx context.Context, actor Actor, from, to time.Time) (Figures, error)
	// UnmetRequests lists requests that can start a stay: ended as unmet, no stay going on, visible to the housing officer's council.
	UnmetRequests(ctx context.Context, actor Actor, n int) ([]schema.Request, error)
	// Councils a request can be passed to, by name.
	Councils(ctx context.Context) ([]schema.Organisation, error)
	// Network is the administrator's view: services, accounts and keys, without secrets. Only administrators and the clock may read it.
	Network(ctx context.Context, actor Actor) (Network, error)
	// ExpiredHolds gives ids of holds past their time, oldest first, for the sweeper.
	ExpiredHolds(ctx context.Context, n int) ([]schema.HoldID, error)
	// FeedKey finds a feed key by the SHA-256 of its secret.
	FeedKey(ctx context.Context, hash []byte) (FeedKey, error)

	WaitingReader
}

// HoldView is a hold with what both sides may see around it. Need is what the actor may see: a provider without her agreement gets the
// household's size only.
type HoldView struct {
	schema.Hold
	Reference   string // of the request
	CodeName    string // of the service
	SpaceRef    string // the provider's name of the space; empty for a helpline
	Area        string // publishable area's name
	Need        schema.Need
	NeedsShared bool
	// Vacancy: arrival waits while the place is still occupied.
	Occupied bool
}

// SpaceView is a space on its provider's board.
type SpaceView struct {
	SpaceNow
	CodeName string
	// Hold is the live hold or agreed arrival on it, if any.
	Hold *HoldView
}

// StayView is a stay with nights counted over earlier stays of the household.
type StayView struct {
	schema.Stay
	NightsBefore int // in earlier stays
	Need         schema.Need
}

// FeedKey is a provider's key without its secret.
type FeedKey struct {
	ID           schema.KeyID
	Organisation schema.OrganisationID
	Revoked      bool
}

// Network is who and what is connected here.
type Network struct {
	Services []NetworkService
	Accounts []Account // without password hashes
	Keys     []NetworkKey
}

// NetworkService is a service with how much it publishes and how fresh that is.
type NetworkService struct {
	schema.Service
	Provider      string // organisation's name
	Spaces        int    // published
	LastConfirmed time.Time
}

// NetworkKey is a provider's feed key as an administrator sees it.
type NetworkKey struct {
	ID       schema.KeyID
	Provider string
	Label    string
	MadeAt   time.Time
	LastSeq  int64
	Revoked  bool
}
