package allocator

import "haven/schema"

// excludedArea applies the areas a service itself does not take from. Its words never name them: they would tell where the service is (S6).
// Lying in the circle of such an area bars, although the circle holds a little more than the area: it errs towards the service's own word.
func excludedArea() Rule {
	return Rule{
		Code:        "excluded_area",
		Words:       "Where they are now",
		Fact:        "the areas the service does not take from, against where they are now",
		WhenUnknown: "check first where the service has such areas",
		Safety:      true,
		Source:      "stated by the service",
		Unmet:       "takes_from",
		judge:       judgeExcludedArea,
		place: func(p *schema.Place) any {
			if len(p.Service.ExcludesFrom) == 0 {
				return ""
			}
			var k keyed
			k.named(namedOf(p.Service.Area))
			for i := range p.Service.ExcludesFrom {
				k.named(namedOf(p.Service.ExcludesFrom[i]))
			}
			return k.String()
		},
		need: func(n *schema.Need) any { return nowInKey(n) },
	}
}

func judgeExcludedArea(q *question) Finding {
	excluded := q.place.Service.ExcludesFrom
	if q.quiet && len(excluded) == 0 {
		return Finding{Verdict: Fits}
	}
	hers := "Not said"
	if q.need.NowIn != nil {
		hers = areaName(*q.need.NowIn)
	}
	if len(excluded) == 0 {
		return fits(hers, "Takes from every area", "The service takes from every area.")
	}
	const places = "Does not take from some areas"
	const ask = "Ask the service whether it takes from where they are now."
	if q.need.NowIn == nil {
		return check(hers, places, ask)
	}
	clear, here := true, q.place.Service.Area
	for _, area := range excluded {
		switch {
		case tells(area, here):
			clear = clear && measurable(area) && lies(*q.need.NowIn, here, 2*here.RadiusKm) == apart
		case within(*q.need.NowIn, area):
			return bars(hers, places, "The service does not take from where they are now.")
		default:
			clear = clear && lies(*q.need.NowIn, area, 0) == apart
		}
	}
	if !clear {
		return check(hers, places, ask)
	}
	return fits(hers, places, "The service takes from where they are now.")
}

// tells says whether an area a service does not take from would give away more than it publishes: unless it is known to be elsewhere or no finer than
// the published area, for services mostly leave out where they are. Such an area bars nobody. Whoever is in or near the published area is asked about
// instead, so that the answers are those of any other service that publishes the same, however often where they are now is moved (S6). Where one of
// the two cannot be measured nobody is near or far, and everybody is asked about.
func tells(excluded, published schema.Area) bool {
	if same(excluded, published) {
		return false
	}
	if !measurable(excluded) || !measurable(published) {
		return true
	}
	return excluded.RadiusKm < published.RadiusKm && lies(excluded, published, 0) != apart
}

// whereNow is where they are, as far as anything turns on it.
type whereNow struct {
	said bool
	in   named
}

func nowInKey(n *schema.Need) whereNow {
	if n.NowIn == nil {
		return whereNow{}
	}
	return whereNow{true, namedOf(*n.NowIn)}
}
