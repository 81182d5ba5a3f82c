package allocator_test

import (
	"slices"
	"testing"

	"haven/allocator"
	"haven/schema"
)

// TestEveryRelaxIsAChange: what a rule says she may do without can be put to the places as the one change, and opens a place that it barred.
func TestEveryRelaxIsAChange(t *testing.T) {
	t.Parallel()
	barring := map[string]struct {
		need  func(*schema.Need)
		place func(*schema.Place)
	}{
		"pet":      {func(n *schema.Need) { n.Pets = schema.Yes }, stating("pets", schema.No)},
		"declined": {tried("service-1", "space-1", schema.BySurvivor, "shared"), nil},
		"tenure":   {tenant(yes, yes, yes), let(yes, no)},
	}
	for wish, cases := range mustCases {
		i := slices.IndexFunc(cases, func(c ruleCase) bool { return c.kind == barred })
		barring["must_"+string(wish)] = struct {
			need  func(*schema.Need)
			place func(*schema.Place)
		}{cases[i].need, cases[i].place}
	}
	for _, r := range allocator.Rules() {
		if r.Relax == "" {
			continue
		}
		if r.Safety {
			t.Errorf("%s is about safety and can be done without", r.Code)
		}
		c, ok := barring[r.Relax]
		if !ok {
			t.Errorf("say what %s bars", r.Relax)
			continue
		}
		need, place := aWoman(), aRoom()
		welcoming(&place)
		if c.need(&need); c.place != nil {
			c.place(&place)
		}
		got := allocator.OneChange(need, []schema.Place{place}, noon)
		if len(got) != 1 || got[0].Code != r.Relax || got[0].Fits+got[0].Check != 1 || got[0].Words == "" {
			t.Errorf("%s: got %+v", r.Relax, got)
		}
	}
}

// TestNotHersToTryAgain: what the service could not do, and what was too near for her, stays tried.
func TestNotHersToTryAgain(t *testing.T) {
	t.Parallel()
	for _, d := range []schema.Declined{
		{Service: "service-1", Space: "space-1", By: schema.ByService, Why: "area_not_safe"},
		{Service: "service-1", Space: "space-1", By: schema.ByService, Why: "access_need"},
		{Service: "service-1", Space: "space-1", By: schema.BySurvivor, Why: "too_near"},
	} {
		need := aWoman().WithDeclined(d)
		if changed, ok := allocator.Change("declined", need, noon); ok {
			t.Errorf("%s: forgotten, leaving %+v", d.Why, changed.Declined)
		}
	}
}
