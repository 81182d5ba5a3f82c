package redisserver_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"haven/exchange/board/redisserver"
	"haven/schema/private"
)

func start(t *testing.T, cfg redisserver.Config) *redisserver.Server {
	t.Helper()
	s, err := redisserver.Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func open(t *testing.T, s *redisserver.Server) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	options.ContextTimeoutEnabled = true
	options.MaxRetries = -1
	client := redis.NewClient(options)
	t.Cleanup(func() { client.Close() })
	return client
}

func port(t *testing.T) int {
	t.Helper()
	port, err := private.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// Each way of running Redis keeps the same promises about ending and beginning again.
func TestAServerComesBackEmptyAtTheSameURL(t *testing.T) {
	t.Parallel()
	for _, way := range []struct {
		name  string
		cfg   redisserver.Config
		again func(context.Context, *redisserver.Server) error
	}{
		{"socket, stopped", redisserver.Config{Kind: redisserver.Real}, stopped},
		{"socket, killed", redisserver.Config{Kind: redisserver.Real}, killed},
		{"socket, running", redisserver.Config{Kind: redisserver.Real}, running},
		{"port, killed", redisserver.Config{Kind: redisserver.Real, Port: port(t)}, killed},
		{"imitation, stopped", redisserver.Config{Kind: redisserver.Imitated}, stopped},
		{"imitation, killed", redisserver.Config{Kind: redisserver.Imitated}, killed},
		{"imitation, running", redisserver.Config{Kind: redisserver.Imitated}, running},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, way.cfg)
			url := s.URL()
			if err := open(t, s).Set(t.Context(), "kept", "no", 0).Err(); err != nil {
				t.Fatal(err)
			}
			if err := way.again(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if err := s.Restart(t.Context()); err != nil {
				t.Fatal(err)
			}
			if s.URL() != url {
				t.Errorf("URL %s became %s", url, s.URL())
			}
			if n, err := open(t, s).DBSize(t.Context()).Result(); err != nil || n != 0 {
				t.Errorf("%d keys (%v) after a restart, want none", n, err)
			}
		})
	}
}

func stopped(ctx context.Context, s *redisserver.Server) error { return s.Stop(ctx) }
func killed(_ context.Context, s *redisserver.Server) error    { return s.Kill() }
func running(context.Context, *redisserver.Server) error       { return nil }

func TestAnEndedServerAnswersNobody(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]redisserver.Kind{"real": redisserver.Real, "imitated": redisserver.Imitated} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, redisserver.Config{Kind: kind})
			client := open(t, s)
			if err := client.Ping(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
			if err := s.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := client.Ping(t.Context()).Err(); err == nil {
				t.Error("a killed server answered")
			}
		})
	}
}

func TestOnlyTheImitationIsInMemory(t *testing.T) {
	t.Parallel()
	if start(t, redisserver.Config{Kind: redisserver.Real}).InMemory() {
		t.Error("the real one calls itself an imitation")
	}
	if !start(t, redisserver.Config{Kind: redisserver.Imitated}).InMemory() {
		t.Error("the imitation does not say so")
	}
}

func TestTheImitationForgetsByTheClock(t *testing.T) {
	t.Parallel()
	client := open(t, start(t, redisserver.Config{Kind: redisserver.Imitated}))
	if err := client.Set(t.Context(), "lease", "mine", 20*time.Millisecond).Err(); err != nil {
		t.Fatal(err)
	}
	for {
		err := client.Get(t.Context(), "lease").Err()
		if errors.Is(err, redis.Nil) {
			return // the test's own deadline ends a lease that never lapses
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPausedServerAnswersOnlyAfterResume(t *testing.T) {
	t.Parallel()
	s := start(t, redisserver.Config{Kind: redisserver.Real})
	client := open(t, s)
	if err := client.Ping(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if err := s.Pause(); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := client.Ping(short).Err(); err == nil {
		t.Error("a paused server answered")
	}
	if err := s.Resume(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, s).Ping(t.Context()).Err(); err != nil {
		t.Errorf("after resume: %v", err)
	}
}

func TestTheImitationSaysThatItCannotBePaused(t *testing.T) {
	t.Parallel()
	if err := start(t, redisserver.Config{Kind: redisserver.Imitated}).Pause(); err == nil {
		t.Error("a pause that did nothing was called done")
	}
}

func TestServersStartedTogetherAreApart(t *testing.T) {
	t.Parallel()
	var starting sync.WaitGroup
	var made [4]*redisserver.Server
	var errs [4]error
	for i := range made {
		starting.Go(func() { made[i], errs[i] = redisserver.Start(t.Context(), redisserver.Config{Kind: redisserver.Real}) })
	}
	starting.Wait()
	for i, s := range made {
		if errs[i] != nil {
			t.Errorf("start %d: %v", i, errs[i])
			continue
		}
		defer s.Close(context.Background())
		if set, err := open(t, s).SetNX(t.Context(), "mine", i, 0).Result(); err != nil || !set {
			t.Errorf("server %d holds another's key (%v)", i, err)
		}
	}
}

func TestANamedProgramIsUsedOrIsAnError(t *testing.T) {
	t.Parallel()
	s, err := redisserver.Start(t.Context(), redisserver.Config{Program: "/nowhere/redis-server"})
	if err == nil {
		s.Close(t.Context())
		t.Fatal("a program that is not there was replaced by another in silence")
	}
}

func TestATakenPortIsAnErrorAtOnce(t *testing.T) {
	t.Parallel()
	first := redisserver.Config{Kind: redisserver.Real, Port: port(t)}
	start(t, first)
	s, err := redisserver.Start(t.Context(), first)
	if err == nil {
		s.Close(t.Context())
		t.Fatal("two servers listen on one port")
	}
}
