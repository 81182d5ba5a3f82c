package allocator

import "haven/schema"

// secondStage is the law's own description: for who moves on from other relevant accommodation, or no longer needs intensive support.
// One of the two is enough.
func secondStage() Rule {
	return Rule{
		Code:        "second_stage",
		Words:       "Moving on",
		Fact:        "whether they are in other safe accommodation now, and whether they still need intensive support",
		WhenUnknown: "check first, for second stage accommodation only",
		Source:      "SI 2021/991 regulation 2: second stage accommodation",
		Unmet:       "support_need",
		judge:       judgeSecondStage,
		place: func(p *schema.Place) any {
			kind, _ := schema.ProvisionOf(p.Service.Provision)
			return kind.MovesOn
		},
		need: func(n *schema.Need) any { return n.MovingOn },
	}
}

func judgeSecondStage(q *question) Finding {
	if !q.kind.MovesOn {
		return fits("Not asked for", "Not second stage", "This is not second stage accommodation.")
	}
	const places = "For people moving on, or without need of intensive support"
	from, intensive := q.need.MovingOn.FromRelevant, q.need.MovingOn.IntensiveSupport
	hers := listed([]string{
		said(from, "In safe accommodation now", "Not in safe accommodation now", "Where they move from not said"),
		said(intensive, "intensive support needed", "intensive support no longer needed", "intensive support not said"),
	}, "and")
	switch {
	case from == schema.Yes || intensive == schema.No:
		return fits(hers, places, "Second stage accommodation is meant for this.")
	case from == schema.No && intensive == schema.Yes:
		return bars(hers, places, "The service does not give intensive support to people who come from elsewhere.")
	}
	return check(hers, places, "Ask whether they move on from other safe accommodation, or no longer need intensive support.")
}

func said(f schema.Fact, yes, no, unknown string) string {
	switch f {
	case schema.Yes:
		return yes
	case schema.No:
		return no
	}
	return unknown
}
