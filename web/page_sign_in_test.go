package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"haven/schema"
)

// TestSigningInLeadsToThisSiteOnly: a browser drops tabs and newlines, and reads a backslash as a slash.
func TestSigningInLeadsToThisSiteOnly(t *testing.T) {
	t.Parallel()
	for _, to := range []string{
		"//elsewhere.example", "/\t/elsewhere.example", "/\n/elsewhere.example", "/\r/elsewhere.example", `/\elsewhere.example`, "\t//elsewhere.example",
		"https://elsewhere.example", "javascript:alert(1)", "elsewhere.example", "/a\x00b", "",
	} {
		if got := safePath(to); got != "" {
			t.Errorf("%q leads to %q", to, got)
		}
	}
	for _, to := range []string{"/", "/requests/01a200d6-a210-7d7b-b857-cbbab6882b26", "/board?set=1#space-1"} {
		if got := safePath(to); got != to {
			t.Errorf("%q became %q", to, got)
		}
	}
}

func TestGuessingIsSlowedForEachAddress(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	a := newAttempts(func() time.Time { return now })
	for i := range 10 {
		if !a.allow("Sam@Haven.example") {
			t.Fatalf("try %d was not let through", i+1)
		}
	}
	if a.allow(" sam@haven.EXAMPLE ") {
		t.Error("the same address in other letters was let through")
	}
	if !a.allow("jo@haven.example") {
		t.Error("another address was not let through")
	}
	if now = now.Add(11 * time.Second); !a.allow("sam@haven.example") {
		t.Error("not let through after a wait")
	}
	for i := range mostAddresses + 10 {
		a.allow(fmt.Sprint(i))
	}
	if len(a.each) > mostAddresses {
		t.Errorf("%d addresses are kept", len(a.each))
	}
}

// TestAFormIsReadWholeOrNotAtAll: an area to avoid that is lost on the way must not be read as none.
func TestAFormIsReadWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.signedIn(schema.RoleHelpline)
	b.post("/requests", "facts", "1", "once", "k", "say", "woman", "avoid_area", strings.Repeat("a", largestForm)).is(t, 422).has(t, "What was sent is too large")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+"/requests", strings.NewReader("facts=1&once=k&adult_as=woman&avoid_area=%zz"))
	must(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(b.cookie)
	res, err := b.client.Do(req)
	must(t, err)
	defer res.Body.Close()
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a spoilt form answers %d", res.StatusCode)
	}
	if open := w.openRequests(); len(open) != 0 {
		t.Errorf("%d requests were opened", len(open))
	}
}

// TestASocketEndsWhenItsAccountMoves: what a socket shows was decided for the organisation it was opened for.
func TestASocketEndsWhenItsAccountMoves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	token, err := w.web.signed.start(ctx, w.accounts[schema.RoleHelpline])
	must(t, err)
	account, err := w.web.signed.account(ctx, token)
	must(t, err)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "/live", nil)
	must(t, err)
	req.AddCookie(&http.Cookie{Name: w.web.cookieName(), Value: token})
	watch := (&visit{Request: req, web: w.web, account: account}).watch()
	if !watch.Alive(ctx) {
		t.Fatal("a socket just opened may not watch")
	}
	account.Organisation = w.organisation(schema.KindHelpline, "Another Line").ID
	must(t, w.db.PutAccount(ctx, account))
	clear(w.web.signed.cached)
	if watch.Alive(ctx) {
		t.Error("a socket goes on for the organisation its account has left")
	}
}
