package exchange

import (
	"context"
	"time"

	"haven/schema"
)

// Account is somebody who can sign in. The password never leaves the ledger except as its argon2id hash.
type Account struct {
	ID               schema.AccountID
	Organisation     schema.OrganisationID
	OrganisationKind schema.OrganisationKind
	OrganisationName string
	Role             schema.Role
	Email            string
	Name             string
	PasswordHash     string
	Disabled         bool
}

// Accounts is what signing in needs. Tokens are handed over as SHA-256 hashes; the tokens themselves are never stored.
type Accounts interface {
	// AccountByEmail is case-insensitive; schema.NotFound when there is none.
	AccountByEmail(ctx context.Context, email string) (Account, error)
	PutAccount(ctx context.Context, a Account) error
	// StartSession and Session keep sign-ins in the ledger, so that an emptied Redis signs nobody out.
	StartSession(ctx context.Context, tokenHash []byte, account schema.AccountID, expires time.Time) error
	// Session gives the account of a live session; schema.NotFound when ended, expired or disabled.
	Session(ctx context.Context, tokenHash []byte) (Account, error)
	EndSession(ctx context.Context, tokenHash []byte) error
	// PutAPIToken and APIToken: bearer tokens for scripts, each with its account's role.
	PutAPIToken(ctx context.Context, tokenHash []byte, account schema.AccountID, label string) error
	APIToken(ctx context.Context, tokenHash []byte) (Account, error)
	// PutFeedKey stores a provider's key by its hash; RevokeFeedKey takes effect on live sockets within 5 seconds.
	PutFeedKey(ctx context.Context, id schema.KeyID, hash []byte, organisation schema.OrganisationID, label string) error
	RevokeFeedKey(ctx context.Context, id schema.KeyID) error
}
