package allocator_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// TestIndexEqualsPlainEvaluation: after any interleaving of updates, removals and resets, late and repeated ones too, the index answers as
// evaluating the surviving places one by one does.
func TestIndexEqualsPlainEvaluation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := allocator.NewIndex()
		oracle := map[schema.SpaceID]schema.Place{}
		seen := map[schema.SpaceID]int64{} // newest version known, of removed spaces too
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				p := genPlace().Draw(t, "place")
				newest, known := seen[p.Space.ID]
				want := !known || p.Version > newest
				if got := x.Put(p); got != want {
					t.Fatalf("put %s version %d over %d: got %v", p.Space.ID, p.Version, newest, got)
				}
				if want {
					oracle[p.Space.ID], seen[p.Space.ID] = p, p.Version
				}
			},
			"remove": func(t *rapid.T) {
				id := schema.SpaceID(fmt.Sprintf("space-%02d", rapid.IntRange(0, 40).Draw(t, "id")))
				version := int64(rapid.IntRange(1, 9).Draw(t, "version"))
				_, live := oracle[id]
				want := live && version >= seen[id]
				if got := x.Remove(id, version); got != want {
					t.Fatalf("remove %s version %d over %d: got %v", id, version, seen[id], got)
				}
				if want {
					delete(oracle, id)
				}
				if newest, known := seen[id]; !known || version > newest && !live || want {
					seen[id] = version
				}
			},
			"reset": func(t *rapid.T) {
				world := genWorld().Draw(t, "world")
				x.Reset(world)
				clear(oracle)
				clear(seen)
				for _, p := range world {
					oracle[p.Space.ID], seen[p.Space.ID] = p, p.Version
				}
			},
			"": func(t *rapid.T) {
				var places []schema.Place
				for id, p := range oracle {
					places = append(places, p)
					if got, ok := x.Get(id); !ok || !reflect.DeepEqual(got, p) {
						t.Fatalf("get %s: got %+v, %v", id, got, ok)
					}
				}
				if x.Len() != len(places) {
					t.Fatalf("got length %d, want %d", x.Len(), len(places))
				}
				need := genNeed().Draw(t, "need")
				if got, want := inFull(x.Search(need, noon)), inFull(allocator.List(need, places, noon)); !reflect.DeepEqual(got, want) {
					t.Fatalf("got %+v\nwant %+v", got, want)
				}
			},
		})
	})
}

// TestOlderVersionLoses, against a removal too: a space that was taken down does not come back from a delayed message.
func TestOlderVersionLoses(t *testing.T) {
	t.Parallel()
	x := allocator.NewIndex()
	p := aRoom()
	p.Version = 5
	steps := []struct {
		what string
		got  bool
		want bool
	}{
		{"first", x.Put(p), true},
		{"the same again", x.Put(p), false},
		{"remove older", x.Remove(p.Space.ID, 4), false},
		{"remove", x.Remove(p.Space.ID, 6), true},
		{"remove again", x.Remove(p.Space.ID, 6), false},
		{"delayed", x.Put(p), false},
	}
	for _, s := range steps {
		if s.got != s.want {
			t.Errorf("%s: got %v, want %v", s.what, s.got, s.want)
		}
	}
	if _, ok := x.Get(p.Space.ID); ok || x.Len() != 0 {
		t.Error("the removed space is there")
	}
	p.Version = 7
	if !x.Put(p) || x.Len() != 1 {
		t.Error("a newer version does not bring it back")
	}
}

func TestResetKeepsTheNewerOfTwo(t *testing.T) {
	t.Parallel()
	older, newer := aRoom(), aRoom()
	newer.Version, newer.Service.CodeName = 2, "Birch"
	for _, places := range [][]schema.Place{{older, newer}, {newer, older}} {
		x := allocator.NewIndex()
		x.Reset(places)
		if got, _ := x.Get(older.Space.ID); got.Service.CodeName != "Birch" || x.Len() != 1 {
			t.Errorf("got %s of %d", got.Service.CodeName, x.Len())
		}
	}
}

// TestReadersSeeOneSnapshot: a writer raises the version of every space in turn, round after round. A reader that sees a later space's update and
// not an earlier one's saw a board that never was. Run with -race.
func TestReadersSeeOneSnapshot(t *testing.T) {
	t.Parallel()
	x := allocator.NewIndex()
	var places []schema.Place
	for i := range 300 {
		p := aRoom()
		p.Space.ID = schema.SpaceID(fmt.Sprintf("space-%03d", i))
		places = append(places, p)
	}
	x.Reset(places)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 25 {
				fits := x.Search(aWoman(), noon).Fits.All()
				if len(fits) != len(places) {
					t.Errorf("a search saw %d of %d spaces", len(fits), len(places))
					return
				}
				first, last := fits[0].Place.Version, fits[len(fits)-1].Place.Version
				if first-last > 1 || !slices.IsSortedFunc(fits, func(a, b allocator.Assessment) int { return cmp.Compare(b.Place.Version, a.Place.Version) }) {
					t.Errorf("a search saw rounds %d to %d out of turn", first, last)
					return
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { readers.Wait(); close(done) }()
	for version := int64(2); ; version++ {
		for _, p := range places {
			p.Version = version
			if !x.Put(p) {
				t.Errorf("update %d of %s was lost", version, p.Space.ID)
			}
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	x := allocator.NewIndex()
	put := func(id schema.SpaceID, status schema.Status, age time.Duration) {
		p := aRoom()
		p.Space.ID, p.Vacancy.Status, p.Vacancy.ConfirmedAt = id, status, noon.Add(-age)
		x.Put(p)
	}
	put("a", schema.StatusAvailable, time.Hour)
	put("b", schema.StatusAvailable, 4*time.Hour)
	put("c", schema.StatusAvailable, 5*time.Hour)
	put("d", schema.StatusGettingReady, time.Hour)
	put("e", schema.StatusTaken, time.Hour)
	if available, confirmed := x.Counts(noon); available != 3 || confirmed != 2 {
		t.Errorf("got %d available, %d confirmed; want 3 and 2", available, confirmed)
	}
}

// TestSearchSpendsNothingOnWhatIsNotFree: a search over places that are taken costs no more memory for ten thousand than for one thousand.
// It counts what the whole process allocates, so it does not run beside others.
func TestSearchSpendsNothingOnWhatIsNotFree(t *testing.T) {
	spent := func(n int) float64 {
		x := allocator.NewIndex()
		var places []schema.Place
		for i := range n {
			p := aRoom()
			p.Space.ID, p.Vacancy.Status = schema.SpaceID(fmt.Sprint(i)), schema.StatusTaken
			places = append(places, p)
		}
		x.Reset(places)
		need := aWoman()
		return testing.AllocsPerRun(20, func() { x.Search(need, noon) })
	}
	if few, many := spent(1_000), spent(10_000); many > few {
		t.Errorf("1,000 taken places cost %v allocations, 10,000 cost %v", few, many)
	}
}
