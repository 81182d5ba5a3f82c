package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func accessGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"wheelchair":       wheelchairCases,
			"limited_mobility": mobilityCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"wheelchair":       func(n *schema.Need, p *schema.Place) { p.Space.Wheelchair = schema.Yes },
			"limited_mobility": func(n *schema.Need, p *schema.Place) { p.Space.LimitedMobility = schema.Yes },
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {},
	}
}
