package notifier

import (
	"context"
	"errors"
	"time"
)

var (
	// ErrLeaseLost says that the message is held under another lease, or this one lapsed before a request was begun.
	ErrLeaseLost = errors.New("the lease on this message was lost")
	// ErrProviderIDTaken says that another message was already accepted under that provider id.
	ErrProviderIDTaken = errors.New("another message has this provider id")
)

// Outbox keeps messages durably and hands each to one worker at a time. Time is the outbox's own clock, so that workers on machines
// whose clocks differ agree on a lapsed lease. outboxtest.Suite is the exact contract; every implementation runs it.
type Outbox interface {
	// Lease first lapses every message in sending whose lease ran out (Message.Lapse). It then takes at most n messages that are due:
	// ready with NotBefore and NextAt not in the future, or unknown with a NextAt that is set and not in the future; under no live
	// lease; the one that runs out of time first (NotAfter) before others. Each gets a fresh token, a lease of leaseFor in the name of
	// worker, and its Grounds as recorded now. No message is in two live leases. None due is an empty slice and no error.
	Lease(ctx context.Context, worker string, n int, leaseFor time.Duration) ([]Message, error)
	// Begin applies Message.Begin and renews the lease for leaseFor; when it returns nil that is durable, and only then may the request
	// be written. ErrLeaseLost where token is not that of a live lease on the message; an error wrapping ErrState where the verb refuses.
	Begin(ctx context.Context, id, token string, leaseFor time.Duration) error
	// Settle applies Message.Settle. A message left ready or unknown loses its lease; a final one keeps its token, so that the same
	// settlement may be repeated. A lease that ran out but passed to nobody still settles: what is known is better than a guess.
	// ErrLeaseLost where token is not that of the latest lease; ErrProviderIDTaken where another message has that provider id.
	Settle(ctx context.Context, id, token string, o Outcome) error
}
