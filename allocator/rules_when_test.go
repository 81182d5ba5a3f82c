package allocator_test

import (
	"time"

	"pgregory.net/rapid"

	"haven/schema"
)

func whenGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"ready":     readyCases,
			"freshness": freshnessCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"ready": func(n *schema.Need, p *schema.Place) {
				p.Vacancy.Status, p.Vacancy.From = schema.StatusAvailable, nil
				if p.Service.Provision == schema.Sanctuary {
					n.ArriveBy, p.Space.SlotAt = time.Time{}, ptr(noon.Add(time.Hour))
				}
			},
			"freshness": func(n *schema.Need, p *schema.Place) { p.Vacancy.ConfirmedAt = noon },
		},
		need:  func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {},
	}
}
