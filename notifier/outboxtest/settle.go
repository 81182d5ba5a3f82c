package outboxtest

import (
	"context"
	"errors"
	"time"

	"haven/notifier"
)

var accepted = notifier.Outcome{State: notifier.Accepted, ProviderID: "SM1"}

func settleIsFinal(b *bench) {
	a := b.add("a", nil)
	m := b.leaseOne(lease)
	b.begin(m, lease)
	b.settle(m, accepted)
	b.settle(m, accepted)
	if got := b.wantState(a.ID, notifier.Accepted); got.ProviderID != "SM1" {
		b.Errorf("ProviderID = %q, want SM1", got.ProviderID)
	}
	for _, o := range []notifier.Outcome{
		{State: notifier.Ready, NextAt: b.now},
		{State: notifier.Unknown},
		{State: notifier.Rejected, Code: "21211"},
		{State: notifier.Accepted, ProviderID: "SM2"},
	} {
		if err := b.Outbox.Settle(context.Background(), m.ID, m.Token, o); !errors.Is(err, notifier.ErrState) {
			b.Errorf("Settle an accepted message as %s: %v, want ErrState", o.State, err)
		}
	}
	b.wantNoneDue()
}

func settleNeedsToken(b *bench) {
	a := b.add("a", nil)
	first := b.leaseOne(0)
	second := b.leaseOne(lease)
	b.begin(second, lease)
	for _, token := range []string{first.Token, "", "00000000-0000-0000-0000-000000000000"} {
		if err := b.Outbox.Settle(context.Background(), a.ID, token, accepted); !errors.Is(err, notifier.ErrLeaseLost) {
			b.Errorf("Settle with token %q: %v, want ErrLeaseLost", token, err)
		}
	}
	b.wantState(a.ID, notifier.Sending)
}

func settleAfterLapse(b *bench) {
	a := b.add("a", nil)
	m := b.leaseOne(lease)
	b.begin(m, 0)
	b.settle(m, accepted)
	b.wantState(a.ID, notifier.Accepted)
	b.wantNoneDue()
}

func settleRetry(b *bench) {
	a := b.add("a", nil)
	m := b.leaseOne(lease)
	b.begin(m, lease)
	b.settle(m, notifier.Outcome{State: notifier.Ready, Code: "20429", NextAt: b.now.Add(-time.Second)})
	if got := b.wantState(a.ID, notifier.Ready); got.Attempts != 1 || got.Code != "20429" {
		b.Errorf("after a retry: %d attempts, code %q; want 1 and %q", got.Attempts, got.Code, "20429")
	}
	again := b.leaseOne(lease)
	b.begin(again, lease)
	b.settle(again, notifier.Outcome{State: notifier.Ready, Code: "20429", NextAt: b.now.Add(30 * time.Minute)})
	if got := b.wantState(a.ID, notifier.Ready); got.Attempts != 2 {
		b.Errorf("%d attempts, want 2", got.Attempts)
	}
	b.wantNoneDue()
}

func settleUnknown(b *bench) {
	a := b.add("a", nil)
	m := b.leaseOne(lease)
	b.begin(m, lease)
	b.settle(m, notifier.Outcome{State: notifier.Unknown, Code: notifier.CodeNoAnswer, NextAt: b.now.Add(-time.Second)})
	look := b.leaseOne(lease)
	if look.State != notifier.Unknown {
		b.Fatalf("leased a message %s, want unknown", look.State)
	}
	b.settle(look, notifier.Outcome{State: notifier.Unknown, Code: notifier.CodeNotFound})
	if got := b.wantState(a.ID, notifier.Unknown); got.Code != notifier.CodeNotFound || !got.NextAt.IsZero() {
		b.Errorf("code %q, next at %v; want %q and never", got.Code, got.NextAt, notifier.CodeNotFound)
	}
	b.wantNoneDue()
}

func providerIDOnce(b *bench) {
	b.add("a", nil)
	first := b.leaseOne(lease)
	b.begin(first, lease)
	b.settle(first, accepted)
	other := b.add("b", nil)
	second := b.leaseOne(lease)
	b.begin(second, lease)
	if err := b.Outbox.Settle(context.Background(), second.ID, second.Token, accepted); !errors.Is(err, notifier.ErrProviderIDTaken) {
		b.Errorf("Settle under another message's provider id: %v, want ErrProviderIDTaken", err)
	}
	b.wantState(other.ID, notifier.Sending)
	b.settle(second, notifier.Outcome{State: notifier.Accepted, ProviderID: "SM2"})
	b.wantState(other.ID, notifier.Accepted)
}
