package plan

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// structured graphs are like the field's: places differ in where they are, how many they sleep and what they offer; households in how many they
// are, what they need, where they must not go and what they wish for. Each household has about 1 to 200 choices.
func structured(n int) *graph {
	d := rand.New(rand.NewPCG(2026, uint64(n)))
	type facts struct{ region, size, needs int }
	places, byRegion := make([]facts, n), make([][]int32, max(n/150, 2))
	for c := range places {
		f := facts{d.IntN(len(byRegion)), 1 + min(d.IntN(4), d.IntN(6)), 0}
		for bit, oneIn := range []int{12, 11, 4, 3} {
			if d.IntN(oneIn) == 0 {
				f.needs |= 1 << bit
			}
		}
		places[c] = f
		byRegion[f.region] = append(byRegion[f.region], int32(c))
	}
	g := newGraph(n, make([][]int32, n))
	for range n {
		size, needs := 1+min(d.IntN(5), d.IntN(5), d.IntN(6)), 0
		for bit, oneIn := range []int{20, 14, 6, 8} {
			if d.IntN(oneIn) == 0 {
				needs |= 1 << bit
			}
		}
		wishes, long := d.IntN(3), uint16(d.IntN(400))
		var pairs []pair
		for range 1 + d.IntN(2) {
			for _, c := range byRegion[d.IntN(len(byRegion))] {
				p := places[c]
				if p.size < size || p.needs&needs != needs {
					continue
				}
				s := score{rare: uint16(2*(p.size-size) + 3*bitsIn(p.needs&^needs)), waited: long}
				if wishes > 0 {
					s[strong], s[nice] = uint16(p.region%2), uint16(int(c)%wishes)
				}
				pairs = append(pairs, pair{c, s})
			}
		}
		slices.SortFunc(pairs, func(a, b pair) int { return int(a.place - b.place) })
		pairs = slices.CompactFunc(pairs, func(a, b pair) bool { return a.place == b.place })
		g.add(Tier(1+min(d.IntN(Tiers), d.IntN(Tiers))), pairs)
	}
	return g
}

func bitsIn(set int) (n int) {
	for ; set > 0; set &= set - 1 {
		n++
	}
	return n
}

func TestTheAnchorFindsTheSameOptimum(t *testing.T) {
	t.Parallel()
	same(t, structured(600))
}

func same(t testing.TB, g *graph) {
	t.Helper()
	every := all(g.households())
	m := newMatching(g, newPricing(tops(g, every)))
	m.settle(every)
	x := newJV(g, m.price)
	x.solve()
	for r, c := range x.colOf {
		if int(c) >= g.places {
			x.colOf[r] = nowhere
		}
	}
	worthOf(t, g, g.tier, m.place)
	worthOf(t, g, g.tier, x.colOf)
	ours, anchor := paid(g, &m.price, m.place), paid(g, &m.price, x.colOf)
	if ours != anchor || ours != m.total() {
		t.Fatalf("ours is worth %+v and says %+v, the anchor's %+v", ours, m.total(), anchor)
	}
}

// paid adds up a plan pair by pair.
func paid(g *graph, p *pricing, place []int32) total {
	var out total
	for r, c := range place {
		if at, ok := g.find(int32(r), c); ok {
			out.placed[g.tier[r]-1]++
			out.cost += p.of(&at.score)
		}
	}
	return out
}

// BenchmarkE5Plan is a whole plan of 10,000 households and as many places, to the anchor on the same pairs at the same prices.
func BenchmarkE5Plan(b *testing.B) {
	g := structured(10_000)
	same(b, g)
	every := all(g.households())
	p := newPricing(tops(g, every))
	against(b, func() float64 {
		return seconds(func() { newMatching(g, p).settle(every) })
	}, func() float64 {
		return seconds(func() { newJV(g, p).solve() })
	}, 2, 0.3)
}

// BenchmarkE5HouseholdAdded takes a household more into the plan of the others, to a whole plan. It is the mean of the last 500 of 10,000, so that
// those who make many others move count as much as they cost.
func BenchmarkE5HouseholdAdded(b *testing.B) {
	const late = 500
	g := structured(10_000)
	known := int32(g.households() - late)
	against(b, func() float64 {
		a := newAssignment(g.first(known))
		return seconds(func() {
			for r := known; int(r) < g.households(); r++ {
				a.add(g.tier[r], g.of(r))
			}
		}) / late
	}, func() float64 {
		return seconds(func() { newAssignment(g) })
	}, 0.01, 0.001)
}

// first households of a graph, alone.
func (g *graph) first(n int32) *graph {
	out := newGraph(g.places, g.overlaps)
	for r := range n {
		out.add(g.tier[r], g.of(r))
	}
	return out
}

func seconds(of func()) float64 {
	start := time.Now()
	of()
	return time.Since(start).Seconds()
}

// against measures ours and the limit in turn, so that whatever slows the machine slows both, and reports the medians in seconds, their ratio and
// the targets as `make bench` prints them.
func against(b *testing.B, ours, limit func() float64, accept, moonshot float64) {
	var mine, its []float64
	for b.Loop() {
		mine, its = append(mine, ours()), append(its, limit())
	}
	slices.Sort(mine)
	slices.Sort(its)
	o, l := mine[(len(mine)-1)/2], its[(len(its)-1)/2]
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(o*1e6, "ours-µs")
	b.ReportMetric(l*1e6, "limit-µs")
	b.ReportMetric(o/l, "ratio")
	b.ReportMetric(accept, "accept")
	b.ReportMetric(moonshot, "moonshot")
}
