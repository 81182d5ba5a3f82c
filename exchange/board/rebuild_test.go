package board

import (
	"errors"
	"fmt"
	"testing"

	"haven/exchange"
)

func stage(t *testing.T, s store, epoch string, n int) {
	t.Helper()
	next := staging{store: s, epoch: epoch}
	for i := range n {
		if err := next.add(t.Context(), *place(fmt.Sprint(i), 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := next.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if next.count != n {
		t.Fatalf("staged %d, want %d", next.count, n)
	}
}

func TestASwapReplacesTheWholeBoard(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		mustPublish(t, s, as, on("old", 1), on("gone", 1), off("gone", 2), on("0", 9))
		stage(t, s, "f", 1203) // more than two parts
		before, err := s.head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.swap(t.Context(), 2, "f", 1203); err != nil {
			t.Fatal(err)
		}
		got := board(t, s)
		if _, old := got["old"]; len(got) != 1203 || old || got["0"].Version != 1 {
			t.Errorf("the board has %d places, the old one %v", len(got), old)
		}
		if _, _, err := s.read(t.Context(), before.position, 0); !errors.Is(err, errLost) {
			t.Errorf("a follower of the old epoch reads on: %v", err)
		}
		as = standing{term: 2, epoch: "f", keep: 1000}
		mustPublish(t, s, as, on("gone", 1))
		if head, err := s.head(t.Context()); err != nil || head.n != 1 || head.epoch != "f" {
			t.Errorf("head is %+v (%v), want entry 1 of epoch f", head, err)
		}
		for _, key := range []string{s.keys.place, s.keys.version} {
			if ttl, err := s.redis.TTL(t.Context(), key).Result(); err != nil || ttl >= 0 {
				t.Errorf("a key of the board lapses in %v (%v)", ttl, err)
			}
		}
	})
}

func TestAnEmptyLedgerMakesAnEmptyBoard(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		mustPublish(t, s, as, on("a", 1))
		if err := s.swap(t.Context(), 1, "f", 0); err != nil {
			t.Fatal(err)
		}
		if got := board(t, s); len(got) != 0 {
			t.Errorf("the board has %v", got)
		}
	})
}

func TestASwapOfWhatIsNoLongerAllThereLeavesTheBoard(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		mustPublish(t, s, as, on("a", 1))
		stage(t, s, "f", 3)
		if err := s.redis.HDel(t.Context(), s.keys.nextPlace("f"), "1").Err(); err != nil {
			t.Fatal(err)
		}
		if err := s.swap(t.Context(), 1, "f", 3); !errors.Is(err, errLost) {
			t.Errorf("a swap of 2 of 3 places got %v", err)
		}
		if got := board(t, s); len(got) != 1 || got["a"].Version != 1 {
			t.Errorf("the board has %v", got)
		}
	})
}

func TestWhatIsStagedAndNeverSwappedLapses(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		stage(t, s, "f", 3)
		for _, key := range []string{s.keys.nextPlace("f"), s.keys.nextVersion("f")} {
			if ttl, err := s.redis.TTL(t.Context(), key).Result(); err != nil || ttl <= 0 || ttl > staged {
				t.Errorf("it lapses in %v (%v), want at most %v", ttl, err, staged)
			}
		}
	})
}

func TestVersionsAreThoseOfTheBoard(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		mustPublish(t, s, as, on("a", 12), on("b", 1), off("b", 2), entry{topic: exchange.TopicHold, id: "h", version: 1})
		got, err := s.versions(t.Context())
		if err != nil || len(got) != 1 || got["a"] != 12 {
			t.Errorf("versions are %v (%v)", got, err)
		}
		if err := s.redis.HDel(t.Context(), s.keys.place, "a").Err(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.versions(t.Context()); !errors.Is(err, errLost) {
			t.Errorf("a place that somebody took away got %v", err)
		}
	})
}
