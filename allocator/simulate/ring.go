package simulate

import "slices"

// ring: who has no list rings services one after another, nearest first, and knows neither what is free nor whom they take. It says whether
// the household is off the list of those who look.
func (r *run) ring(h int) (gone bool) {
	s := &r.states[h]
	if r.hour < s.nextRing {
		return false
	}
	s.nextRing = r.hour + int(r.w.Params.RingHours)
	who := &r.w.households[h]
	order := r.w.nearest[who.origin]
	for range order {
		service := order[s.rings%len(order)]
		s.rings++
		spaces := r.w.spacesOf[service]
		if r.saidNo(h, spaces[0]) || slices.ContainsFunc(spaces, s.tried.has) {
			continue // she would not ask where she would not go, nor again where the answer was about her
		}
		return r.rung(h, spaces)
	}
	return false
}

// rung: the service looks for a room of its own that suits.
func (r *run) rung(h int, spaces []int) (gone bool) {
	first := -1
	for _, place := range spaces {
		if !r.free.has(place) || r.held.has(place) {
			continue
		}
		if first < 0 {
			first = place
		}
		if r.w.answer(h, place) == accepted {
			first = place
			break
		}
	}
	if first < 0 {
		r.states[h].referrals++
		r.counts[noCapacity]++
		return false
	}
	r.refer(h, first)
	return true
}
