package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

// browser is somebody of a role at their pages, without script.
type browser struct {
	t      testing.TB
	url    string
	cookie *http.Cookie
	client *http.Client
	part   string
}

// shown is a page or a redirect.
type shown struct {
	status         int
	body, location string
}

// signedIn signs an account of the world in, as the sign-in form does, and gives its browser.
func (w *world) signedIn(role schema.Role) *browser {
	w.t.Helper()
	raw := sha256.Sum256(fmt.Append(nil, w.tokens[role], w.keys.Add(1)))
	token := base64.RawURLEncoding.EncodeToString(raw[:])
	hash := sha256.Sum256([]byte(token))
	must(w.t, w.db.StartSession(w.t.Context(), hash[:], w.accounts[role], time.Now().Add(time.Hour)))
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &browser{t: w.t, url: w.url, cookie: &http.Cookie{Name: "haven", Value: token}, client: client}
}

func (b *browser) do(method, path string, form url.Values) shown {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(form.Encode()))
	must(b.t, err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.part != "" {
		req.Header.Set("Haven-Part", b.part)
	}
	req.AddCookie(b.cookie)
	res, err := b.client.Do(req)
	must(b.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	must(b.t, err)
	return shown{res.StatusCode, string(body), res.Header.Get("Location")}
}

func (b *browser) get(path string) shown { b.t.Helper(); return b.do("GET", path, nil) }

func (b *browser) post(path string, pairs ...string) shown {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.do("POST", path, form)
}

// must have and must not have words on a page.
func (s shown) has(t testing.TB, words ...string) shown {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(s.body, w) {
			t.Errorf("page (%d) does not say %q:\n%s", s.status, w, s.text())
		}
	}
	return s
}

func (s shown) hasNot(t testing.TB, words ...string) shown {
	t.Helper()
	for _, w := range words {
		if strings.Contains(s.body, w) {
			t.Errorf("page (%d) says %q:\n%s", s.status, w, s.text())
		}
	}
	return s
}

func (s shown) is(t testing.TB, status int) shown {
	t.Helper()
	if s.status != status {
		t.Fatalf("status %d, want %d: %s", s.status, status, s.text())
	}
	return s
}

// text of a page without its tags, for messages.
func (s shown) text() string {
	var b strings.Builder
	in := false
	for _, r := range s.body {
		switch {
		case r == '<':
			in = true
		case r == '>':
			in = false
		case !in:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// answerYes is the refuge's yes, however it came in.
func (w *world) answerYes(id schema.HoldID) {
	w.t.Helper()
	_, err := w.exchange.Answer(w.t.Context(), w.actor(schema.RoleManager), exchange.Answering{Hold: id, Answer: schema.Answer{Yes: true, AreaConfirmed: true}})
	must(w.t, err)
}
