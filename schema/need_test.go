package schema_test

import (
	"math"
	"testing"

	"haven/schema"
)

func miles(m float64) *float64 { return &m }

func TestNeedsThatCannotBeTrue(t *testing.T) {
	t.Parallel()
	solihull := schema.Area{Kind: schema.AreaCouncil, Code: "Solihull"}
	many := make([]schema.Avoid, 41)
	for i := range many {
		many[i].Area = solihull
	}
	avoid := func(m float64) func(*schema.Need) {
		return func(n *schema.Need) {
			n.Avoid = []schema.Avoid{{Area: solihull}, {Area: solihull, MarginMiles: miles(m)}}
		}
	}
	risk := func(r schema.Risk) func(*schema.Need) { return func(n *schema.Need) { n.Risk = r } }
	for _, c := range []struct {
		name, field string
		edit        func(*schema.Need)
	}{
		{"nobody", "adults", func(n *schema.Need) { n.Household = schema.Household{} }},
		{"an offer that is not in the list", "offers", func(n *schema.Need) { n.Offers = []schema.Offer{"soon"} }},
		{"what is never offered", "offers", func(n *schema.Need) { n.Offers = []schema.Offer{schema.OfferNever} }},
		{"bed and breakfast", "provisions", func(n *schema.Need) { n.Provisions = []schema.ProvisionCode{schema.BedBreakfast} }},
		{"a kind that is not in the list", "provisions", func(n *schema.Need) { n.Provisions = []schema.ProvisionCode{"hostel"} }},
		{"41 areas to avoid", "avoid", func(n *schema.Need) { n.Avoid = many }},
		{"an empty area to avoid", "avoid[0]", func(n *schema.Need) { n.Avoid = make([]schema.Avoid, 1) }},
		{"a margin of -1 mile", "avoid[1].margin_miles", avoid(-1)},
		{"a margin of 201 miles", "avoid[1].margin_miles", avoid(201)},
		{"a margin that is no number", "avoid[1].margin_miles", avoid(math.NaN())},
		{"a margin without end", "avoid[1].margin_miles", avoid(math.Inf(1))},
		{"a fact neither yes nor no", "recourse", func(n *schema.Need) { n.Recourse = "nrpf" }},
		{"a place to sleep that is not in the list", "tonight.sleeps", func(n *schema.Need) { n.Tonight.Sleeps = "sofa" }},
		{"a risk level that is not in the list", "risk.level", risk(schema.Risk{Level: "severe", Source: "checklist", On: "2026-03-27"})},
		{"a risk level from nowhere", "risk.source", risk(schema.Risk{Level: schema.RiskHigh, On: "2026-03-27"})},
		{"a risk level of no day", "risk.on", risk(schema.Risk{Level: schema.RiskHigh, Source: "checklist", On: "yesterday"})},
	} {
		n := schema.Need{Household: household([]int{30}, nil)}
		c.edit(&n)
		if err := n.Check(); !refused(err, schema.KindInvalid, "invalid_field", c.field) {
			t.Errorf("%s: %v, want a refusal of %s", c.name, err, c.field)
		}
	}
}

func TestNeedsThatCanBeTrue(t *testing.T) {
	t.Parallel()
	solihull := schema.Area{Kind: schema.AreaCouncil, Code: "Solihull"}
	for _, margin := range []*float64{nil, miles(0), miles(200)} {
		n := schema.Need{
			Household: household([]int{30}, []int{4}), Avoid: []schema.Avoid{{Area: solihull, MarginMiles: margin}}, Recourse: schema.No,
			Tonight: schema.Tonight{Sleeps: "with_abuser", AbuserPresent: schema.Yes}, Risk: schema.Risk{Level: schema.RiskHigh, Source: "checklist", On: "2026-03-27"},
		}
		if err := n.Check(); err != nil {
			t.Errorf("margin %v: %v", margin, err)
		}
	}
}

func TestMargin(t *testing.T) {
	t.Parallel()
	if got := (schema.Avoid{}).MarginKm(); math.Abs(got-16.09344) > 1e-9 {
		t.Errorf("the margin nobody set is %v km, want 10 miles", got)
	}
	if got := (schema.Avoid{MarginMiles: miles(0)}).MarginKm(); got != 0 {
		t.Errorf("a margin set to nothing is %v km", got)
	}
}
