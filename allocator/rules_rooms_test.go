package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func roomsGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"room": roomCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"room": func(n *schema.Need, p *schema.Place) { p.Space.BedSpaces = n.Household.People() },
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {},
	}
}
