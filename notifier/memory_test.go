package notifier_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"haven/notifier"
	"haven/notifier/outboxtest"
)

// memory is an outbox without durability, on a clock a test can move. What survives a lost worker here is what the map holds.
type memory struct {
	mu     sync.Mutex
	ahead  time.Duration
	tokens int
	rows   map[string]*row
}

type row struct {
	notifier.Message
	leasedUntil time.Time
}

func newMemory() *memory { return &memory{rows: map[string]*row{}} }

func (o *memory) now() time.Time { return time.Now().Add(o.ahead) }

func (o *memory) Now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now()
}

func (o *memory) Advance(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ahead += d
}

func (o *memory) Add(_ testing.TB, m notifier.Message) notifier.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rows[m.ID] = &row{Message: m}
	return m
}

func (o *memory) Get(t testing.TB, id string) notifier.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	r, ok := o.rows[id]
	if !ok {
		t.Fatalf("no message %s", id)
	}
	return r.Message
}

func (o *memory) Lease(_ context.Context, _ string, n int, leaseFor time.Duration) ([]notifier.Message, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.now()
	var due []*row
	for _, r := range o.rows {
		if now.Before(r.leasedUntil) {
			continue
		}
		if r.State == notifier.Sending {
			lapsed, err := r.Lapse(now)
			if err != nil {
				return nil, err
			}
			r.Message = lapsed
		}
		ready := r.State == notifier.Ready && !r.NotBefore.After(now)
		unknown := r.State == notifier.Unknown && !r.NextAt.IsZero()
		if (ready || unknown) && !r.NextAt.After(now) {
			due = append(due, r)
		}
	}
	slices.SortFunc(due, func(a, b *row) int {
		return cmp.Or(a.NotAfter.Compare(b.NotAfter), cmp.Compare(a.ID, b.ID))
	})
	var given []notifier.Message
	for _, r := range due[:min(n, len(due))] {
		o.tokens++
		r.Token, r.leasedUntil = fmt.Sprintf("token-%d", o.tokens), now.Add(leaseFor)
		given = append(given, r.Message)
	}
	return given, nil
}

func (o *memory) Begin(_ context.Context, id, token string, leaseFor time.Duration) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	r, now := o.rows[id], o.now()
	if r == nil || r.Token != token || !now.Before(r.leasedUntil) {
		return notifier.ErrLeaseLost
	}
	begun, err := r.Message.Begin(now)
	if err != nil {
		return err
	}
	r.Message, r.leasedUntil = begun, now.Add(leaseFor)
	return nil
}

func (o *memory) Settle(_ context.Context, id, token string, outcome notifier.Outcome) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	r := o.rows[id]
	if r == nil || token == "" || r.Token != token {
		return notifier.ErrLeaseLost
	}
	for other, row := range o.rows {
		if outcome.ProviderID != "" && other != id && row.ProviderID == outcome.ProviderID {
			return notifier.ErrProviderIDTaken
		}
	}
	settled, err := r.Message.Settle(outcome)
	if err != nil {
		return err
	}
	r.Message = settled
	if r.State == notifier.Ready || r.State == notifier.Unknown {
		r.Token, r.leasedUntil = "", time.Time{}
	}
	return nil
}

func TestMemoryOutbox(t *testing.T) {
	t.Parallel()
	outboxtest.Suite(t, func(testing.TB) outboxtest.Store {
		o := newMemory()
		return outboxtest.Store{Outbox: o, Add: o.Add, Get: o.Get}
	})
}
