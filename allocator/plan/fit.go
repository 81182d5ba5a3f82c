package plan

import (
	"time"

	"haven/allocator"
	"haven/schema"
)

// pairs of each household with every place that fits it as things stand. What has to be checked first is no pair (S4).
func (p *Planner) pairs(households []Household) [][]pair {
	number := make(map[schema.RequestID]int, len(households))
	asked := make([]offered, len(households))
	waiting := allocator.NewWaiting()
	for i := range households {
		number[households[i].Request] = i
		asked[i] = p.offers.asked(&households[i].Need)
		waiting.Put(households[i].Request, households[i].Need, 1)
	}
	out := make([][]pair, len(households))
	for c := range p.places {
		fits, _ := waiting.Match(p.places[c], p.now)
		for _, id := range fits {
			i := number[id]
			out[i] = append(out[i], pair{int32(c), p.score(&households[i], asked[i], int32(c))})
		}
	}
	return out
}

func (p *Planner) score(h *Household, asked offered, place int32) score {
	s := score{rare: p.offers.rarest(place, asked), waited: hoursWaited(h.Since, p.now)}
	if wishes(&h.Need) {
		met := allocator.Evaluate(h.Need, p.places[place], p.now).Wishes
		s[strong], s[strongBand] = uint16(met.Strong.Count), uint16(met.Strong.Band)
		s[nice], s[niceBand] = uint16(met.Nice.Count), uint16(met.Nice.Band)
	}
	return s
}

func wishes(n *schema.Need) bool {
	for _, w := range n.Wishes {
		if w.Tier != schema.Must {
			return true
		}
	}
	return false
}

// mostHours that count as waited: a year of them.
const mostHours = 366 * 24

func hoursWaited(since, now time.Time) uint16 {
	if since.IsZero() {
		return 0
	}
	return uint16(min(max(now.Sub(since), 0)/time.Hour, mostHours))
}
