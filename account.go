package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/google/uuid"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
)

// shell is whoever operates Haven, at a terminal.
func shell() exchange.Actor { return exchange.Actor{By: "shell", Via: exchange.ViaShell} }

// runAccount makes or changes an account. The password is read from standard input, so that it is in no history and no process list.
func runAccount(ctx context.Context, c Config, args []string) error {
	flags := flag.NewFlagSet("haven account put", flag.ContinueOnError)
	email := flags.String("email", "", "e-mail address to sign in with")
	name := flags.String("name", "", "the person's name, as colleagues see it")
	role := flags.String("role", "", "helpline, manager, housing, commissioner or administrator")
	organisation := flags.String("organisation", "", "id of an organisation that exists, or the name of a new one")
	kind := flags.String("kind", "", "for a new organisation: provider, helpline, council, commissioner or network")
	if len(args) == 0 || args[0] != "put" {
		return errors.New("usage: haven account put -email … -name … -role … -organisation … [-kind …], the password on standard input")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if err := knownRole(*role); err != nil {
		return err
	}
	fmt.Fprint(os.Stderr, "Password: ")
	password, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && password == "" {
		return errors.New("no password on standard input")
	}
	hash, err := exchange.HashPassword(ctx, strings.TrimRight(password, "\r\n"))
	if err != nil {
		return err
	}
	return withLedger(ctx, c, "haven account", func(db *ledger.DB, x *exchange.Exchange) error {
		id, err := organisationFor(ctx, db, x, *email, *organisation, *kind)
		if err != nil {
			return err
		}
		a := exchange.Account{Organisation: id, Role: schema.Role(*role), Email: *email, Name: *name, PasswordHash: hash}
		if err := putAccount(ctx, db, &a); err != nil {
			return err
		}
		fmt.Printf("account       %s\norganisation  %s   (for -organisation, and for the file of haven service put)\n", a.ID, a.Organisation)
		return nil
	})
}

func knownRole(role string) error {
	for _, r := range schema.SignInRoles() {
		if string(r.Role) == role {
			return nil
		}
	}
	return errors.New("-role must be helpline, manager, housing, commissioner or administrator")
}

// organisationFor an id that exists, or a new organisation of that name and kind; the account's own where the command is repeated.
func organisationFor(ctx context.Context, db *ledger.DB, x *exchange.Exchange, email, organisation, kind string) (schema.OrganisationID, error) {
	if kind == "" {
		if _, err := uuid.Parse(organisation); err != nil {
			return "", errors.New("-organisation must be an id; give -kind to make a new organisation of that name")
		}
		return schema.OrganisationID(organisation), nil
	}
	earlier, err := db.AccountByEmail(ctx, email)
	if err == nil && earlier.OrganisationName == organisation && string(earlier.OrganisationKind) == kind {
		return earlier.Organisation, nil
	}
	o, err := x.PutOrganisation(ctx, shell(), schema.Organisation{Kind: schema.OrganisationKind(kind), Name: organisation})
	return o.ID, err
}

// putAccount keeps the id of an account with the same e-mail address, so that the command can be repeated.
func putAccount(ctx context.Context, db *ledger.DB, a *exchange.Account) error {
	earlier, err := db.AccountByEmail(ctx, a.Email)
	switch r, refused := schema.AsRefusal(err); {
	case err == nil:
		a.ID = earlier.ID
	case refused && r.Kind == schema.KindNotFound:
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		a.ID = schema.AccountID(id.String())
	default:
		return err
	}
	return db.PutAccount(ctx, *a)
}
