package simulate

import "haven/schema"

// particulars is what a service states besides whom it takes. Each has shares of its own, so each is dealt on its own: which services are
// alike in one says nothing of another.
type particulars struct {
	statement func(*schema.Service) *schema.Fact
	yes, no   int // of a hundred; the rest has not said
}

// everyParticular: nobody publishes these shares unless a source is named, so the others are assumed. A good part is left unsaid, as in life: a
// helpline then checks first.
func everyParticular() []particulars {
	return []particulars{
		{func(s *schema.Service) *schema.Fact { return &s.Takes.Couples }, 8, 62},
		{func(s *schema.Service) *schema.Fact { return &s.Takes.AdultChildren }, 25, 40},
		{func(s *schema.Service) *schema.Fact { return &s.Takes.Pregnant }, 76, 6},
		{func(s *schema.Service) *schema.Fact { return &s.Takes.Carers }, 12, 43},
		{func(s *schema.Service) *schema.Fact { return &s.Takes.CarerVisits }, 45, 15},
		{func(s *schema.Service) *schema.Fact { return &s.Takes.AssistanceAnimal }, 55, 8},
		// "Mostly not taken" (eveda.org.uk); how mostly is assumed.
		{func(s *schema.Service) *schema.Fact { return &s.Takes.Pets }, 8, 72},
		{func(s *schema.Service) *schema.Fact { return &s.Takes.Interpreters }, 66, 9},
		// Providers tell day staff with somebody on call from staff day and night (edanlincs.org.uk); how many have which is assumed.
		{func(s *schema.Service) *schema.Fact { return &s.Takes.NightStaff }, 22, 55},
		{func(s *schema.Service) *schema.Fact { return &s.Reception.AfterHours }, 70, 8},
		// 238 of 401 services have a service for children (Women's Aid, May 2023).
		{func(s *schema.Service) *schema.Fact { return &s.Takes.ChildrensWorker }, 59, 26},
	}
}

// supportShares: mental health and substance use are barriers that services name (No Woman Turned Away); the shares are assumed.
func supportShares() []share[string] {
	return []share[string]{{"mental_health", 55}, {"medication", 50}, {"learning_disability", 25}, {"alcohol", 20}, {"drugs", 18}, {"personal_care", 6}}
}

// dealParticulars gives every service the rest of what it states.
func dealParticulars(d *dice, services []*Service) {
	n := len(services)
	for _, row := range everyParticular() {
		for i, f := range dealFacts(d, n, row.yes, row.no) {
			*row.statement(&services[i].Service) = f
		}
	}
	for _, s := range services {
		s.Takes.Support = map[string]schema.Fact{}
	}
	for _, row := range supportShares() {
		// As many have not said as say no, of those who do not say yes.
		for i, f := range dealFacts(d, n, row.parts, (100-row.parts)/2) {
			if f != schema.Unknown {
				services[i].Takes.Support[row.of] = f
			}
		}
	}
	dealAges(d, services)
	dealHours(d, services)
	dealCosts(d, services)
	dealFunding(d, services)
	dealLanguages(d, services)
	for _, s := range services {
		if open(s.Provision) {
			openToAll(&s.Takes)
		}
	}
	dealLets(d, services)
}

func dealFacts(d *dice, n, yes, no int) []schema.Fact {
	return deal(d, n, share[schema.Fact]{schema.Unknown, 100 - yes - no}, share[schema.Fact]{schema.Yes, yes}, share[schema.Fact]{schema.No, no})
}

// dealAges: most state no age; who takes 16 and 17 year olds says so. Assumed.
func dealAges(d *dice, services []*Service) {
	from := deal(d, len(services), share[int]{notSaid, 65}, share[int]{18, 20}, share[int]{16, 15})
	for i, s := range services {
		if s.Takes.AgeFrom == nil && from[i] != notSaid {
			s.Takes.AgeFrom = &from[i]
		}
	}
}

// dealHours: when somebody can let a household in. Assumed.
func dealHours(d *dice, services []*Service) {
	day := schema.Reception{From: "09:00", To: "17:00"}
	hours := deal(d, len(services), share[schema.Reception]{day, 45}, share[schema.Reception]{schema.Reception{}, 20},
		share[schema.Reception]{schema.Reception{From: "08:00", To: "20:00"}, 20}, share[schema.Reception]{schema.Reception{From: "00:00", To: "24:00"}, 15})
	for i, s := range services {
		s.Reception.From, s.Reception.To = hours[i].From, hours[i].To
		if s.Takes.NightStaff == schema.Yes {
			s.Reception.AfterHours = schema.Yes
		}
	}
}

// dealCosts: what somebody in work pays a week. Assumed.
func dealCosts(d *dice, services []*Service) {
	costs := deal(d, len(services), share[int]{notSaid, 40}, share[int]{60, 15}, share[int]{120, 20}, share[int]{210, 15}, share[int]{320, 10})
	for i, s := range services {
		if costs[i] != notSaid {
			s.Takes.WeeklyCost = &costs[i]
		}
	}
}

// dealFunding: by which routes people come who have no recourse to public funds, to the services that take them. Who would consider says nothing of routes,
// so that it is asked. Assumed.
func dealFunding(d *dice, services []*Service) {
	for _, s := range services {
		s.Takes.Funding = nil
		charity, care := d.oneIn(2), d.oneIn(3)
		if s.Takes.NoRecourse != schema.Yes {
			continue
		}
		s.Takes.Funding = map[string]schema.Fact{"mvdac": schema.Yes, "section_17": schema.Yes}
		if charity {
			s.Takes.Funding["charity"] = schema.Yes
		}
		if care {
			s.Takes.Funding["care_act"] = schema.No
		}
	}
}

// dealLanguages: what staff speak besides English. Assumed; a service run by and for a group keeps what it says in its own words.
func dealLanguages(d *dice, services []*Service) {
	for _, s := range services {
		if len(s.Takes.Languages) > 0 || d.oneIn(3) {
			continue
		}
		s.Takes.Languages = []string{"english"}
		for _, row := range schema.Languages {
			if row.Code != "english" && row.Code != "bsl" && d.oneIn(9) {
				s.Takes.Languages = append(s.Takes.Languages, row.Code)
			}
		}
	}
}
