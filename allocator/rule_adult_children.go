package allocator

import "haven/schema"

// adultChildren: each is assessed apart, as an adult in her or his own right, so a service may take the mother and not them.
func adultChildren() Rule {
	says := &stated{
		does: "The service takes", doesNot: "The service states that it does not take", ask: "Ask the service whether it takes",
		yes: "Takes sons and daughters of 18 and over", no: "Does not take sons and daughters of 18 and over", none: "No son or daughter of 18 or over comes with this household.",
	}
	return Rule{
		Code:        "adult_children",
		Words:       "Sons and daughters of 18 and over",
		Fact:        "whether sons and daughters of 18 and over come, against whether the service takes them",
		WhenUnknown: "check first when it is so and the service has not said",
		Source:      "stated by the service, which assesses each as an adult",
		Unmet:       "whom_it_takes",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q, required{withAdultChild(q.need), q.place.Service.Takes.AdultChildren, "A son or daughter of 18 or over comes", "sons and daughters of 18 and over, each assessed as an adult"})
		},
		place: func(p *schema.Place) any { return placeFact{atHome(p), p.Service.Takes.AdultChildren} },
		need:  func(n *schema.Need) any { return withAdultChild(n) },
	}
}

func withAdultChild(n *schema.Need) schema.Fact { return related(n, schema.AdultChildOf) }
