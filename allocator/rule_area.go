package allocator

import "haven/schema"

const areaRule = "area_to_avoid"

// areaToAvoid is S4: any area to avoid that certainly holds the place bars it, and whatever cannot be decided is asked.
func areaToAvoid() Rule {
	return Rule{
		Code:         areaRule,
		Words:        "Areas to avoid",
		Fact:         "the areas that are not safe for her, each with its margin, against the area the service publishes",
		WhenUnknown:  "check first: the service confirms its area before it says yes",
		Safety:       true,
		ConfirmsArea: true,
		Source:       "Women's Aid: a safe distance from any area where the abuser has connections",
		Unmet:        "area_not_safe",
		judge:        judgeAreaToAvoid,
	}
}

func judgeAreaToAvoid(q *question) Finding {
	here := q.place.Service.Area
	places := publishedArea(here)
	if len(q.need.Avoid) == 0 {
		return fits("None given", places, "No areas to avoid were given.")
	}
	var all, within, unclear []string
	for _, a := range q.need.Avoid {
		all = append(all, avoidWords(a))
		switch lies(here, a.Area, a.MarginKm()) {
		case inside:
			within = append(within, marginWords(a))
		case unsure:
			unclear = append(unclear, marginWords(a))
		}
	}
	hers := listed(all, "and")
	switch {
	case len(within) > 0:
		return bars(hers, places, "Inside "+listed(within, "and")+", which is not safe for this household.")
	case len(unclear) > 0:
		return check(hers, places, "What is published cannot rule out "+listed(unclear, "or")+": ask the service to confirm its area.")
	}
	return fits(hers, places, "Clear of every area to avoid, with its margin.")
}

// avoidWords is her own value: the area she gave and its margin, an assumption where nobody set it.
func avoidWords(a schema.Avoid) string {
	words := areaName(a.Area)
	switch {
	case a.MarginMiles == nil:
		words += ", " + miles(schema.DefaultMarginMiles) + " mile margin (assumed)"
	case *a.MarginMiles > 0:
		words += ", " + miles(*a.MarginMiles) + " mile margin"
	}
	switch {
	case !a.Area.Located:
		words += " (not found on the map)"
	case a.Area.Assumed:
		words += " (size assumed)"
	}
	return words
}

func marginWords(a schema.Avoid) string {
	m := float64(schema.DefaultMarginMiles)
	if a.MarginMiles != nil {
		m = *a.MarginMiles
	}
	if !(m > 0) {
		return areaName(a.Area)
	}
	return "the " + miles(m) + " mile margin of " + areaName(a.Area)
}
