package allocator_test

import (
	"time"

	"pgregory.net/rapid"

	"haven/schema"
)

func whenGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"reception": receptionCases,
			"ready":     readyCases,
			"freshness": freshnessCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"reception": func(n *schema.Need, p *schema.Place) {
				p.Service.Reception = schema.Reception{From: "00:00", To: "24:00"}
			},
			// A place that is ready sooner is come to sooner, at an hour that may not suit: reception is mended before.
			"ready": func(n *schema.Need, p *schema.Place) {
				p.Service.Reception.AfterHours = schema.Yes
				p.Vacancy.Status, p.Vacancy.From = schema.StatusAvailable, nil
				if p.Service.Provision == schema.Sanctuary {
					n.ArriveBy, p.Space.SlotAt = time.Time{}, ptr(noon.Add(time.Hour))
				}
			},
			"freshness": func(n *schema.Need, p *schema.Place) { p.Vacancy.ConfirmedAt = noon },
		},
		need: func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {
			hours := rapid.SampledFrom([][2]string{{"", ""}, {"00:00", "24:00"}, {"09:00", "17:00"}, {"12:00", "21:30"}, {"18:00", "02:00"}, {"09:00", "09:00"}}).Draw(t, "hours")
			p.Service.Reception = schema.Reception{From: hours[0], To: hours[1], AfterHours: genFact().Draw(t, "after hours")}
		},
	}
}
