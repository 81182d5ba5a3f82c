package web

import (
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// attempts slows down guessing: for each e-mail address, ten sign-ins at once and then one every ten seconds.
type attempts struct {
	now  func() time.Time
	mu   sync.Mutex
	each map[string]*rate.Limiter
}

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, each: map[string]*rate.Limiter{}}
}

const mostAddresses = 10_000

func (a *attempts) allow(email string) bool {
	key := strings.ToLower(strings.TrimSpace(email))
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
