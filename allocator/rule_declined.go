package allocator

import "haven/schema"

// declined keeps what was tried for this request from being put forward again, where the reason lasts. The household's no is as good as the service's.
func declined() Rule {
	return Rule{
		Code:        "declined",
		Words:       "Tried already",
		Fact:        "which services and spaces were tried for this request, and why they did not come about",
		WhenUnknown: "check first where the reason may have passed",
		Relax:       "declined",
		Source:      "kept with the request by Haven",
		Unmet:       "tried",
		onlyIfSaid:  true,
		judge:       judgeDeclined,
		place:       func(p *schema.Place) any { return triedPlace{p.Service.ID, p.Space.ID} },
		need: func(n *schema.Need) any {
			var k keyed
			for _, d := range n.Declined {
				k.text(string(d.Service)).text(string(d.Space)).text(d.Why)
			}
			return k.String()
		},
	}
}

type triedPlace struct {
	service schema.ServiceID
	space   schema.SpaceID
}

// lasting is how far a reason reaches.
type lasting int

const (
	passing   lasting = iota // it may be otherwise tomorrow
	ofSpace                  // it holds for that space
	ofService                // it holds for every space of the service
)

// lasts reads a CannotTake or DecidedNot code. Support that could not be given was not to be had that day. A code that is in neither list is asked about.
func lasts(why string) lasting {
	switch why {
	case "area_not_safe", "funding_route", "wrong_referral", "too_near", "too_far", "school_or_contact", "cost":
		return ofService
	case "no_space_of_size", "access_need", "childrens_ages", "shared": // another space of the service may be larger, have no steps or be self-contained
		return ofSpace
	}
	return passing
}

func judgeDeclined(q *question) Finding {
	worst, tried := Fits, schema.Declined{}
	for _, d := range q.need.Declined {
		if d.Service != q.place.Service.ID && d.Space != q.place.Space.ID {
			continue
		}
		v := CheckFirst
		switch lasts(d.Why) {
		case ofService:
			v = DoesNotFit
		case ofSpace:
			if v = Fits; d.Space == q.place.Space.ID {
				v = DoesNotFit
			}
		}
		if v.rank() > worst.rank() { // of as bad ones the oldest is named
			worst, tried = v, d
		}
	}
	if q.quiet {
		return Finding{Verdict: worst}
	}
	why, by := triedWords(tried)
	switch worst {
	case DoesNotFit:
		return bars("Tried: "+why, "Tried for this request", by+" That reason lasts.")
	case CheckFirst:
		return check("Tried: "+why, "Tried for this request", by+" Ask the service whether that is so still.")
	}
	return fits("Not tried", "Not tried for this request", "Nothing stands against it from what was tried for this request.")
}

func triedWords(d schema.Declined) (why, by string) {
	list, by := schema.CannotTake, "The service could not take this household before: "
	if d.By == schema.BySurvivor {
		list, by = schema.DecidedNot, "This service was not right for this household before: "
		if lasts(d.Why) == ofSpace {
			by = "This space was not right for this household before: "
		}
	}
	why = "Reason not kept"
	if row, ok := list.Find(d.Why); ok {
		why = row.Words
	}
	return why, by + inSentence(why) + "."
}
