package plan

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// genGraph draws graphs small enough to try every plan of, with many ties and many overlaps.
func genGraph(households, places int) *rapid.Generator[*graph] {
	return rapid.Custom(func(t *rapid.T) *graph {
		n := rapid.IntRange(0, places).Draw(t, "places")
		overlaps := make([][]int32, n)
		if rapid.Bool().Draw(t, "units") {
			for a := range n {
				for b := range a {
					if rapid.IntRange(0, 3).Draw(t, "overlap") == 0 {
						overlaps[a], overlaps[b] = append(overlaps[a], int32(b)), append(overlaps[b], int32(a))
					}
				}
			}
			for i := range overlaps {
				slices.Sort(overlaps[i])
			}
		}
		g := newGraph(n, overlaps)
		for range rapid.IntRange(0, households).Draw(t, "households") {
			g.add(Tier(rapid.IntRange(1, Tiers).Draw(t, "tier")), genPairs(n).Draw(t, "pairs"))
		}
		return g
	})
}

func genPairs(places int) *rapid.Generator[[]pair] {
	return rapid.Custom(func(t *rapid.T) []pair {
		var out []pair
		long := uint16(rapid.IntRange(0, 3).Draw(t, "waited"))
		for c := range places {
			if rapid.IntRange(0, 2).Draw(t, "fits") == 0 {
				continue
			}
			s := score{waited: long}
			for l := range waited {
				s[l] = uint16(rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "score"))
			}
			out = append(out, pair{int32(c), s})
		}
		return out
	})
}

// worth of a plan with the last level, which Value leaves out.
type worth struct {
	Value
	waited int
}

func (w worth) compare(v worth) int { return cmp.Or(w.Compare(v.Value), v.waited-w.waited) }

// worthOf reads a plan and says whether it is one.
func worthOf(t interface{ Fatalf(string, ...any) }, g *graph, tiers []Tier, place []int32) worth {
	var w worth
	used := map[int32]bool{}
	for r, c := range place {
		if c == nowhere {
			continue
		}
		at, ok := g.find(int32(r), c)
		if !ok {
			t.Fatalf("household %d is in place %d, which does not fit it", r, c)
		}
		if used[c] || slices.ContainsFunc(g.overlaps[c], func(d int32) bool { return used[d] }) {
			t.Fatalf("place %d, or a room of it, is used twice in %v", c, place)
		}
		used[c] = true
		w.count(tiers[r], at.score)
		w.waited += int(at.score[waited])
	}
	return w
}

// bestOf tries every plan.
func bestOf(g *graph) worth {
	var best worth
	used := make([]bool, g.places)
	var try func(r int32, w worth)
	try = func(r int32, w worth) {
		if int(r) == g.households() {
			if w.compare(best) < 0 {
				best = w
			}
			return
		}
		try(r+1, w)
		for _, p := range g.of(r) {
			if used[p.place] || slices.ContainsFunc(g.overlaps[p.place], func(d int32) bool { return used[d] }) {
				continue
			}
			with := w
			with.count(g.tier[r], p.score)
			with.waited += int(p.score[waited])
			used[p.place] = true
			try(r+1, with)
			used[p.place] = false
		}
	}
	try(0, worth{})
	return best
}

// greedyOf takes households tier by tier, each to the place that is best for it alone.
func greedyOf(g *graph) worth {
	var w worth
	used := make([]bool, g.places)
	for t := range Tiers {
		for r := range int32(g.households()) {
			if g.tier[r] != Tier(t+1) {
				continue
			}
			var best worth
			at := nowhere
			for _, p := range g.of(r) {
				if used[p.place] || slices.ContainsFunc(g.overlaps[p.place], func(d int32) bool { return used[d] }) {
					continue
				}
				with := w
				with.count(g.tier[r], p.score)
				with.waited += int(p.score[waited])
				if at == nowhere || with.compare(best) < 0 {
					at, best = p.place, with
				}
			}
			if at != nowhere {
				used[at], w = true, best
			}
		}
	}
	return w
}

func TestThePlanIsTheBestOfAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { isBest(t, genGraph(6, 7).Draw(t, "graph")) })
	torn, moved := 0, 0
	for seed := range uint64(4000) {
		g := crowded(seed)
		isBest(t, g)
		if out := newAssignment(g).plan(g.tier); len(out.parts) > 0 {
			torn++
			if greedyOf(g).Value != out.value {
				moved++
			}
		}
	}
	if torn < 2000 || moved < 1000 {
		t.Errorf("%d of the plans had overlaps, %d of these are better than taking people in turn: too few to try anything", torn, moved)
	}
}

// crowded graphs have more households than places and overlaps enough that somebody always stands in another's way.
func crowded(seed uint64) *graph {
	d := rand.New(rand.NewPCG(seed, 1))
	places := 4 + d.IntN(4)
	overlaps := make([][]int32, places)
	for range 1 + d.IntN(5) {
		a, b := int32(d.IntN(places)), int32(d.IntN(places))
		if a != b && !slices.Contains(overlaps[a], b) {
			overlaps[a], overlaps[b] = append(overlaps[a], b), append(overlaps[b], a)
		}
	}
	for _, others := range overlaps {
		slices.Sort(others)
	}
	g := newGraph(places, overlaps)
	for range 4 + d.IntN(3) {
		var pairs []pair
		long := uint16(d.IntN(4))
		for c := range int32(places) {
			if d.IntN(2) == 0 {
				pairs = append(pairs, pair{c, score{strong: uint16(d.IntN(2)), nice: uint16(d.IntN(3)), niceBand: uint16(d.IntN(2)), rare: uint16(d.IntN(3)), waited: long}})
			}
		}
		g.add(Tier(1+d.IntN(Tiers)), pairs)
	}
	return g
}

func isBest(t interface{ Fatalf(string, ...any) }, g *graph) {
	out := newAssignment(g).plan(g.tier)
	got, want := worthOf(t, g, out.tier, out.place), bestOf(g)
	if got != want {
		t.Fatalf("the plan is worth %+v, the best of all %+v", got, want)
	}
	if out.value != got.Value || out.bound != got.Placed {
		t.Fatalf("the plan says %+v and bound %v of itself, it is worth %+v", out.value, out.bound, got)
	}
	if greedy := greedyOf(g); got.compare(greedy) > 0 {
		t.Fatalf("the plan is worth %+v, less than taking people in turn: %+v", got, greedy)
	}
}

func TestAHouseholdMoreIsWorthANewPlan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := genGraph(9, 6).Draw(t, "graph")
		known := rapid.IntRange(0, whole.households()).Draw(t, "known")
		g := newGraph(whole.places, whole.overlaps)
		for r := range int32(known) {
			g.add(whole.tier[r], slices.Clone(whole.of(r)))
		}
		a := newAssignment(g)
		for r := int32(known); int(r) < whole.households(); r++ {
			a.add(whole.tier[r], slices.Clone(whole.of(r)))
			if rapid.Bool().Draw(t, "asked between") {
				a.plan(g.tier)
			}
		}
		out, want := a.plan(g.tier), newAssignment(whole).plan(whole.tier)
		if got, want := worthOf(t, whole, out.tier, out.place), worthOf(t, whole, want.tier, want.place); got != want {
			t.Fatalf("added one by one it is worth %+v, planned at once %+v", got, want)
		}
	})
}

// Beyond the stated size nothing is proved, but a plan is a plan, is never worse than taking people in turn, and keeps within its bound.
func TestASearchIsNeverWorseThanTakingPeopleInTurn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		searchIsSound(t, genGraph(7, 9).Draw(t, "graph"), rapid.Bool().Draw(t, "ways listed"))
	})
	found := 0
	for seed := range uint64(1000) {
		g := crowded(seed)
		searchIsSound(t, g, false)
		if searchIsSound(t, g, true) == bestOf(g) {
			found++
		}
	}
	if found < 990 {
		t.Errorf("the search found the best plan of %d in 1000 small worlds", found)
	}
}

func searchIsSound(t interface{ Fatalf(string, ...any) }, g *graph, listed bool) worth {
	p := &packing{graph: g, groups: groupsOf(g.overlaps), best: slices.Repeat([]int32{nowhere}, g.households())}
	for i := range p.groups {
		if !listed {
			p.groups[i].ways = nil
		}
	}
	every := all(g.households())
	root := newMatching(g, newPricing(tops(g, every)))
	root.settle(every)
	p.search(root)
	got, greedy := worthOf(t, g, g.tier, p.best), greedyOf(g)
	if got.compare(greedy) > 0 {
		t.Fatalf("the search found %+v, less than taking people in turn: %+v", got, greedy)
	}
	for r, c := range p.best {
		for _, free := range g.of(int32(r)) {
			near := append([]int32{free.place}, g.overlaps[free.place]...)
			if c == nowhere && !slices.ContainsFunc(near, func(d int32) bool { return slices.Contains(p.best, d) }) {
				t.Fatalf("household %d has no place, and nobody has %d or a room of it", r, free.place)
			}
		}
	}
	most, bound := 0, 0
	for i, n := range bestOf(g).Placed {
		if most, bound = most+n, bound+root.total().placed[i]; most > bound {
			t.Fatalf("%d households of the first %d tiers can be placed, the bound says %d", most, i+1, bound)
		}
	}
	return got
}

func TestAGroupListsTheWaysToUseIt(t *testing.T) {
	t.Parallel()
	// F1 of rooms 0 and 1, F2 of rooms 1 and 2: the places are rooms 0, 1, 2, then F1 and F2.
	overlaps := [][]int32{{3}, {3, 4}, {4}, {0, 1, 4}, {1, 2, 3}}
	groups := groupsOf(overlaps)
	if len(groups) != 1 || !groups[0].all {
		t.Fatalf("got %+v", groups)
	}
	got := groups[0].ways
	slices.SortFunc(got, slices.Compare[[]int32])
	if want := [][]int32{{0, 1, 4}, {1, 2, 3}, {3, 4}}; !slices.EqualFunc(got, want, slices.Equal[[]int32]) {
		t.Errorf("the ways leave out %v, want %v", got, want)
	}
}

// What comes later may outgrow the prices: they are made anew.
func TestHouseholdsThatOutgrowThePrices(t *testing.T) {
	t.Parallel()
	d := rand.New(rand.NewPCG(7, 7))
	whole, a := newGraph(12, make([][]int32, 12)), newAssignment(newGraph(12, make([][]int32, 12)))
	for range 40 {
		var pairs []pair
		long := uint16(d.IntN(mostHours))
		for c := range int32(12) {
			if d.IntN(3) == 0 {
				pairs = append(pairs, pair{c, score{strong: uint16(d.IntN(20)), strongBand: uint16(d.IntN(5)), nice: uint16(d.IntN(20)), rare: uint16(d.IntN(14)), waited: long}})
			}
		}
		whole.add(Soon, slices.Clone(pairs))
		a.add(Soon, pairs)
		got, want := a.plan(a.g.tier), newAssignment(whole).plan(whole.tier)
		if got, want := worthOf(t, whole, got.tier, got.place), worthOf(t, whole, want.tier, want.place); got != want {
			t.Fatalf("added one by one it is worth %+v, planned at once %+v", got, want)
		}
	}
}

func TestAMarkNeverTurnsAgainstAHousehold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		helps(t, genGraph(7, 6).Draw(t, "graph"))
	})
	for seed := range uint64(1000) {
		helps(t, crowded(seed))
	}
}

// helps to be a tier more urgent, or does no harm.
func helps(t interface{ Fatalf(string, ...any) }, g *graph) {
	for r := range g.tier {
		g.tier[r] = max(g.tier[r], Tonight)
	}
	without := newAssignment(g).plan(g.tier)
	for r := range g.tier {
		if without.place[r] == nowhere {
			continue
		}
		marked := *g
		marked.tier = slices.Clone(g.tier)
		marked.tier[r]--
		if newAssignment(&marked).plan(g.tier).place[r] == nowhere {
			t.Fatalf("household %d has a place, and none once it is a tier more urgent", r)
		}
	}
}

// A service may report a room that shares with a hundred others. The plan has to end, and to say that it is not proved.
func TestAnAbsurdServiceIsPlannedAnyway(t *testing.T) {
	t.Parallel()
	const n = 150
	overlaps := make([][]int32, n)
	for c := range int32(n) {
		for d := range int32(n) {
			if c != d && (c+d)%3 != 0 {
				overlaps[c] = append(overlaps[c], d)
			}
		}
	}
	g := newGraph(n, overlaps)
	for r := range 80 {
		var pairs []pair
		for c := r % 7; c < n; c += 3 + r%5 {
			pairs = append(pairs, pair{int32(c), score{rare: uint16(c % 4)}})
		}
		g.add(Tier(1+r%Tiers), pairs)
	}
	unmarked := slices.Repeat([]Tier{Soon}, g.households())
	out := newAssignment(g).plan(unmarked)
	worthOf(t, g, out.tier, out.place)
	if len(out.parts) != 1 || out.parts[0].Exact || out.value.Households() == 0 {
		t.Fatalf("got parts %+v and %d households placed", out.parts, out.value.Households())
	}
	if !slices.Equal(out.tier, unmarked) {
		t.Error("a mark was read where the plan is not proved best")
	}
}

func all(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

// Twenty wishes each and a year's waiting for a hundred thousand households are more than the prices can tell apart: the last levels are compared
// in steps, and the first stay whole.
func TestPricesKeepTheFirstLevels(t *testing.T) {
	t.Parallel()
	const n = 100_000
	p := newPricing([levels]int64{strong: 20 * n, strongBand: 4 * n, nice: 20 * n, niceBand: 4 * n, rare: 10 * n, waited: 8784 * n})
	if p.bits() > costBits || p.tier <= 0 {
		t.Fatalf("%d bits", p.bits())
	}
	if p.shift[strong] != 0 || p.shift[nice] != 0 {
		t.Errorf("wishes are compared in steps: %v", p.shift)
	}
}
