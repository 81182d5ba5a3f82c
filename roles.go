package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/errgroup"

	"haven/exchange"
	"haven/exchange/board"
	"haven/exchange/feed"
	"haven/notifier"
	"haven/notifier/twilio"
	"haven/schema/ledger"
	"haven/web"
	"haven/web/live"
)

// The technology packages never import one another; that they fit the ports is said here.
var (
	_ exchange.Ledger       = (*ledger.DB)(nil)
	_ exchange.Accounts     = (*ledger.DB)(nil)
	_ exchange.Outbox       = (*ledger.DB)(nil)
	_ exchange.SearchRecord = (*ledger.DB)(nil)
	_ notifier.Outbox       = (*ledger.DB)(nil)
	_ exchange.Follower     = (*live.Hub)(nil)
	_ exchange.Follower     = (*feed.Handler)(nil)
)

const (
	sweepEvery  = time.Second // a hold that ran out shows as free well within 5 seconds (S3)
	sealEvery   = 2 * time.Second
	sealBatch   = 1000
	tidyEvery   = time.Hour
	lookAgain   = 10 * time.Minute // households in bed and breakfast are looked at daily; this is how often it is checked who is due
	recordEvery = 2 * time.Second
	drainFor    = 10 * time.Second
)

// footing is what a role stands on. A subcommand that needs no board has no redis.
type footing struct {
	db    *ledger.DB
	redis board.Redis
	x     *exchange.Exchange
}

// withLedger opens the ledger for a subcommand that needs no board.
func withLedger(ctx context.Context, c Config, role string, do func(*ledger.DB, *exchange.Exchange) error) error {
	if err := c.needs(role, false); err != nil {
		return err
	}
	db, err := ledger.Open(ctx, ledger.Config{DSN: c.DatabaseURL})
	if err != nil {
		return err
	}
	defer db.Close()
	x, err := exchange.New(exchange.Config{Ledger: db})
	if err != nil {
		return err
	}
	return do(db, x)
}

// withBoard opens the ledger and the board for a role that needs both.
func withBoard(ctx context.Context, c Config, role string, do func(footing) error) error {
	if err := c.needs(role, true); err != nil {
		return err
	}
	return withLedger(ctx, c, role, func(db *ledger.DB, x *exchange.Exchange) error {
		redis, err := board.Open(c.RedisURL)
		if err != nil {
			return err
		}
		defer redis.Close()
		return do(footing{db, redis, x})
	})
}

// following keeps followers in step with the board.
func (f footing) following(c Config, followers ...exchange.Follower) *board.Following {
	return board.NewFollowing(board.FollowingConfig{Redis: f.redis, Prefix: c.RedisPrefix, Log: slog.Default(), Followers: followers})
}

func failed(part string) func(error) {
	return func(err error) { slog.Warn("will try again", "part", part, "error", err) }
}

// runWeb answers browsers, scripts and providers' systems, and matches in memory over the places it follows.
func runWeb(ctx context.Context, c Config, _ []string) error {
	if err := c.needs("haven web", true); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(c.Host, c.Port))
	if err != nil {
		return fmt.Errorf("cannot listen on PORT %s: %w", c.Port, err)
	}
	return serveWeb(ctx, c, listener)
}

func serveWeb(ctx context.Context, c Config, listener net.Listener) error {
	return withBoard(ctx, c, "haven web", func(f footing) error { return f.serveWeb(ctx, c, listener) })
}

func (f footing) serveWeb(ctx context.Context, c Config, listener net.Listener) error {
	gazetteer, err := places(ctx, f.db)
	if err != nil {
		return err
	}
	feeds, err := feed.New(feed.Config{Commands: f.x, Reader: f.db})
	if err != nil {
		return err
	}
	hub := live.NewHub(live.Config{})
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	following := f.following(c, f.x.Indexed(), hub, feeds)
	pages, err := web.New(web.Config{
		Exchange: f.x, Accounts: f.db, Places: gazetteer, Live: hub, Board: following.State, Feed: feeds, Secure: c.secure(), Metrics: metrics,
		Ready: func() error { return ready(f.db, following) },
	})
	if err != nil {
		return err
	}
	if !pages.BuiltWithAssets() {
		slog.Warn("built without its stylesheet: run make assets, then build again")
	}
	server := &http.Server{Handler: pages, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return following.Run(ctx) })
	group.Go(func() error { return f.x.RecordSearches(ctx, f.db, recordEvery, failed("search record")) })
	group.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		return drain(ctx, server, feeds, hub)
	})
	slog.Info("listening", "address", listener.Addr().String())
	return group.Wait()
}

// drain lets answers that are on their way finish, and tells sockets when to come back.
func drain(ctx context.Context, server *http.Server, feeds *feed.Handler, hub *live.Hub) error {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainFor)
	defer cancel()
	return errors.Join(feeds.Drain(last), hub.Drain(last), server.Shutdown(last))
}

func ready(db *ledger.DB, following *board.Following) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := db.Ping(ctx); err != nil {
		return errors.New("the database does not answer")
	}
	if current, since := following.State(); !current {
		return fmt.Errorf("the list is from %s", since.UTC().Format(time.RFC3339))
	}
	return nil
}

// runExchange publishes what was committed, seals the record and deletes what has served its time. Any number may run; one relay is active.
func runExchange(ctx context.Context, c Config, _ []string) error {
	return withBoard(ctx, c, "haven exchange", func(f footing) error {
		relay := board.NewRelay(board.RelayConfig{Redis: f.redis, Prefix: c.RedisPrefix, Outbox: f.db, Holder: processName(), Log: slog.Default()})
		group, ctx := errgroup.WithContext(ctx)
		group.Go(func() error { return relay.Run(ctx) })
		group.Go(func() error { return seal(ctx, f.db) })
		group.Go(func() error {
			return every(ctx, tidyEvery, failed("tidying"), func() error { return f.db.Tidy(ctx) })
		})
		return group.Wait()
	})
}

func seal(ctx context.Context, db *ledger.DB) error {
	return every(ctx, sealEvery, failed("seal"), func() error {
		_, err := db.Seal(ctx, sealBatch)
		return err
	})
}

// runAllocator ends holds that ran out, keeps looking for households that wait and looks again for those in bed and breakfast. It follows the board to
// search.
func runAllocator(ctx context.Context, c Config, _ []string) error {
	return withBoard(ctx, c, "haven allocator", func(f footing) error {
		lookout := f.x.Lookout()
		following := f.following(c, f.x.Indexed(), lookout)
		group, ctx := errgroup.WithContext(ctx)
		group.Go(func() error { return following.Run(ctx) })
		group.Go(func() error { return lookout.Run(ctx, failed("waiting households")) })
		group.Go(func() error { return f.x.Sweep(ctx, sweepEvery, failed("sweeper")) })
		group.Go(func() error { return f.lookAgain(ctx, following) })
		return group.Wait()
	})
}

// lookAgain only in a list that is current: another would count places that have gone.
func (f footing) lookAgain(ctx context.Context, following *board.Following) error {
	return every(ctx, lookAgain, failed("daily check"), func() error {
		if current, _ := following.State(); !current {
			return nil
		}
		_, err := f.x.LookAgain(ctx, time.Now())
		return err
	})
}

// runNotifier sends texts through Twilio, or to a stand-in where TWILIO_BASE_URL names one.
func runNotifier(ctx context.Context, c Config, _ []string) error {
	if err := c.needs("haven notifier", false); err != nil {
		return err
	}
	if c.TwilioAccount == "" {
		slog.Warn("TWILIO_ACCOUNT_SID is not set: texts wait in the ledger until it is, or until their time passes")
		<-ctx.Done()
		return nil
	}
	sender, err := twilio.New(twilio.Config{
		AccountSID: c.TwilioAccount, APIKey: c.TwilioKey, APISecret: c.TwilioSecret, AuthToken: c.TwilioToken, From: c.TwilioFrom,
		MessagingServiceSID: c.TwilioMessaging, BaseURL: c.TwilioBaseURL, Region: c.TwilioRegion, Edge: c.TwilioEdge,
	})
	if err != nil {
		return err
	}
	return withLedger(ctx, c, "haven notifier", func(db *ledger.DB, _ *exchange.Exchange) error {
		worker, err := notifier.New(notifier.Config{
			Outbox: db, Sender: sender, Name: processName(), Link: c.PublicURL, Phone: c.StaffPhone,
			Drama: c.TwilioBaseURL != "", // numbers kept for drama are texted only to a stand-in
		})
		if err != nil {
			return err
		}
		return worker.Run(ctx)
	})
}

// every runs do now and then, until ctx ends.
func every(ctx context.Context, pause time.Duration, failed func(error), do func() error) error {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		if err := do(); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// processName tells processes of one role apart.
func processName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s-%d-%d", host, os.Getpid(), time.Now().UnixNano())
}
