package allocator

import "haven/schema"

// assistanceAnimal is a rule apart from pets: such an animal is no choice of hers, and the law asks more of a service than its house rules do.
func assistanceAnimal() Rule {
	says := takesAnimals("assistance animals", "No assistance animal comes with this household.")
	return Rule{
		Code:        "assistance_animal",
		Words:       "Assistance animal",
		Fact:        "whether an assistance animal comes, against whether the service takes them",
		WhenUnknown: "check first when one comes and the service has not said",
		Source:      "stated by the service, which has a duty to make reasonable adjustments (Equality Act 2010 section 20)",
		Unmet:       "animal",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q, required{q.need.AssistanceAnimal, q.place.Service.Takes.AssistanceAnimal, "One comes", "assistance animals"})
		},
		place: func(p *schema.Place) any {
			return placeFact{atHome(p), p.Service.Takes.AssistanceAnimal}
		},
		need: func(n *schema.Need) any { return n.AssistanceAnimal },
	}
}

func takesAnimals(what, none string) *stated {
	return &stated{
		does: "The service takes", doesNot: "The service states that it does not take", ask: "Ask the service whether it takes",
		yes: "Takes " + what, no: "Does not take " + what, none: none,
	}
}
