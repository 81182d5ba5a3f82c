package web

import (
	"net/http"
	"testing"
)

func TestAPIMe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for role, o := range w.of {
		me := into[apiAccount](t, w.do(role, "GET", "/me", "", http.StatusOK))
		if me.Role != role || me.ID != w.accounts[role] || me.Organisation != o {
			t.Errorf("%s is told %+v", role, me)
		}
	}
}

// TestAPINobody: without a token that works nothing is told but that.
func TestAPINobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, token := range []string{"", "guessed"} {
		a, err := w.send(token, "GET", "/api/v1/me", "", "")
		must(t, err)
		if p := a.problem(); a.status != http.StatusUnauthorized || p.Code != "bearer_token" || a.header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("with the token %q: %d %s", token, a.status, a.body)
		}
	}
	for _, path := range []string{"/api/v1/beds", "/api/v2/me"} {
		a, err := w.send("", "GET", path, "", "")
		must(t, err)
		if p := a.problem(); a.status != http.StatusNotFound || p.Code != "not_found" {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	a, err := w.send("", "GET", "/api/v1/openapi.yaml", "", "")
	must(t, err)
	if a.status != http.StatusOK || len(a.body) != len(openAPI) || a.header.Get("Content-Type") != "application/yaml" {
		t.Errorf("the document: %d, %d bytes", a.status, len(a.body))
	}
}
