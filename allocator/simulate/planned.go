package simulate

import (
	"slices"
	"strconv"

	"haven/allocator/plan"
	"haven/schema"
)

// planned takes up what the plan suggests for all who wait. Who gets no suggestion searches as ever: the plan leaves out what has to be checked first.
func planned(r *run, waiting []int) []int {
	var looking []plan.Household
	for _, h := range waiting {
		if !r.w.households[h].direct && len(r.candidates(h)) > 0 {
			looking = append(looking, plan.Household{
				Request: schema.RequestID(strconv.Itoa(h)), Need: r.withTried(h), Since: r.w.time(r.w.households[h].at),
			})
		}
	}
	if len(looking) == 0 {
		return waiting
	}
	made, err := plan.Make(looking, r.board(), r.w.time(r.hour))
	if err != nil {
		panic("simulate: every household has a request of its own, and yet: " + err.Error())
	}
	referred := map[int]bool{}
	for _, s := range made.Suggestions {
		h, err := strconv.Atoi(string(s.Request))
		if place := r.w.place[s.Space]; err == nil && slices.Contains(r.candidates(h), place) {
			r.refer(h, place)
			referred[h] = true
		}
	}
	return slices.DeleteFunc(waiting, func(h int) bool {
		return referred[h] || !r.w.households[h].direct && r.search(h)
	})
}

// withTried adds to a need where the household was put forward already, and where it said that it would not go.
func (r *run) withTried(h int) schema.Need {
	n := r.need(h)
	for service, spaces := range r.w.spacesOf {
		place := spaces[0]
		switch {
		case r.saidNo(h, place):
			n = n.WithDeclined(schema.Declined{Service: r.w.places[place].Service.ID, Space: r.w.places[place].Space.ID, By: schema.BySurvivor, Why: "too_far"})
		case slices.ContainsFunc(r.w.spacesOf[service], r.states[h].tried.has):
			n = n.WithDeclined(schema.Declined{Service: r.w.places[place].Service.ID, Space: r.w.places[place].Space.ID, By: schema.ByService, Why: "wrong_referral"})
		}
	}
	return n
}
