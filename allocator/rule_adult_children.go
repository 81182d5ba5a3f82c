package allocator

import (
	"time"

	"haven/schema"
)

// adultChildren: each is assessed apart, as an adult in her or his own right, so a service may take the mother and not them. A child who is 18 on the
// day of arrival is one of them, whatever it was said to be.
func adultChildren() Rule {
	says := &stated{
		does: "The service takes", doesNot: "The service states that it does not take", ask: "Ask the service whether it takes",
		yes: "Takes sons and daughters of 18 and over", no: "Does not take sons and daughters of 18 and over", none: "No son or daughter of 18 or over was said to come.",
	}
	return Rule{
		Code:        "adult_children",
		Words:       "Sons and daughters of 18 and over",
		Fact:        "whether sons and daughters come who are 18 or over on the day of arrival, against whether the service takes them",
		WhenUnknown: "check first when it is or may be so and the service has not said, and when it may be so and the service states a no; " + howUnsaid,
		Source:      "stated by the service, which assesses each as an adult",
		Unmet:       "whom_it_takes",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			of18, hers := grownUp(q)
			return says.judgeRelated(q, schema.AdultChildOf, required{of18, q.place.Service.Takes.AdultChildren, hers, "sons and daughters of 18 and over, each assessed as an adult"})
		},
		place: func(p *schema.Place) any {
			t := &p.Service.Takes
			k := grownUpPlace{placeFact: placeFact{atHome(p), t.AdultChildren}, asks: firstNo(t) == schema.AdultChildOf}
			if !k.atHome && k.fact != schema.Yes {
				k.ready = hour(readyFrom(p))
			}
			return k
		},
		need: func(n *schema.Need) any { return grownUpNeed{withAdultChild(n), agesKey(n)} },
	}
}

type grownUpPlace struct {
	placeFact
	asks  bool
	ready time.Time
}

type grownUpNeed struct {
	said schema.Fact
	ages string
}

func withAdultChild(n *schema.Need) schema.Fact { return related(n, schema.AdultChildOf) }

// grownUp says whether a son or daughter comes who is 18 on the day of arrival, or perhaps.
func grownUp(q *question) (f schema.Fact, hers string) {
	f, hers = withAdultChild(q.need), "A son or daughter of 18 or over comes"
	for _, c := range q.need.Household.Children {
		if f == schema.Yes {
			return f, hers
		}
		switch youngest, oldest := q.age(c); {
		case youngest >= adult:
			f, hers = schema.Yes, "A child is 18 on the day of arrival"
		case oldest >= adult:
			f, hers = perhaps, "A child may be 18 on the day of arrival"
		}
	}
	return f, hers
}
