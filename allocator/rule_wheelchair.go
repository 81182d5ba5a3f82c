package allocator

import "haven/schema"

// wheelchair and limited mobility are two facts: a room without a step is not thereby wide enough to turn in.
func wheelchair() Rule {
	says := suits("No access for a wheelchair was asked for.")
	return Rule{
		Code:        "wheelchair",
		Words:       "Wheelchair",
		Fact:        "whether somebody uses a wheelchair, against whether the space is accessible with one",
		WhenUnknown: "check first when somebody uses one and the service has not said",
		Source:      "Routes to Support publishes wheelchair and limited mobility separately",
		Unmet:       "access_need",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q, required{q.need.Wheelchair, q.place.Space.Wheelchair, "Needed", "a wheelchair"})
		},
		place: func(p *schema.Place) any { return placeFact{atHome(p), p.Space.Wheelchair} },
		need:  func(n *schema.Need) any { return n.Wheelchair },
	}
}

// suits are the words of rules about the space itself.
func suits(none string) *stated {
	return &stated{
		does: "The space is suitable for", doesNot: "The space is not suitable for", ask: "Ask the service whether the space is suitable for",
		yes: "Suitable", no: "Not suitable", none: none,
	}
}
