package ledger_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

// events of a subject, as "what" in order.
func (h *hand) events(subject string) (whats []string) {
	h.t.Helper()
	rows, err := h.db.QueryContext(h.t.Context(), `SELECT what FROM event WHERE subject = $1 ORDER BY id`, subject)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var what string
		if err := rows.Scan(&what); err != nil {
			h.t.Fatal(err)
		}
		whats = append(whats, what)
	}
	return whats
}

func token(secret string) []byte {
	hash := sha256.Sum256([]byte(secret))
	return hash[:]
}

// putAccount makes a helpline account of a new organisation.
func putAccount(t *testing.T, h *hand, db *ledger.DB) exchange.Account {
	t.Helper()
	a := exchange.Account{
		ID: schema.AccountID(newID()), Organisation: h.organisation(schema.KindHelpline), Role: schema.RoleHelpline,
		Email: "Sam.Okoro@Example.org", Name: "Sam Okoro", PasswordHash: "$argon2id$first",
	}
	if err := db.PutAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAccountByEmailWhateverItsCase(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	want := putAccount(t, h, db)
	for _, email := range []string{"sam.okoro@example.org", "SAM.OKORO@EXAMPLE.ORG", " Sam.Okoro@Example.org "} {
		got, err := db.AccountByEmail(t.Context(), email)
		if err != nil || got.ID != want.ID || got.PasswordHash != want.PasswordHash || got.OrganisationKind != schema.KindHelpline || got.OrganisationName == "" {
			t.Errorf("AccountByEmail(%q) = %+v, %v", email, got, err)
		}
	}
	_, err := db.AccountByEmail(t.Context(), "sam.okoro@example.com")
	wantRefusal(t, err, schema.KindNotFound, "another address")
	other := want
	other.ID, other.Email = schema.AccountID(newID()), "sam.OKORO@example.org"
	wantRefusal(t, db.PutAccount(t.Context(), other), schema.KindTaken, "a second account with the address")
	other.Email, other.Organisation = "kim@example.org", schema.OrganisationID(newID())
	wantRefusal(t, db.PutAccount(t.Context(), other), schema.KindNotFound, "an account of no organisation")
	other.Email = "kim"
	wantRefusal(t, db.PutAccount(t.Context(), other), schema.KindInvalid, "an address that is none")
}

func TestPutAccountRecordsWhatChanged(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	a := putAccount(t, h, db)
	if err := db.PutAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if got := h.events(string(a.ID)); fmt.Sprint(got) != "[account_put]" {
		t.Errorf("events after the same put twice: %v, want one", got)
	}
	a.Disabled = true
	if err := db.PutAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if got := h.events(string(a.ID)); fmt.Sprint(got) != "[account_put account_put]" {
		t.Errorf("events after a change: %v, want two", got)
	}
	var all string
	h.scan(`SELECT string_agg(CAST(e AS text), ' ') FROM event e`, nil, &all)
	for _, private := range []string{"Okoro", "argon2id", "example.org"} {
		if strings.Contains(strings.ToLower(all), strings.ToLower(private)) {
			t.Errorf("the record holds %q, which cannot be erased from it", private)
		}
	}
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*hand, *ledger.DB, exchange.Account) error{
		"when it runs out, by the database's clock": func(h *hand, _ *ledger.DB, _ exchange.Account) error {
			h.exec(`UPDATE session SET expires_at = clock_timestamp()`)
			return nil
		},
		"on signing out": func(h *hand, db *ledger.DB, _ exchange.Account) error {
			return db.EndSession(h.t.Context(), token("s"))
		},
		"with a new password": func(h *hand, db *ledger.DB, a exchange.Account) error {
			a.PasswordHash = "$argon2id$second"
			return db.PutAccount(h.t.Context(), a)
		},
		"with another role": func(h *hand, db *ledger.DB, a exchange.Account) error {
			a.Role = schema.RoleCommissioner
			return db.PutAccount(h.t.Context(), a)
		},
		"when disabled, and stays ended": func(h *hand, db *ledger.DB, a exchange.Account) error {
			a.Disabled = true
			if err := db.PutAccount(h.t.Context(), a); err != nil {
				return err
			}
			a.Disabled = false
			return db.PutAccount(h.t.Context(), a)
		},
		"when disabled behind Haven's back": func(h *hand, _ *ledger.DB, _ exchange.Account) error {
			h.exec(`UPDATE account SET disabled = true`)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, db := byHand(t), ledgertest.New(t)
			a := putAccount(t, h, db)
			if err := db.StartSession(t.Context(), token("s"), a.ID, h.now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			if got, err := db.Session(t.Context(), token("s")); err != nil || got.ID != a.ID {
				t.Fatalf("Session = %+v, %v", got, err)
			}
			_, err := db.Session(t.Context(), token("another"))
			wantRefusal(t, err, schema.KindNotFound, "another token")
			if err := end(h, db, a); err != nil {
				t.Fatal(err)
			}
			_, err = db.Session(t.Context(), token("s"))
			wantRefusal(t, err, schema.KindNotFound, "the session after its end")
		})
	}
}

func TestSessionSurvivesWhatDoesNotConcernIt(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	a := putAccount(t, h, db)
	if err := db.StartSession(t.Context(), token("s"), a.ID, h.now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	a.Name = "Sam O"
	if err := db.PutAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if err := db.StartSession(t.Context(), token("s2"), a.ID, h.now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got, err := db.Session(t.Context(), token("s")); err != nil || got.Name != "Sam O" {
		t.Errorf("Session = %+v, %v", got, err)
	}
}

func TestAPIToken(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	a := putAccount(t, h, db)
	for range 2 {
		if err := db.PutAPIToken(t.Context(), token("t"), a.ID, "figures"); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := db.APIToken(t.Context(), token("t")); err != nil || got.ID != a.ID || got.Role != a.Role {
		t.Errorf("APIToken = %+v, %v", got, err)
	}
	if got := h.events(string(a.ID)); fmt.Sprint(got) != "[account_put api_token_made]" {
		t.Errorf("events %v", got)
	}
	other := h.account(a.Organisation, schema.RoleHelpline)
	wantRefusal(t, db.PutAPIToken(t.Context(), token("t"), other, "taken over"), schema.KindTaken, "the token for another account")
	wantRefusal(t, db.PutAPIToken(t.Context(), token("u"), schema.AccountID(newID()), ""), schema.KindNotFound, "a token of nobody")
	h.exec(`UPDATE api_token SET revoked_at = clock_timestamp()`)
	_, err := db.APIToken(t.Context(), token("t"))
	wantRefusal(t, err, schema.KindNotFound, "a revoked token")
	wantRefusal(t, db.PutAPIToken(t.Context(), token("t"), a.ID, "again"), schema.KindTaken, "a revoked token put again")
	if err := db.PutAPIToken(t.Context(), token("v"), a.ID, ""); err != nil {
		t.Fatal(err)
	}
	a.Disabled = true
	if err := db.PutAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	_, err = db.APIToken(t.Context(), token("v"))
	wantRefusal(t, err, schema.KindNotFound, "a token of a disabled account")
}

func TestFeedKeyIsAProvidersAndStaysRevoked(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	provider, other, id := h.organisation(schema.KindProvider), h.organisation(schema.KindProvider), schema.KeyID(newID())
	put := func(id schema.KeyID, secret string, organisation schema.OrganisationID) error {
		return db.PutFeedKey(t.Context(), id, token(secret), organisation, "house system")
	}
	wantRefusal(t, put(id, "k", h.organisation(schema.KindHelpline)), schema.KindInvalid, "a helpline's key")
	for range 2 {
		if err := put(id, "k", provider); err != nil {
			t.Fatal(err)
		}
	}
	wantRefusal(t, put(id, "k", other), schema.KindTaken, "the key for another provider")
	wantRefusal(t, put(id, "k2", provider), schema.KindTaken, "the key with another secret")
	wantRefusal(t, put(schema.KeyID(newID()), "k", provider), schema.KindTaken, "the secret under another id")
	wantRefusal(t, db.RevokeFeedKey(t.Context(), schema.KeyID(newID())), schema.KindNotFound, "revoking what is not there")
	for range 2 {
		if err := db.RevokeFeedKey(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	wantRefusal(t, put(id, "k", provider), schema.KindTaken, "a revoked key put again")
	if got := h.events(string(id)); fmt.Sprint(got) != "[feed_key_made feed_key_revoked]" {
		t.Errorf("events %v, want one made and one revoked", got)
	}
}
