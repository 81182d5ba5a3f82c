package ledgertest

import (
	"testing"

	"github.com/google/uuid"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
)

// shell is whoever operates Haven, as a subcommand would act.
func shell() exchange.Actor { return exchange.Actor{Role: schema.RoleClock, Via: exchange.ViaShell} }

func change(t testing.TB, db *ledger.DB, actor exchange.Actor, fn func(exchange.Tx) error) {
	t.Helper()
	if err := db.Change(t.Context(), actor, fn); err != nil {
		t.Fatalf("ledgertest: %v", err)
	}
}

// ID is a new opaque id.
func ID() string { return uuid.Must(uuid.NewV7()).String() }

// Organisation makes one of a kind.
func Organisation(t testing.TB, db *ledger.DB, kind schema.OrganisationKind) schema.Organisation {
	t.Helper()
	id := ID()
	o := schema.Organisation{ID: schema.OrganisationID(id), Kind: kind, Name: "Organisation " + id[30:]}
	change(t, db, shell(), func(tx exchange.Tx) error { return tx.PutOrganisation(o) })
	return o
}

// Account makes somebody who can sign in, with a password hash that no password has.
func Account(t testing.TB, db *ledger.DB, o schema.Organisation, role schema.Role) exchange.Account {
	t.Helper()
	id := ID()
	a := exchange.Account{
		ID: schema.AccountID(id), Organisation: o.ID, OrganisationKind: o.Kind, OrganisationName: o.Name, Role: role,
		Email: id + "@example.org", Name: "Sam", PasswordHash: "none",
	}
	if err := db.PutAccount(t.Context(), a); err != nil {
		t.Fatalf("ledgertest: %v", err)
	}
	return a
}

// Actor is an account at work on pages.
func Actor(a exchange.Account) exchange.Actor {
	return exchange.Actor{By: string(a.ID), Organisation: a.Organisation, Role: a.Role, Via: exchange.ViaPage}
}

// Service makes a refuge that states nothing about whom it takes; edit may change anything. It has no duty number.
func Service(t testing.TB, db *ledger.DB, provider schema.OrganisationID, edit func(*schema.Service)) schema.Service {
	t.Helper()
	s := schema.Service{
		ID: schema.ServiceID(ID()), Provider: provider, CodeName: "Rowan", Provision: schema.Refuge,
		Area: schema.Area{Kind: schema.AreaCouncil, Code: "Solihull", Name: "Solihull", Lat: 52.41, Lon: -1.78, RadiusKm: 12, Located: true},
	}
	if edit != nil {
		edit(&s)
	}
	change(t, db, shell(), func(tx exchange.Tx) (err error) {
		s.Version, err = tx.PutService(s, "")
		return err
	})
	return s
}

// Space publishes a space of the service as available and confirmed now. Without rooms it is one room of its own name.
func Space(t testing.TB, db *ledger.DB, s schema.Service, ref string, rooms ...string) schema.Space {
	t.Helper()
	space := schema.Space{Service: s.ID, Ref: ref, Rooms: rooms, BedSpaces: 3}
	provider := exchange.Actor{By: ID(), Organisation: s.Provider, Role: schema.RoleProvider, Via: exchange.ViaFeed}
	change(t, db, provider, func(tx exchange.Tx) error {
		id, err := tx.PutSpace(space)
		if err != nil {
			return err
		}
		if err := tx.PutReport(id, schema.Report{State: schema.Available}); err != nil {
			return err
		}
		if err := tx.Bump(id); err != nil {
			return err
		}
		now, err := tx.LockSpaces(id)
		if err != nil {
			return err
		}
		space = now[0].Space
		return nil
	})
	return space
}

// Request opens one for a household of one adult who said nothing more.
func Request(t testing.TB, db *ledger.DB, by exchange.Actor) schema.Request {
	t.Helper()
	id := ID()
	r := schema.Request{
		ID: schema.RequestID(id), Household: schema.HouseholdID(ID()), Organisation: by.Organisation, Reference: id[24:],
		Need:  schema.Need{Household: schema.Household{Adults: []schema.Adult{{}}}},
		State: schema.RequestOpen, OpenedBy: schema.AccountID(by.By), Version: 1,
	}
	change(t, db, by, func(tx exchange.Tx) (err error) {
		if r.OpenedAt, err = tx.Now(); err != nil {
			return err
		}
		return tx.InsertRequest(r)
	})
	return r
}
