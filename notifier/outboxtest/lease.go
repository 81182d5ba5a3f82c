package outboxtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"haven/notifier"
)

func leaseHandsOver(b *bench) {
	want := b.add("a", nil)
	got := b.leaseOne(lease)
	if got.Token == "" {
		b.Error("no token")
	}
	if !got.Grounds.DutyNumber || got.Grounds.Moot || got.Grounds.Permission != nil {
		b.Errorf("Grounds = %+v, want a duty number and nothing else", got.Grounds)
	}
	if got.ID != want.ID || got.Wording != want.Wording || got.To != want.To || got.HoldID != want.HoldID ||
		!got.At.Equal(want.At) || !got.NotBefore.Equal(want.NotBefore) || !got.NotAfter.Equal(want.NotAfter) ||
		got.State != notifier.Ready || got.Attempts != 0 {
		b.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func leaseTakesDue(b *bench) {
	last := b.add("last", func(m *notifier.Message) { m.NotAfter = b.now.Add(3 * time.Hour) })
	first := b.add("first", func(m *notifier.Message) { m.NotAfter = b.now.Add(time.Hour) })
	second := b.add("second", func(m *notifier.Message) { m.NotAfter = b.now.Add(2 * time.Hour) })
	b.add("later", func(m *notifier.Message) {
		m.NotBefore, m.NotAfter, m.NextAt = b.now.Add(time.Hour), b.now.Add(2*time.Hour), b.now.Add(time.Hour)
	})
	got := b.lease(2, lease)
	if len(got) != 2 || got[0].ID != first.ID || got[1].ID != second.ID {
		b.Fatalf("first lease gave %d messages, want the two that run out first, in that order", len(got))
	}
	if got := b.leaseOne(lease); got.ID != last.ID {
		b.Error("second lease did not give the third message")
	}
	b.wantNoneDue()
}

func leaseIsExclusive(b *bench) {
	b.add("a", nil)
	b.leaseOne(lease)
	b.wantNoneDue()
}

func leaseRace(b *bench) {
	const messages, workers = 40, 8
	for i := range messages {
		b.add(fmt.Sprintf("m%02d", i), nil)
	}
	var (
		mu    sync.Mutex
		given = map[string]int{}
		all   sync.WaitGroup
	)
	for range workers {
		all.Go(func() {
			for range messages { // a worker may find everything due locked by others, so an empty answer is not the end
				got, err := b.Outbox.Lease(context.Background(), "racer", 3, lease)
				if err != nil {
					b.Errorf("Lease: %v", err)
					return
				}
				mu.Lock()
				for _, m := range got {
					given[m.ID]++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if len(given) != messages {
		b.Errorf("%d messages were given out, want %d", len(given), messages)
	}
	for id, n := range given {
		if n != 1 {
			b.Errorf("message %s was given out %d times", id, n)
		}
	}
}

func lapsedReadyIsGivenAgain(b *bench) {
	b.add("a", nil)
	first := b.leaseOne(0)
	second := b.leaseOne(lease)
	if second.State != notifier.Ready || second.Token == first.Token {
		b.Errorf("second lease gave a message %s; want it ready and under a new token", second.State)
	}
}

func beginNeedsLease(b *bench) {
	a := b.add("a", nil)
	first := b.leaseOne(0)
	if err := b.Outbox.Begin(context.Background(), first.ID, first.Token, lease); !errors.Is(err, notifier.ErrLeaseLost) {
		b.Errorf("Begin under a lease that ran out: %v, want ErrLeaseLost", err)
	}
	second := b.leaseOne(lease)
	if err := b.Outbox.Begin(context.Background(), first.ID, first.Token, lease); !errors.Is(err, notifier.ErrLeaseLost) {
		b.Errorf("Begin with an old token: %v, want ErrLeaseLost", err)
	}
	b.wantState(a.ID, notifier.Ready)
	b.begin(second, lease)
	got := b.wantState(a.ID, notifier.Sending)
	if got.Attempts != 1 || got.BegunAt.IsZero() {
		b.Errorf("after Begin: %d attempts, begun at %v; want 1 and a time", got.Attempts, got.BegunAt)
	}
	if err := b.Outbox.Begin(context.Background(), second.ID, second.Token, lease); !errors.Is(err, notifier.ErrState) {
		b.Errorf("Begin twice: %v, want ErrState", err)
	}
	b.wantNoneDue()
}

func beginRefusesLate(b *bench) {
	a := b.add("a", func(m *notifier.Message) { m.NotAfter = b.now.Add(-time.Minute) })
	m := b.leaseOne(lease)
	if err := b.Outbox.Begin(context.Background(), m.ID, m.Token, lease); !errors.Is(err, notifier.ErrState) {
		b.Errorf("Begin after NotAfter: %v, want ErrState", err)
	}
	b.wantState(a.ID, notifier.Ready)
	b.settle(m, notifier.Outcome{State: notifier.Expired, Code: notifier.CodeOutOfTime})
	b.wantState(a.ID, notifier.Expired)
	b.wantNoneDue()
}

func lapsedSendingIsUnknown(b *bench) {
	a := b.add("a", nil)
	first := b.leaseOne(lease)
	b.begin(first, 0)
	got := b.leaseOne(lease)
	if got.State != notifier.Unknown || got.Code != notifier.CodeWorkerLost || got.Token == first.Token || got.BegunAt.IsZero() {
		b.Errorf("got %+v, want an unknown message under a new token with the code %s", got, notifier.CodeWorkerLost)
	}
	b.wantState(a.ID, notifier.Unknown)
	err := b.Outbox.Settle(context.Background(), got.ID, got.Token, notifier.Outcome{State: notifier.Ready, NextAt: b.now})
	if !errors.Is(err, notifier.ErrState) {
		b.Errorf("Settle an unknown message as ready: %v, want ErrState", err)
	}
	if err := b.Outbox.Begin(context.Background(), got.ID, got.Token, lease); !errors.Is(err, notifier.ErrState) {
		b.Errorf("Begin an unknown message: %v, want ErrState", err)
	}
	b.wantState(a.ID, notifier.Unknown)
}
