package plan

import (
	"cmp"
	"slices"
)

// Plan for all households known, written out.
func (p *Planner) Plan() Plan {
	out := p.plan(p.unmarked)
	plan := Plan{At: p.now, Value: out.value, Bound: out.bound, Parts: out.parts}
	turn := make([]int32, len(p.households))
	for r := range turn {
		turn[r] = int32(r)
	}
	slices.SortFunc(turn, func(a, b int32) int {
		return cmp.Or(cmp.Compare(out.tier[a], out.tier[b]), order(p.households[a], p.households[b]))
	})
	prices := newPrices(p)
	for _, r := range turn {
		h := &p.households[r]
		if c := out.place[r]; c != nowhere {
			plan.Suggestions = append(plan.Suggestions, Suggestion{
				Request: h.Request, RequestVersion: h.Version, Space: p.places[c].Space.ID, Version: p.places[c].Version, Tier: out.tier[r],
				Words: prices.words(r, c),
			})
			continue
		}
		plan.Unplaced = append(plan.Unplaced, Unplaced{Request: h.Request, RequestVersion: h.Version, Tier: out.tier[r], Words: p.without(r)})
	}
	return plan
}

// without a place, and why.
func (p *Planner) without(r int32) []string {
	switch n := len(p.g.of(r)); n {
	case 0:
		return []string{"No free place fits without something to ask first."}
	case 1:
		return []string{"1 free place fits. It, or a room of it, is suggested for another household."}
	default:
		return []string{households(n, "", "free places fit") + ". Each of them, or a room of it, is suggested for another household."}
	}
}
