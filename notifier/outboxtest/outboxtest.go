// Package outboxtest holds the contract of notifier.Outbox as tests. Every implementation runs Suite, so that the one a test uses and
// the one people rely on cannot drift apart. Imported by tests only.
//
// It needs no control over the outbox's clock: a lease of zero has run out by the next call, and due times are an hour off either way.
package outboxtest

import (
	"context"
	"testing"
	"time"

	"haven/notifier"
)

// Store is an empty outbox under test and the two things its contract leaves to the implementation.
type Store struct {
	Outbox notifier.Outbox
	// Add keeps a ready message with these Grounds on record and gives it back as kept: an implementation may have to choose its own
	// id, and may keep times to the microsecond.
	Add func(t testing.TB, m notifier.Message) notifier.Message
	// Get reads a message by id.
	Get func(t testing.TB, id string) notifier.Message
}

// Suite runs every test of the contract, each on a store of its own.
func Suite(t *testing.T, open func(t testing.TB) Store) {
	for name, test := range map[string]func(*bench){
		"lease hands over the message with grounds and a token":   leaseHandsOver,
		"lease takes what is due, most pressing first, at most n": leaseTakesDue,
		"lease gives a message to one worker":                     leaseIsExclusive,
		"lease gives each message once to workers in a race":      leaseRace,
		"a lease that ran out before begin is given again":        lapsedReadyIsGivenAgain,
		"begin needs a live lease and the latest token":           beginNeedsLease,
		"begin refuses what is out of time":                       beginRefusesLate,
		"a worker lost in a request leaves an unknown message":    lapsedSendingIsUnknown,
		"settle as accepted is final and may be repeated":         settleIsFinal,
		"settle needs the latest token":                           settleNeedsToken,
		"settle after the lease ran out counts":                   settleAfterLapse,
		"settle to be tried again waits until then":               settleRetry,
		"settle as unknown looks again or leaves it to people":    settleUnknown,
		"a provider id stands for one message":                    providerIDOnce,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&bench{T: t, Store: open(t), now: time.Now().UTC().Truncate(time.Millisecond)})
		})
	}
}

// bench is one test's store with the checks every test makes.
type bench struct {
	*testing.T
	Store
	now time.Time
}

const lease = time.Minute

func (b *bench) add(id string, edit func(*notifier.Message)) notifier.Message {
	b.Helper()
	m := notifier.Message{
		ID: id, Wording: "hold_waiting", To: "+447700900982", HoldID: "hold-" + id, At: b.now.Add(30 * time.Minute),
		NotBefore: b.now.Add(-time.Hour), NotAfter: b.now.Add(time.Hour), NextAt: b.now.Add(-time.Hour),
		State: notifier.Ready, Grounds: notifier.Grounds{DutyNumber: true},
	}
	if edit != nil {
		edit(&m)
	}
	return b.Add(b.T, m)
}

func (b *bench) lease(n int, leaseFor time.Duration) []notifier.Message {
	b.Helper()
	got, err := b.Outbox.Lease(context.Background(), "worker", n, leaseFor)
	if err != nil {
		b.Fatalf("Lease: %v", err)
	}
	return got
}

func (b *bench) leaseOne(leaseFor time.Duration) notifier.Message {
	b.Helper()
	got := b.lease(10, leaseFor)
	if len(got) != 1 {
		b.Fatalf("Lease gave %d messages, want 1", len(got))
	}
	return got[0]
}

func (b *bench) begin(m notifier.Message, leaseFor time.Duration) {
	b.Helper()
	if err := b.Outbox.Begin(context.Background(), m.ID, m.Token, leaseFor); err != nil {
		b.Fatalf("Begin: %v", err)
	}
}

func (b *bench) settle(m notifier.Message, o notifier.Outcome) {
	b.Helper()
	if err := b.Outbox.Settle(context.Background(), m.ID, m.Token, o); err != nil {
		b.Fatalf("Settle as %s: %v", o.State, err)
	}
}

func (b *bench) wantState(id string, want notifier.State) notifier.Message {
	b.Helper()
	m := b.Get(b.T, id)
	if m.State != want {
		b.Fatalf("message is %s, want %s", m.State, want)
	}
	return m
}

func (b *bench) wantNoneDue() {
	b.Helper()
	if got := b.lease(10, lease); len(got) != 0 {
		b.Fatalf("Lease gave %d messages, want none; first is %s", len(got), got[0].State)
	}
}
