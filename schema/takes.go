package schema

import "fmt"

// Takes is what a service states about whom it takes and what it can do for them, applied as stated and never inferred (S8). A fact that is
// missing was not said.
type Takes struct {
	// Words is the service's own statement, shown beside every verdict that rests on it. Nothing in it leads to an address.
	Words string `json:"words,omitempty"`
	// Adults answers for each way an adult may describe herself; a description that is missing is unknown.
	Adults map[Described]Fact `json:"adults,omitempty"`
	// AgeFrom and AgeTo are the ages of adults it takes, in completed years; nil when it states no limit. Who is 16 or 17 is taken only where AgeFrom says so.
	AgeFrom *int `json:"age_from,omitempty"`
	AgeTo   *int `json:"age_to,omitempty"`
	Couples Fact `json:"couples,omitempty"`
	// AdultChildren: takes sons and daughters of 18 and over with their mother; each is assessed as an adult.
	AdultChildren Fact `json:"adult_children,omitempty"`
	// Children: takes households with children.
	Children Fact `json:"children,omitempty"`
	// BoysTo is the oldest age, in completed years, a boy may be on arrival; nil when the service has not said. No limit is 17.
	BoysTo *int `json:"boys_to,omitempty"`
	// Pregnant: takes people who are pregnant, until the birth and after.
	Pregnant Fact `json:"pregnant,omitempty"`

	// RunFor are the groups it is run by and for, as it says itself: Groups codes.
	RunFor []string `json:"run_for,omitempty"`
	// OnlyThem: it takes nobody outside the groups it is run for.
	OnlyThem Fact `json:"only_them,omitempty"`

	// Carers: a carer may live in, and CarerVisits: may come and go.
	Carers           Fact `json:"carers,omitempty"`
	CarerVisits      Fact `json:"carer_visits,omitempty"`
	AssistanceAnimal Fact `json:"assistance_animal,omitempty"`
	Pets             Fact `json:"pets,omitempty"`
	// Languages that staff speak: Languages codes. Interpreters: it brings one in for others.
	Languages    []string `json:"languages,omitempty"`
	Interpreters Fact     `json:"interpreters,omitempty"`
	// Support it can give, by SupportNeeds code; a code that is missing is unknown.
	Support         map[string]Fact `json:"support,omitempty"`
	NightStaff      Fact            `json:"night_staff,omitempty"`
	ChildrensWorker Fact            `json:"childrens_worker,omitempty"`

	// NoRecourse: takes people with no recourse to public funds. A service that "would consider" says nothing, which reads check first.
	NoRecourse Fact `json:"no_recourse,omitempty"`
	// Funding routes it takes people without recourse by, by FundingRoutes code; a code that is missing is unknown.
	Funding map[string]Fact `json:"funding,omitempty"`
	// WeeklyCost is what somebody in work pays a week, rent and service charge, in pounds; nil when not said.
	WeeklyCost *int `json:"weekly_cost,omitempty"`
}

// TakesFact is one thing that a service states with yes or no.
type TakesFact struct {
	Code  string // the JSON name in Takes
	Label string
	Of    func(*Takes) *Fact
}

// TakesFacts lists them, in the order people see them.
func TakesFacts() []TakesFact {
	return []TakesFact{
		{"couples", "Couples", func(t *Takes) *Fact { return &t.Couples }},
		{"adult_children", "Sons and daughters of 18 and over", func(t *Takes) *Fact { return &t.AdultChildren }},
		{"children", "Children", func(t *Takes) *Fact { return &t.Children }},
		{"pregnant", "People who are pregnant", func(t *Takes) *Fact { return &t.Pregnant }},
		{"only_them", "Only the groups it is run for", func(t *Takes) *Fact { return &t.OnlyThem }},
		{"carers", "A carer may live in", func(t *Takes) *Fact { return &t.Carers }},
		{"carer_visits", "A carer may visit", func(t *Takes) *Fact { return &t.CarerVisits }},
		{"assistance_animal", "Assistance animals", func(t *Takes) *Fact { return &t.AssistanceAnimal }},
		{"pets", "Pets", func(t *Takes) *Fact { return &t.Pets }},
		{"interpreters", "Brings in interpreters", func(t *Takes) *Fact { return &t.Interpreters }},
		{"night_staff", "Staff there at night", func(t *Takes) *Fact { return &t.NightStaff }},
		{"childrens_worker", "A children's worker", func(t *Takes) *Fact { return &t.ChildrensWorker }},
		{"no_recourse", "People with no recourse to public funds", func(t *Takes) *Fact { return &t.NoRecourse }},
	}
}

// Check refuses a statement that cannot be applied.
func (t Takes) Check() error {
	if len(t.Words) > 500 {
		return Invalid("takes.words", "takes.words must be at most 500 characters")
	}
	if err := checkPublished("takes.words", t.Words); err != nil {
		return err
	}
	for d, f := range t.Adults {
		if !d.known() || d == NotSaid {
			return Invalid("takes.adults", fmt.Sprintf("takes.adults has a description that is not in the list: use one of %s", describedList()))
		}
		if err := f.Check("takes.adults"); err != nil {
			return err
		}
	}
	if t.BoysTo != nil && (*t.BoysTo < 0 || *t.BoysTo > 17) {
		return Invalid("takes.boys_to", "takes.boys_to must be an age from 0 to 17; 17 means no limit")
	}
	for _, row := range TakesFacts() {
		if err := row.Of(&t).Check("takes." + row.Code); err != nil {
			return err
		}
	}
	for field, age := range map[string]*int{"takes.age_from": t.AgeFrom, "takes.age_to": t.AgeTo} {
		if age != nil && (*age < 16 || *age > 120) {
			return Invalid(field, field+" must be an age from 16 to 120, or left out for no limit")
		}
	}
	if t.AgeFrom != nil && t.AgeTo != nil && *t.AgeFrom > *t.AgeTo {
		return Invalid("takes.age_from", "takes.age_from must not be above takes.age_to")
	}
	if t.WeeklyCost != nil && (*t.WeeklyCost < 0 || *t.WeeklyCost > mostPoundsAWeek) {
		return Invalid("takes.weekly_cost", "takes.weekly_cost must be 0 to 2000 pounds, or left out")
	}
	if err := checkCodes("takes.run_for", t.RunFor, Groups); err != nil {
		return err
	}
	if err := checkCodes("takes.languages", t.Languages, Languages); err != nil {
		return err
	}
	if err := checkFacts("takes.support", t.Support, SupportNeeds); err != nil {
		return err
	}
	return checkFacts("takes.funding", t.Funding, FundingRoutes)
}

// checkCodes: each in the list, and none twice.
func checkCodes(field string, codes []string, list Codes) error {
	seen := map[string]bool{}
	for _, code := range codes {
		if !list.Has(code) || seen[code] {
			return Invalid(field, field+" must be different codes from the list")
		}
		seen[code] = true
	}
	return nil
}
