package web

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"haven/schema"
)

// unknownID has the form of an id and names nothing.
const unknownID = "01938f00-0000-7000-8000-000000000000"

// publicRows need no sign-in. A row is public because it is named here and in the table, never because somebody forgot its roles.
var publicRows = []string{
	"GET /sign-in",
	"POST /sign-in",
	"POST /sign-out",
	"GET /api/v1/openapi.yaml",
}

func TestPublicRoutes(t *testing.T) {
	t.Parallel()
	var open []string
	for _, r := range table() {
		if len(r.roles) == 0 {
			open = append(open, r.pattern)
		}
	}
	slices.Sort(open)
	if want := slices.Sorted(slices.Values(publicRows)); !slices.Equal(open, want) {
		t.Errorf("public rows are %q, want %q", open, want)
	}
}

// TestEveryRouteByRole walks the table: whoever a row names is let in, everybody else is turned away before anything is done.
func TestEveryRouteByRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, r := range table() {
		if len(r.roles) == 0 {
			continue
		}
		for role := range kindOf {
			if got, want := w.turnedAway(r, role), !slices.Contains(r.roles, role); got != want {
				t.Errorf("%s turned away from %s: %t, want %t", role, r.pattern, got, want)
			}
		}
		if !w.turnedAway(r, "") {
			t.Errorf("nobody is let in to %s", r.pattern)
		}
	}
}

// turnedAway visits a row as a role, or as nobody, and says whether it was answered as one who may not.
func (w *world) turnedAway(r route, role schema.Role) bool {
	w.t.Helper()
	method, path, _ := strings.Cut(r.pattern, " ")
	for path = strings.TrimSuffix(path, "{$}"); strings.Contains(path, "{"); {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		path = before + unknownID + after
	}
	req := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(""))
	api := strings.HasPrefix(path, "/api/")
	switch {
	case role == "":
	case api:
		req.Header.Set("Authorization", "Bearer "+w.tokens[role])
	default:
		// A sign-in of its own for each visit, because one of the rows may end it.
		token, err := w.web.signed.start(w.t.Context(), w.accounts[role])
		must(w.t, err)
		req.AddCookie(&http.Cookie{Name: w.web.cookieName(), Value: token})
	}
	rec := httptest.NewRecorder()
	w.web.ServeHTTP(rec, req)
	if api && rec.Code >= 400 && rec.Header().Get("Content-Type") != "application/problem+json" {
		w.t.Errorf("%s as %q answers %d without a problem document: %s", r.pattern, role, rec.Code, rec.Body)
	}
	switch rec.Code {
	case http.StatusUnauthorized, http.StatusForbidden:
		return true
	case http.StatusSeeOther:
		return strings.HasPrefix(rec.Header().Get("Location"), "/sign-in?then=")
	}
	return false
}

// TestNoRouteNamesNeeds: a path holds ids and nothing else, so no need can stand in an address (S6).
func TestNoRouteNamesNeeds(t *testing.T) {
	t.Parallel()
	for _, r := range table() {
		_, path, _ := strings.Cut(r.pattern, " ")
		for part := range strings.SplitSeq(path, "/") {
			if strings.HasPrefix(part, "{") && part != "{id}" && part != "{$}" {
				t.Errorf("%s has %s in its path; only an id may stand there", r.pattern, part)
			}
		}
	}
}
