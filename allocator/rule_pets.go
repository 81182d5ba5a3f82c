package allocator

import "haven/schema"

// pets: fostering is often arranged, so it is hers to choose whether she would go without.
func pets() Rule {
	says := takesAnimals("pets", "No pet comes with this household.")
	return Rule{
		Code:        "pets",
		Words:       "Pets",
		Fact:        "whether a pet comes, against whether the service takes pets",
		WhenUnknown: "check first when one comes and the service has not said",
		Relax:       "pet",
		Source:      "stated by the service; most take none, and fostering is arranged",
		Unmet:       "animal",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q, required{q.need.Pets, q.place.Service.Takes.Pets, "One comes", "pets"})
		},
		place: func(p *schema.Place) any { return placeFact{atHome(p), p.Service.Takes.Pets} },
		need:  func(n *schema.Need) any { return n.Pets },
	}
}
