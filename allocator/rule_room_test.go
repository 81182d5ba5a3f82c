package allocator_test

import (
	"time"

	"haven/allocator"
	"haven/schema"
)

var wheelchairCases = []ruleCase{
	{"not accessible", barred, wheels(schema.Yes), rolling(schema.No), allocator.DoesNotFit, "not suitable", ""},
	{"not accessible, though it suits limited mobility", barred, wheels(schema.Yes), func(p *schema.Place) { rolling(schema.No)(p); p.Space.LimitedMobility = schema.Yes }, allocator.DoesNotFit, "", ""},
	{"accessible", allowed, wheels(schema.Yes), nil, allocator.Fits, "", ""},
	{"not needed", allowed, wheels(schema.No), rolling(schema.No), allocator.Fits, "", ""},
	{"not asked", allowed, nil, rolling(schema.No), allocator.Fits, "", ""},
	{"place not described", unknown, wheels(schema.Yes), rolling(schema.Unknown), allocator.CheckFirst, "Ask the service", ""},
}

var mobilityCases = []ruleCase{
	{"not suitable", barred, mobility(schema.Yes), func(p *schema.Place) { p.Space.LimitedMobility = schema.No }, allocator.DoesNotFit, "", ""},
	{"suitable", allowed, mobility(schema.Yes), nil, allocator.Fits, "", ""},
	{"not asked", allowed, nil, func(p *schema.Place) { p.Space.LimitedMobility = schema.No }, allocator.Fits, "", ""},
	{"place not described, though a wheelchair can be used", unknown, mobility(schema.Yes), func(p *schema.Place) { p.Space.LimitedMobility = schema.Unknown }, allocator.CheckFirst, "", ""},
}

var recourseCases = []ruleCase{
	{"no route", barred, recourseIs(schema.No), funding(schema.No), allocator.DoesNotFit, "funding route", ""},
	{"takes without", allowed, recourseIs(schema.No), funding(schema.Yes), allocator.Fits, "", ""},
	{"has recourse", allowed, recourseIs(schema.Yes), funding(schema.No), allocator.Fits, "", ""},
	{"neither said", allowed, nil, funding(schema.Unknown), allocator.Fits, "", ""},
	{"would consider", unknown, recourseIs(schema.No), funding(schema.Unknown), allocator.CheckFirst, "Ask the service", ""},
	{"not asked, the service needs it", unknown, nil, funding(schema.No), allocator.CheckFirst, "", ""},
}

var readyCases = []ruleCase{
	{"tomorrow evening", barred, nil, readyIn(30 * time.Hour), allocator.DoesNotFit, "later than it is needed", ""},
	{"taken", barred, nil, func(p *schema.Place) { p.Vacancy.Status = schema.StatusTaken }, allocator.DoesNotFit, "not free", ""},
	{"on hold", barred, nil, func(p *schema.Place) { p.Vacancy.Status = schema.StatusOnHold }, allocator.DoesNotFit, "not free", ""},
	{"a slot that has passed", barred, stayingHome(&leeds), slotIn(-time.Hour), allocator.DoesNotFit, "passed", ""},
	{"free now", allowed, nil, nil, allocator.Fits, "", ""},
	{"ready by the time she can come", allowed, func(n *schema.Need) { n.ArriveBy = noon.Add(48 * time.Hour) }, readyIn(30 * time.Hour), allocator.Fits, "", ""},
	{"a slot on Monday", allowed, stayingHome(&leeds), slotIn(72 * time.Hour), allocator.Fits, "", ""},
	{"ready this evening", unknown, nil, readyIn(6 * time.Hour), allocator.CheckFirst, "ask the service", ""},
	{"was to be ready this morning", unknown, nil, readyIn(-3 * time.Hour), allocator.CheckFirst, "was to be ready by now", ""},
	{"was to be ready just now, and is needed tomorrow", unknown, func(n *schema.Need) { n.ArriveBy = noon.Add(24 * time.Hour) }, readyIn(0), allocator.CheckFirst, "was to be ready by now", ""},
	{"when was not said", unknown, nil, func(p *schema.Place) { p.Vacancy.Status = schema.StatusGettingReady }, allocator.CheckFirst, "", ""},
	{"a slot without a date", unknown, stayingHome(&leeds), func(p *schema.Place) { of(schema.Sanctuary)(p) }, allocator.CheckFirst, "", ""},
}

// The freshness rule bars nothing: its "barred" is a place that has to be called first.
var freshnessCases = []ruleCase{
	{"confirmed yesterday", barred, nil, confirmed(-20 * time.Hour), allocator.CheckFirst, "call before you offer it", ""},
	{"an hour ago", allowed, nil, nil, allocator.Fits, "", ""},
	{"8 hours ago", allowed, nil, confirmed(-8 * time.Hour), allocator.Fits, "check when you call", ""},
	{"never", unknown, nil, func(p *schema.Place) { p.Vacancy.ConfirmedAt = time.Time{} }, allocator.CheckFirst, "", ""},
	{"in the future", unknown, nil, confirmed(time.Hour), allocator.CheckFirst, "", ""},
}
