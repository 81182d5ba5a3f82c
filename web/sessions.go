package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
	"time"

	"haven/exchange"
	"haven/schema"
)

const (
	// sessionFor: a sign-in lasts a working day at most.
	sessionFor = 12 * time.Hour
	// sessionCache: who somebody is may be up to this old, so that an emptied Redis signs nobody out and a page costs no query for it.
	sessionCache = 5 * time.Second
	// mostCached bounds the cache; it is emptied when full.
	mostCached = 20_000
)

// errSignIn and errToken: nobody is signed in, on a page and on the API.
var (
	errSignIn = schema.Refuse(schema.KindForbidden, "sign_in", "Sign in to continue.")
	errToken  = schema.Refuse(schema.KindForbidden, "bearer_token", "Send a bearer token of a Haven account in the Authorization header. This one is missing, revoked or of a disabled account.")
)

// sessions knows who is behind a cookie or a bearer token. It keeps hashes only.
type sessions struct {
	accounts exchange.Accounts
	now      func() time.Time
	mu       sync.Mutex
	cached   map[[32]byte]cachedAccount
}

type cachedAccount struct {
	account exchange.Account
	at      time.Time
}

func newSessions(a exchange.Accounts, now func() time.Time) *sessions {
	return &sessions{accounts: a, now: now, cached: map[[32]byte]cachedAccount{}}
}

func (s *sessions) account(ctx context.Context, token string) (exchange.Account, error) {
	return s.find(ctx, token, s.accounts.Session, errSignIn)
}

func (s *sessions) bearer(ctx context.Context, header string) (exchange.Account, error) {
	token, ok := strings.CutPrefix(header, "Bearer ")
	if !ok || token == "" {
		return exchange.Account{}, errToken
	}
	return s.find(ctx, token, s.accounts.APIToken, errToken)
}

func (s *sessions) find(ctx context.Context, token string, look func(context.Context, []byte) (exchange.Account, error), nobody *schema.Refusal) (exchange.Account, error) {
	hash := sha256.Sum256([]byte(token))
	s.mu.Lock()
	c, ok := s.cached[hash]
	s.mu.Unlock()
	if ok && s.now().Sub(c.at) < sessionCache {
		return c.account, nil
	}
	a, err := look(ctx, hash[:])
	if r, refused := schema.AsRefusal(err); refused && r.Kind == schema.KindNotFound {
		s.forget(hash)
		return a, nobody
	}
	if err != nil {
		return a, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.cached) >= mostCached {
		clear(s.cached)
	}
	s.cached[hash] = cachedAccount{a, s.now()}
	return a, nil
}

func (s *sessions) forget(hash [32]byte) {
	s.mu.Lock()
	delete(s.cached, hash)
	s.mu.Unlock()
}

// start signs an account in and gives the cookie's value.
func (s *sessions) start(ctx context.Context, id schema.AccountID) (string, error) {
	var b [32]byte
	rand.Read(b[:])
	token := base64.RawURLEncoding.EncodeToString(b[:])
	hash := sha256.Sum256([]byte(token))
	return token, s.accounts.StartSession(ctx, hash[:], id, s.now().Add(sessionFor))
}

func (s *sessions) end(ctx context.Context, token string) error {
	hash := sha256.Sum256([]byte(token))
	s.forget(hash)
	return s.accounts.EndSession(ctx, hash[:])
}

// cookieName: with https the browser itself binds a __Host- cookie to this host and to https.
func (w *Web) cookieName() string {
	if w.secure {
		return "__Host-haven"
	}
	return "haven"
}

func (w *Web) setCookie(rw http.ResponseWriter, value string, age time.Duration) {
	http.SetCookie(rw, &http.Cookie{
		Name: w.cookieName(), Value: value, Path: "/", MaxAge: int(age.Seconds()), HttpOnly: true, Secure: w.secure, SameSite: http.SameSiteLaxMode,
	})
}
