package allocator

import "haven/schema"

// provision keeps a search to the kinds of place it is about. Bed and breakfast is never one of them (S10).
func provision() Rule {
	return Rule{
		Code:        "provision",
		Words:       "Kind of place",
		Fact:        "what is looked for; for works at home, whether the scheme covers where they are now",
		WhenUnknown: "check first",
		Source:      "SI 2021/991 regulation 2",
		Unmet:       "no_space_free",
		judge:       judgeProvision,
		place: func(p *schema.Place) any {
			k := provisionPlace{code: p.Service.Provision}
			if kind, _ := schema.ProvisionOf(k.code); kind.Slot {
				k.covers = namedOf(p.Service.Area)
			}
			return k
		},
		need: func(n *schema.Need) any {
			k := provisionNeed{now: nowInKey(n)}
			for i, kind := range schema.Provisions() {
				if n.Looks(kind) {
					k.kinds |= 1 << i
				}
			}
			return k
		},
	}
}

type provisionPlace struct {
	code   schema.ProvisionCode
	covers named // of works at home
}

type provisionNeed struct {
	kinds uint // one bit for each row of schema.Provisions looked for
	now   whereNow
}

func judgeProvision(q *question) Finding {
	hers := ""
	if !q.quiet {
		hers = soughtWords(q.need)
	}
	if q.kind.Code == "" {
		return check(hers, "Kind not known", "Ask the service what kind of place this is.")
	}
	if !q.need.Looks(q.kind) {
		return bars(hers, q.kind.Label, "Not one of the kinds of place looked for.")
	}
	if q.atHome() {
		return judgeReach(q)
	}
	return fits(hers, q.kind.Label, "One of the kinds of place looked for.")
}

// judgeReach: a scheme works on homes in its own area. A circle holds more than the area it stands for, so only the same name is a yes. None is a no:
// they may have left the home that is to be made safe, and only where they are now is known.
func judgeReach(q *question) Finding {
	places := q.kind.Label + ", " + publishedArea(q.place.Service.Area)
	if q.need.NowIn == nil {
		return check("Home not said", places, "Ask the service whether it covers their home.")
	}
	hers := "Stay home, now in " + areaName(*q.need.NowIn)
	switch {
	case same(*q.need.NowIn, q.place.Service.Area):
		return fits(hers, places, "The scheme covers the area they are in.")
	case lies(*q.need.NowIn, q.place.Service.Area, 0) == apart:
		return check(hers, places, "The scheme does not cover where they are now: ask the service whether it covers their home.")
	}
	return check(hers, places, "Ask the service whether it covers their home.")
}

func soughtWords(need *schema.Need) string {
	if len(need.Provisions) > 0 {
		var labels []string
		for _, code := range need.Provisions {
			labels = append(labels, kindWords(code))
		}
		return listed(labels, "or")
	}
	if len(need.Offers) == 0 {
		return offerWords(schema.OfferTonight)
	}
	var words []string
	for _, o := range need.Offers {
		words = append(words, offerWords(o))
	}
	return listed(words, "or")
}

func kindWords(code schema.ProvisionCode) string {
	if p, ok := schema.ProvisionOf(code); ok {
		return p.Label
	}
	return "A kind that is not in the list"
}

func offerWords(o schema.Offer) string {
	switch o {
	case schema.OfferTonight:
		return "Somewhere to go tonight"
	case schema.OfferStayHome:
		return "Stay home safely"
	case schema.OfferSettle:
		return "A settled home"
	}
	return "Not in the list"
}
