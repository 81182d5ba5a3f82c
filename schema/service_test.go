package schema_test

import (
	"strings"
	"testing"

	"haven/schema"
)

func TestServicesThatCannotBePublished(t *testing.T) {
	t.Parallel()
	age := func(n int) *int { return &n }
	for _, c := range []struct {
		name, field string
		edit        func(*schema.Service)
	}{
		{"no code name", "code_name", func(s *schema.Service) { s.CodeName = "" }},
		{"a code name of 61", "code_name", func(s *schema.Service) { s.CodeName = strings.Repeat("x", 61) }},
		{"no area", "area", func(s *schema.Service) { s.Area = schema.Area{} }},
		{"an area without a code", "area", func(s *schema.Service) { s.Area.Code = "" }},
		{"takes from all but an area without a code", "excludes_from[1]", func(s *schema.Service) {
			s.ExcludesFrom = []schema.Area{{Kind: schema.AreaPlace, Code: "Elm"}, {Kind: schema.AreaPlace, Name: "Elm"}}
		}},
		{"bed and breakfast", "provision", func(s *schema.Service) { s.Provision = schema.BedBreakfast }},
		{"a kind that is not in the list", "provision", func(s *schema.Service) { s.Provision = "hostel" }},
		{"holds of 14 minutes", "hold_minutes", func(s *schema.Service) { s.HoldMinutes = 14 }},
		{"holds of 61 minutes", "hold_minutes", func(s *schema.Service) { s.HoldMinutes = 61 }},
		{"a statement of 501", "takes.words", func(s *schema.Service) { s.Takes.Words = strings.Repeat("x", 501) }},
		{"takes ladies", "takes.adults", func(s *schema.Service) { s.Takes.Adults = map[schema.Described]schema.Fact{"lady": schema.Yes} }},
		{"takes those who did not say", "takes.adults", func(s *schema.Service) { s.Takes.Adults = map[schema.Described]schema.Fact{"": schema.Yes} }},
		{"perhaps takes women", "takes.adults", func(s *schema.Service) { s.Takes.Adults = map[schema.Described]schema.Fact{schema.Woman: "maybe"} }},
		{"boys to 18", "takes.boys_to", func(s *schema.Service) { s.Takes.BoysTo = age(18) }},
		{"boys to -1", "takes.boys_to", func(s *schema.Service) { s.Takes.BoysTo = age(-1) }},
		{"perhaps takes children", "takes.children", func(s *schema.Service) { s.Takes.Children = "some" }},
		{"would consider no recourse", "takes.no_recourse", func(s *schema.Service) { s.Takes.NoRecourse = "would consider" }},
		{"hours on days without hours", "reception.days", func(s *schema.Service) { s.Reception.Days = []string{"mon"} }},
		{"hours on a day that is not in the list", "reception.days", func(s *schema.Service) {
			s.Reception = schema.Reception{From: "09:00", To: "17:00", Days: []string{"monday"}}
		}},
		{"hours on a day named twice", "reception.days", func(s *schema.Service) {
			s.Reception = schema.Reception{From: "09:00", To: "17:00", Days: []string{"mon", "mon"}}
		}},
	} {
		s := publishable()
		c.edit(&s)
		if err := s.Check(); !refused(err, schema.KindInvalid, "invalid_field", c.field) {
			t.Errorf("%s: %v, want a refusal of %s", c.name, err, c.field)
		}
	}
}

// publishable is a service that says no more than it must.
func publishable() schema.Service {
	return schema.Service{CodeName: "Alder", Provision: schema.Refuge, Area: schema.Area{Kind: schema.AreaCouncil, Code: "Leeds"}}
}

func TestHoldFor(t *testing.T) {
	t.Parallel()
	if got := (schema.Service{Provision: schema.Refuge}).HoldFor(); got != 30 {
		t.Errorf("a refuge that did not choose: %d minutes, want 30", got)
	}
	if got := (schema.Service{Provision: schema.Refuge, HoldMinutes: 45}).HoldFor(); got != 45 {
		t.Errorf("a refuge that chose: %d minutes, want 45", got)
	}
}

func TestReceptionOnDays(t *testing.T) {
	t.Parallel()
	for _, r := range []schema.Reception{
		{From: "09:00", To: "17:00", Days: []string{"mon", "tue", "wed", "thu", "fri"}}, {From: "18:00", To: "02:00", Days: []string{"sat", "sun"}},
	} {
		s := publishable()
		s.Reception = r
		if err := s.Check(); err != nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
}
