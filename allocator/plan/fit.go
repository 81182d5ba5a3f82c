package plan

import (
	"cmp"
	"slices"
	"time"
)

// pairs of a household with every place that fits it as things stand. What has to be checked first is no pair (S4).
func (p *Planner) pairs(h *Household) []pair {
	asked, hours := p.offers.asked(&h.Need), hoursWaited(h.Since, p.now)
	var out []pair
	for _, a := range p.index.Search(h.Need, p.now).Fits.All() {
		c := p.number[a.Place.Space.ID]
		out = append(out, pair{c, score{
			strong: uint16(a.Wishes.Strong.Count), strongBand: uint16(a.Wishes.Strong.Band),
			nice: uint16(a.Wishes.Nice.Count), niceBand: uint16(a.Wishes.Nice.Band),
			rare: p.offers.rarest(c, asked), waited: hours,
		}})
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Compare(a.place, b.place) })
	return out
}

// mostHours that count as waited: a year of them.
const mostHours = 366 * 24

func hoursWaited(since, now time.Time) uint16 {
	if since.IsZero() {
		return 0
	}
	return uint16(min(max(now.Sub(since), 0)/time.Hour, mostHours))
}
