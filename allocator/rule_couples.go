package allocator

import "haven/schema"

// couples: who the partner is is the household's to say. A partner who causes harm is kept from it by areas and care, not by this rule.
func couples() Rule {
	says := &stated{
		does: "The service takes", doesNot: "The service states that it does not take", ask: "Ask the service whether it takes",
		yes: "Takes couples", no: "Does not take couples", none: "No partner was said to come.",
	}
	return Rule{
		Code:        "couples",
		Words:       "Couples",
		Fact:        "whether a partner comes, against whether the service takes couples",
		WhenUnknown: "check first when it is so and the service has not said; " + howUnsaid,
		Source:      "stated by the service",
		Unmet:       "whom_it_takes",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judgeRelated(q, schema.PartnerOf, required{withPartner(q.need), q.place.Service.Takes.Couples, "A partner comes", "couples"})
		},
		place: func(p *schema.Place) any { return placeFact{atHome(p), p.Service.Takes.Couples} },
		need:  func(n *schema.Need) any { return withPartner(n) },
	}
}

func withPartner(n *schema.Need) schema.Fact { return related(n, schema.PartnerOf) }
