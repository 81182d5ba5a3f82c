package main

import (
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// TestMakingAnAccountAgainMakesNoSecondOrganisation: `haven account put` is repeated for a new password, with the same words.
func TestMakingAnAccountAgainMakesNoSecondOrganisation(t *testing.T) {
	t.Parallel()
	db := ledgertest.New(t)
	x, err := exchange.New(exchange.Config{Ledger: db})
	if err != nil {
		t.Fatal(err)
	}
	put := func(email, name, kind string) schema.OrganisationID {
		t.Helper()
		id, err := organisationFor(t.Context(), db, x, email, name, kind)
		if err != nil {
			t.Fatal(err)
		}
		hash, err := exchange.HashPassword(t.Context(), "three words apart")
		if err != nil {
			t.Fatal(err)
		}
		if err := putAccount(t.Context(), db, &exchange.Account{Organisation: id, Role: schema.RoleManager, Email: email, Name: "Mo Reed", PasswordHash: hash}); err != nil {
			t.Fatal(err)
		}
		return id
	}
	first := put("mo@haven.example", "Juniper", "provider")
	if again := put("Mo@haven.example", "Juniper", "provider"); again != first {
		t.Errorf("said again, the organisation is %s and was %s", again, first)
	}
	if colleague := put("jo@haven.example", string(first), ""); colleague != first {
		t.Errorf("by its id the organisation is %s, not %s", colleague, first)
	}
	if other := put("mo@haven.example", "Elm", "provider"); other == first {
		t.Error("an organisation of another name is the same one")
	}
}
