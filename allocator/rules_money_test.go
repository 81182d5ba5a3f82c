package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func moneyGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"recourse": recourseCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"recourse": func(n *schema.Need, p *schema.Place) { p.Service.Takes.NoRecourse = schema.Yes },
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {},
	}
}
