package notifier

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"
)

// Config of a Worker. Outbox, Sender, Link and Phone are required.
type Config struct {
	Outbox Outbox
	Sender Sender

	Link  string // named in the words; without https:// it is shorter and telephones still open it
	Phone string // named in the words: the helpline staff may ring instead

	Name string // whose leases these are, for people reading the outbox; default "notifier"
	// Drama allows the example numbers 07700 900000 to 900999. Set it with the stand-in, never with a provider that costs money.
	Drama bool

	Every    time.Duration   // between looks into the outbox; default 1s
	Wake     <-chan struct{} // looks at once; optional, never closed; a lost signal only costs Every
	Batch    int             // leased, and sent side by side, in one turn; default 10
	LeaseFor time.Duration   // default 30s; must be longer than SendFor
	SendFor  time.Duration   // a request that takes longer is lost; default 10s

	Now    func() time.Time // default time.Now
	Jitter func() float64   // in [0,1); default random
	Log    *slog.Logger     // default slog.Default()
}

// Worker takes messages from the outbox and sees each through. Any number may run on one outbox, in one process or in several.
type Worker struct {
	Config
}

// New checks the configuration, and that every wording can be written with this link and telephone number.
func New(c Config) (*Worker, error) {
	if c.Name == "" {
		c.Name = "notifier"
	}
	if c.Every == 0 {
		c.Every = time.Second
	}
	if c.Batch == 0 {
		c.Batch = 10
	}
	if c.LeaseFor == 0 {
		c.LeaseFor = 30 * time.Second
	}
	if c.SendFor == 0 {
		c.SendFor = 10 * time.Second
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	switch {
	case c.Outbox == nil:
		return nil, errors.New("notifier: Outbox is missing")
	case c.Sender == nil:
		return nil, errors.New("notifier: Sender is missing")
	case c.Link == "":
		return nil, errors.New("notifier: Link is missing; name the page staff sign in on, like exchange.example/now")
	case c.Phone == "":
		return nil, errors.New("notifier: Phone is missing; name the number staff may ring, like 020 7946 0123")
	case c.LeaseFor <= c.SendFor:
		return nil, fmt.Errorf("notifier: LeaseFor (%v) must be longer than SendFor (%v), or a slow request outlives its lease", c.LeaseFor, c.SendFor)
	case c.Every < 0 || c.Batch < 0 || c.SendFor < 0:
		return nil, errors.New("notifier: Every, Batch and SendFor must be positive")
	}
	widest := Words{At: time.Date(2026, 1, 1, 22, 59, 0, 0, time.UTC), Reference: "MMMM", Link: c.Link, Phone: c.Phone}
	for _, w := range wordings {
		if _, err := w.Render(widest); err != nil {
			return nil, fmt.Errorf("notifier: %w", err)
		}
	}
	return &Worker{c}, nil
}

// Run takes turns until ctx is done. An outbox that fails is tried again at the next turn: a database that stops for ten seconds
// delays a text and stops nothing. It returns nil once the turn in hand is finished.
func (w *Worker) Run(ctx context.Context) error {
	tick := time.NewTicker(w.Every)
	defer tick.Stop()
	for {
		n, err := w.Turn(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			w.Log.ErrorContext(ctx, "text messages: outbox cannot be read, will try again", "error", err)
		}
		if n == w.Batch {
			continue // there may be more that are due
		}
		select {
		case <-ctx.Done():
			return nil
		case <-w.Wake:
		case <-tick.C:
		}
	}
}
