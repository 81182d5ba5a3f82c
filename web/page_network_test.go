package web

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"testing"

	"github.com/google/uuid"

	"haven/schema"
)

func TestNetwork(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1", "2")
	key := schema.KeyID(uuid.NewString())
	hash := sha256.Sum256([]byte("a secret key"))
	must(t, w.db.PutFeedKey(t.Context(), key, hash[:], w.of[schema.RoleManager].ID, "Their own system"))
	must(t, w.db.RevokeFeedKey(t.Context(), key))
	page := w.signedIn(schema.RoleAdministrator).get("/network").is(t, http.StatusOK)
	page.has(t, "Juniper", "Refuge", "The provider", "Their own system", "Revoked", "Helpline staff", "Can sign in", "1 service", "1 key")
	page.hasNot(t, "not used", "a secret key", fmt.Sprintf("%x", hash[:4]), string(key), "claim")
	for _, token := range w.tokens {
		page.hasNot(t, token)
	}
}

func TestNetworkFull(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 199 {
		w.newService(w.of[schema.RoleManager].ID, fmt.Sprintf("Service %d", i))
	}
	w.signedIn(schema.RoleAdministrator).get("/network").is(t, http.StatusOK).has(t, "200 services", "Service 198", "Never – call the service", "No provider’s system has a key yet.")
}

func TestNetworkIsForAdministrators(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, role := range []schema.Role{schema.RoleHelpline, schema.RoleManager, schema.RoleHousing, schema.RoleCommissioner} {
		w.signedIn(role).get("/network").is(t, http.StatusForbidden).hasNot(t, "Juniper")
	}
}
