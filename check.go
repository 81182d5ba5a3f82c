package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"haven/exchange"
	"haven/exchange/board"
	"haven/schema/ledger"
)

// runCheck lists the configuration without its secrets, and fails where a promise cannot be kept: a commit that is acknowledged before it is
// durable, a running user that row-level security cannot bind, a record whose chain is broken.
func runCheck(ctx context.Context, c Config, _ []string) error {
	c.list(os.Stdout)
	problems := 0
	tell := func(what string, err error) {
		if err == nil {
			fmt.Printf("ok       %s\n", what)
			return
		}
		problems++
		fmt.Printf("PROBLEM  %s: %v\n", what, err)
	}
	tell("database", withLedger(ctx, c, "haven check", func(db *ledger.DB, _ *exchange.Exchange) error {
		found, err := db.Health(ctx)
		if err != nil {
			return err
		}
		for _, p := range found {
			tell(p.Code, errors.New(p.Words))
		}
		tell("record", db.VerifySeals(ctx))
		return nil
	}))
	tell("board", checkBoard(ctx, c))
	if c.secure() {
		tell("cookies bound to https", nil)
	} else {
		fmt.Println("note     HAVEN_URL is not https: for trying out on one machine only")
	}
	if problems > 0 {
		return fmt.Errorf("%d of Haven's promises cannot be kept here", problems)
	}
	return nil
}

func checkBoard(ctx context.Context, c Config) error {
	if c.RedisURL == "" {
		return errors.New("REDIS_URL is not set")
	}
	redis, err := board.Open(c.RedisURL)
	if err != nil {
		return err
	}
	defer redis.Close()
	return redis.Ping(ctx).Err()
}
