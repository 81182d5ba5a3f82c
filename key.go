package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"

	"github.com/google/uuid"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
)

// runKey makes a provider's key, shown once, or revokes one.
func runKey(ctx context.Context, c Config, args []string) error {
	usage := errors.New("usage: haven key new -organisation ID -label …, or haven key revoke ID")
	if len(args) == 0 {
		return usage
	}
	flags := flag.NewFlagSet("haven key", flag.ContinueOnError)
	organisation := flags.String("organisation", "", "id of the provider's organisation")
	label := flags.String("label", "", "what the key is for, as the administrator sees it")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	return withLedger(ctx, c, "haven key", func(db *ledger.DB, _ *exchange.Exchange) error {
		switch {
		case args[0] == "new" && *organisation != "":
			id, secret, err := newFeedKey(ctx, db, schema.OrganisationID(*organisation), *label)
			if err != nil {
				return err
			}
			fmt.Printf("key id   %s\nsecret   %s   (shown once: give it to the provider's system)\n", id, secret)
			return nil
		case args[0] == "revoke" && flags.NArg() == 1:
			return db.RevokeFeedKey(ctx, schema.KeyID(flags.Arg(0)))
		}
		return usage
	})
}

func newFeedKey(ctx context.Context, db *ledger.DB, organisation schema.OrganisationID, label string) (schema.KeyID, string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", "", err
	}
	secret := newSecret("hvk_")
	hash := sha256.Sum256([]byte(secret))
	return schema.KeyID(id.String()), secret, db.PutFeedKey(ctx, schema.KeyID(id.String()), hash[:], organisation, label)
}

// newSecret is 32 random bytes with a prefix that tells a scanner of logs and code what leaked.
func newSecret(prefix string) string {
	var b [32]byte
	rand.Read(b[:])
	return prefix + base64.RawURLEncoding.EncodeToString(b[:])
}
