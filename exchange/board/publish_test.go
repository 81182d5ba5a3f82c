package board

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/exchange"
	"haven/schema"
)

// started gives a board that is empty and open for publishing under term 1 and epoch "e".
func started(t testing.TB, s store) standing {
	t.Helper()
	if err := s.swap(t.Context(), 1, "e", 0); err != nil {
		t.Fatal(err)
	}
	return standing{term: 1, epoch: "e", keep: 1000}
}

func place(id string, version int64) *schema.Place {
	return &schema.Place{Space: schema.Space{ID: schema.SpaceID(id), Ref: fmt.Sprintf("as of %d", version)}, Version: version}
}

func on(id string, version int64) entry {
	return entry{topic: exchange.TopicSpace, id: id, version: version, place: place(id, version)}
}

func off(id string, version int64) entry {
	return entry{topic: exchange.TopicSpace, id: id, version: version}
}

func mustPublish(t testing.TB, s store, as standing, entries ...entry) {
	t.Helper()
	if _, err := s.publish(t.Context(), as, entries); err != nil {
		t.Fatal(err)
	}
}

// told lists what the stream of epoch "e" says, as "topic id version", "-" after what went off the board.
func told(t testing.TB, s store) []string {
	t.Helper()
	all := []string{}
	at := position{epoch: "e", id: "0-1"}
	messages, err := s.redis.XRange(t.Context(), s.keys.stream, "-", "+").Result()
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range messages {
		change, err := decode(m.Values)
		if err != nil {
			t.Fatal(err)
		}
		if change.N != int64(i) || change.Epoch != at.epoch {
			t.Fatalf("entry %d of epoch %s stands at place %d", change.N, change.Epoch, i)
		}
		if i == 0 {
			continue // the entry that says a new epoch began
		}
		line := fmt.Sprintf("%s %s %d", change.Topic, change.ID, change.Version)
		if change.Topic == exchange.TopicSpace && change.Place == nil {
			line += " -"
		}
		all = append(all, line)
	}
	return all
}

func wantTold(t testing.TB, s store, want ...string) {
	t.Helper()
	if got := told(t, s); !slices.Equal(got, want) {
		t.Errorf("the stream says %q, want %q", got, want)
	}
}

func board(t testing.TB, s store) map[schema.SpaceID]schema.Place {
	t.Helper()
	_, places, err := s.snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := map[schema.SpaceID]schema.Place{}
	for _, p := range places {
		all[p.Space.ID] = p
	}
	return all
}

func TestNewerReplacesAndOlderOrEqualLosesInSilence(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		mustPublish(t, s, as, on("a", 5), on("b", 1))
		mustPublish(t, s, as, on("a", 4), on("a", 5), on("b", 2))
		wantTold(t, s, "space a 5", "space b 1", "space b 2")
		got := board(t, s)
		if len(got) != 2 || got["a"].Space.Ref != "as of 5" || got["b"].Space.Ref != "as of 2" {
			t.Errorf("the board has %v", got)
		}
	})
}

func TestAVersionOfTenIsNewerThanNine(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		mustPublish(t, s, as, on("a", 9), on("a", 10), on("a", 9))
		wantTold(t, s, "space a 9", "space a 10")
	})
}

func TestAChangedServiceReplacesThePlaceOfTheSameVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		of := func(service int64) entry {
			e := on("a", 3)
			e.place.Service.Version = service
			return e
		}
		mustPublish(t, s, as, of(7), of(8), of(7), of(8))
		wantTold(t, s, "space a 3", "space a 3")
		if got := board(t, s)["a"].Service.Version; got != 8 {
			t.Errorf("the place has version %d of its service, want 8", got)
		}
	})
}

func TestWhatWentOffTheBoardIsNotBroughtBackByAnOlderWord(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		mustPublish(t, s, as, on("a", 5), off("a", 6), off("a", 6), on("a", 5), on("a", 6))
		wantTold(t, s, "space a 5", "space a 6 -")
		if got := board(t, s); len(got) != 0 {
			t.Errorf("the board has %v", got)
		}
		mustPublish(t, s, as, on("a", 7), off("a", 6))
		wantTold(t, s, "space a 5", "space a 6 -", "space a 7")
		if got := board(t, s); got["a"].Version != 7 {
			t.Errorf("the board has %v", got)
		}
	})
}

func TestARemovalOvertakenByItsPlaceStaysDone(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		mustPublish(t, s, as, off("a", 6), on("a", 5))
		wantTold(t, s)
		if got := board(t, s); len(got) != 0 {
			t.Errorf("the board has %v", got)
		}
	})
}

func TestHoldsRequestsAndServicesAreOnlyTold(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		to := []schema.OrganisationID{"provider", "helpline"}
		mustPublish(t, s, as, entry{topic: exchange.TopicHold, id: "h", version: 2, to: to}, entry{topic: exchange.TopicRequest, id: "r", version: 1},
			entry{topic: exchange.TopicService, id: "s", version: 1})
		wantTold(t, s, "hold h 2", "request r 1", "service s 1")
		head, err := s.head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.read(t.Context(), position{"e", 0, "0-1"}, 0); err == nil {
			t.Error("the entry that opens an epoch was taken for a change of it")
		}
		first, err := s.redis.XRangeN(t.Context(), s.keys.stream, "-", "+", 1).Result()
		if err != nil {
			t.Fatal(err)
		}
		changes, _, err := s.read(t.Context(), position{"e", 0, first[0].ID}, 0)
		if err != nil || len(changes) != 3 {
			t.Fatalf("read %v (%v), want 3 changes", changes, err)
		}
		if !slices.Equal(changes[0].To, to) || changes[1].To != nil {
			t.Errorf("told to %q and %q", changes[0].To, changes[1].To)
		}
		if head.n != 3 {
			t.Errorf("head counts %d, want 3", head.n)
		}
	})
}

func TestALowerTermIsRefusedAndTheHighestKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		old, next := as, as
		next.term = 10
		mustPublish(t, s, as, on("a", 1))
		mustPublish(t, s, next)
		old.term = 9
		if _, err := s.publish(t.Context(), old, []entry{on("a", 2), on("b", 1)}); !errors.Is(err, errSuperseded) {
			t.Errorf("a lower term got %v", err)
		}
		if err := s.swap(t.Context(), 9, "f", 0); !errors.Is(err, errSuperseded) {
			t.Errorf("a swap under a lower term got %v", err)
		}
		wantTold(t, s, "space a 1")
		mustPublish(t, s, next, on("a", 2))
		wantTold(t, s, "space a 1", "space a 2")
	})
}

func TestAnotherEpochOrNoneIsLost(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := standing{term: 1, epoch: "e", keep: 1000}
		if _, err := s.publish(t.Context(), as, []entry{on("a", 1)}); !errors.Is(err, errLost) {
			t.Errorf("publishing to no board got %v", err)
		}
		started(t, s)
		as.epoch = "d"
		if _, err := s.publish(t.Context(), as, []entry{on("a", 1)}); !errors.Is(err, errLost) {
			t.Errorf("publishing to another epoch got %v", err)
		}
		wantTold(t, s)
	})
}

func TestHeadTellsHowLongAgoNothingWasLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, s store) {
		as := started(t, s)
		clock, err := s.publish(t.Context(), as, nil)
		if err != nil {
			t.Fatal(err)
		}
		if head, err := s.head(t.Context()); err != nil || head.age >= 0 {
			t.Errorf("age %v (%v) though rows were left, want none", head.age, err)
		}
		as.drained = clock.Add(-time.Minute)
		mustPublish(t, s, as)
		as.drained = time.Time{}
		mustPublish(t, s, as, on("a", 1))
		head, err := s.head(t.Context())
		if err != nil || head.age < time.Minute || head.age > 2*time.Minute {
			t.Errorf("age %v (%v), want a minute", head.age, err)
		}
	})
}

// Whatever the order and however often words of one space come, the newest of them stands.
func TestTheNewestWordStandsInAnyOrder(t *testing.T) {
	t.Parallel()
	s := private(t, shared["redis"])
	rapid.Check(t, func(r *rapid.T) {
		s := newStore(s.redis, "test-"+rapid.StringMatching(`[a-z]{20}`).Draw(r, "prefix"))
		defer s.redis.Del(t.Context(), s.keys.meta, s.keys.place, s.keys.version, s.keys.gone, s.keys.stream)
		as := started(t, s)
		words := make([]entry, rapid.IntRange(1, 8).Draw(r, "words"))
		for i := range words {
			if words[i] = on("a", int64(i+1)); rapid.Bool().Draw(r, "off") {
				words[i] = off("a", int64(i+1))
			}
		}
		newest := words[len(words)-1]
		words = append(words, rapid.SliceOfN(rapid.SampledFrom(words), 0, 4).Draw(r, "again")...)
		for _, word := range rapid.Permutation(words).Draw(r, "order") {
			mustPublish(t, s, as, word)
		}
		got, there := board(t, s)["a"]
		if there != (newest.place != nil) || there && got.Version != newest.version {
			r.Fatalf("the board has %v (%v), want the word of version %d", got, there, newest.version)
		}
		// Laying the stream over nothing gives the same: that is what a follower does.
		over := map[string]schema.Place{}
		messages, err := s.redis.XRange(t.Context(), s.keys.stream, "-", "+").Result()
		if err != nil {
			r.Fatal(err)
		}
		for _, m := range messages {
			change, err := decode(m.Values)
			if err != nil {
				r.Fatal(err)
			}
			overlay(over, change)
		}
		if laid, ok := over["a"]; ok != there || laid.Version != got.Version {
			r.Fatalf("a follower has %v (%v), the board %v (%v)", laid, ok, got, there)
		}
	})
}
