package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"haven/exchange"
	"haven/exchange/board/redisserver"
	"haven/notifier/standin"
	"haven/schema/ledger"
	"haven/schema/ledger/pgserver"
)

const (
	devDatabase = "postgres"
	devRunning  = "haven_app" // the running user: owns nothing
	devAccount  = "AC00000000000000000000000000000053"
	devTexting  = "only-for-the-stand-in"
)

// runDev starts everything Haven stands on, privately, and every role in this process. Nothing outside the data folder is touched, and what it
// started ends with it.
func runDev(ctx context.Context, c Config, _ []string) error {
	say := func(format string, args ...any) { fmt.Fprintf(os.Stdout, format+"\n", args...) }
	listener, err := net.Listen("tcp", net.JoinHostPort(c.Host, c.Port))
	if err != nil {
		return fmt.Errorf("cannot listen on PORT %s: is another Haven running? Set PORT to another number", c.Port)
	}
	defer listener.Close()
	data, err := filepath.Abs(c.Data)
	if err != nil {
		return err
	}
	say("haven: starting a private database and Redis under %s", c.Data)
	servers, err := startServers(ctx, data)
	if err != nil {
		return err
	}
	defer servers.stop()
	if servers.redis.InMemory() {
		say("haven: no redis-server on this machine: using an imitation in this process, for trying out only")
	}
	if err := servers.configure(ctx, &c); err != nil {
		return err
	}
	texts, err := startTexts(&c)
	if err != nil {
		return err
	}
	defer texts.Close()
	network, err := plantNetwork(ctx, c, data, texts.Addr)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveWeb(ctx, c, listener) })
	group.Go(func() error { return runExchange(ctx, c, nil) })
	group.Go(func() error { return runAllocator(ctx, c, nil) })
	group.Go(func() error { return runNotifier(ctx, c, nil) })
	group.Go(func() error { return network.live(ctx, c, say) })
	return group.Wait()
}

// servers are the private PostgreSQL and Redis of `haven dev`.
type servers struct {
	postgres *pgserver.Server
	redis    *redisserver.Server
}

func startServers(ctx context.Context, data string) (*servers, error) {
	if err := os.MkdirAll(data, 0o755); err != nil {
		return nil, err
	}
	postgres, err := pgserver.Start(ctx, pgserver.Config{Dir: filepath.Join(data, "postgres"), Durable: true, Unpacked: filepath.Join(data, "programs")})
	if err != nil {
		return nil, fmt.Errorf("the private PostgreSQL did not start: %w", err)
	}
	redis, err := redisserver.Start(ctx, redisserver.Config{})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the private Redis did not start: %w", err), postgres.Close(context.WithoutCancel(ctx)))
	}
	return &servers{postgres, redis}, nil
}

// configure points the roles at the private servers, and brings the database up to date.
func (s *servers) configure(ctx context.Context, c *Config) error {
	c.MigrateDatabaseURL = s.postgres.DSN(pgserver.Owner, devDatabase)
	c.DatabaseURL = s.postgres.DSN(devRunning, devDatabase)
	c.RedisURL = s.redis.URL()
	if err := ledger.EnsureUser(ctx, c.MigrateDatabaseURL, devRunning, ""); err != nil {
		return err
	}
	return ledger.Migrate(ctx, c.MigrateDatabaseURL, devRunning)
}

func (s *servers) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := errors.Join(s.redis.Close(ctx), s.postgres.Close(ctx)); err != nil {
		fmt.Fprintln(os.Stderr, "haven: stopping the private servers:", err)
	}
}

// startTexts starts the stand-in for the text-message service on this machine only, unless a real one is configured.
func startTexts(c *Config) (*http.Server, error) {
	if c.TwilioAccount != "" {
		return &http.Server{}, nil
	}
	stand, err := standin.New(standin.Config{AccountSID: devAccount, User: devAccount, Password: devTexting})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Addr: "http://" + listener.Addr().String(), Handler: stand, ReadHeaderTimeout: 5 * time.Second}
	go server.Serve(listener)
	c.TwilioAccount, c.TwilioToken, c.TwilioFrom, c.TwilioBaseURL = devAccount, devTexting, "+447700900000", server.Addr
	return server, nil
}

// withExchange runs commands as whoever operates Haven.
func withExchange(ctx context.Context, c Config, do func(*ledger.DB, *exchange.Exchange) error) error {
	return withLedger(ctx, c, "haven dev", do)
}
