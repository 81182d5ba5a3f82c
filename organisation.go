package main

import (
	"context"
	"errors"
	"fmt"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
)

// runOrganisation keeps the number of those on duty at a helpline or a council, whom texts about its waiting requests go to.
func runOrganisation(ctx context.Context, c Config, args []string) error {
	if len(args) < 2 || len(args) > 3 || args[0] != "duty" {
		return errors.New("usage: haven organisation duty ID [NUMBER]; without a number there are no more texts")
	}
	number := ""
	if len(args) == 3 {
		number = args[2]
	}
	number, err := dutyNumber(number, c)
	if err != nil {
		return err
	}
	return withLedger(ctx, c, "haven organisation", func(_ *ledger.DB, x *exchange.Exchange) error {
		if err := x.PutDutyNumber(ctx, shell(), schema.OrganisationID(args[1]), number); err != nil {
			return err
		}
		fmt.Printf("organisation %s: duty number kept\n", args[1])
		return nil
	})
}
