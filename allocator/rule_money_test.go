package allocator_test

import (
	"time"

	"haven/allocator"
	"haven/schema"
)

func payingBy(route string) func(*schema.Need) {
	return func(n *schema.Need) { n.Recourse, n.Funding.Route = schema.No, route }
}

// accepting states the routes a service takes people by, besides what it says of recourse.
func accepting(recourse schema.Fact, routes map[string]schema.Fact) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.NoRecourse, p.Service.Takes.Funding = recourse, routes }
}

var routeCases = []ruleCase{
	{"their route is not taken, nor is another", barred, payingBy("charity"), accepting(schema.No, map[string]schema.Fact{"charity": schema.No, "section_17": schema.No}), allocator.DoesNotFit, "no funding route", ""},
	{"no route is open at all", barred, recourseIs(schema.No), accepting(schema.No, map[string]schema.Fact{"charity": schema.No}), allocator.DoesNotFit, "no funding route", ""},
	{"her route is taken", allowed, payingBy("section_17"), accepting(schema.No, map[string]schema.Fact{"section_17": schema.Yes}), allocator.Fits, "by this funding route", ""},
	{"her route is taken, and recourse not said", allowed, func(n *schema.Need) { n.Funding.Route = "own" }, accepting(schema.No, map[string]schema.Fact{"own": schema.Yes}), allocator.Fits, "by this funding route", ""},
	{"her route is not taken where none is needed", allowed, payingBy("charity"), accepting(schema.Yes, map[string]schema.Fact{"charity": schema.No}), allocator.Fits, "", ""},
	{"her route was not spoken of", unknown, payingBy("charity"), accepting(schema.No, map[string]schema.Fact{"section_17": schema.Yes}), allocator.CheckFirst, "ask whether it takes people by this funding route", ""},
	{"no route found, the service takes one", unknown, recourseIs(schema.No), accepting(schema.No, map[string]schema.Fact{"section_17": schema.Yes}), allocator.CheckFirst, "find out whether one is open to them", ""},
	{"would consider, her route is not taken", unknown, payingBy("charity"), accepting(schema.Unknown, map[string]schema.Fact{"charity": schema.No}), allocator.CheckFirst, "Ask the service", ""},
	{"their route is not taken, and another is", unknown, payingBy("charity"), accepting(schema.No, map[string]schema.Fact{"charity": schema.No, "section_17": schema.Yes}), allocator.CheckFirst, "find out whether one is open to them", ""},
	{"a route that is not in the list", unknown, payingBy("lottery"), accepting(schema.No, map[string]schema.Fact{"lottery": schema.Yes}), allocator.CheckFirst, "", ""},
}

func until(lastDay string) func(*schema.Need) {
	return func(n *schema.Need) { n.Funding = schema.Funding{Route: "mvdac", ConcessionEnds: lastDay} }
}

// Today is 20 November 2026. The rule bars nothing: its "barred" is a concession that is over.
var concessionCases = []ruleCase{
	{"ended yesterday", barred, until("2026-11-19"), funding(schema.No), allocator.CheckFirst, "ends before they would arrive: ask what pays now", ""},
	{"ended, and the service has said nothing", barred, until("2026-11-19"), funding(schema.Unknown), allocator.CheckFirst, "ask what pays now", ""},
	{"ended, and the service takes by another route", barred, until("2026-11-19"), accepting(schema.No, map[string]schema.Fact{"section_17": schema.Yes}), allocator.CheckFirst, "ask what pays now", ""},
	{"ends before the room is ready", barred, until("2026-11-20"), both(funding(schema.No), readyIn(13*time.Hour)), allocator.CheckFirst, "", ""},
	{"29 days left", allowed, until("2026-12-19"), funding(schema.No), allocator.Fits, "more than 28 days left", ""},
	{"over, the service takes people without recourse", allowed, until("2026-11-19"), nil, allocator.Fits, "it can keep them", ""},
	{"no day said, the service takes people without recourse", allowed, until(""), nil, allocator.Fits, "it can keep them", ""},
	{"another route", allowed, payingBy("charity"), funding(schema.No), allocator.Fits, "Not on the migrant victims concession", ""},
	{"not asked", allowed, nil, funding(schema.No), allocator.Fits, "", ""},
	{"works in her own home", allowed, until("2026-11-19"), home(funding(schema.No)), allocator.Fits, "own home", ""},
	{"ends on the day of arrival", unknown, until("2026-11-20"), funding(schema.No), allocator.CheckFirst, "ask what pays next", ""},
	{"28 days left", unknown, until("2026-12-18"), funding(schema.No), allocator.CheckFirst, "within 28 days of arrival: ask what pays next, an application to stay, the council's duty to an adult with care needs", "child"},
	{"28 days left and a child", unknown, both(until("2026-12-18"), withChildren(schema.Child{Age: 4, Sex: schema.Girl})), funding(schema.No), allocator.CheckFirst, "a child in need", "adult with care needs"},
	{"last day not said", unknown, until(""), funding(schema.No), allocator.CheckFirst, "Find out the last day", ""},
	{"over, and she has recourse", unknown, both(until("2026-11-19"), recourseIs(schema.Yes)), funding(schema.No), allocator.CheckFirst, "what gives them recourse now", ""},
	{"arrives on a later day in London than in UTC", unknown, both(until("2027-07-29"), func(n *schema.Need) { n.ArriveBy = time.Date(2027, 6, 30, 23, 30, 0, 0, time.UTC) }), funding(schema.No), allocator.CheckFirst, "within 28 days", ""},
}

func inWork(canPay *int) func(*schema.Need) {
	return func(n *schema.Need) { n.Funding.Works, n.Funding.CanPay = schema.Yes, canPay }
}

// paysAlone: no recourse, and their own money.
func paysAlone(works schema.Fact, canPay *int) func(*schema.Need) {
	return func(n *schema.Need) { n.Funding = schema.Funding{Route: "own", Works: works, CanPay: canPay} }
}

func costing(sum *int) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.WeeklyCost = sum }
}

var costCases = []ruleCase{
	{"a pound short", barred, inWork(ptr(119)), costing(ptr(120)), allocator.DoesNotFit, "asks £120 a week", ""},
	{"can pay nothing", barred, inWork(ptr(0)), costing(ptr(1)), allocator.DoesNotFit, "£1 a week", ""},
	{"to the pound", allowed, inWork(ptr(120)), costing(ptr(120)), allocator.Fits, "They can pay", ""},
	{"nothing is asked", allowed, inWork(nil), costing(ptr(0)), allocator.Fits, "asks nothing", ""},
	{"not in work", allowed, func(n *schema.Need) { n.Funding.Works, n.Funding.CanPay = schema.No, ptr(0) }, costing(ptr(120)), allocator.Fits, "not paid from wages", ""},
	{"nobody said whether she works", allowed, func(n *schema.Need) { n.Funding.CanPay = ptr(0) }, costing(ptr(120)), allocator.Fits, "", ""},
	{"works in her own home", allowed, inWork(ptr(0)), home(costing(ptr(120))), allocator.Fits, "own home", ""},
	{"pays without work, a pound short", barred, paysAlone(unsaid, ptr(119)), costing(ptr(120)), allocator.DoesNotFit, "asks £120 a week", ""},
	{"pays without work, to the pound", allowed, paysAlone(no, ptr(120)), costing(ptr(120)), allocator.Fits, "They can pay", ""},
	{"pays without work, cost not said", unknown, paysAlone(no, ptr(120)), costing(nil), allocator.CheckFirst, "Ask the service what", ""},
	{"pays without work, what they can pay not said", unknown, paysAlone(no, nil), costing(ptr(120)), allocator.CheckFirst, "ask what they can pay", ""},
	{"cost not said", unknown, inWork(ptr(120)), costing(nil), allocator.CheckFirst, "Ask the service what somebody in work pays", ""},
	{"what she can pay not said", unknown, inWork(nil), costing(ptr(120)), allocator.CheckFirst, "£120 a week of somebody in work: ask what they can pay", ""},
}
