package main

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"

	"haven/allocator/simulate"
	"haven/exchange/feed"
	"haven/schema"
)

const (
	// A few changes a minute over the whole network: enough to see the list live, few enough to read it.
	driftEvery = 20 * time.Second
	// Feeds confirm as providers' systems do; one service in eight does not, so that lists show what is stale.
	confirmEvery = 20 * time.Minute
	// A fictional provider answers a hold after about this long, four times in five with a yes.
	answerAfter = 25 * time.Second
)

// live publishes the fictional network over real feeds until ctx ends, then says where to look.
func (n *devNetwork) live(ctx context.Context, c Config, say func(string, ...any)) error {
	group, ctx := errgroup.WithContext(ctx)
	published := make(chan struct{}, len(n.providers))
	for i, p := range n.providers {
		managed := p.Organisation.ID == n.file.Provider.Organisation
		group.Go(func() error {
			f := devFeed{provider: p, seed: devSeed + uint64(i)}
			if managed {
				return f.once(ctx, n.file, n.fresh, published)
			}
			return f.run(ctx, n.file, published)
		})
	}
	group.Go(func() error {
		for range n.providers {
			select {
			case <-published:
			case <-ctx.Done():
				return nil
			}
		}
		n.welcome(c, say)
		return nil
	})
	return group.Wait()
}

func (n *devNetwork) welcome(c Config, say func(string, ...any)) {
	say("\nHaven is running: %s   (Ctrl-C stops it)\n", n.file.URL)
	for _, who := range devPeople {
		s := n.file.SignIns[who.key]
		say("  %-14s %-28s %s", who.key, s.Email, s.Password)
	}
	say("\n  texts that would be sent: %s\n  feed for providers:       %s\n  all of this, with API tokens and a feed key: %s/dev.json\n", n.file.TextsURL, n.file.FeedURL, c.Data)
}

// devFeed is one fictional provider's system.
type devFeed struct {
	provider simulate.Provider
	seed     uint64
}

func (f devFeed) dial(ctx context.Context, file devFile) (*feed.Client, error) {
	return feed.Dial(ctx, feed.ClientConfig{URL: file.FeedURL, Key: file.Keys[string(f.provider.Organisation.ID)], Wait: time.Minute})
}

// once publishes the managed provider's spaces the first time and leaves its feed to whoever holds the key; from then on its manager reports.
func (f devFeed) once(ctx context.Context, file devFile, fresh bool, published chan<- struct{}) error {
	defer func() { published <- struct{}{} }()
	if !fresh {
		return nil
	}
	client, err := f.dial(ctx, file)
	if err != nil {
		return err
	}
	defer client.Close()
	return f.snapshot(ctx, client)
}

// run publishes everything, then goes on changing, confirming and answering.
func (f devFeed) run(ctx context.Context, file devFile, published chan<- struct{}) error {
	client, err := f.dial(ctx, file)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := f.snapshot(ctx, client); err != nil {
		return err
	}
	published <- struct{}{}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return f.drift(ctx, client) })
	group.Go(func() error { return f.confirm(ctx, client) })
	group.Go(func() error { return f.answer(ctx, client) })
	return group.Wait()
}

func (f devFeed) snapshot(ctx context.Context, client *feed.Client) error {
	for _, s := range f.provider.Services {
		m := feed.Snapshot{Service: s.ID, DropConfirmed: true}
		for _, sp := range s.Spaces {
			m.Spaces = append(m.Spaces, feed.SpaceOf(sp.Space, sp.Report))
		}
		if _, err := client.Snapshot(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// drift sends what happens next. A change that was answered with a no, because a household is due there, is not kept.
func (f devFeed) drift(ctx context.Context, client *feed.Client) error {
	next := simulate.Drift(f.seed)
	pause := jitter(driftEvery * 10)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause()):
		}
		changes := next(f.provider.Services, time.Now())
		if len(changes) == 0 {
			continue
		}
		service := &f.provider.Services[changes[0].Service]
		m := feed.Publish{Service: service.ID}
		for _, c := range changes {
			m.Spaces = append(m.Spaces, feed.Space{Ref: service.Spaces[c.Space].Ref, State: c.Report.State, From: c.Report.From, Until: c.Report.Until, Why: c.Report.Why})
		}
		ack, err := client.Publish(ctx, m)
		if err != nil {
			slog.Warn("fictional feed", "provider", f.provider.Organisation.ID, "error", err)
			continue
		}
		for i, c := range changes {
			if i < len(ack.Spaces) && ack.Spaces[i].Code == "" {
				service.Spaces[c.Space].Report = c.Report
			}
		}
	}
}

func (f devFeed) confirm(ctx context.Context, client *feed.Client) error {
	pause := jitter(confirmEvery)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause()):
		}
		for i, s := range f.provider.Services {
			if (int(f.seed)+i)%8 == 0 {
				continue
			}
			if _, err := client.Confirm(ctx, feed.Confirm{Service: s.ID}); err != nil {
				slog.Warn("fictional feed", "provider", f.provider.Organisation.ID, "error", err)
			}
		}
	}
}

// answer replies to each hold once, after a while, as a person would.
func (f devFeed) answer(ctx context.Context, client *feed.Client) error {
	pause := jitter(answerAfter)
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, open := <-client.Holds():
			if !open {
				return nil
			}
			if e.Hold == nil || e.Hold.Answered {
				continue
			}
			go f.reply(ctx, client, *e.Hold, pause())
		}
	}
}

func (f devFeed) reply(ctx context.Context, client *feed.Client, h feed.Hold, after time.Duration) {
	select {
	case <-ctx.Done():
		return
	case <-time.After(after):
	}
	a := feed.Answer{Hold: h.Hold, Yes: true, AreaConfirmed: h.ConfirmArea}
	if rand.IntN(5) == 0 {
		a = feed.Answer{Hold: h.Hold, Reason: schema.CannotTake[rand.IntN(6)].Code}
	}
	if _, err := client.Answer(ctx, a); err != nil && ctx.Err() == nil {
		slog.Info("fictional answer not kept", "hold", h.Hold, "error", err)
	}
}

// jitter gives waits between half and one and a half times a mean, so that feeds do not speak all at once.
func jitter(mean time.Duration) func() time.Duration {
	return func() time.Duration { return mean/2 + rand.N(mean) }
}
