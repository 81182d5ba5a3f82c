package schema_test

import (
	"slices"
	"testing"

	"haven/schema"
)

// The codes are kept with every placement and counted for years: one that changes here changes history.
func TestProvisionsAreComplete(t *testing.T) {
	t.Parallel()
	permanent := []schema.ProvisionCode{
		"refuge", "specialist", "dispersed", "other_emergency", "second_stage", "sanctuary", "social_tenancy", "bed_and_breakfast",
	}
	var got []schema.ProvisionCode
	labels := map[string]bool{}
	for _, p := range schema.Provisions() {
		got = append(got, p.Code)
		if p.Label == "" || p.Help == "" || labels[p.Label] {
			t.Errorf("%s: label %q, help %q", p.Code, p.Label, p.Help)
		}
		labels[p.Label] = true
		if p.Offer == schema.OfferNever {
			continue
		}
		if p.HoldMinutes < 15 || p.HoldMinutes > 60 {
			t.Errorf("%s: a hold lasts %d minutes, want 15 to 60", p.Code, p.HoldMinutes)
		}
		if !p.Safe {
			t.Errorf("%s is searched for and not safe", p.Code)
		}
	}
	if !slices.Equal(got, permanent) {
		t.Errorf("codes are %v, want %v", got, permanent)
	}
}

func TestBedAndBreakfastIsNeverOffered(t *testing.T) {
	t.Parallel()
	bb, ok := schema.ProvisionOf(schema.BedBreakfast)
	if !ok || bb.Relevant || bb.Safe || bb.Offer != schema.OfferNever {
		t.Fatalf("bed and breakfast: %+v", bb)
	}
	for _, n := range []schema.Need{
		{},
		{Provisions: []schema.ProvisionCode{schema.BedBreakfast}},
		{Provisions: []schema.ProvisionCode{schema.Refuge, schema.BedBreakfast}},
		{Offers: []schema.Offer{schema.OfferNever}},
		{Offers: []schema.Offer{schema.OfferTonight, schema.OfferStayHome, schema.OfferSettle}},
	} {
		if n.Looks(bb) {
			t.Errorf("%+v looks for bed and breakfast", n)
		}
	}
}

func TestLooks(t *testing.T) {
	t.Parallel()
	all := func(n schema.Need) (codes []schema.ProvisionCode) {
		for _, p := range schema.Provisions() {
			if n.Looks(p) {
				codes = append(codes, p.Code)
			}
		}
		return codes
	}
	for name, c := range map[string]struct {
		need schema.Need
		want []schema.ProvisionCode
	}{
		"nothing said": {schema.Need{}, []schema.ProvisionCode{schema.Refuge, schema.Specialist, schema.Dispersed, schema.OtherEmergency}},
		"stay home":    {schema.Need{Offers: []schema.Offer{schema.OfferStayHome}}, []schema.ProvisionCode{schema.Sanctuary}},
		"settle": {
			schema.Need{Offers: []schema.Offer{schema.OfferSettle}}, []schema.ProvisionCode{schema.SecondStage, schema.SocialTenancy},
		},
		"kinds narrow offers": {
			schema.Need{Offers: []schema.Offer{schema.OfferTonight}, Provisions: []schema.ProvisionCode{schema.Dispersed}},
			[]schema.ProvisionCode{schema.Dispersed},
		},
	} {
		if got := all(c.need); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
