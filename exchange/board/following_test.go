package board

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"haven/exchange"
	"haven/schema"
)

func TestAMissingEntryIsNoticedAndMadeGood(t *testing.T) {
	t.Parallel()
	for name, after := range map[string][]entry{
		"in the middle": {on("c", 1)},
		"at the end":    nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, shared["redis"])
			as := started(t, n.store)
			f, l := n.follow(t)
			mustPublish(t, n.store, as, on("a", 1))
			await(t, "the follower has heard of a", func() bool { return l.shows(editions(board(t, n.store))) })

			// One transaction, so that the follower never sees the entry: as a Redis that fell back to a copy without it.
			_, err := n.store.redis.TxPipelined(t.Context(), func(pipe redis.Pipeliner) error {
				pipe.HSet(t.Context(), n.store.keys.place, "b", `{"space":{"id":"b"},"version":1}`)
				pipe.HSet(t.Context(), n.store.keys.version, "b", "1.0")
				pipe.HIncrBy(t.Context(), n.store.keys.meta, "n", 1)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			mustPublish(t, n.store, as, after...)
			await(t, "the follower shows what it was never told", func() bool { return l.shows(editions(board(t, n.store))) })
			if _, resets, _ := l.heard(); resets < 2 {
				t.Error("it took no new snapshot")
			}
			if live, since := f.State(); live || !since.IsZero() {
				t.Errorf("live %v since %v though no relay ever said that nothing was left", live, since)
			}
		})
	}
}

func TestADeletedStreamEntryIsMadeGood(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	as := started(t, n.store)
	mustPublish(t, n.store, as, on("a", 1), on("b", 1), on("c", 1))
	messages, err := n.store.redis.XRange(t.Context(), n.store.keys.stream, "-", "+").Result()
	if err != nil {
		t.Fatal(err)
	}
	if err := n.store.redis.XDel(t.Context(), n.store.keys.stream, messages[2].ID).Err(); err != nil {
		t.Fatal(err)
	}
	f := NewFollowing(FollowingConfig{Redis: n.store.redis, Prefix: n.prefix})
	if err := f.follow(t.Context(), position{"e", 0, messages[0].ID}); err == nil {
		t.Error("a follower read over a missing entry")
	}
	_, l := n.follow(t)
	await(t, "a new follower shows all three", func() bool { return l.shows(editions(board(t, n.store))) })
}

// The snapshot is read in parts while places come, change and go. What it gives must be the board at exactly the entry it names.
func TestASnapshotTakenWhileTheBoardChangesIsOfOneMoment(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	as := started(t, n.store)
	as.keep = 100_000
	var filled []entry
	for i := range 3000 {
		filled = append(filled, on(fmt.Sprint(i), 1))
	}
	mustPublish(t, n.store, as, filled...)
	opened, err := n.store.redis.XRangeN(t.Context(), n.store.keys.stream, "-", "+", 1).Result()
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		pace := time.NewTicker(500 * time.Microsecond)
		defer pace.Stop()
		for version := int64(2); ; version++ {
			for i := range 400 {
				select {
				case <-stop:
					return
				case <-pace.C:
				}
				id := fmt.Sprint((i*31 + int(version)*7) % 3000)
				e := on(id, version)
				if (i+int(version))%3 == 0 {
					e = off(id, version)
				}
				if _, err := n.store.publish(t.Context(), as, []entry{e, on(fmt.Sprint("new", i), version)}); err != nil {
					t.Error(err)
					return
				}
			}
		}
	})
	defer writing.Wait()
	defer close(stop)
	want, at := map[string]schema.Place{}, position{"e", 0, opened[0].ID}
	var heard []exchange.Change
	for range 10 {
		found, places, err := n.store.snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := map[schema.SpaceID]schema.Place{}
		for _, p := range places {
			got[p.Space.ID] = p
		}
		for at.n < found.n {
			changes, next, err := n.store.read(t.Context(), at, 0)
			if err != nil {
				t.Fatal(err)
			}
			heard, at = append(heard, changes...), next
		}
		for len(heard) > 0 && heard[0].N <= found.n {
			overlay(want, heard[0])
			heard = heard[1:]
		}
		if len(got) != len(want) {
			t.Fatalf("%d places at entry %d, want %d", len(got), found.n, len(want))
		}
		for id, p := range want {
			if got[schema.SpaceID(id)].Version != p.Version {
				t.Fatalf("place %s has version %d at entry %d, want %d", id, got[schema.SpaceID(id)].Version, found.n, p.Version)
			}
		}
	}
}

func TestAListKeepsBeingShownAndSaysItMayBeOld(t *testing.T) {
	t.Parallel()
	server := own(t)
	n := newNetwork(t, server)
	n.put("a")
	_, stop := n.relay(t, "one")
	f, l := n.follow(t)
	n.awaitSame(t, l)
	live := func() bool { live, _ := f.State(); return live }
	await(t, "the list is live", live)

	// No relay: nobody knows what is left to publish.
	stop()
	await(t, "the list says that it may be old", func() bool { return !live() })
	_, since := f.State()
	if age := time.Since(since); age < 2*time.Second {
		t.Errorf("it said so after %v, want 2 s", age)
	}
	n.relay(t, "two")
	await(t, "the list is live again", live)

	// Redis stands still: connections stay open and nothing answers.
	if err := server.Pause(); err != nil {
		t.Fatal(err)
	}
	await(t, "the list says that it may be old", func() bool { return !live() })
	if !n.same(l) {
		t.Error("the list was not kept")
	}
	n.put("b")
	if err := server.Resume(); err != nil {
		t.Fatal(err)
	}
	n.awaitSame(t, l)
	await(t, "the list is live again", live)
}
