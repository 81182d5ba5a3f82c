package schema

import "time"

// Placement is a household that arrived at a space through Haven. Provision is kept as it was, so that figures never change with the list.
type Placement struct {
	ID        PlacementID
	Hold      HoldID
	Request   RequestID
	Household HouseholdID
	Space     SpaceID
	Service   ServiceID
	Provider  OrganisationID
	Provision ProvisionCode
	Claim     ClaimID
	ArrivedAt time.Time
	EndedAt   *time.Time
}

// Ended records that the resident has moved on.
func (p Placement) Ended(now time.Time) (Placement, error) {
	if p.EndedAt != nil {
		return p, Refuse(KindEnded, "moved_on", "This resident has already moved on.")
	}
	p.EndedAt = &now
	return p, nil
}
