package board

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"haven/exchange"
	"haven/schema"
)

// heals is how soon after Redis lost everything the lists must be right again.
const heals = 5 * time.Second

// stream commits changes until told to stop.
func (n *network) stream(t *testing.T) (stop func()) {
	t.Helper()
	done := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		pace := time.NewTicker(time.Millisecond)
		defer pace.Stop()
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			case <-pace.C:
			}
			if id := fmt.Sprint(i * 7 % 200); i%11 == 0 {
				n.takeOff(id)
			} else {
				n.put(id)
			}
		}
	})
	stop = sync.OnceFunc(func() { close(done); writing.Wait() })
	t.Cleanup(stop)
	return stop
}

func TestAnEmptiedRedisHealsInTheMiddleOfPublishing(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, own(t))
	n.relay(t, "one")
	n.relay(t, "two")
	f, first := n.follow(t)
	_, second := n.follow(t)
	stop := n.stream(t)
	for range 3 {
		before, _, _ := first.heard()
		await(t, "changes are heard", func() bool { live, _ := f.State(); return live })
		emptied := time.Now()
		if err := n.store.redis.FlushAll(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		awaitWithin(t, heals, "both have a board of another epoch and are live", func() bool {
			epoch, _, _ := first.heard()
			other, _, _ := second.heard()
			live, since := f.State()
			return epoch != before && other == epoch && live && since.After(emptied)
		})
	}
	emptied := time.Now()
	if err := n.store.redis.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	stop()
	awaitWithin(t, heals-time.Since(emptied), "both lists equal the ledger", func() bool { return n.same(first, second) })
	await(t, "the outbox is empty", func() bool { rows, _ := n.count(); return rows == 0 })
}

func TestAKilledRedisThatComesBackEmptyHeals(t *testing.T) {
	t.Parallel()
	server := own(t)
	n := newNetwork(t, server)
	n.relay(t, "one")
	f, first := n.follow(t)
	_, second := n.follow(t)
	stop := n.stream(t)
	await(t, "the list is live", func() bool { live, _ := f.State(); return live })
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	n.put("committed while Redis was away")
	n.tell(exchange.TopicHold, "made while Redis was away")
	await(t, "the list says that it may be old", func() bool { live, _ := f.State(); return !live })
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	back := time.Now()
	stop()
	awaitWithin(t, heals-time.Since(back), "both lists equal the ledger", func() bool { return n.same(first, second) })
	// Followers may have had it in their new snapshot's past: that it is in the stream is what must hold.
	await(t, "the hold is told", func() bool {
		messages, err := n.store.redis.XRange(t.Context(), n.store.keys.stream, "-", "+").Result()
		return err == nil && slices.ContainsFunc(messages, func(m redis.XMessage) bool { return m.Values["topic"] == string(exchange.TopicHold) })
	})
}

func TestABoardThatFellBackToAnOlderCopyHeals(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	for i := range 20 {
		n.put(fmt.Sprint(i))
	}
	n.relay(t, "one")
	_, l := n.follow(t)
	n.awaitSame(t, l)
	n.takeOff("7")
	n.put("3")
	n.awaitSame(t, l)
	before, _, _ := l.heard()
	// The copy never heard of the last two changes, nor of a third; its epoch is the same.
	ctx, k := t.Context(), n.store.keys
	for _, write := range []error{
		n.store.redis.HSet(ctx, k.place, "7", `{"space":{"id":"7"},"version":1}`, "3", `{"space":{"id":"3"},"version":1}`).Err(),
		n.store.redis.HSet(ctx, k.version, "7", "1.1", "3", "1.1").Err(),
		n.store.redis.HDel(ctx, k.place, "5").Err(),
		n.store.redis.HDel(ctx, k.version, "5").Err(),
	} {
		if write != nil {
			t.Fatal(write)
		}
	}
	awaitWithin(t, heals, "the list has a new epoch and equals the ledger", func() bool {
		epoch, _, _ := l.heard()
		return epoch != before && n.same(l)
	})
}

func TestTenThousandPlacesAreRebuiltWhileMoreIsCommitted(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, own(t))
	for i := range 10_000 {
		n.put(fmt.Sprint("place ", i))
	}
	clear(n.rows) // no relay runs yet: as if all had long been published
	n.relay(t, "one")
	stop := n.stream(t)
	_, l := n.follow(t)
	await(t, "the list has them all", func() bool { l.mu.Lock(); defer l.mu.Unlock(); return len(l.places) >= 10_000 })
	if err := n.store.redis.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	stop()
	n.awaitSame(t, l)
}

func TestDifferencesLeaveOutWhatHasNotSettled(t *testing.T) {
	t.Parallel()
	got := differences(
		map[schema.SpaceID]int64{"same": 1, "older": 1, "extra": 1, "changing": 1, "leaving": 1},
		map[schema.SpaceID]int64{"same": 1, "older": 2, "missing": 1},
		map[schema.SpaceID]bool{"changing": true, "leaving": true, "coming": true},
	)
	if len(got) != 3 || !got["older"] || !got["extra"] || !got["missing"] {
		t.Errorf("differ: %v, want older, extra and missing", got)
	}
}
