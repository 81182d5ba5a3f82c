package ledger_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

func TestFeedKeyByHash(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	provider, id := h.organisation(schema.KindProvider), schema.KeyID(newID())
	hash := sha256.Sum256([]byte("secret"))
	_, err := db.FeedKey(t.Context(), hash[:])
	wantRefusal(t, err, schema.KindNotFound, "a key that is not there")
	if err := db.PutFeedKey(t.Context(), id, hash[:], provider, "house system"); err != nil {
		t.Fatal(err)
	}
	if key, err := db.FeedKey(t.Context(), hash[:]); err != nil || key != (exchange.FeedKey{ID: id, Organisation: provider}) {
		t.Errorf("FeedKey = %+v, %v", key, err)
	}
	if err := db.RevokeFeedKey(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if key, err := db.FeedKey(t.Context(), hash[:]); err != nil || !key.Revoked {
		t.Errorf("after it was revoked: %+v, %v", key, err)
	}
}

func TestNetworkIsForAdministrators(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	administrator := h.actor(h.organisation(schema.KindNetwork), schema.RoleAdministrator)
	provider := h.organisation(schema.KindProvider)
	alder := h.service(provider, "Alder")
	h.space(alder, "R1")
	unpublished, closed := h.space(alder, "R2"), h.space(alder, "R3")
	h.exec(`UPDATE space SET published = false, confirmed_at = clock_timestamp() + interval '1 hour' WHERE id = $1`, unpublished.ID)
	h.exec(`UPDATE space SET state = 'closed' WHERE id = $1`, closed.ID)
	h.service(provider, "Birch")
	hash := sha256.Sum256([]byte("secret"))
	if err := db.PutFeedKey(t.Context(), schema.KeyID(newID()), hash[:], provider, "house system"); err != nil {
		t.Fatal(err)
	}
	for _, role := range []schema.Role{schema.RoleHelpline, schema.RoleManager, schema.RoleHousing, schema.RoleCommissioner, schema.RoleProvider, ""} {
		actor := administrator
		actor.Role = role
		_, err := db.Network(t.Context(), actor)
		wantRefusal(t, err, schema.KindForbidden, "the network for role "+string(role))
	}
	n, err := db.Network(t.Context(), administrator)
	if err != nil {
		t.Fatal(err)
	}
	if len(n.Services) != 2 || n.Services[0].CodeName != "Alder" || n.Services[0].Spaces != 1 || n.Services[0].LastConfirmed.IsZero() ||
		n.Services[0].LastConfirmed.After(h.now()) || n.Services[1].Spaces != 0 || !n.Services[1].LastConfirmed.IsZero() {
		t.Errorf("services %+v", n.Services)
	}
	if len(n.Accounts) != 1 || n.Accounts[0].ID != schema.AccountID(administrator.By) || strings.Contains(document(n), "hash\"") || n.Accounts[0].PasswordHash != "" {
		t.Errorf("accounts %+v", n.Accounts)
	}
	if len(n.Keys) != 1 || n.Keys[0].Label != "house system" || n.Keys[0].Revoked || n.Keys[0].MadeAt.IsZero() {
		t.Errorf("keys %+v", n.Keys)
	}
}

func TestCouncilsByName(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	for _, o := range [][2]string{{"council", "Solihull"}, {"council", "Coventry"}, {"helpline", "Ashfield"}} {
		h.exec(`INSERT INTO organisation (id, kind, name) VALUES ($1, $2, $3)`, newID(), o[0], o[1])
	}
	got, err := db.Councils(t.Context())
	if err != nil || len(got) != 2 || got[0].Name != "Coventry" || got[1].Name != "Solihull" || got[0].Kind != schema.KindCouncil {
		t.Errorf("Councils = %+v, %v", got, err)
	}
}
