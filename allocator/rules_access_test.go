package allocator_test

import (
	"pgregory.net/rapid"

	"haven/schema"
)

func accessGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"wheelchair":        wheelchairCases,
			"limited_mobility":  mobilityCases,
			"sensory":           sensoryCases,
			"carer":             carerCases,
			"assistance_animal": assistanceCases,
			"pets":              petsCases,
			"language":          languageCases,
			"support":           supportCases,
			"night_staff":       nightCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"wheelchair":       func(n *schema.Need, p *schema.Place) { p.Space.Wheelchair = schema.Yes },
			"limited_mobility": func(n *schema.Need, p *schema.Place) { p.Space.LimitedMobility = schema.Yes },
			"sensory":          func(n *schema.Need, p *schema.Place) { p.Space.Hearing, p.Space.Sight = schema.Yes, schema.Yes },
			"carer": func(n *schema.Need, p *schema.Place) {
				p.Service.Takes.Carers, p.Service.Takes.CarerVisits = schema.Yes, schema.Yes
			},
			"assistance_animal": func(n *schema.Need, p *schema.Place) { p.Service.Takes.AssistanceAnimal = schema.Yes },
			"pets":              func(n *schema.Need, p *schema.Place) { p.Service.Takes.Pets = schema.Yes },
			"language": func(n *schema.Need, p *schema.Place) {
				if p.Service.Takes.Interpreters = schema.Yes; n.Language == "bsl" {
					n.Language = "english" // what staff speak is read by a must too
				}
			},
			"support":     func(n *schema.Need, p *schema.Place) { p.Service.Takes.Support = everySupport() },
			"night_staff": func(n *schema.Need, p *schema.Place) { p.Service.Takes.NightStaff = schema.Yes },
		},
		need: func(t *rapid.T, n *schema.Need) {
			n.Hearing, n.Sight = seldom().Draw(t, "hearing"), seldom().Draw(t, "sight")
			n.CarerVisits = seldom().Draw(t, "carer visits")
			n.AssistanceAnimal, n.Pets = seldom().Draw(t, "assistance animal"), seldom().Draw(t, "pets")
			n.NightStaff = seldom().Draw(t, "night staff")
			n.Language = rapid.SampledFrom([]string{"", "", "english", "urdu", "bsl", "polish", "other"}).Draw(t, "language")
			n.Support = genFacts(seldom(), schema.SupportNeeds).Draw(t, "support")
		},
		place: func(t *rapid.T, p *schema.Place) {
			p.Space.Hearing, p.Space.Sight = genFact().Draw(t, "hearing"), genFact().Draw(t, "sight")
			takes := &p.Service.Takes
			takes.Carers, takes.CarerVisits = genFact().Draw(t, "carers"), genFact().Draw(t, "carer visits")
			takes.AssistanceAnimal, takes.Pets = genFact().Draw(t, "assistance animals"), genFact().Draw(t, "pets")
			takes.NightStaff = genFact().Draw(t, "night staff")
			takes.Languages = rapid.SampledFrom([][]string{nil, {"urdu"}, {"polish", "urdu"}, {"bsl"}}).Draw(t, "languages")
			takes.Interpreters = genFact().Draw(t, "interpreters")
			takes.Support = genFacts(genFact(), schema.SupportNeeds).Draw(t, "support")
		},
	}
}

// seldom is a fact that most households do not have, so that most generated needs are met somewhere.
func seldom() *rapid.Generator[schema.Fact] {
	return rapid.SampledFrom([]schema.Fact{schema.Unknown, schema.Unknown, schema.Unknown, schema.No, schema.Yes})
}

// genFacts says something of some codes of a list, or nothing of any.
func genFacts(fact *rapid.Generator[schema.Fact], list schema.Codes) *rapid.Generator[map[string]schema.Fact] {
	return rapid.Custom(func(t *rapid.T) map[string]schema.Fact {
		if rapid.Bool().Draw(t, "none") {
			return nil
		}
		facts := map[string]schema.Fact{}
		for _, row := range list {
			if f := fact.Draw(t, row.Code); f != schema.Unknown {
				facts[row.Code] = f
			}
		}
		return facts
	})
}

func everySupport() map[string]schema.Fact {
	facts := map[string]schema.Fact{}
	for _, row := range schema.SupportNeeds {
		facts[row.Code] = schema.Yes
	}
	return facts
}
