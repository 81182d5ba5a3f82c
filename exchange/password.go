package exchange

import (
	"context"
	"fmt"

	"github.com/alexedwards/argon2id"

	"haven/schema"
)

// passwordCost is the OWASP minimum for argon2id: 19 MiB, two passes, about 40 ms.
var passwordCost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// passwordTurns bounds how many passwords are hashed at once, so that a crowd at the door cannot take all the memory.
var passwordTurns = make(chan struct{}, 4)

// ShortestPassword in characters.
const ShortestPassword = 12

// HashPassword makes what the ledger keeps.
func HashPassword(ctx context.Context, password string) (string, error) {
	if len([]rune(password)) < ShortestPassword || len(password) > 500 {
		return "", schema.Invalid("password", fmt.Sprintf("The password must be %d to 500 characters; three words that do not belong together make a good one", ShortestPassword))
	}
	if err := passwordTurn(ctx); err != nil {
		return "", err
	}
	defer func() { <-passwordTurns }()
	return argon2id.CreateHash(password, passwordCost)
}

// PasswordMatches compares in constant time. An account that does not exist is compared with a hash nobody has, so that the time tells nothing.
func PasswordMatches(ctx context.Context, password, hash string) (bool, error) {
	if err := passwordTurn(ctx); err != nil {
		return false, err
	}
	defer func() { <-passwordTurns }()
	if hash == "" {
		hash = nobodysHash
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}

// nobodysHash is the hash of random bytes that were not kept, at passwordCost.
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$UmRPBZj9k4Roj9nMtKSWTw$M862agUv2xwD9YDdgJMr1pdV+qrsFpybTBCrTJowB4E"

func passwordTurn(ctx context.Context) error {
	select {
	case passwordTurns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
