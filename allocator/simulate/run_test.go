package simulate

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"haven/schema"
	"haven/schema/gazetteer"
)

func inner(t *testing.T, seed uint64, days int) *World {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWorld(Setting{Params: Defaults(), Seed: seed, Start: DefaultStart(), Days: days, Find: g.Find})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestBooksBalance: nobody is placed twice, nor where a fact rules it out, nor does a place take more households than its turns.
func TestBooksBalance(t *testing.T) {
	t.Parallel()
	w := inner(t, 2, 4)
	_, first := w.turns()
	for _, p := range Policies() {
		r := w.play(p)
		out := r.result()
		taken := 0
		for place, turns := range r.turn {
			taken += turns
			if most := first[place+1] - first[place]; turns > most {
				t.Errorf("%s: place %d took %d households in a horizon of %d turns", p.Code, place, turns, most)
			}
			if r.free.has(place) && r.held.has(place) && r.shown.has(place) {
				t.Errorf("%s: place %d is on hold and shown free", p.Code, place)
			}
		}
		if taken != out.Accepted || taken != out.Placed {
			t.Errorf("%s: %d places taken, %d referrals accepted, %d households placed", p.Code, taken, out.Accepted, out.Placed)
		}
		for h := range r.states {
			if s := &r.states[h]; s.placedAt >= 0 && s.ended >= w.households[h].until {
				t.Errorf("%s: household %d was placed after it had stopped looking", p.Code, h)
			}
		}
	}
}

// TestPeopleFollowTheFigures: the shares that are published come out of the people made.
func TestPeopleFollowTheFigures(t *testing.T) {
	t.Parallel()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	from, err := newOrigins(g.Find)
	if err != nil {
		t.Fatal(err)
	}
	people, _ := demand(Defaults(), 1, DefaultStart(), 24*365, 1200, from)
	n, mothers, children, young, noRecourse, december := float64(len(people)), 0.0, 0.0, 0.0, 0.0, 0.0
	for _, h := range people {
		if k := len(h.truth.Household.Children); k > 0 {
			mothers++
			children += float64(k)
			for _, c := range h.truth.Household.Children {
				if c.Age < 5 {
					young++
				}
			}
		}
		if h.truth.Recourse == schema.No {
			noRecourse++
		}
		if h.at/24 >= 244 && h.at/24 < 275 { // December, from 1 April
			december++
		}
		for name, need := range map[string]schema.Need{"said": h.said, "is": h.truth} {
			if err := need.Check(); err != nil {
				t.Fatalf("what %s of household %d cannot be sent: %v", name, h.number, err)
			}
		}
	}
	for _, c := range []struct {
		words           string
		got, want, near float64
	}{
		{"households for each space", n / 1200, Defaults().HouseholdsPerSpace, 0.2},
		{"with children", mothers / n, 0.62, 0.02},
		{"children a mother", children / mothers, 2.1, 0.06},
		{"children under 5", young / children, 0.5, 0.02},
		{"no recourse", noRecourse / n, 0.036, 0.006},
		{"December, of an even share", december / n / (31.0 / 365), 0.86, 0.07},
	} {
		if math.Abs(c.got-c.want) > c.near {
			t.Errorf("%s: %.3f, want %.3f", c.words, c.got, c.want)
		}
	}
}

// TestMatchingIsTheLargest: brute force over every way to give turns.
func TestMatchingIsTheLargest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		turns := rapid.IntRange(1, 6).Draw(t, "turns")
		edges := rapid.SliceOfN(rapid.SliceOfDistinct(rapid.Int32Range(0, int32(turns-1)), rapid.ID[int32]), 0, 6).Draw(t, "edges")
		m := newMatching(edges, turns)
		if got, want := m.size(), largest(edges, 0); got != want {
			t.Fatalf("matched %d, want %d", got, want)
		}
	})
}

// largest tries for the first household every turn and none.
func largest(edges [][]int32, used uint) int {
	if len(edges) == 0 {
		return 0
	}
	best := largest(edges[1:], used)
	for _, t := range edges[0] {
		if used&(1<<t) == 0 {
			best = max(best, 1+largest(edges[1:], used|1<<t))
		}
	}
	return best
}

func TestIntervalsAreStudents(t *testing.T) {
	t.Parallel()
	got := intervalOf([]float64{1, 2, 3})
	// Mean 2, standard error 1/sqrt(3), t(2) = 4.303.
	if math.Abs(got.Mean-2) > 1e-9 || math.Abs(got.High-(2+4.303/math.Sqrt(3))) > 1e-9 || math.Abs(got.Low-(2-4.303/math.Sqrt(3))) > 1e-9 {
		t.Errorf("got %+v", got)
	}
	if one := intervalOf([]float64{5}); one != (Interval{5, 5, 5}) {
		t.Errorf("of one value: %+v", one)
	}
}
