package allocator

import "haven/schema"

// sensory: hearing and sight are facts of their own, never worked out from wheelchair access or from one another.
func sensory() Rule {
	says := suits("No access for hearing or sight was asked for.")
	return Rule{
		Code:        "sensory",
		Words:       "Hearing and sight",
		Fact:        "whether somebody is Deaf, hard of hearing, blind or partially sighted, against what the space has for that",
		WhenUnknown: "check first when somebody is and the service has not said",
		Source:      "Routes to Support records access for wheelchairs, limited mobility, hearing and sight apart",
		Unmet:       "access_need",
		onlyIfSaid:  true,
		judge: func(q *question) Finding {
			return says.judge(q,
				required{q.need.Hearing, q.place.Space.Hearing, "Deaf or hard of hearing", "somebody Deaf or hard of hearing"},
				required{q.need.Sight, q.place.Space.Sight, "Blind or partially sighted", "somebody blind or partially sighted"})
		},
		place: func(p *schema.Place) any { return twoFacts{atHome(p), p.Space.Hearing, p.Space.Sight} },
		need:  func(n *schema.Need) any { return [2]schema.Fact{n.Hearing, n.Sight} },
	}
}
