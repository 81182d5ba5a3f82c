package allocator_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"haven/schema"
)

func moneyGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"recourse":   slices.Concat(recourseCases, routeCases),
			"concession": concessionCases,
			"cost":       costCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			// Her route, where she has one: a service that takes people without recourse has nothing to ask of the concession either.
			"recourse": func(n *schema.Need, p *schema.Place) {
				if n.Funding.Route == "" {
					p.Service.Takes.NoRecourse = schema.Yes
					return
				}
				p.Service.Takes.Funding = map[string]schema.Fact{n.Funding.Route: schema.Yes}
			},
			"concession": func(n *schema.Need, p *schema.Place) { n.Funding.ConcessionEnds = "2027-12-31" },
			"cost":       func(n *schema.Need, p *schema.Place) { p.Service.Takes.WeeklyCost = ptr(0) },
		},
		need: func(t *rapid.T, n *schema.Need) {
			n.Funding.Route = rapid.SampledFrom([]string{"", "", "mvdac", "mvdac", "charity", "section_17", "own"}).Draw(t, "route")
			if n.Funding.Route == "mvdac" && rapid.IntRange(0, 3).Draw(t, "day said") > 0 {
				n.Funding.ConcessionEnds = noon.AddDate(0, 0, rapid.IntRange(-5, 60).Draw(t, "ends in")).Format(time.DateOnly)
			}
			n.Funding.Works = seldom().Draw(t, "works")
			n.Funding.CanPay = rapid.Ptr(rapid.IntRange(0, 150), true).Draw(t, "can pay")
		},
		place: func(t *rapid.T, p *schema.Place) {
			p.Service.Takes.Funding = genFacts(genFact(), schema.FundingRoutes).Draw(t, "funding")
			p.Service.Takes.WeeklyCost = rapid.Ptr(rapid.IntRange(0, 150), true).Draw(t, "weekly cost")
		},
	}
}
