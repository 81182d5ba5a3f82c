package allocator

import "haven/schema"

// carer: one who lives in takes a bed and is there at night; one who visits comes through the door. A service may say yes to either alone.
func carer() Rule {
	says := &stated{
		does: "The service takes", doesNot: "The service states that it does not take", ask: "Ask the service whether it takes",
		yes: "Takes carers", no: "Does not take carers", none: "No carer was said to come.",
	}
	return Rule{
		Code:        "carer",
		Words:       "Carer",
		Fact:        "whether a carer lives with them or visits, against what the service says of each",
		WhenUnknown: "check first when a carer comes and the service has not said; " + howUnsaid,
		Source:      "stated by the service; who relies on a carer has often relied on the person causing harm",
		Unmet:       "access_need",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judgeRelated(q, schema.CarerOf,
				required{livesIn(q.need), q.place.Service.Takes.Carers, "A carer lives with them", "a carer who lives in"},
				required{q.need.CarerVisits, q.place.Service.Takes.CarerVisits, "A carer visits", "a carer who visits"})
		},
		place: func(p *schema.Place) any {
			t := &p.Service.Takes
			return carerPlace{twoFacts{atHome(p), t.Carers, t.CarerVisits}, firstNo(t) == schema.CarerOf}
		},
		need: func(n *schema.Need) any { return [2]schema.Fact{livesIn(n), n.CarerVisits} },
	}
}

type carerPlace struct {
	twoFacts
	asks bool
}

func livesIn(n *schema.Need) schema.Fact { return related(n, schema.CarerOf) }
