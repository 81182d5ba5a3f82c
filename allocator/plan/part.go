package plan

import "slices"

// parts are the connected parts of a graph: households that share no place that fits, directly or through others, never stand in each other's
// way. Nodes are places first, then households. It is a forest that only grows, so a household more joins parts and splits none.
type parts struct {
	places int
	up     []int32
}

func newParts(g *graph) *parts {
	p := &parts{places: g.places}
	for c := range g.places {
		p.up = append(p.up, int32(c))
	}
	for c, others := range g.overlaps {
		for _, d := range others {
			p.join(int32(c), d)
		}
	}
	for r := range g.households() {
		p.add(g.of(int32(r)))
	}
	return p
}

// add the next household.
func (p *parts) add(pairs []pair) {
	node := int32(len(p.up))
	p.up = append(p.up, node)
	for i := range pairs {
		p.join(node, pairs[i].place)
	}
}

func (p *parts) join(a, b int32) { p.up[p.top(a)] = p.top(b) }

func (p *parts) top(n int32) int32 {
	for p.up[n] != n {
		p.up[n] = p.up[p.up[n]]
		n = p.up[n]
	}
	return n
}

func (p *parts) ofPlace(c int32) int32     { return p.top(c) }
func (p *parts) ofHousehold(r int32) int32 { return p.top(int32(p.places) + r) }

// part of a graph with its own numbers.
type part struct {
	*graph
	// households and sites give the numbers in the whole graph.
	households, sites []int32
}

// cut a part out. Places that fit nobody in it are left behind: nothing turns on them.
func cut(g *graph, households []int32) part {
	var sites []int32
	for _, r := range households {
		for _, p := range g.of(r) {
			sites = append(sites, p.place)
		}
	}
	slices.Sort(sites)
	sites = slices.Compact(sites)
	number := make(map[int32]int32, len(sites))
	for i, c := range sites {
		number[c] = int32(i)
	}
	overlaps := make([][]int32, len(sites))
	for i, c := range sites {
		for _, d := range g.overlaps[c] {
			if n, ok := number[d]; ok {
				overlaps[i] = append(overlaps[i], n)
			}
		}
	}
	out := part{graph: newGraph(len(sites), overlaps), households: households, sites: sites}
	for _, r := range households {
		pairs := slices.Clone(g.of(r))
		for i := range pairs {
			pairs[i].place = number[pairs[i].place]
		}
		out.add(g.tier[r], pairs)
	}
	return out
}
