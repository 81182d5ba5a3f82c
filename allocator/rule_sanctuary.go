package allocator

import "haven/schema"

// sanctuaryConditions: works make a home safe only against somebody who is outside it. That they wish to stay is asked by the search itself
// (provision); what is left has to be true of their home, every part of it.
func sanctuaryConditions() Rule {
	return Rule{
		Code:        "sanctuary_conditions",
		Words:       "What a sanctuary scheme asks",
		Fact:        "whether staying is agreed to be safe, the person causing harm lives there or may return, and the landlord agrees",
		WhenUnknown: "check first, for works at home only",
		Safety:      true,
		Source:      "sanctuary schemes: the survivor's choice, safe, the person causing harm not there and without a right to be; consent of the landlord",
		Unmet:       "home_not_safe",
		judge:       judgeSanctuary,
		place: func(p *schema.Place) any {
			kind, _ := schema.ProvisionOf(p.Service.Provision)
			return kind.Slot
		},
		need: func(n *schema.Need) any {
			worst := Fits
			for _, c := range homeConditions(&n.Home) {
				worst = worse(worst, c.verdict())
			}
			return worst
		},
	}
}

func judgeSanctuary(q *question) Finding {
	if !q.kind.Slot {
		return fits("Not asked for", "Not works at home", "This is not a sanctuary scheme.")
	}
	var met, wrong, unclear []string
	for _, c := range homeConditions(&q.need.Home) {
		switch c.verdict() {
		case Fits:
			met = append(met, c.words)
		case DoesNotFit:
			wrong = append(wrong, c.words)
		default:
			unclear = append(unclear, c.words)
		}
	}
	hers := "None known to be met"
	if len(met) > 0 {
		hers = "Met: " + listed(met, "and")
	}
	const places = "Works at home, each condition met"
	switch {
	case len(wrong) > 0:
		return bars(hers, places, "The scheme works only where "+listed(wrong, "and")+".")
	case len(unclear) > 0:
		return check(hers, places, "The scheme works only where "+listed(unclear, "and")+": ask first.")
	}
	return fits(hers, places, "All that the scheme asks of a home is met.")
}

// homeCondition is one thing that has to be true of their home.
type homeCondition struct {
	said, wants schema.Fact
	words       string // as the scheme asks it
}

func homeConditions(h *schema.Home) [4]homeCondition {
	return [...]homeCondition{
		{h.SafeToStay, schema.Yes, "the police or the scheme agree that staying is safe"},
		{h.AbuserLivesThere, schema.No, "the person causing harm does not live there"},
		{h.AbuserMayReturn, schema.No, "the person causing harm has no legal right to be there"},
		{h.LandlordAgrees, schema.Yes, "the landlord agrees to the works"},
	}
}

func (c homeCondition) verdict() Verdict {
	switch c.said {
	case c.wants:
		return Fits
	case schema.Yes, schema.No:
		return DoesNotFit
	}
	return CheckFirst
}
