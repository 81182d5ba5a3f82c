package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func whereGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"area_to_avoid": areaCases,
			"excluded_area": excludedCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"area_to_avoid": func(n *schema.Need, p *schema.Place) { n.Avoid = nil },
			"excluded_area": func(n *schema.Need, p *schema.Place) { p.Service.ExcludesFrom = nil },
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {},
	}
}
