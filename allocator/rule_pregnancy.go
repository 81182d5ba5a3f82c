package allocator

import "haven/schema"

// pregnancy: a space that is right tonight has to be right after the birth.
func pregnancy() Rule {
	says := &stated{
		does: "The service takes", doesNot: "The service states that it does not take", ask: "Ask the service whether it takes",
		yes: "Takes people who are pregnant", no: "Does not take people who are pregnant", none: "Nobody said to be pregnant.",
	}
	return Rule{
		Code:        "pregnancy",
		Words:       "Pregnancy",
		Fact:        "whether somebody is pregnant, against whether the service takes people who are",
		WhenUnknown: "check first when it is so and the service has not said",
		Source:      "stated by the service",
		Unmet:       "whom_it_takes",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q, required{pregnant(q.need), q.place.Service.Takes.Pregnant, "Pregnant", "people who are pregnant, until the birth and after"})
		},
		place: func(p *schema.Place) any { return placeFact{atHome(p), p.Service.Takes.Pregnant} },
		need:  func(n *schema.Need) any { return pregnant(n) },
	}
}

func pregnant(n *schema.Need) schema.Fact { return n.Household.Pregnant }
