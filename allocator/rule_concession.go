package allocator

import (
	"strconv"
	"time"

	"haven/schema"
)

// concessionRoute is the funding route that ends on a day.
const concessionRoute = "mvdac"

// endsSoon: with this many days left or fewer on the day of arrival, who pays next is settled before the place is. It is an assumption: the time a
// council's assessment or a new application takes to begin.
const endsSoon = 28

// concession looks past tonight: the concession gives 3 months, and what pays after them is asked in time. It bars nothing: whether a service takes
// people without recourse, and by which routes, is for its own words to say, which the rule about recourse reads.
func concession() Rule {
	return Rule{
		Code:        "concession",
		Words:       "End of the concession",
		Fact:        "the last day of the migrant victims concession against the day of arrival",
		WhenUnknown: "check first when the last day was not said",
		AsksOnly:    true,
		Source:      "Home Office guidance, Migrant Victims of Domestic Abuse Concession: leave outside the Immigration Rules for 3 months, since 16 February 2024",
		Unmet:       "funding_route",
		onlyIfSaid:  true,
		judge:       judgeConcession,
		place: func(p *schema.Place) any {
			if p.Service.Takes.NoRecourse == schema.Yes {
				return concessionKey{keeps: true} // whatever the day
			}
			return concessionKey{atHome: atHome(p), ready: readyFrom(p)}
		},
		need: func(n *schema.Need) any {
			if n.Funding.Route != concessionRoute {
				return needConcession{}
			}
			return needConcession{true, n.Funding.ConcessionEnds, n.Recourse == schema.Yes, n.ArriveBy.UTC()}
		},
	}
}

type concessionKey struct {
	atHome bool
	keeps  bool
	ready  time.Time
}

type needConcession struct {
	has      bool
	ends     string
	recourse bool
	by       time.Time
}

func judgeConcession(q *question) Finding {
	if q.need.Funding.Route != concessionRoute {
		return fits("No concession", "Not asked for", "Not on the migrant victims concession.")
	}
	const hers, keeps = "On the concession", "Takes people without recourse"
	if q.atHome() {
		return fits(hers, "Their own home", "They stay in their own home.")
	}
	if q.place.Service.Takes.NoRecourse == schema.Yes {
		return fits(hers, keeps, "The service takes people with no recourse to public funds, so it can keep them when the concession ends.")
	}
	const places = "Does not say that it takes people without recourse"
	ends, err := time.Parse(time.DateOnly, q.need.Funding.ConcessionEnds)
	if err != nil {
		return check(hers, places, "Find out the last day of the concession before you offer the place.")
	}
	left := int(ends.Sub(londonDay(q.arrive)) / (24 * time.Hour))
	switch {
	case left < 0 && q.need.Recourse == schema.Yes:
		return check("Concession over, has recourse", places, "The concession ends before they would arrive: check what gives them recourse now.")
	case left < 0:
		return check("Concession over", places, "The concession ends before they would arrive: ask what pays now, "+paysNext(q.need)+".")
	case left <= endsSoon:
		return check("Concession ends soon", places, "The concession ends within "+strconv.Itoa(endsSoon)+" days of arrival: ask what pays next, "+paysNext(q.need)+".")
	}
	return fits(hers, places, "The concession has more than "+strconv.Itoa(endsSoon)+" days left when they would arrive.")
}

// paysNext names who may owe the household help when the concession ends. It decides nothing.
func paysNext(n *schema.Need) string {
	if len(n.Household.Children) > 0 || n.Household.Pregnant == schema.Yes {
		return "an application to stay, the council's duty to a child in need or a charity's fund"
	}
	return "an application to stay, the council's duty to an adult with care needs or a charity's fund"
}
