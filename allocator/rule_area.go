package allocator

import "haven/schema"

// areaToAvoid is S4: any area to avoid that certainly holds the place bars it, and whatever cannot be decided is asked. Where nobody said what is not
// safe, where they are now is the likeliest place that is not.
func areaToAvoid() Rule {
	return Rule{
		Code:         "area_to_avoid",
		Words:        "Areas to avoid",
		Fact:         "the areas that are not safe for this household, each with its margin, against the area the service publishes; where neither an area nor a route was given, where they are now",
		WhenUnknown:  "check first: the service confirms its area before it says yes; with no area or route to avoid given, check first near where they are now",
		Safety:       true,
		ConfirmsArea: true,
		Source:       "Women's Aid: a safe distance from any area where the abuser has connections",
		Unmet:        "area_not_safe",
		judge:        judgeAreaToAvoid,
		place:        func(p *schema.Place) any { return unsafePlace{atHome(p), circleOf(p.Service.Area)} },
		need: func(n *schema.Need) any {
			var k keyed
			if nothingUnsafe(n) && n.NowIn != nil {
				return k.text("now in").circle(circleOf(*n.NowIn)).String()
			}
			for i := range n.Avoid {
				k.circle(circleOf(n.Avoid[i].Area)).number(n.Avoid[i].MarginKm())
			}
			return k.String()
		},
	}
}

// unsafePlace is all of a place that nearness to what is not safe turns on.
type unsafePlace struct {
	atHome bool
	circle
}

// nothingUnsafe: nobody said of any area or route that it is not safe, which does not say that none is.
func nothingUnsafe(n *schema.Need) bool { return len(n.Avoid) == 0 && len(n.Routes) == 0 }

func judgeAreaToAvoid(q *question) Finding {
	if len(q.need.Avoid) == 0 && !measurable(q.place.Service.Area) {
		return check("None given", publishedArea(q.place.Service.Area), "Where the place is was not published: ask the service to confirm its area.")
	}
	if nothingUnsafe(q.need) && q.need.NowIn != nil && !q.atHome() {
		return judgeNearNow(q)
	}
	return judgeUnsafe(q, len(q.need.Avoid), unsafeWords{
		none:  "No areas to avoid were given.",
		clear: "Clear of every area to avoid, with its margin.",
		hers:  func(i int) string { return avoidWords(q.need.Avoid[i]) },
		what:  func(i int) string { return marginWords(q.need.Avoid[i]) },
	}, func(i int) position {
		return lies(q.place.Service.Area, q.need.Avoid[i].Area, q.need.Avoid[i].MarginKm())
	})
}

// judgeNearNow asks of a place near where they are now, and bars none: nobody said that it is not safe there.
func judgeNearNow(q *question) Finding {
	at := lies(q.place.Service.Area, *q.need.NowIn, schema.DefaultMarginMiles*schema.KmPerMile)
	if q.quiet {
		if at == apart {
			return Finding{Verdict: Fits}
		}
		return Finding{Verdict: CheckFirst}
	}
	hers, places := "None given; now in "+areaName(*q.need.NowIn)+sizeKnown(*q.need.NowIn), publishedArea(q.place.Service.Area)
	switch at {
	case apart:
		return fits(hers, places, "No areas to avoid were given.")
	case inside:
		return check(hers, places, "Nobody said which areas are not safe, and this is near where they are now: ask, and ask the service to confirm its area.")
	}
	return check(hers, places, "Nobody said which areas are not safe, and this may be near where they are now: ask, and ask the service to confirm its area.")
}

// unsafeWords name what is not safe for them. They are made only where words are asked for.
type unsafeWords struct {
	none, clear string
	hers, what  func(i int) string
}

// judgeUnsafe is S4 for a number of things that are not safe: one that certainly holds the place bars it, and one that cannot be decided is asked. A
// home is mostly in an area that is not safe, and whether it can be made safe is for other rules: there the service is asked to confirm it.
func judgeUnsafe(q *question, n int, words unsafeWords, lies func(i int) position) Finding {
	if n == 0 {
		return fits("None given", publishedArea(q.place.Service.Area), words.none)
	}
	worst := Fits
	var all, within, unclear []string
	for i := range n {
		at := lies(i)
		if at == inside && q.atHome() {
			at = unsure
		}
		switch {
		case at == inside:
			worst = DoesNotFit
		case at == unsure && worst == Fits:
			worst = CheckFirst
		}
		if q.quiet {
			if worst == DoesNotFit {
				break
			}
			continue
		}
		all = append(all, words.hers(i))
		switch at {
		case inside:
			within = append(within, words.what(i))
		case unsure:
			unclear = append(unclear, words.what(i))
		}
	}
	if q.quiet {
		return Finding{Verdict: worst}
	}
	hers, places := listed(all, "and"), publishedArea(q.place.Service.Area)
	switch worst {
	case DoesNotFit:
		return bars(hers, places, "Inside "+listed(within, "and")+", which is not safe for this household.")
	case CheckFirst:
		if q.atHome() {
			return check(hers, places, "The scheme works in or near "+listed(unclear, "and")+", which is not safe for this household: ask the service to confirm that staying is.")
		}
		return check(hers, places, "What is published cannot rule out "+listed(unclear, "or")+": ask the service to confirm its area.")
	}
	return fits(hers, places, words.clear)
}

// avoidWords is her own value: the area she gave and its margin, an assumption where nobody set it.
func avoidWords(a schema.Avoid) string {
	return areaName(a.Area) + marginSaid(a.MarginMiles) + sizeKnown(a.Area)
}

func marginSaid(set *float64) string {
	switch {
	case set == nil:
		return ", " + miles(schema.DefaultMarginMiles) + " mile margin (assumed)"
	case *set > 0:
		return ", " + miles(*set) + " mile margin"
	}
	return ""
}

func sizeKnown(a schema.Area) string {
	switch {
	case !a.Located:
		return " (not found on the map)"
	case a.Assumed:
		return " (size assumed)"
	}
	return ""
}

func marginWords(a schema.Avoid) string { return marginOf(a.MarginMiles) + areaName(a.Area) }

func marginOf(set *float64) string {
	m := float64(schema.DefaultMarginMiles)
	if set != nil {
		m = *set
	}
	if !(m > 0) {
		return ""
	}
	return "the " + miles(m) + " mile margin of "
}
