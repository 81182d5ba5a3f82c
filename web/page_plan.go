package web

import (
	"fmt"

	"haven/allocator/plan"
	"haven/exchange"
	"haven/schema"
)

// planView is the suggestion for everybody who waits here. It holds nothing.
type planView struct {
	At      string
	Planned bool // there was somebody to plan for
	Rows    []suggestionRow
	Without []withoutRow
	// Held are the requests left out because they hold a place already.
	Held int
	// Gap is empty where no plan is better.
	Gap string
}

type suggestionRow struct {
	Request, Reference, Urgency string
	Space, Name, Provision      string
	Price                       []string
	Once                        string
}

type withoutRow struct {
	Request, Reference, Urgency string
	Why                         []string
}

// waitingPlan is a plan for the organisation's own requests that wait, with what its words need. Other organisations' are not seen, so they are not
// in it: each plans for its own, and the ledger alone grants.
type waitingPlan struct {
	plan.Plan
	requests map[schema.RequestID]schema.Request
	places   map[schema.SpaceID]schema.Place
	held     int
}

func (v *visit) waitingPlan(views []exchange.WaitingView) (waitingPlan, error) {
	out := waitingPlan{requests: map[schema.RequestID]schema.Request{}, places: map[schema.SpaceID]schema.Place{}}
	holds, err := v.web.read.LiveHolds(v.Context(), v.actor())
	if err != nil {
		return out, err
	}
	holding := map[schema.RequestID]bool{}
	for _, h := range holds {
		holding[h.Request] = holding[h.Request] || !h.Expired(v.now)
	}
	var households []plan.Household
	for _, view := range views {
		switch {
		case view.Organisation != v.account.Organisation:
		case holding[view.ID]:
			out.held++
		default:
			out.requests[view.ID] = view.Request
			households = append(households, plan.Household{Request: view.ID, Need: view.Need, Since: view.WaitingSince, Version: view.Version})
		}
	}
	var places []schema.Place
	if len(households) > 0 {
		for p := range v.web.exchange.Index().Places() {
			if p.Vacancy.Free() {
				places = append(places, *p)
			}
		}
	}
	out.Plan, err = plan.Make(households, places, v.now)
	for i := range places {
		out.places[places[i].Space.ID] = places[i]
	}
	return out, err
}

func (v *visit) planFor(views []exchange.WaitingView) (planView, error) {
	made, err := v.waitingPlan(views)
	if err != nil {
		return planView{}, err
	}
	p := planView{At: clock(v.now), Planned: len(made.requests) > 0, Held: made.held}
	for _, s := range made.Suggestions {
		r, place := made.requests[s.Request], made.places[s.Space]
		p.Rows = append(p.Rows, suggestionRow{
			Request: string(s.Request), Reference: r.Reference, Urgency: urgencyWords(r.Need, r.WaitingSince, v.now),
			Space: string(s.Space), Name: place.Service.CodeName + ", " + place.Service.Area.Name, Provision: provisionWords(place.Service.Provision),
			Price: s.Words, Once: newOnce(),
		})
	}
	for _, u := range made.Unplaced {
		r := made.requests[u.Request]
		p.Without = append(p.Without, withoutRow{string(u.Request), r.Reference, urgencyWords(r.Need, r.WaitingSince, v.now), u.Words})
	}
	p.Gap = gapWords(made.Plan)
	return p, nil
}

// gapWords say how far a plan may be from a perfect one; nothing where none is better.
func gapWords(p plan.Plan) string {
	if p.Exact() {
		return ""
	}
	most := p.Value.Households() + p.Gap()
	words := fmt.Sprintf("This is not known to be the best suggestion: so many rooms overlap that not every possibility was tried. It finds places for %d; no suggestion finds places for more than %d", p.Value.Households(), most)
	if p.Gap() == 0 {
		return fmt.Sprintf("So many rooms overlap that not every possibility was tried. No suggestion finds places for more than %s, as this one does; another might meet more wishes.", plural(most, "household", "households"))
	}
	return words + "."
}
