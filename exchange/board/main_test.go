package board

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"haven/exchange/board/redisserver"
)

// shared are the servers of tests that leave them standing; a test that stops or empties one starts its own.
var shared = map[string]*redisserver.Server{}

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	ctx := context.Background()
	for name, kind := range map[string]redisserver.Kind{"redis": redisserver.Real, "imitation": redisserver.Imitated} {
		server, err := redisserver.Start(ctx, redisserver.Config{Kind: kind})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer server.Close(ctx)
		shared[name] = server
	}
	return m.Run()
}

// own starts a Redis for a test that breaks it.
func own(t *testing.T) *redisserver.Server {
	t.Helper()
	server, err := redisserver.Start(t.Context(), redisserver.Config{Kind: redisserver.Real})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(context.Background()); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return server
}

// dial opens connections of a test's own, as a process has.
func dial(t *testing.T, server *redisserver.Server) redis.UniversalClient {
	t.Helper()
	client, err := Open(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// private gives a store under a prefix nobody else has.
func private(t *testing.T, server *redisserver.Server) store {
	t.Helper()
	return newStore(dial(t, server), "test-"+rand.Text())
}

// onBoth runs a test against the real Redis and against the imitation that serves a machine without one.
func onBoth(t *testing.T, test func(t *testing.T, s store)) {
	t.Parallel()
	for name, server := range shared {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, private(t, server))
		})
	}
}

// await asks until it holds, for a time that no machine should need.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	awaitWithin(t, 20*time.Second, what, holds)
}

func awaitWithin(t *testing.T, long time.Duration, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(long); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("after %v still not: %s", long, what)
		}
		<-tick.C
	}
}
