package allocator

import "haven/schema"

// routeToAvoid keeps clear of the ways that a person causing harm often travels. A way is known only as the line between two areas, so it is as
// wide as the larger of them besides its margin.
func routeToAvoid() Rule {
	return Rule{
		Code:         "route_to_avoid",
		Words:        "Routes to avoid",
		Fact:         "the ways that are not safe for them, each as wide as its areas and its margin, against the area the service publishes",
		WhenUnknown:  "check first: the service confirms its area before it says yes",
		Safety:       true,
		ConfirmsArea: true,
		Source:       "Women's Aid: a safe distance from any area where the abuser has connections, routes among them",
		Unmet:        "area_not_safe",
		onlyIfSaid:   true,
		judge:        judgeRouteToAvoid,
		place:        func(p *schema.Place) any { return unsafePlace{atHome(p), circleOf(p.Service.Area)} },
		need: func(n *schema.Need) any {
			var k keyed
			for i := range n.Routes {
				r := &n.Routes[i]
				k.circle(circleOf(r.From)).circle(circleOf(r.To)).number(r.MarginKm())
			}
			return k.String()
		},
	}
}

func judgeRouteToAvoid(q *question) Finding {
	return judgeUnsafe(q, len(q.need.Routes), unsafeWords{
		none:  "No routes to avoid were given.",
		clear: "Clear of every route to avoid, with its margin.",
		hers: func(i int) string {
			r := q.need.Routes[i]
			return areaName(r.From) + sizeKnown(r.From) + " to " + areaName(r.To) + sizeKnown(r.To) + marginSaid(r.MarginMiles)
		},
		what: func(i int) string {
			r := q.need.Routes[i]
			return marginOf(r.MarginMiles) + "the way between " + areaName(r.From) + " and " + areaName(r.To)
		},
	}, func(i int) position {
		return beside(q.place.Service.Area, q.need.Routes[i])
	})
}
