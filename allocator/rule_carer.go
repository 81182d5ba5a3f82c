package allocator

import (
	"slices"

	"haven/schema"
)

// carer: one who lives in takes a bed and is there at night; one who visits comes through the door. A service may say yes to either alone.
func carer() Rule {
	says := &stated{
		does: "The service takes", doesNot: "The service states that it does not take", ask: "Ask the service whether it takes",
		yes: "Takes carers", no: "Does not take carers", none: "No carer comes with this household.",
	}
	return Rule{
		Code:        "carer",
		Words:       "Carer",
		Fact:        "whether a carer lives with them or visits, against what the service says of each",
		WhenUnknown: "check first when a carer comes and the service has not said",
		Source:      "stated by the service; who relies on a carer has often relied on the person causing harm",
		Unmet:       "access_need",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q,
				required{livesIn(q.need), q.place.Service.Takes.Carers, "A carer lives with them", "a carer who lives in"},
				required{q.need.CarerVisits, q.place.Service.Takes.CarerVisits, "A carer visits", "a carer who visits"})
		},
		place: func(p *schema.Place) any {
			return twoFacts{atHome(p), p.Service.Takes.Carers, p.Service.Takes.CarerVisits}
		},
		need: func(n *schema.Need) any { return [2]schema.Fact{livesIn(n), n.CarerVisits} },
	}
}

// livesIn: who moves with the household is listed, so a carer who is not among the adults does not live in.
func livesIn(n *schema.Need) schema.Fact {
	if slices.ContainsFunc(n.Household.Adults, func(a schema.Adult) bool { return a.Is == schema.CarerOf }) {
		return schema.Yes
	}
	return schema.No
}
