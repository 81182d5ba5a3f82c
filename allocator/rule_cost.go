package allocator

import (
	"strconv"

	"haven/schema"
)

// cost is about who pays the rent alone: from wages, or from their own money where no public funds are open to them. What they can pay is as they
// said it; no proof is asked for.
func cost() Rule {
	return Rule{
		Code:        "cost",
		Words:       "Cost",
		Fact:        "what they can pay a week when they are in work or pay for the stay themselves, against what the service charges then",
		WhenUnknown: "check first when they are in work or pay themselves, and either sum was not said",
		Source:      "stated by the service: rent for who works, and a small charge",
		Unmet:       "not_affordable",
		onlyIfSaid:  true,
		judge:       judgeCost,
		place: func(p *schema.Place) any {
			return costKey{atHome(p), pounds(p.Service.Takes.WeeklyCost)}
		},
		need: func(n *schema.Need) any {
			return needCost{n.Funding.Works, n.Funding.Route == ownRoute, pounds(n.Funding.CanPay)}
		},
	}
}

type costKey struct {
	atHome bool
	sum    int
}

type needCost struct {
	works schema.Fact
	own   bool
	sum   int
}

// ownRoute is the funding route of who pays for the stay out of their own money.
const ownRoute = "own"

// pounds of a sum that may not have been said: -1 then.
func pounds(sum *int) int {
	if sum == nil {
		return -1
	}
	return *sum
}

func judgeCost(q *question) Finding {
	f, asks := &q.need.Funding, q.place.Service.Takes.WeeklyCost
	own := f.Route == ownRoute
	if q.quiet && !own && (f.Works == schema.Unknown || f.Works == schema.No) {
		return Finding{Verdict: Fits}
	}
	places := notSaid
	if asks != nil {
		places = "£" + strconv.Itoa(*asks) + " a week in work"
	}
	hers := "In work"
	if own && f.Works != schema.Yes {
		hers = "Pays themselves"
	}
	if f.CanPay != nil {
		hers += ", can pay £" + strconv.Itoa(*f.CanPay) + " a week"
	}
	switch {
	case !own && f.Works == schema.No:
		return fits("Not in work", places, "Rent is not paid from wages.")
	case !own && f.Works == schema.Unknown:
		return fits(notSaid, places, "Nobody said that rent would be paid from wages.")
	case q.atHome():
		return fits(hers, "Their own home", "They stay in their own home.")
	case asks == nil:
		return check(hers, places, "Ask the service what somebody in work pays a week.")
	case *asks == 0:
		return fits(hers, places, "The service asks nothing of somebody in work.")
	case f.CanPay == nil:
		return check(hers, places, "The service asks £"+strconv.Itoa(*asks)+" a week of somebody in work: ask what they can pay.")
	case *f.CanPay < *asks:
		return bars(hers, places, "The service asks £"+strconv.Itoa(*asks)+" a week of somebody in work.")
	}
	return fits(hers, places, "They can pay what the service asks of somebody in work.")
}
