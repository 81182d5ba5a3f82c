package simulate

import (
	"cmp"
	"slices"

	"haven/allocator"
	"haven/schema"
)

// Policy chooses which place a household is put forward for next. All policies see what is published, ask the same rules, and meet the same answers.
type Policy struct {
	Code, Words string
	// pick one of the candidates: places shown free that no rule rules out and that were not tried. Households are asked in the order they came.
	pick func(r *run, h int, candidates []int) int
	// together puts forward all who wait, where a policy looks at more than one household, and says who is left.
	together func(r *run, waiting []int) []int
}

const (
	// FirstCome is what everything is compared with.
	FirstCome = "first_come"
	// Planned is what the goals are set for.
	Planned = "planned"
)

// Policies lists them in the order of a report.
func Policies() []Policy {
	return []Policy{
		{Code: FirstCome, Words: "First come, nearest place", pick: nearest},
		{Code: "availability", Words: "First come, longest free", pick: longestFree},
		{Code: "hardest", Words: "First come, hardest to fill", pick: hardest},
		{Code: "ours", Words: "Haven's order", pick: ours},
		{Code: Planned, Words: "Haven's order with the plan", pick: ours, together: planned},
		{Code: "fewest", Words: "Fewest chances first (experiment)", pick: ours, together: fewestFirst},
	}
}

func nearest(r *run, h int, candidates []int) int {
	return slices.MinFunc(candidates, func(a, b int) int {
		return cmp.Or(cmp.Compare(r.w.distance(h, a), r.w.distance(h, b)), a-b)
	})
}

func longestFree(r *run, _ int, candidates []int) int {
	return slices.MinFunc(candidates, func(a, b int) int { return cmp.Or(r.shownSince[a]-r.shownSince[b], a-b) })
}

// hardest to fill is the place that fewest of those who wait could use.
func hardest(r *run, _ int, candidates []int) int {
	use := func(place int) int {
		n := 0
		for _, h := range r.waiting {
			if r.w.open(h, r.states[h].told, r.shown).has(place) {
				n++
			}
		}
		return n
	}
	best, fewest := candidates[0], use(candidates[0])
	for _, place := range candidates[1:] {
		if n := use(place); n < fewest {
			best, fewest = place, n
		}
	}
	return best
}

// ours takes the first place of the list that the helpline sees.
func ours(r *run, h int, candidates []int) int {
	list := allocator.List(r.need(h), r.board(), r.w.time(r.hour))
	for _, group := range []allocator.Group{list.Fits, list.Check, list.Unconfirmed} {
		for _, a := range group.All() {
			if place := r.w.place[a.Place.Space.ID]; slices.Contains(candidates, place) {
				return place
			}
		}
	}
	return candidates[0]
}

// board is the places shown free, as they are published now.
func (r *run) board() []schema.Place {
	if r.boardAt == r.changes {
		return r.shownPlaces
	}
	r.shownPlaces = r.shownPlaces[:0]
	for place := range r.w.places {
		if !r.shown.has(place) {
			continue
		}
		p := r.w.places[place]
		p.Vacancy.ConfirmedAt = r.w.time(r.confirmed[r.w.service[place]])
		r.shownPlaces = append(r.shownPlaces, p)
	}
	r.boardAt = r.changes
	return r.shownPlaces
}
