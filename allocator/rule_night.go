package allocator

import "haven/schema"

// nightStaff: somebody on call is not somebody there.
func nightStaff() Rule {
	says := &stated{
		does: "The service has", doesNot: "The service does not have", ask: "Ask the service whether it has",
		yes: "Staff there at night", no: "No staff there at night", none: "Staff there at night were not asked for.",
	}
	return Rule{
		Code:        "night_staff",
		Words:       "Staff at night",
		Fact:        "whether anybody needs staff there at night, against whether the service has them",
		WhenUnknown: "check first when somebody does and the service has not said",
		Source:      "stated by the service: staff day and night, or by day with somebody on call",
		Unmet:       "support_need",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q, required{q.need.NightStaff, q.place.Service.Takes.NightStaff, "Needed", "staff there at night"})
		},
		place: func(p *schema.Place) any { return placeFact{atHome(p), p.Service.Takes.NightStaff} },
		need:  func(n *schema.Need) any { return n.NightStaff },
	}
}
