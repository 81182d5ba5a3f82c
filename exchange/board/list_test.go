package board

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"haven/exchange"
	"haven/exchange/board/redisserver"
	"haven/schema"
)

// list is a follower that holds the promise of the stream against what it hears.
type list struct {
	mu     sync.Mutex
	epoch  string
	n      int64
	places map[schema.SpaceID]schema.Place
	other  []exchange.Change // that are about no space
	resets int
	wrong  []string
}

func (l *list) Reset(s exchange.Snapshot) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.epoch, l.n, l.places = s.Epoch, s.N, map[schema.SpaceID]schema.Place{}
	for _, p := range s.Places {
		l.places[p.Space.ID] = p
	}
	l.resets++
}

func (l *list) Apply(c exchange.Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c.Epoch != l.epoch || c.N != l.n+1 {
		l.wrong = append(l.wrong, fmt.Sprintf("entry %d of %s after %d of %s", c.N, c.Epoch, l.n, l.epoch))
	}
	l.n = c.N
	if c.Topic != exchange.TopicSpace {
		l.other = append(l.other, c)
		return
	}
	id := schema.SpaceID(c.ID)
	if have, on := l.places[id]; on && c.Version < have.Version {
		l.wrong = append(l.wrong, fmt.Sprintf("version %d of %s after %d", c.Version, c.ID, have.Version))
	}
	if c.Place == nil {
		delete(l.places, id)
		return
	}
	l.places[id] = *c.Place
}

func (l *list) shows(want map[schema.SpaceID]string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.resets > 0 && maps.Equal(editions(l.places), want)
}

func (l *list) heard() (epoch string, resets int, others []exchange.Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.epoch, l.resets, slices.Clone(l.other)
}

// network is a ledger with relays and followers around one Redis.
type network struct {
	*ledger
	server *redisserver.Server
	store  store
	prefix string
}

func newNetwork(t *testing.T, server *redisserver.Server) *network {
	t.Helper()
	prefix := "test-" + rand.Text()
	return &network{ledger: newLedger(), server: server, prefix: prefix, store: newStore(dial(t, server), prefix)}
}

// background runs something until the test or its stop ends it, and holds it to ending without an error.
func background(t *testing.T, what string, run func(context.Context) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("%s ended with %v", what, err)
			}
		case <-time.After(20 * time.Second):
			t.Errorf("%s does not end", what)
		}
	})
	t.Cleanup(stop)
	return stop
}

func (n *network) relay(t *testing.T, holder string) (r *Relay, stop func()) {
	t.Helper()
	r = NewRelay(RelayConfig{Redis: dial(t, n.server), Outbox: n.ledger, Holder: holder, Prefix: n.prefix, Log: logTo(t)})
	return r, background(t, "relay "+holder, r.Run)
}

func (n *network) follow(t *testing.T) (*Following, *list) {
	t.Helper()
	l := &list{}
	f := NewFollowing(FollowingConfig{Redis: dial(t, n.server), Prefix: n.prefix, Followers: []exchange.Follower{l}, Log: logTo(t)})
	stop := background(t, "following", f.Run)
	t.Cleanup(func() {
		stop()
		for _, w := range l.wrong {
			t.Error(w)
		}
	})
	return f, l
}

func (n *network) awaitSame(t *testing.T, lists ...*list) {
	t.Helper()
	await(t, "the lists show what the ledger has", func() bool { return n.same(lists...) })
}

func (n *network) same(lists ...*list) bool {
	want := n.now()
	return !slices.ContainsFunc(lists, func(l *list) bool { return !l.shows(want) })
}

func logTo(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), nil))
}
