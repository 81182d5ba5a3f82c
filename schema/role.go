package schema

// Role is what somebody signed in as. It decides which routes answer them; their organisation decides which rows.
type Role string

const (
	RoleHelpline      Role = "helpline"
	RoleManager       Role = "manager"
	RoleHousing       Role = "housing"
	RoleCommissioner  Role = "commissioner"
	RoleAdministrator Role = "administrator"
	// RoleProvider is a provider's own system on its feed key. Nobody signs in with it.
	RoleProvider Role = "provider"
	// RoleClock is Haven itself: the sweeper, the relay, the daily check.
	RoleClock Role = "clock"
)

// SignInRoles are the roles an account can have, in the order forms show them.
func SignInRoles() []RoleRow {
	return []RoleRow{
		{RoleHelpline, "Helpline staff"},
		{RoleManager, "Refuge manager"},
		{RoleHousing, "Housing officer"},
		{RoleCommissioner, "Commissioner"},
		{RoleAdministrator, "Administrator"},
	}
}

// RoleRow is a role with the words people read.
type RoleRow struct {
	Role  Role
	Label string
}

// OrganisationKind says what an organisation does here.
type OrganisationKind string

const (
	KindProvider     OrganisationKind = "provider"
	KindHelpline     OrganisationKind = "helpline"
	KindCouncil      OrganisationKind = "council"
	KindCommissioner OrganisationKind = "commissioner"
	KindNetwork      OrganisationKind = "network" // whoever runs this Haven
)

// Organisation is who an account or a service belongs to.
type Organisation struct {
	ID   OrganisationID   `json:"id"`
	Kind OrganisationKind `json:"kind"`
	Name string           `json:"name"`
}
