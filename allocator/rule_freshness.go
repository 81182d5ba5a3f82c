package allocator

import "haven/schema"

// freshness: old word is no word. It never bars a place, since the service may well say yes; it is asked first.
func freshness() Rule {
	return Rule{
		Code:        "freshness",
		Words:       "Confirmed lately",
		Fact:        "when the service last said, or by acting showed, that this is right",
		WhenUnknown: "check first: call before you offer it",
		Source:      "the network's own limits: 4 and 12 hours",
		Unmet:       "not_confirmed",
		AsksOnly:    true,
		judge:       judgeFreshness,
		place:       func(p *schema.Place) any { return p.Vacancy.ConfirmedAt.UTC() },
		need:        func(*schema.Need) any { return struct{}{} }, // no need changes it
	}
}

func judgeFreshness(q *question) Finding {
	const hers = "Confirmed today"
	switch q.place.Vacancy.Freshness(q.now) {
	case schema.Fresh:
		return fits(hers, "In the last 4 hours", "Confirmed in the last 4 hours.")
	case schema.Ageing:
		return fits(hers, "In the last 12 hours", "Last confirmed more than 4 hours ago – check when you call.")
	}
	return check(hers, "Not today", "Not confirmed today – call before you offer it.")
}
