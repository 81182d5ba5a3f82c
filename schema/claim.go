package schema

import "time"

// ClaimKind: a room has at most one live promise and at most one live occupancy (S1).
type ClaimKind string

const (
	Promise   ClaimKind = "promise"   // a hold, an agreed arrival, a lease
	Occupancy ClaimKind = "occupancy" // somebody lives there
)

// Claim is what Haven has recorded on the rooms of a space. The word is for code only; no page or message uses it.
type Claim struct {
	ID     ClaimID
	Kind   ClaimKind
	Space  SpaceID
	Hold   HoldID // the hold it came from
	MadeAt time.Time
	// Next: made on a room still occupied or reported taken. Arrival waits until the resident has moved on.
	Next bool
}
