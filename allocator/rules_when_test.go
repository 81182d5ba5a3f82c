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
			// She comes at the same time as before, so that nothing else that turns on it changes; reception, which turns on more, is mended before.
			"ready": func(n *schema.Need, p *schema.Place) {
				p.Service.Reception.AfterHours = schema.Yes
				if p.Service.Provision == schema.Sanctuary {
					p.Space.SlotAt = ptr(noon.Add(time.Minute))
				} else if from := p.Vacancy.From; p.Vacancy.Status == schema.StatusGettingReady && from != nil && from.After(n.ArriveBy) {
					n.ArriveBy = *from
				}
				if from := p.Vacancy.From; !p.Vacancy.Free() || from == nil || !from.After(noon) {
					p.Vacancy.Status = schema.StatusAvailable
				}
			},
			"freshness": func(n *schema.Need, p *schema.Place) { p.Vacancy.ConfirmedAt = noon },
		},
		need: func(t *rapid.T, n *schema.Need) {},
		place: func(t *rapid.T, p *schema.Place) {
			hours := rapid.SampledFrom([][2]string{{"", ""}, {"00:00", "24:00"}, {"09:00", "17:00"}, {"12:00", "21:30"}, {"18:00", "02:00"}, {"09:00", "09:00"}}).Draw(t, "hours")
			p.Service.Reception = schema.Reception{From: hours[0], To: hours[1], AfterHours: genFact().Draw(t, "after hours")}
			if hours[0] != "" {
				p.Service.Reception.Days = rapid.SampledFrom([][]string{nil, nil, {"mon", "tue", "wed", "thu", "fri"}, {"sat", "sun"}, {"fri"}}).Draw(t, "days")
			}
		},
	}
}
