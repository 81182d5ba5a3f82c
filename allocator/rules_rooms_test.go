package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func roomsGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"room":     roomCases,
			"cots":     cotsCases,
			"bedrooms": bedroomCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"room": func(n *schema.Need, p *schema.Place) { p.Space.BedSpaces = enoughBeds(n, p) },
			"cots": func(n *schema.Need, p *schema.Place) {
				p.Space.Cots = ptr(len(n.Household.Children) + n.Household.Expected())
			},
			"bedrooms": mendBedrooms,
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: genBedrooms,
	}
}

// enoughBeds leaves none to spare where there were none, or mending the beds would mend the cots.
func enoughBeds(n *schema.Need, p *schema.Place) int {
	beds := len(n.Household.Adults)
	for _, c := range n.Household.Children {
		if c.Age >= schema.CotAge {
			beds++
		}
	}
	if short := p.Space.BedSpaces > 0 && p.Space.BedSpaces < beds; short {
		return beds
	}
	return n.Household.People() + n.Household.Expected()
}
