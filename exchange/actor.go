package exchange

import "haven/schema"

// Actor is who does something, for which organisation, and how it reached Haven. Every event keeps it.
type Actor struct {
	// By is the account or feed key id; empty for the clock.
	By           string
	Organisation schema.OrganisationID
	Role         schema.Role
	Via          Way
	// Once is the idempotency key of this command, unique for By; empty when the command is safe to repeat by itself.
	Once string
}

// Way is how a command came in. Whatever the way, it is the same command.
type Way string

const (
	ViaPage  Way = "page"
	ViaAPI   Way = "api"
	ViaFeed  Way = "feed"
	ViaClock Way = "clock"
	ViaShell Way = "shell" // a subcommand run by whoever operates Haven
)

// Clock is Haven itself at work.
func Clock() Actor { return Actor{Role: schema.RoleClock, Via: ViaClock} }
