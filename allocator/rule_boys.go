package allocator

import (
	"strconv"
	"time"

	"haven/schema"
)

// noBoysLimit: a service that takes boys to this age takes every child.
const noBoysLimit = 17

// boysAge applies the upper age for boys that a service states, on the day of arrival.
func boysAge() Rule {
	return Rule{
		Code:        "boys_age",
		Words:       "Boys' upper age",
		Fact:        "each boy's age on the day of arrival against the oldest the service takes",
		WhenUnknown: "check first; a child whose sex was not said is checked only where a boy of that age could not come",
		Source:      "Women's Aid 2020, p. 27: stated by the service, mostly 12, 14 or 16",
		Unmet:       "childrens_ages",
		onlyIfSaid:  true,
		judge:       judgeBoysAge,
		place: func(p *schema.Place) any {
			kind, _ := schema.ProvisionOf(p.Service.Provision)
			k := boysPlace{atHome: kind.Slot}
			if limit := p.Service.Takes.BoysTo; limit != nil && !k.atHome {
				k.said, k.to, k.ready = true, min(*limit, noBoysLimit), hour(readyFrom(p))
			}
			return k
		},
		need: func(n *schema.Need) any { return agesKey(n) },
	}
}

type boysPlace struct {
	atHome, said bool
	to           int
	ready        time.Time
}

func judgeBoysAge(q *question) Finding {
	limit := q.place.Service.Takes.BoysTo
	var ages []string
	over, unclear := false, false
	for _, c := range q.need.Household.Children {
		if c.Sex == schema.Girl {
			continue
		}
		youngest, oldest := q.age(c)
		if !q.quiet {
			ages = append(ages, ageWords(c.Sex, youngest, oldest))
		}
		switch {
		case limit == nil:
			unclear = true
		case oldest <= *limit || *limit >= noBoysLimit:
		case youngest > *limit && c.Sex == schema.Boy:
			over = true
		default:
			unclear = true
		}
	}
	if q.quiet {
		return Finding{Verdict: boysVerdict(over, unclear, q.atHome())}
	}
	hers, places := listed(ages, "and"), boysWords(limit)
	switch {
	case len(ages) == 0:
		return fits("No boys", places, "No boys come with this household.")
	case q.atHome():
		return fits(hers, "Their own home", "They stay in their own home.")
	case over:
		return bars(hers, places, "The service takes boys to "+strconv.Itoa(*limit)+".")
	case unclear && limit == nil:
		return check(hers, places, "Ask the service how old a boy may be.")
	case unclear:
		return check(hers, places, "The service takes boys to "+strconv.Itoa(*limit)+": check the child's age on the day of arrival, or whether this is a boy.")
	}
	return fits(hers, places, "The service takes boys of this age.")
}

func boysVerdict(over, unclear, atHome bool) Verdict {
	switch {
	case atHome:
		return Fits
	case over:
		return DoesNotFit
	case unclear:
		return CheckFirst
	}
	return Fits
}

func boysWords(limit *int) string {
	switch {
	case limit == nil:
		return notSaid
	case *limit >= noBoysLimit:
		return "Boys of every age"
	}
	return "Boys to " + strconv.Itoa(*limit)
}

func ageWords(sex schema.Sex, youngest, oldest int) string {
	who := "Boy"
	if sex != schema.Boy {
		who = "Child"
	}
	words := who + ", " + strconv.Itoa(youngest)
	if oldest != youngest {
		words += " or " + strconv.Itoa(oldest)
	}
	return words
}
