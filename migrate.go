package main

import (
	"context"
	"errors"

	"haven/schema/ledger"
)

// runMigrate brings the database to this version as the owner, and lets the running user in.
func runMigrate(ctx context.Context, c Config, _ []string) error {
	if c.MigrateDatabaseURL == "" || c.DatabaseURL == "" {
		return errors.New("haven migrate needs MIGRATE_DATABASE_URL (the owner) and DATABASE_URL (the running user); they must be two users")
	}
	user, err := ledger.UserOf(c.DatabaseURL)
	if err != nil {
		return err
	}
	return ledger.Migrate(ctx, c.MigrateDatabaseURL, user)
}
