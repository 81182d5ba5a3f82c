package allocator

import (
	"math"

	"haven/schema"
)

// tooFar keeps within reach what her life depends on: care, work, contact that a court ordered. Both areas are known only as circles, so between
// surely near and surely far the service is asked.
func tooFar() Rule {
	return Rule{
		Code:        "too_far",
		Words:       "Near enough",
		Fact:        "what they have to be able to reach, and within how many miles, against the area the service publishes",
		WhenUnknown: "check first",
		Source:      "the household's own statement of care, work or contact; distances between the areas as published",
		Unmet:       "too_far",
		onlyIfSaid:  true,
		judge:       judgeTooFar,
		place: func(p *schema.Place) any {
			if atHome(p) {
				return reach{atHome: true}
			}
			return reach{from: circleOf(p.Service.Area)}
		},
		need: func(n *schema.Need) any {
			var k keyed
			for i := range n.Near {
				k.circle(circleOf(n.Near[i].Area)).number(n.Near[i].WithinMiles)
			}
			return k.String()
		},
	}
}

// reach is where she would set out from. Works at home leave her where she is.
type reach struct {
	atHome bool
	from   circle
}

func judgeTooFar(q *question) Finding {
	near, here := q.need.Near, q.place.Service.Area
	switch {
	case len(near) == 0:
		return fits("Nothing said", publishedArea(here), "Nothing was said that the place has to be near.")
	case q.atHome():
		return fits(nearWords(near), "Their own home", "They stay in their own home.")
	}
	worst := Fits
	var far, unclear []string
	for i := range near {
		switch withinReach(here, near[i]) {
		case apart:
			worst = DoesNotFit
			if q.quiet {
				return Finding{Verdict: worst}
			}
			far = append(far, nearArea(near[i]))
		case unsure:
			if worst == Fits {
				worst = CheckFirst
			}
			if !q.quiet {
				unclear = append(unclear, nearArea(near[i]))
			}
		}
	}
	if q.quiet {
		return Finding{Verdict: worst}
	}
	hers, places := nearWords(near), publishedArea(here)
	switch worst {
	case DoesNotFit:
		return bars(hers, places, "The service is not within "+listed(far, "or")+".")
	case CheckFirst:
		return check(hers, places, "Ask the service whether it is within "+listed(unclear, "and")+".")
	}
	return fits(hers, places, "Near enough to everything they have to reach.")
}

// withinReach: inside is surely within the miles she gave, apart surely further, measured between any two points of the circles.
func withinReach(here schema.Area, n schema.Near) position {
	within := n.WithinMiles * schema.KmPerMile
	if !measurable(here) || !measurable(n.Area) || !(within > 0) || math.IsInf(within, 1) {
		return unsure
	}
	if leastKm(here, n.Area)-here.RadiusKm-n.Area.RadiusKm > within {
		return apart
	}
	d := schema.DistanceKm(here, n.Area)
	switch {
	case d-here.RadiusKm-n.Area.RadiusKm > within:
		return apart
	case d+here.RadiusKm+n.Area.RadiusKm <= within:
		return inside
	}
	return unsure
}

func nearWords(near []schema.Near) string {
	var all []string
	for i := range near {
		all = append(all, nearArea(near[i])+sizeKnown(near[i].Area))
	}
	return "Within " + listed(all, "and")
}

func nearArea(n schema.Near) string { return miles(n.WithinMiles) + " miles of " + areaName(n.Area) }
