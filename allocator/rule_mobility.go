package allocator

import "haven/schema"

// limitedMobility is a fact of its own and is not worked out from wheelchair access, either way.
func limitedMobility() Rule {
	says := suits("No access for limited mobility was asked for.")
	return Rule{
		Code:        "limited_mobility",
		Words:       "Limited mobility",
		Fact:        "whether somebody has limited mobility, against whether the space suits that",
		WhenUnknown: "check first when somebody has and the service has not said",
		Source:      "Routes to Support publishes wheelchair and limited mobility separately",
		Unmet:       "access_need",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q, required{q.need.LimitedMobility, q.place.Space.LimitedMobility, "Needed", "limited mobility"})
		},
		place: func(p *schema.Place) any { return placeFact{atHome(p), p.Space.LimitedMobility} },
		need:  func(n *schema.Need) any { return n.LimitedMobility },
	}
}
