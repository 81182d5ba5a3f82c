package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func kindsGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"provision":            provisionCases,
			"sanctuary_conditions": sanctuaryCases,
			"second_stage":         secondStageCases,
			"protocol":             protocolCases,
			"tenure":               tenureCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"provision": func(n *schema.Need, p *schema.Place) {
				kind, _ := schema.ProvisionOf(p.Service.Provision)
				n.Provisions, n.Offers = nil, []schema.Offer{kind.Offer}
				if kind.Slot {
					n.NowIn = &p.Service.Area
				}
			},
			"sanctuary_conditions": func(n *schema.Need, p *schema.Place) {
				n.Home.SafeToStay, n.Home.AbuserLivesThere, n.Home.AbuserMayReturn, n.Home.LandlordAgrees = schema.Yes, schema.No, schema.No, schema.Yes
			},
			"second_stage": func(n *schema.Need, p *schema.Place) { n.MovingOn.FromRelevant = schema.Yes },
			"protocol": func(n *schema.Need, p *schema.Place) {
				if n.Home.SocialTenant == schema.Yes {
					n.Home.LandlordPartner, p.Service.Lets.Partner = schema.Yes, schema.Yes
					return
				}
				n.Home.SocialTenant, p.Service.Lets.Partner = schema.No, schema.No
			},
			"tenure": func(n *schema.Need, p *schema.Place) { p.Service.Lets.KeepsTenure = schema.Yes },
		},
		need: func(t *rapid.T, n *schema.Need) {
			for _, f := range []*schema.Fact{
				&n.Home.SafeToStay, &n.Home.AbuserLivesThere, &n.Home.AbuserMayReturn, &n.Home.LandlordAgrees,
				&n.Home.SocialTenant, &n.Home.LandlordPartner, &n.Home.LifetimeTenancy, &n.Home.TenureWaived, &n.MovingOn.FromRelevant, &n.MovingOn.IntensiveSupport,
			} {
				*f = genFact().Draw(t, "home")
			}
		},
		place: func(t *rapid.T, p *schema.Place) {
			if p.Service.Provision == schema.Refuge && rapid.IntRange(0, 5).Draw(t, "second stage") == 0 {
				p.Service.Provision = schema.SecondStage
			}
			p.Service.Lets = schema.Lets{Partner: genFact().Draw(t, "partner"), KeepsTenure: genFact().Draw(t, "keeps")}
		},
	}
}
