package feed

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"haven/exchange"
	"haven/schema"
)

// Commands is what a feed does in Haven; *exchange.Exchange is one.
type Commands interface {
	OpenFeed(ctx context.Context, key schema.KeyID, organisation schema.OrganisationID, session string) (lastSeq int64, err error)
	Feed(ctx context.Context, key schema.KeyID, organisation schema.OrganisationID, session string, seq int64, m exchange.FeedMessage) (exchange.FeedAnswer, error)
	RejectFeed(ctx context.Context, key schema.KeyID, organisation schema.OrganisationID, session string, seq int64, why *schema.Refusal) (exchange.FeedAnswer, error)
}

// Reader is what a feed reads; exchange.Reader has it.
type Reader interface {
	// FeedKey finds a key by the SHA-256 of its secret; schema.NotFound when there is none.
	FeedKey(ctx context.Context, hash []byte) (exchange.FeedKey, error)
	// LiveHolds of the actor's organisation, held or agreed, needs already cut to what she agreed to share.
	LiveHolds(ctx context.Context, actor exchange.Actor) ([]exchange.HoldView, error)
	Hold(ctx context.Context, actor exchange.Actor, id schema.HoldID) (exchange.HoldView, error)
}

// Config of a Handler. Commands and Reader are required; every other zero value is a documented default.
type Config struct {
	Commands Commands
	Reader   Reader
	Log      *slog.Logger // slog.Default
	// Heartbeat is how often Haven pings; a peer silent for two and a half of them is closed with 4408. 20 s.
	Heartbeat time.Duration
	// WriteWait is how long one write may take before the peer counts as not reading. 10 s.
	WriteWait time.Duration
	// KeyEvery is how often a live session looks whether its key still stands. 3 s, which with a slow read (readFor) notices a revocation within 5.
	KeyEvery time.Duration
	// HoldsEvery is how often a live session compares its holds with the ledger, which bounds how late a hold is when the stream of changes
	// is away. 30 s.
	HoldsEvery time.Duration
	// MessagesPerSecond and Burst, for each session. 50 and 100.
	MessagesPerSecond int
	Burst             int
	// FrameBytes is the largest frame read. 64 KiB.
	FrameBytes int
	// MostSessions open at once in this process; above it upgrades get 503. 5,000.
	MostSessions int
	// Linger is how long a closed socket is kept to let its peer read why. 1 s.
	Linger time.Duration
}

const (
	// mostStrikes are unreadable or surplus frames a session may send at once; one is forgiven every forgiveEvery.
	mostStrikes  = 20
	forgiveEvery = 5 * time.Second
	// commandFor bounds one command, so that a hanging database becomes a nack.
	commandFor = 10 * time.Second
	// readFor bounds one read, so that key checks keep their pace.
	readFor = 2 * time.Second
	// comeBack spreads the peers of a drained process over this time.
	comeBack = 5 * time.Second
	queued   = 64 // frames, and changes of holds, that wait for a peer
)

func (c Config) withDefaults() (Config, error) {
	if c.Commands == nil {
		return c, errors.New("feed: no Commands: give the exchange")
	}
	if c.Reader == nil {
		return c, errors.New("feed: no Reader: give the exchange's reader")
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	c.Heartbeat = orDefault(c.Heartbeat, 20*time.Second)
	c.WriteWait = orDefault(c.WriteWait, 10*time.Second)
	c.KeyEvery = orDefault(c.KeyEvery, 3*time.Second)
	c.HoldsEvery = orDefault(c.HoldsEvery, 30*time.Second)
	c.Linger = orDefault(c.Linger, time.Second)
	c.MessagesPerSecond = orDefault(c.MessagesPerSecond, 50)
	c.Burst = orDefault(c.Burst, 100)
	c.FrameBytes = orDefault(c.FrameBytes, 64<<10)
	c.MostSessions = orDefault(c.MostSessions, 5000)
	return c, nil
}

func orDefault[T int | time.Duration](v, fallback T) T {
	if v <= 0 {
		return fallback
	}
	return v
}
