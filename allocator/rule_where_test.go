package allocator_test

import (
	"haven/allocator"
	"haven/schema"
)

var areaCases = []ruleCase{
	{"in the area itself", barred, avoiding(leeds, nil), nil, allocator.DoesNotFit, "the 10 mile margin of Leeds", ""},
	{"inside the margin", barred, avoiding(b11, ptr(150.0)), nil, allocator.DoesNotFit, "the 150 mile margin of B11", ""},
	{"the second of two", barred, func(n *schema.Need) {
		n.Avoid = []schema.Avoid{{Area: b11}, {Area: leeds}}
	}, nil, allocator.DoesNotFit, "margin of Leeds", "B11 and"},
	{"one bars and one is unknown", barred, func(n *schema.Need) {
		n.Avoid = []schema.Avoid{{Area: schema.Area{Kind: schema.AreaOutcode, Code: "ZZ1"}}, {Area: leeds}}
	}, nil, allocator.DoesNotFit, "Leeds", ""},
	{"far away", allowed, avoiding(b11, nil), nil, allocator.Fits, "Clear of every area", ""},
	{"no areas given", allowed, nil, nil, allocator.Fits, "", ""},
	{"far away, no margin", allowed, avoiding(b11, ptr(0.0)), nil, allocator.Fits, "", ""},
	{"edges overlap", unknown, avoiding(birmingham, ptr(0.0)), at(solihull), allocator.CheckFirst, "cannot rule out Birmingham", ""},
	{"area to avoid not found", unknown, avoiding(schema.Area{Kind: schema.AreaPlace, Code: "Nowhere"}, nil), nil, allocator.CheckFirst, "Nowhere", ""},
	{"place publishes no area", unknown, avoiding(b11, nil), at(schema.Area{}), allocator.CheckFirst, "confirm its area", ""},
	{"place has no size", unknown, avoiding(b11, nil), at(area(schema.AreaPlace, "Leeds", 53.8, -1.549, 0)), allocator.CheckFirst, "", ""},
	{"place at 0,0", unknown, avoiding(b11, nil), at(area(schema.AreaPlace, "Leeds", 0, 0, 5)), allocator.CheckFirst, "", ""},
	{"margin below zero", unknown, avoiding(b11, ptr(-500.0)), nil, allocator.CheckFirst, "", ""},
}

var excludedCases = []ruleCase{
	{"the same council", barred, nowIn(birmingham), excluding(birmingham), allocator.DoesNotFit, "does not take from where she is now", "15"},
	{"an outward code of it", barred, nowIn(b11), excluding(birmingham), allocator.DoesNotFit, "does not take from where she is now", "Birmingham"},
	{"the same name, neither located", barred, nowIn(schema.Area{Kind: schema.AreaCouncil, Code: "X"}), excluding(schema.Area{Kind: schema.AreaCouncil, Code: "X"}), allocator.DoesNotFit, "", ""},
	{"elsewhere", allowed, nowIn(b11), excluding(cardiff), allocator.Fits, "", "Cardiff"},
	{"takes from everywhere", allowed, nil, nil, allocator.Fits, "", ""},
	{"where she is was not said", unknown, nil, excluding(cardiff), allocator.CheckFirst, "Ask the service", "Cardiff"},
	{"edges overlap", unknown, nowIn(solihull), excluding(birmingham), allocator.CheckFirst, "Ask the service", "Birmingham"},
	{"excluded area not located", unknown, nowIn(b11), excluding(schema.Area{Kind: schema.AreaPlace, Code: "Elm"}), allocator.CheckFirst, "", "Elm"},
}

var provisionCases = []ruleCase{
	{"second stage tonight", barred, nil, of(schema.SecondStage), allocator.DoesNotFit, "", ""},
	{"sanctuary when she leaves", barred, nowIn(leeds), of(schema.Sanctuary), allocator.DoesNotFit, "", ""},
	{"sanctuary elsewhere", barred, stayingHome(&cardiff), of(schema.Sanctuary), allocator.DoesNotFit, "does not cover", ""},
	{"bed and breakfast, asked for by name", barred, func(n *schema.Need) { n.Provisions = []schema.ProvisionCode{schema.BedBreakfast} }, of(schema.BedBreakfast), allocator.DoesNotFit, "", ""},
	{"narrowed to dispersed", barred, func(n *schema.Need) { n.Provisions = []schema.ProvisionCode{schema.Dispersed} }, nil, allocator.DoesNotFit, "", ""},
	{"refuge tonight", allowed, nil, nil, allocator.Fits, "", ""},
	{"a home to settle in", allowed, func(n *schema.Need) { n.Offers = []schema.Offer{schema.OfferSettle} }, of(schema.SocialTenancy), allocator.Fits, "", ""},
	{"sanctuary where she lives", allowed, stayingHome(&leeds), of(schema.Sanctuary), allocator.Fits, "", ""},
	{"sanctuary, home not said", unknown, stayingHome(nil), of(schema.Sanctuary), allocator.CheckFirst, "covers her home", ""},
	{"sanctuary, home near the edge", unknown, stayingHome(&b11), func(p *schema.Place) { of(schema.Sanctuary)(p); at(birmingham)(p) }, allocator.CheckFirst, "covers her home", ""},
	{"kind not in the list", unknown, nil, of("hostel"), allocator.CheckFirst, "", ""},
}
