package plan

import (
	"cmp"
	"slices"
)

// search finds a good plan for a part beyond the stated size: it starts from the better of taking households in order of urgency and of settling
// one group after another, and then changes how one group is used for as long as that helps and the work allows.
func (p *packing) search(root *matching) {
	greedy := p.greedy(root)
	outs := make([][]int32, len(p.groups))
	for i := range p.groups {
		outs[i] = p.groups[i].around(p.overlaps, func(c int32) bool { return greedy[c] != nobody })
	}
	best := p.under(root, outs)
	if down, dived := p.dive(root); dived.total().better(best.total()) {
		outs, best = down, dived
	}
	for improved := true; improved; {
		improved = false
		for i := range p.groups {
			kept := outs[i]
			for _, way := range p.groups[i].ways {
				if *root.work > searchWork {
					break
				}
				outs[i] = way
				if m := p.under(root, outs); m.total().better(best.total()) {
					best, kept, improved = m, way, true
				}
			}
			outs[i] = kept
		}
	}
	p.keep(best)
	p.fill(best)
}

// under gives the best plan that leaves certain places out.
func (p *packing) under(root *matching, outs [][]int32) *matching {
	m := root.clone()
	m.shut(slices.Concat(outs...))
	return m
}

// dive settles one torn group after another, each in the way that is best as things stand then.
func (p *packing) dive(root *matching) ([][]int32, *matching) {
	outs := make([][]int32, len(p.groups))
	m := root.clone()
	for i := range p.groups {
		g := &p.groups[i]
		var best *matching
		var value total
		ways := g.ways
		if len(ways) == 0 {
			ways = [][]int32{g.around(p.overlaps, func(c int32) bool { return false })}
		}
		for _, way := range ways {
			c := m.clone()
			c.shut(way)
			if v := c.total(); best == nil || v.better(value) {
				best, value, outs[i] = c, v, way
			}
		}
		m = best
	}
	return outs, m
}

// greedy gives each household in turn, the most urgent and longest waiting first, the place it does best with among those left. It is what people
// do, and what a plan must never be worse than.
func (p *packing) greedy(m *matching) (by []int32) {
	by = slices.Repeat([]int32{nobody}, p.places)
	turn := make([]int32, p.households())
	for r := range turn {
		turn[r] = int32(r)
	}
	slices.SortStableFunc(turn, func(a, b int32) int { return cmp.Compare(p.tier[a], p.tier[b]) })
	for _, r := range turn {
		if c := p.cheapest(m, r, by); c != nowhere {
			by[c] = r
		}
	}
	return by
}

func (p *packing) cheapest(m *matching, r int32, by []int32) int32 {
	best, least := nowhere, int64(0)
	for i, pair := range p.of(r) {
		cost := m.cost[int(p.start[r])+i]
		if by[pair.place] != nobody || best != nowhere && cost >= least {
			continue
		}
		if !slices.ContainsFunc(p.overlaps[pair.place], func(d int32) bool { return by[d] != nobody }) {
			best, least = pair.place, cost
		}
	}
	return best
}

// fill places whom a place is left for: a way that was taken may keep out a place whose overlapping ones nobody got.
func (p *packing) fill(m *matching) {
	by := slices.Repeat([]int32{nobody}, p.places)
	for r, c := range p.best {
		if c != nowhere {
			by[c] = int32(r)
		}
	}
	for r, c := range p.best {
		if c != nowhere {
			continue
		}
		if c := p.cheapest(m, int32(r), by); c != nowhere {
			by[c], p.best[r] = int32(r), c
		}
	}
}
