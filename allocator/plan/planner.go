package plan

import (
	"time"

	"haven/allocator"
	"haven/schema"
)

// Planner keeps what proves a plan best, so that a household more costs one search and not a new plan. It is for one time and one set of places;
// it is not safe for use by several goroutines at once.
type Planner struct {
	now        time.Time
	households []Household
	known      map[schema.RequestID]bool
	places     []schema.Place
	number     map[schema.SpaceID]int32 // of each place
	index      *allocator.Index
	offers     offers
	asked      []offered // by each household

	*assignment
	unmarked []Tier
}

// NewPlanner of what is known at a time.
func NewPlanner(households []Household, places []schema.Place, now time.Time) (*Planner, error) {
	hs, err := waiting(households)
	if err != nil {
		return nil, err
	}
	ps, err := free(places)
	if err != nil {
		return nil, err
	}
	p := &Planner{
		now: now, households: hs, known: map[schema.RequestID]bool{},
		places: ps, number: make(map[schema.SpaceID]int32, len(ps)), index: allocator.NewIndex(), offers: newOffers(ps),
	}
	for c := range ps {
		p.number[ps[c].Space.ID] = int32(c)
	}
	p.index.Reset(ps)
	g := newGraph(len(ps), overlapping(ps))
	for i := range hs {
		p.know(&hs[i])
		g.add(Urgency(hs[i].Need, hs[i].Since, now), p.pairs(&hs[i]))
	}
	p.assignment = newAssignment(g)
	return p, nil
}

// Add a household. The plan is then worth what a new plan for all of them would be.
func (p *Planner) Add(h Household) error {
	if h.Request == "" {
		return schema.Invalid("households.request", "Every household needs the id of its request")
	}
	if p.known[h.Request] {
		return schema.Refuse(schema.KindStale, "already_planned", "This request is in the plan already. Make a new plan to change it.")
	}
	pairs := p.pairs(&h)
	p.households = append(p.households, h)
	p.know(&h)
	p.add(Urgency(h.Need, h.Since, p.now), pairs)
	return nil
}

func (p *Planner) know(h *Household) {
	p.known[h.Request] = true
	p.asked = append(p.asked, p.offers.asked(&h.Need))
	p.unmarked = append(p.unmarked, unmarked(h.Need.Tonight, h.Since, p.now))
}
