package plan

import "math/bits"

// costBits leaves the sums of a shortest path, a few tiers' worth, within 63 bits.
const costBits = 57

// pricing packs the levels of a score into one number, so that comparing numbers compares scores level by level, summed over a whole plan: a
// level's unit is more than all the levels after it can come to together.
//
// Tiers need less. Which households can be placed together without overlaps is a matroid, and there any falling weights, each a multiple of more
// than all the levels, give the plan that is best tier by tier; so a tier costs its number, not a power.
type pricing struct {
	unit  [levels]int64
	shift [levels]uint
	// tier is more than all levels of all households together.
	tier int64
	// room is how large each level's sum over households may grow before the units no longer hold.
	room [levels]int64
}

// tops adds up the most that each household could add at each level.
func tops(g *graph, households []int32) [levels]int64 {
	var sum [levels]int64
	for _, r := range households {
		addTop(&sum, g.of(r))
	}
	return sum
}

func addTop(sum *[levels]int64, pairs []pair) {
	var top score
	for i := range pairs {
		for l, v := range pairs[i].score {
			top[l] = max(top[l], v)
		}
	}
	for l, v := range top {
		sum[l] += int64(v)
	}
}

// newPricing makes units for sums up to room. Where they do not fit, the last levels are compared in steps of two, four and so on: first how long
// she waited, then how rare a place is. That takes tens of thousands of households with wishes in one part of a plan.
func newPricing(room [levels]int64) pricing {
	p := pricing{room: room}
	for _, l := range []int{waited, rare, niceBand, strongBand, nice, strong} {
		for ; p.bits() > costBits && room[l]>>p.shift[l] > 0; p.shift[l]++ {
		}
	}
	unit := int64(1)
	for l := levels - 1; l >= 0; l-- {
		p.unit[l] = unit
		unit *= 1 + room[l]>>p.shift[l]
	}
	p.tier = unit
	return p
}

func (p *pricing) bits() int {
	n := 0
	for l, room := range p.room {
		n += bits.Len64(uint64(1 + room>>p.shift[l]))
	}
	return n
}

func (p *pricing) holds(sum [levels]int64) bool {
	for l, v := range sum {
		if v > p.room[l] {
			return false
		}
	}
	return true
}

// of a pair: the lower the better.
func (p *pricing) of(s *score) int64 {
	var cost int64
	for l, v := range s {
		n := int64(v>>p.shift[l]) * p.unit[l]
		if l == rare {
			cost += n
		} else {
			cost -= n
		}
	}
	return cost
}

// alone is what it costs to leave a household of a tier without a place.
func (p *pricing) alone(t Tier) int64 { return int64(Tiers+1-int(t)) * p.tier }
