package plan

import (
	"slices"
)

// exactWork bounds what an exact solution may take at the very worst: the ways to use a part's overlapping places, times its pairs. Sixteen family
// units each also offered room by room, among thirty thousand pairs, lie within it; cutting branches leaves a thousandth of it or less. It is
// counted without reading a mark: were the marks to decide how well a part is solved, one could turn against the household that bears it (S5).
const exactWork = 1 << 31

// searchWork bounds what is spent on a part beyond that size, in pairs looked at.
const searchWork = 1 << 28

// packing solves a part in which places overlap.
type packing struct {
	*graph
	groups []group
	best   []int32 // each household's place
	value  total
}

// total compares plans of one part: households placed tier by tier, then the levels as priced.
type total struct {
	placed [Tiers]int
	cost   int64
}

func (t total) better(u total) bool {
	for i := range t.placed {
		if t.placed[i] != u.placed[i] {
			return t.placed[i] > u.placed[i]
		}
	}
	return t.cost < u.cost
}

// result of a part.
type result struct {
	place []int32 // of each household of the part
	exact bool
	// bound: with the tiers added up from the most urgent on, no plan places more.
	bound [Tiers]int
}

// small says whether the part is within the stated size.
func small(groups []group, pairs int) bool {
	work := max(pairs, 1)
	for i := range groups {
		if !groups[i].all {
			return false
		}
		if work *= len(groups[i].ways); work > exactWork {
			return false
		}
	}
	return true
}

// solvePacking of a part. The first tiers read the marks and the second do not; only where the solution is exact can a mark not turn against
// anybody, so beyond the stated size marks are not read.
func solvePacking(g *graph, unmarked []Tier) result {
	p := &packing{graph: g, groups: groupsOf(g.overlaps)}
	exact := small(p.groups, len(g.pairs))
	if !exact {
		g.tier = unmarked
	}
	every := make([]int32, g.households())
	for r := range every {
		every[r] = int32(r)
	}
	root := newMatching(g, newPricing(tops(g, every)))
	root.settle(every)
	p.best = slices.Repeat([]int32{nowhere}, g.households())
	if exact {
		p.branch(root)
	} else {
		p.search(root)
	}
	if exact {
		return result{p.best, true, p.value.placed}
	}
	return result{p.best, false, p.bound(root)}
}

// bound tier by tier: what could be placed if nothing overlapped, and never more in all than can be used at once.
func (p *packing) bound(root *matching) [Tiers]int {
	left := p.places
	for i := range p.groups {
		left -= p.groups[i].unused()
	}
	bound := root.total().placed
	for t := range bound {
		bound[t] = min(bound[t], left)
		left -= bound[t]
	}
	return bound
}

// total of the places given. A pair that is used costs what its household bears and its place's price.
func (m *matching) total() total {
	var t total
	for r, c := range m.place {
		if c == nowhere {
			continue
		}
		t.placed[m.g.tier[r]-1]++
		t.cost += m.bears[r] + m.seats[c].price
	}
	return t
}

// branch takes an assignment that no plan under it can beat. Where it uses places that overlap, one of the ways to use their group is taken in each
// branch.
func (p *packing) branch(m *matching) {
	if !m.total().better(p.value) {
		return
	}
	at := p.torn(m)
	if at < 0 {
		p.keep(m)
		return
	}
	type option struct {
		m     *matching
		value total
	}
	var options []option
	for _, out := range p.groups[at].ways {
		c := m.clone()
		c.shut(out)
		options = append(options, option{c, c.total()})
	}
	slices.SortStableFunc(options, func(a, b option) int {
		switch {
		case a.value.better(b.value):
			return -1
		case b.value.better(a.value):
			return 1
		}
		return 0
	})
	for _, o := range options {
		p.branch(o.m)
	}
}

func (p *packing) keep(m *matching) {
	p.value = m.total()
	p.best = slices.Clone(m.place)
}

// torn finds the first group of which overlapping places are used; -1 where there is none.
func (p *packing) torn(m *matching) int {
	for i := range p.groups {
		for _, c := range p.groups[i].places {
			if m.seats[c].by != nobody && slices.ContainsFunc(p.overlaps[c], func(d int32) bool { return m.seats[d].by != nobody }) {
				return i
			}
		}
	}
	return -1
}
