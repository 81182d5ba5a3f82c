package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func whomGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"takes":    takesCases,
			"boys_age": boysCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"takes": func(n *schema.Need, p *schema.Place) {
				p.Service.Takes.Adults, p.Service.Takes.Children = aRoom().Service.Takes.Adults, schema.Yes
			},
			"boys_age": func(n *schema.Need, p *schema.Place) { p.Service.Takes.BoysTo = ptr(17) },
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {},
	}
}
