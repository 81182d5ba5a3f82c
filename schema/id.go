package schema

// Opaque ids: UUIDs of version 7 in text form. Each has its own type so that a swapped pair does not compile.
type (
	OrganisationID string // a provider, helpline, council or commissioner
	AccountID      string // somebody who signs in
	KeyID          string // a provider's feed key
	ServiceID      string
	SpaceID        string
	HouseholdID    string
	RequestID      string
	HoldID         string
	ClaimID        string
	PlacementID    string
	StayID         string
	MessageID      string
)
