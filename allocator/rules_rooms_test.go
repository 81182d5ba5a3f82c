package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func roomsGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"room":     roomCases,
			"bedrooms": bedroomCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"room":     func(n *schema.Need, p *schema.Place) { p.Space.BedSpaces = n.Household.People() },
			"bedrooms": mendBedrooms,
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: genBedrooms,
	}
}
