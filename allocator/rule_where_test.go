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
	{"no areas given, far from where they are", allowed, nowIn(b11), nil, allocator.Fits, "No areas to avoid", ""},
	{"no areas given, works at home", allowed, stayingHome(&leeds), of(schema.Sanctuary), allocator.Fits, "No areas to avoid", ""},
	{"a route given, and where they are", allowed, func(n *schema.Need) { along(b11, cardiff, nil)(n); nowIn(leeds)(n) }, nil, allocator.Fits, "No areas to avoid", ""},
	{"an area elsewhere given, and where they are", allowed, func(n *schema.Need) { avoiding(b11, nil)(n); nowIn(leeds)(n) }, nil, allocator.Fits, "Clear", ""},
	{"no areas given, where they are", unknown, nowIn(leeds), nil, allocator.CheckFirst, "Nobody said which areas are not safe, and this is near where they are now", ""},
	{"no areas given, near where they are", unknown, nowIn(leeds), at(york), allocator.CheckFirst, "and this may be near where they are now", ""},
	{"no areas given, where they are not found", unknown, nowIn(schema.Area{Kind: schema.AreaPlace, Code: "Nowhere"}), nil, allocator.CheckFirst, "may be near", ""},
	{"works at home in the area to avoid", unknown, func(n *schema.Need) { stayingHome(&leeds)(n); avoiding(leeds, nil)(n) }, of(schema.Sanctuary), allocator.CheckFirst, "ask the service to confirm that staying is", ""},
	{"far away, no margin", allowed, avoiding(b11, ptr(0.0)), nil, allocator.Fits, "", ""},
	{"edges overlap", unknown, avoiding(birmingham, ptr(0.0)), at(solihull), allocator.CheckFirst, "cannot rule out Birmingham", ""},
	{"area to avoid not found", unknown, avoiding(schema.Area{Kind: schema.AreaPlace, Code: "Nowhere"}, nil), nil, allocator.CheckFirst, "Nowhere", ""},
	{"place publishes no area", unknown, avoiding(b11, nil), at(schema.Area{}), allocator.CheckFirst, "confirm its area", ""},
	{"place has no size", unknown, avoiding(b11, nil), at(area(schema.AreaPlace, "Leeds", 53.8, -1.549, 0)), allocator.CheckFirst, "", ""},
	{"place at 0,0", unknown, avoiding(b11, nil), at(area(schema.AreaPlace, "Leeds", 0, 0, 5)), allocator.CheckFirst, "", ""},
	{"margin below zero", unknown, avoiding(b11, ptr(-500.0)), nil, allocator.CheckFirst, "", ""},
}

// B11 to Leeds runs past Sheffield, with 10 miles and the 18 km of Leeds to either side: 34 km.
var (
	sheffield = area(schema.AreaPlace, "Sheffield", 53.381, -1.470, 5)
	hull      = area(schema.AreaPlace, "Hull", 53.744, -0.336, 5)
	york      = area(schema.AreaPlace, "York", 53.960, -1.080, 10)
)

var waysCases = []ruleCase{
	{"beside the line", barred, along(b11, leeds, nil), at(sheffield), allocator.DoesNotFit, "the 10 mile margin of the way between B11 and Leeds", ""},
	{"beside the line, the other way", barred, along(leeds, b11, nil), at(sheffield), allocator.DoesNotFit, "between Leeds and B11", ""},
	{"a wider margin", barred, along(b11, leeds, ptr(80.0)), at(hull), allocator.DoesNotFit, "the 80 mile margin of the way", ""},
	{"no margin, in the middle of the line", barred, along(birmingham, leeds, ptr(0.0)), at(sheffield), allocator.DoesNotFit, "Inside the way between", "margin"},
	{"the second of two", barred, func(n *schema.Need) {
		n.Routes = []schema.Route{{From: cardiff, To: b11}, {From: b11, To: leeds}}
	}, at(sheffield), allocator.DoesNotFit, "B11 and Leeds", "Inside the 10 mile margin of the way between Cardiff"},
	{"one bars and one is unknown", barred, func(n *schema.Need) {
		n.Routes = []schema.Route{{From: schema.Area{Code: "ZZ1"}, To: b11}, {From: b11, To: leeds}}
	}, at(sheffield), allocator.DoesNotFit, "B11 and Leeds, which", ""},
	{"both ends in one place", barred, along(leeds, leeds, nil), at(area(schema.AreaPlace, "Otley", 53.9, -1.69, 3)), allocator.DoesNotFit, "", ""},
	{"works at home on the line", unknown, func(n *schema.Need) { stayingHome(&sheffield)(n); along(b11, leeds, nil)(n) }, both(of(schema.Sanctuary), at(sheffield)), allocator.CheckFirst, "ask the service to confirm that staying is", ""},
	{"beyond the end of the line", allowed, along(b11, leeds, nil), at(glasgow), allocator.Fits, "Clear of every route", ""},
	{"far to the side", allowed, along(b11, leeds, nil), at(hull), allocator.Fits, "Clear of every route", ""},
	{"far away, no margin", allowed, along(b11, cardiff, ptr(0.0)), nil, allocator.Fits, "Clear of every route", ""},
	{"no routes given", allowed, nil, nil, allocator.Fits, "No routes to avoid", ""},
	{"the edges overlap at the end", unknown, along(b11, leeds, nil), at(york), allocator.CheckFirst, "cannot rule out the 10 mile margin of the way between B11 and Leeds", ""},
	{"the start is not found", unknown, along(schema.Area{Kind: schema.AreaPlace, Code: "Nowhere"}, b11, nil), nil, allocator.CheckFirst, "between Nowhere and B11: ask the service to confirm its area", ""},
	{"the end is not found", unknown, along(b11, schema.Area{Kind: schema.AreaPlace, Code: "Nowhere"}, nil), nil, allocator.CheckFirst, "between B11 and Nowhere", ""},
	{"place publishes no area", unknown, along(b11, cardiff, nil), at(schema.Area{}), allocator.CheckFirst, "confirm its area", ""},
	{"margin below zero", unknown, along(b11, cardiff, ptr(-500.0)), nil, allocator.CheckFirst, "confirm its area", ""},
}

var severalCases = []ruleCase{
	{"nobody's areas", barred, causing(3), nil, allocator.CheckFirst, "Areas of 3 of 3 people causing harm are not known", ""},
	{"the areas of one of three", barred, causing(3, 2, 2), nil, allocator.CheckFirst, "Areas of 2 of 3 people", ""},
	{"areas of nobody in particular", barred, causing(2, 0, 0), nil, allocator.CheckFirst, "Areas of 2 of 2 people", ""},
	{"areas of somebody beyond the number", barred, causing(2, 1, 3), nil, allocator.CheckFirst, "Areas of 1 of 2 people", ""},
	{"one of two is missing", unknown, causing(2, 1), nil, allocator.CheckFirst, "ask the service to confirm its area", "Glasgow"},
	{"the areas of each of two", allowed, causing(2, 2, 1, 0), nil, allocator.Fits, "Each person causing harm has an area", ""},
	{"one person, no areas", allowed, causing(1), nil, allocator.Fits, "Nobody said that several", ""},
	{"not said, areas numbered", allowed, causing(0, 1, 2), nil, allocator.Fits, "Nobody said that several", ""},
}

var excludedCases = []ruleCase{
	{"the same council", barred, nowIn(birmingham), excluding(birmingham), allocator.DoesNotFit, "does not take from where they are now", "15"},
	{"an outward code of it", barred, nowIn(b11), excluding(birmingham), allocator.DoesNotFit, "does not take from where they are now", "Birmingham"},
	{"the area it publishes, not located", barred, nowIn(schema.Area{Kind: schema.AreaCouncil, Code: "X"}), func(p *schema.Place) {
		at(schema.Area{Kind: schema.AreaCouncil, Code: "X"})(p)
		excluding(schema.Area{Kind: schema.AreaCouncil, Code: "X"})(p)
	}, allocator.DoesNotFit, "", ""},
	{"the same name, neither located", unknown, nowIn(schema.Area{Kind: schema.AreaCouncil, Code: "X"}), excluding(schema.Area{Kind: schema.AreaCouncil, Code: "X"}), allocator.CheckFirst, "", ""},
	{"the same council, the place publishes no area", unknown, nowIn(birmingham), func(p *schema.Place) { at(schema.Area{})(p); excluding(birmingham)(p) }, allocator.CheckFirst, "", ""},
	{"elsewhere, the place publishes no area", unknown, nowIn(cardiff), func(p *schema.Place) { at(schema.Area{})(p); excluding(birmingham)(p) }, allocator.CheckFirst, "", ""},
	{"elsewhere", allowed, nowIn(b11), excluding(cardiff), allocator.Fits, "", "Cardiff"},
	{"takes from everywhere", allowed, nil, nil, allocator.Fits, "", ""},
	{"where she is was not said", unknown, nil, excluding(cardiff), allocator.CheckFirst, "Ask the service", "Cardiff"},
	{"edges overlap", unknown, nowIn(solihull), excluding(birmingham), allocator.CheckFirst, "Ask the service", "Birmingham"},
	{"excluded area not located", unknown, nowIn(b11), excluding(schema.Area{Kind: schema.AreaPlace, Code: "Elm"}), allocator.CheckFirst, "", "Elm"},
}

// Leeds lies 150.7 km from B11 and has 18 km to its edge, B11 has 2 km: from 81.2 to 106.1 miles between any two points of them.
var tooFarCases = []ruleCase{
	{"surely further", barred, within(b11, 81), nil, allocator.DoesNotFit, "The service is not within 81 miles of B11", ""},
	{"the second of two", barred, func(n *schema.Need) {
		within(leeds, 30)(n)
		n.Near = append(n.Near, schema.Near{Area: cardiff, WithinMiles: 50})
	}, nil, allocator.DoesNotFit, "not within 50 miles of Cardiff", "of Leeds or"},
	{"one is too far and one is not known", barred, func(n *schema.Need) {
		within(schema.Area{Code: "ZZ1"}, 30)(n)
		n.Near = append(n.Near, schema.Near{Area: cardiff, WithinMiles: 50})
	}, nil, allocator.DoesNotFit, "within 50 miles of Cardiff.", ""},
	{"surely within", allowed, within(b11, 106.5), nil, allocator.Fits, "Near enough", ""},
	{"nothing said", allowed, nil, nil, allocator.Fits, "Nothing was said", ""},
	{"works at home", allowed, func(n *schema.Need) { stayingHome(&cardiff)(n); within(cardiff, 5)(n) }, of(schema.Sanctuary), allocator.Fits, "stay in their own home", ""},
	{"it may be either", unknown, within(b11, 81.5), nil, allocator.CheckFirst, "Ask the service whether it is within 81.5 miles of B11", ""},
	{"nearly surely within", unknown, within(b11, 106), nil, allocator.CheckFirst, "within 106 miles of B11", ""},
	{"the same area, closer than its size", unknown, within(leeds, 10), nil, allocator.CheckFirst, "within 10 miles of Leeds", ""},
	{"the area is not found", unknown, within(schema.Area{Kind: schema.AreaPlace, Code: "Nowhere"}, 500), nil, allocator.CheckFirst, "within 500 miles of Nowhere", ""},
	{"place publishes no area", unknown, within(b11, 500), at(schema.Area{}), allocator.CheckFirst, "Ask the service", ""},
	{"miles below zero", unknown, within(b11, -1), nil, allocator.CheckFirst, "Ask the service", ""},
}

func along(from, to schema.Area, miles *float64) func(*schema.Need) {
	return func(n *schema.Need) { n.Routes = []schema.Route{{From: from, To: to, MarginMiles: miles}} }
}

// causing harm are a number of people, with an area far from every place here for each person named.
func causing(people int, persons ...int) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Harm.People = people
		for _, p := range persons {
			n.Avoid = append(n.Avoid, schema.Avoid{Area: glasgow, Person: p})
		}
	}
}

func within(a schema.Area, miles float64) func(*schema.Need) {
	return func(n *schema.Need) { n.Near = []schema.Near{{Area: a, WithinMiles: miles, Because: "care"}} }
}
