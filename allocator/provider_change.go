package allocator

import (
	"cmp"
	"slices"
	"time"

	"haven/schema"
)

// ProviderOpening is one thing that services could change, and for how many waiting households that would open a place that is free today.
type ProviderOpening struct {
	Code  string `json:"code"`
	Words string `json:"words"` // of the service: "Boys to 16"
	// Services where it would open one, by id; Households are counted once however many services it opens for them.
	Services   []schema.ServiceID `json:"services"`
	Households int                `json:"households"`
}

// providerChange is a row of what a provider may decide. It changes what the service states, and names the one rule that reads that.
type providerChange struct {
	code, words, rule string
	apply             func(*schema.Place)
	// route, where it is by a funding route: it opens places to who has that route found.
	route string
}

// ProviderOpenings says which single change at which services would open places for households that wait and that nothing free fits now. A
// place counts where nothing but that one rule is in the way. Where a service is, whom its own safety keeps away, and what a house is built
// like are not in the list.
func ProviderOpenings(waiting []schema.Need, places []schema.Place, now time.Time) []ProviderOpening {
	rows := providerChanges()
	opened := make([]opened, len(rows))
	for i := range waiting {
		e := newEvaluator(&waiting[i], now)
		misses, fits := nearMisses(e, places)
		if fits {
			continue
		}
		for j, row := range rows {
			if ids := row.opens(e, misses[row.rule]); len(ids) > 0 {
				opened[j].households++
				opened[j].services = append(opened[j].services, ids...)
			}
		}
	}
	var out []ProviderOpening
	for j, row := range rows {
		if opened[j].households == 0 {
			continue
		}
		slices.Sort(opened[j].services)
		out = append(out, ProviderOpening{Code: row.code, Words: row.words, Services: slices.Compact(opened[j].services), Households: opened[j].households})
	}
	slices.SortStableFunc(out, func(a, b ProviderOpening) int {
		return cmp.Or(cmp.Compare(b.Households, a.Households), cmp.Compare(len(a.Services), len(b.Services)), cmp.Compare(a.Code, b.Code))
	})
	return out
}

type opened struct {
	households int
	services   []schema.ServiceID
}

// nearMisses gives the free places of the kinds sought that one rule alone rules out, by that rule, and whether any place fits as it is.
func nearMisses(e *evaluator, places []schema.Place) (misses map[string][]*schema.Place, fits bool) {
	misses = map[string][]*schema.Place{}
	for i := range places {
		p := &places[i]
		if !e.sought(p) || !p.Vacancy.Free() {
			continue
		}
		a := e.assess(p)
		if a.Verdict == Fits {
			return nil, true
		}
		if failing := a.Failing(); len(failing) == 1 {
			misses[failing[0].Rule] = append(misses[failing[0].Rule], p)
		}
	}
	return misses, false
}

// opens gives the services of the places that a change opens, each once.
func (c providerChange) opens(e *evaluator, misses []*schema.Place) []schema.ServiceID {
	if c.route != "" && e.need.Funding.Route != c.route {
		return nil
	}
	var ids []schema.ServiceID
	for _, p := range misses {
		changed := *p
		c.apply(&changed)
		if e.verdict(&changed) != DoesNotFit && !slices.Contains(ids, p.Service.ID) {
			ids = append(ids, p.Service.ID)
		}
	}
	return ids
}

func providerChanges() []providerChange {
	rows := []providerChange{
		{code: "boys_to_14", words: "Boys to 14", rule: "boys_age", apply: boysUpTo(14)},
		{code: "boys_to_16", words: "Boys to 16", rule: "boys_age", apply: boysUpTo(16)},
		{code: "boys_every_age", words: "Boys of every age", rule: "boys_age", apply: boysUpTo(noBoysLimit)},
		{code: "from_16", words: "People of 16 and 17", rule: "young_person", apply: func(p *schema.Place) { p.Service.Takes.AgeFrom = new(16) }},
		{code: "every_age", words: "Adults of every age", rule: "adult_age", apply: func(p *schema.Place) { p.Service.Takes.AgeFrom, p.Service.Takes.AgeTo = nil, nil }},
		{code: "after_hours", words: "Somebody on call outside reception hours", rule: "reception", apply: func(p *schema.Place) { p.Service.Reception.AfterHours = schema.Yes }},
		{code: "cots", words: "A cot", rule: "cots", apply: func(p *schema.Place) { p.Space.Cots = new(2) }},
		{code: "spare_room", words: "Homes with one bedroom more", rule: "bedrooms", apply: func(p *schema.Place) { p.Service.Lets.SpareRoom = schema.Yes }},
		{code: "keeps_tenure", words: "Lifetime tenancies kept", rule: "tenure", apply: func(p *schema.Place) { p.Service.Lets.KeepsTenure = schema.Yes }},
		// What they can pay differs; nothing to pay stands for each of these sums.
		{code: "cost", words: "Rent that somebody in work can pay", rule: "cost", apply: func(p *schema.Place) { p.Service.Takes.WeeklyCost = new(0) }},
	}
	for _, f := range schema.FundingRoutes {
		rows = append(rows, providerChange{code: "funding_" + f.Code, words: "Paid for by: " + f.Words, rule: "recourse", apply: fundedAlso(f.Code), route: f.Code})
	}
	for _, d := range schema.Descriptions() {
		if d.Code != schema.NotSaid {
			rows = append(rows, providerChange{code: "takes_" + string(d.Code), words: "Also " + people(d.Code), rule: "takes", apply: takingAlso(d.Code)})
		}
	}
	for _, f := range schema.TakesFacts() {
		if rule := takesRules()[f.Code]; rule != "" {
			rows = append(rows, providerChange{code: f.Code, words: f.Label, rule: rule, apply: func(p *schema.Place) { *f.Of(&p.Service.Takes) = schema.Yes }})
		}
	}
	for _, s := range schema.SupportNeeds {
		rows = append(rows, providerChange{code: "support_" + s.Code, words: s.Words, rule: "support", apply: supportingAlso(s.Code)})
	}
	return rows
}

// takesRules names the rule that reads a fact of schema.TakesFacts. A fact that no rule reads alone, such as for whom only a service is run, is
// not in it.
func takesRules() map[string]string {
	return map[string]string{
		"couples": "couples", "adult_children": "adult_children", "children": "takes", "pregnant": "pregnancy", "carers": "carer", "carer_visits": "carer",
		"assistance_animal": "assistance_animal", "pets": "pets", "interpreters": "language", "night_staff": "night_staff", "no_recourse": "recourse",
	}
}

func boysUpTo(age int) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.BoysTo = &age }
}

// takingAlso, supportingAlso and fundedAlso copy the map they change: the place in the list keeps its own.
func takingAlso(d schema.Described) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.Adults = with(p.Service.Takes.Adults, d) }
}

func supportingAlso(code string) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.Support = with(p.Service.Takes.Support, code) }
}

func fundedAlso(route string) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.Funding = with(p.Service.Takes.Funding, route) }
}

func with[K comparable](facts map[K]schema.Fact, also K) map[K]schema.Fact {
	out := map[K]schema.Fact{also: schema.Yes}
	for k, f := range facts {
		if k != also {
			out[k] = f
		}
	}
	return out
}
