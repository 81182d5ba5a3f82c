package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func whereGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"area_to_avoid":  areaCases,
			"route_to_avoid": waysCases,
			"several_people": severalCases,
			"excluded_area":  excludedCases,
			"too_far":        tooFarCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			// Whose areas are known goes with the areas.
			"area_to_avoid": func(n *schema.Need, p *schema.Place) {
				n.Avoid, n.Harm = []schema.Avoid{{Area: lerwick}}, schema.Harm{}
				if !p.Service.Area.Located {
					// Only now is anything known of where it is: nothing else may turn on that.
					p.Service.Area.Located, p.Service.ExcludesFrom, p.Service.Reception.AfterHours = true, nil, schema.Yes
					n.NowIn, n.Routes, n.Near, n.Wishes = &p.Service.Area, nil, nil, nil
				}
			},
			"route_to_avoid": func(n *schema.Need, p *schema.Place) { n.Routes = []schema.Route{{From: lerwick, To: lerwick}} },
			"several_people": func(n *schema.Need, p *schema.Place) { n.Harm.People = 1 },
			"too_far":        func(n *schema.Need, p *schema.Place) { n.Near = nil },
			"excluded_area":  func(n *schema.Need, p *schema.Place) { p.Service.ExcludesFrom = nil },
		},
		need: func(t *rapid.T, n *schema.Need) {
			if rapid.IntRange(0, 3).Draw(t, "several") == 0 {
				n.Harm.People = rapid.IntRange(1, 3).Draw(t, "people")
				for i := range n.Avoid {
					n.Avoid[i].Person = rapid.IntRange(0, 3).Draw(t, "person")
				}
			}
			for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "routes") {
				n.Routes = append(n.Routes, genRoute().Draw(t, "route"))
			}
			for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "near") {
				n.Near = append(n.Near, schema.Near{
					Area: genArea().Draw(t, "near to"), WithinMiles: rapid.Float64Range(1, 500).Draw(t, "within"), Because: "work",
				})
			}
		},
		place: func(t *rapid.T, p *schema.Place) {},
	}
}

// lerwick lies far from every generated place. To mend what is not safe is to say what is, for who says nothing is asked.
var lerwick = area(schema.AreaPlace, "Lerwick", 60.155, -1.145, 3)

func genRoute() *rapid.Generator[schema.Route] {
	return rapid.Custom(func(t *rapid.T) schema.Route {
		r := schema.Route{From: genArea().Draw(t, "from"), To: genArea().Draw(t, "to")}
		if rapid.Bool().Draw(t, "margin given") {
			r.MarginMiles = ptr(rapid.Float64Range(0, 60).Draw(t, "margin"))
		}
		return r
	})
}
