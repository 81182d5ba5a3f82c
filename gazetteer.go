package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"haven/exchange"
	"haven/schema/gazetteer"
	"haven/schema/ledger"
)

// runGazetteer imports a directory of postcodes. Nothing is half imported: a bad row refuses the file, with its line.
func runGazetteer(ctx context.Context, c Config, args []string) error {
	flags := flag.NewFlagSet("haven gazetteer import", flag.ContinueOnError)
	format := flags.String("format", "nspl", "nspl, onspd or outcode-csv")
	vintage := flags.String("vintage", "", "for outcode-csv: the month of the data, like 2025-05")
	if len(args) == 0 || args[0] != "import" {
		return errors.New("usage: haven gazetteer import [-format nspl|onspd|outcode-csv] [-vintage 2025-05] FILE")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("name one file to import")
	}
	known, err := gazetteer.ParseFormat(*format)
	if err != nil {
		return err
	}
	file, err := os.Open(flags.Arg(0))
	if err != nil {
		return err
	}
	defer file.Close()
	imported, err := gazetteer.Import(file, known)
	if err != nil {
		return err
	}
	if *vintage != "" {
		imported.Vintage = *vintage
	}
	return withLedger(ctx, c, "haven gazetteer", func(db *ledger.DB, _ *exchange.Exchange) error {
		if err := db.PutGazetteer(ctx, imported); err != nil {
			return err
		}
		fmt.Printf("%d outward codes imported, vintage %s. Processes use them from their next start.\n%s\n", len(imported.Outcodes), cmp.Or(imported.Vintage, "not said"), imported.Attribution)
		return nil
	})
}

// places is the gazetteer people's words are looked up in: the newest import over the built-in one.
func places(ctx context.Context, db *ledger.DB) (*gazetteer.Gazetteer, error) {
	g, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	imported, found, err := db.Gazetteer(ctx)
	if err != nil || !found {
		return g, err
	}
	return g.With(imported), nil
}
