package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func kindsGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"provision": provisionCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"provision": func(n *schema.Need, p *schema.Place) {
				kind, _ := schema.ProvisionOf(p.Service.Provision)
				n.Provisions, n.Offers = nil, []schema.Offer{kind.Offer}
				if kind.Slot {
					n.NowIn = &p.Service.Area
				}
			},
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {},
	}
}
