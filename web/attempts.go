package web

import (
	"crypto/sha256"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// attempts slows down guessing: for each e-mail address, ten sign-ins at once and then one every ten seconds. It keeps hashes, because what is
// typed for an address may be as long as a form.
type attempts struct {
	now  func() time.Time
	mu   sync.Mutex
	each map[[sha256.Size]byte]*rate.Limiter
}

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, each: map[[sha256.Size]byte]*rate.Limiter{}}
}

const mostAddresses = 10_000

func (a *attempts) allow(email string) bool {
	key := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(email))))
	a.mu.Lock()
	defer a.mu.Unlock()
	l, ok := a.each[key]
	if !ok {
		if len(a.each) >= mostAddresses {
			clear(a.each)
		}
		l = rate.NewLimiter(rate.Every(10*time.Second), 10)
		a.each[key] = l
	}
	return l.AllowN(a.now(), 1)
}
