package plan

// assignment is a graph with its plan: one matching for all that nothing overlaps in, and each of the other parts solved when it is asked for.
type assignment struct {
	g     *graph
	parts *parts
	m     *matching
	sum   [levels]int64 // what the matching's prices must have room for
	torn  map[int32]bool
	// solved parts with overlaps, by their top. A part only grows: one with as many households as before is the one it was.
	solved map[int32]solved
}

type solved struct {
	part
	result
}

func newAssignment(g *graph) *assignment {
	a := &assignment{g: g, parts: newParts(g), solved: map[int32]solved{}}
	a.solve()
	return a
}

func (a *assignment) solve() {
	a.torn = map[int32]bool{}
	for c, others := range a.g.overlaps {
		if len(others) > 0 {
			a.torn[a.parts.ofPlace(int32(c))] = true
		}
	}
	var plain []int32
	for r := range int32(a.g.households()) {
		if !a.torn[a.parts.ofHousehold(r)] {
			plain = append(plain, r)
		}
	}
	a.sum = tops(a.g, plain)
	a.m = newMatching(a.g, newPricing(roomy(a.sum)))
	a.m.settle(plain)
}

// roomy leaves room for households that come later, a tenth as many or a few, so that the prices need not be made anew for each.
func roomy(sum [levels]int64) [levels]int64 {
	for l := range sum {
		sum[l] += sum[l]/10 + 10
	}
	sum[waited] += 10 * mostHours
	return sum
}

// add a household and find it, or one that it displaces, a place.
func (a *assignment) add(t Tier, pairs []pair) {
	was := make(map[int32]bool, len(pairs))
	for i := range pairs {
		was[a.parts.ofPlace(pairs[i].place)] = true
	}
	r := a.g.add(t, pairs)
	a.parts.add(pairs)
	for top := range was {
		if a.torn[top] {
			// What was a plain part may now hang together with overlapping places; it stays in the matching, where nobody asks for it again.
			a.torn[a.parts.ofHousehold(r)] = true
		}
	}
	addTop(&a.sum, pairs)
	if !a.m.price.holds(a.sum) {
		a.solve()
		return
	}
	a.m.know(r)
	if !a.torn[a.parts.ofHousehold(r)] {
		a.m.augment(r)
	}
}

// outcome for every household.
type outcome struct {
	place []int32
	tier  []Tier
	value Value
	bound [Tiers]int
	parts []Part
}

// plan everything. unmarked are the tiers that read no mark.
func (a *assignment) plan(unmarked []Tier) outcome {
	out := outcome{place: make([]int32, a.g.households()), tier: make([]Tier, a.g.households())}
	copy(out.tier, a.g.tier)
	members, tops := map[int32][]int32{}, []int32(nil)
	for r := range int32(a.g.households()) {
		top := a.parts.ofHousehold(r)
		if !a.torn[top] {
			out.place[r] = a.m.place[r]
			continue
		}
		if members[top] == nil {
			tops = append(tops, top)
		}
		members[top] = append(members[top], r)
	}
	for r, c := range out.place {
		if a.torn[a.parts.ofHousehold(int32(r))] || c == nowhere {
			continue
		}
		at, _ := a.g.find(int32(r), c)
		out.value.count(out.tier[r], at.score)
	}
	out.bound = out.value.Placed
	for _, top := range tops {
		s, ok := a.solved[top]
		if !ok || len(s.households) != len(members[top]) {
			in := cut(a.g, members[top])
			s = solved{in, in.solve(unmarked)}
			a.solved[top] = s
		}
		out.take(s)
	}
	return out
}

// solve a part in which places overlap.
func (in part) solve(unmarked []Tier) result {
	plain := make([]Tier, len(in.households))
	for i, r := range in.households {
		plain[i] = unmarked[r]
	}
	return solvePacking(in.graph, plain)
}

// take over what was found for a part.
func (out *outcome) take(in solved) {
	of := Part{Households: len(in.households), Places: len(in.sites), Exact: in.exact, Bound: in.bound}
	for _, others := range in.overlaps {
		if len(others) > 0 {
			of.Overlapping++
		}
	}
	for i, r := range in.households {
		out.tier[r], out.place[r] = in.tier[i], nowhere
		if c := in.place[i]; c != nowhere {
			at, _ := in.find(int32(i), c)
			out.place[r] = in.sites[c]
			out.value.count(in.tier[i], at.score)
			of.Placed[in.tier[i]-1]++
		}
	}
	for t, n := range of.Bound {
		out.bound[t] += n
	}
	out.parts = append(out.parts, of)
}
