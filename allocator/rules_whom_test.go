package allocator_test

import (
	"slices"

	"pgregory.net/rapid"

	"haven/schema"
)

func whomGroup() ruleGroup {
	return ruleGroup{
		cases: map[string][]ruleCase{
			"takes":          takesCases,
			"run_for":        runForCases,
			"adult_age":      adultAgeCases,
			"young_person":   youngPersonCases,
			"couples":        couplesCases,
			"adult_children": adultChildrenCases,
			"pregnancy":      pregnancyCases,
			"boys_age":       boysCases,
			"declined":       declinedCases,
		},
		mend: map[string]func(*schema.Need, *schema.Place){
			"takes": func(n *schema.Need, p *schema.Place) {
				p.Service.Takes.Adults, p.Service.Takes.Children = aRoom().Service.Takes.Adults, schema.Yes
			},
			"run_for": func(n *schema.Need, p *schema.Place) {
				n.RunFor = map[string]schema.Fact{p.Service.Takes.RunFor[0]: schema.Yes}
			},
			"adult_age": func(n *schema.Need, p *schema.Place) { grow(n, p, func(age int) bool { return age == 0 || age >= 18 }) },
			"young_person": func(n *schema.Need, p *schema.Place) {
				grow(n, p, func(age int) bool { return age == 16 || age == 17 })
			},
			"couples":        func(n *schema.Need, p *schema.Place) { p.Service.Takes.Couples = schema.Yes; leavesOpen(n, p) },
			"adult_children": func(n *schema.Need, p *schema.Place) { p.Service.Takes.AdultChildren = schema.Yes; leavesOpen(n, p) },
			"pregnancy":      func(n *schema.Need, p *schema.Place) { p.Service.Takes.Pregnant = schema.Yes },
			"boys_age":       func(n *schema.Need, p *schema.Place) { p.Service.Takes.BoysTo = ptr(17) },
			"declined":       func(n *schema.Need, p *schema.Place) { n.Declined = nil },
		},
		need:  genWhom,
		place: genTakes,
	}
}

// leavesOpen takes back every no to people of whom nobody said that they come: how the adults belong together is asked by the first such no.
func leavesOpen(n *schema.Need, p *schema.Place) {
	for is, f := range map[string]*schema.Fact{
		schema.PartnerOf: &p.Service.Takes.Couples, schema.AdultChildOf: &p.Service.Takes.AdultChildren, schema.CarerOf: &p.Service.Takes.Carers,
	} {
		if *f == schema.No && !slices.ContainsFunc(n.Household.Adults, func(a schema.Adult) bool { return a.Is == is }) {
			*f = schema.Yes
		}
	}
}

// grow gives adults of some ages one that is right for the service, and stays so should they have had a birthday.
func grow(n *schema.Need, p *schema.Place, some func(age int) bool) {
	right := 19
	if from := p.Service.Takes.AgeFrom; from != nil {
		right = max(right, *from+1)
	}
	for i := range n.Household.Adults {
		if a := &n.Household.Adults[i]; some(a.Age) {
			a.Age = right
		}
	}
}

func genWhom(t *rapid.T, n *schema.Need) {
	for i := range n.Household.Adults {
		a := &n.Household.Adults[i]
		a.Age = rapid.SampledFrom([]int{0, 0, 16, 17, 18, 19, 25, 26, 40, 66, 91}).Draw(t, "age")
		if i > 0 {
			a.Is = rapid.SampledFrom([]string{"", schema.PartnerOf, schema.AdultChildOf, schema.CarerOf, "relative"}).Draw(t, "is")
		}
	}
	if n.Household.Pregnant = genFact().Draw(t, "pregnant"); n.Household.Pregnant == schema.Yes {
		n.Household.Expecting = rapid.IntRange(0, 2).Draw(t, "expecting")
	}
	n.RunFor = rapid.MapOfN(rapid.SampledFrom(twoGroups), genFact(), 0, 2).Draw(t, "would choose")
	for range rapid.IntRange(0, 2).Draw(t, "tried") {
		*n = n.WithDeclined(schema.Declined{
			Service: rapid.SampledFrom([]schema.ServiceID{"service-1", "service-2"}).Draw(t, "tried service"), Space: schema.SpaceID(rapid.SampledFrom([]string{"space-01", "space-02"}).Draw(t, "tried space")),
			By: rapid.SampledFrom([]schema.EndedBy{schema.ByService, schema.BySurvivor}).Draw(t, "by"), Why: rapid.SampledFrom([]string{"no_staff", "no_space_of_size", "too_near", "access_need", "support_need"}).Draw(t, "why"),
		})
	}
}

// twoGroups keep what she would choose and whom services are run for likely to meet.
var twoGroups = []string{"deaf", "young_women"}

func genTakes(t *rapid.T, p *schema.Place) {
	takes := &p.Service.Takes
	p.Service.ID = rapid.SampledFrom([]schema.ServiceID{"service-1", "service-2", "service-3"}).Draw(t, "service")
	takes.RunFor = rapid.SliceOfNDistinct(rapid.SampledFrom(twoGroups), 0, 2, rapid.ID[string]).Draw(t, "run for")
	takes.Couples, takes.AdultChildren, takes.Pregnant = genFact().Draw(t, "couples"), genFact().Draw(t, "adult children"), genFact().Draw(t, "pregnant taken")
	takes.OnlyThem = genFact().Draw(t, "only them")
	takes.AgeFrom = rapid.Ptr(rapid.IntRange(16, 30), true).Draw(t, "age from")
	takes.AgeTo = rapid.Ptr(rapid.SampledFrom([]int{40, 65}), true).Draw(t, "age to")
}
