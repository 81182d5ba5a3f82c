package allocator_test

import (
	"haven/allocator"
	"haven/schema"
	"time"
)

var takesCases = []ruleCase{
	{"a man where men are not taken", barred, as(schema.Man), taking(schema.Man, schema.No), allocator.DoesNotFit, "does not take men", ""},
	{"children where none are taken", barred, withChildren(schema.Child{Age: 4, Sex: schema.Girl}), func(p *schema.Place) { p.Service.Takes.Children = schema.No }, allocator.DoesNotFit, "does not take children", ""},
	{"one of two adults", barred, as(schema.Woman, schema.Man), taking(schema.Man, schema.No), allocator.DoesNotFit, "does not take men", "not take women"},
	{"a woman", allowed, nil, nil, allocator.Fits, "", ""},
	{"a trans woman where trans women are taken", allowed, as(schema.TransWoman), taking(schema.Woman, schema.No), allocator.Fits, "", ""},
	{"not said, everybody is taken", allowed, as(schema.NotSaid), nil, allocator.Fits, "", ""},
	{"children not said, none come", allowed, nil, func(p *schema.Place) { p.Service.Takes.Children = schema.Unknown }, allocator.Fits, "", ""},
	{"a description left out", unknown, as(schema.NonBinary), func(p *schema.Place) { delete(p.Service.Takes.Adults, schema.NonBinary) }, allocator.CheckFirst, "non-binary people", ""},
	{"a trans woman is not read as a woman", unknown, as(schema.TransWoman), taking(schema.TransWoman, schema.Unknown), allocator.CheckFirst, "trans women", ""},
	{"not said, men are not taken", unknown, as(schema.NotSaid), taking(schema.Man, schema.No), allocator.CheckFirst, "Ask the service", ""},
	{"nothing stated", unknown, nil, func(p *schema.Place) { p.Service.Takes = schema.Takes{} }, allocator.CheckFirst, "", ""},
	{"children not stated", unknown, withChildren(schema.Child{Age: 4, Sex: schema.Girl}), func(p *schema.Place) { p.Service.Takes.Children = schema.Unknown }, allocator.CheckFirst, "children", ""},
	{"nobody in the household", unknown, as(), nil, allocator.CheckFirst, "", ""},
}

var roomCases = []ruleCase{
	{"four in a room for three", barred, withChildren(schema.Child{Age: 4}, schema.Child{Age: 6}, schema.Child{Age: 9}), sleeping(3, 2), allocator.DoesNotFit, "sleeps 3; this household needs 4", ""},
	{"exactly enough", allowed, withChildren(schema.Child{Age: 4}, schema.Child{Age: 6}), sleeping(3, 0), allocator.Fits, "", ""},
	{"a baby in a cot", allowed, withChildren(schema.Child{Age: 0}), sleeping(1, 1), allocator.Fits, "", ""},
	{"a baby in a spare bed space", allowed, withChildren(schema.Child{Age: 0}), sleeping(2, 0), allocator.Fits, "", ""},
	{"works in her own home", allowed, withChildren(schema.Child{Age: 4}), func(p *schema.Place) { of(schema.Sanctuary)(p); sleeping(0, 0)(p) }, allocator.Fits, "", ""},
	{"a baby and no cot on record", unknown, withChildren(schema.Child{Age: 0}), sleeping(1, 0), allocator.CheckFirst, "1 cot", ""},
	{"size not said", unknown, nil, sleeping(0, 0), allocator.CheckFirst, "", ""},
	{"may be 2 on arrival", unknown, func(n *schema.Need) {
		withChildren(schema.Child{Age: 1})(n)
		n.ArriveBy = noon.AddDate(0, 1, 0)
	}, sleeping(1, 1), allocator.CheckFirst, "", ""},
	{"nobody in the household", unknown, as(), nil, allocator.CheckFirst, "", ""},
}

var boysCases = []ruleCase{
	{"13 where boys come to 12", barred, withChildren(schema.Child{Age: 13, Sex: schema.Boy}), boysTo(12), allocator.DoesNotFit, "boys to 12", ""},
	{"turns 13 before the day she can come", barred, func(n *schema.Need) {
		withChildren(schema.Child{Age: 12, Sex: schema.Boy, Born: "2013-11-24"})(n)
		n.ArriveBy = noon.AddDate(0, 0, 5)
	}, boysTo(12), allocator.DoesNotFit, "", ""},
	{"turns 13 before the room is ready", barred, withChildren(schema.Child{Age: 12, Sex: schema.Boy, Born: "2013-11-24"}), func(p *schema.Place) {
		boysTo(12)(p)
		p.Vacancy.Status, p.Vacancy.From = schema.StatusGettingReady, ptr(noon.AddDate(0, 0, 5))
	}, allocator.DoesNotFit, "", ""},
	{"exactly the limit", allowed, withChildren(schema.Child{Age: 12, Sex: schema.Boy}), boysTo(12), allocator.Fits, "", ""},
	{"a girl of 16", allowed, withChildren(schema.Child{Age: 16, Sex: schema.Girl}), boysTo(12), allocator.Fits, "No boys", ""},
	{"17 without a limit", allowed, withChildren(schema.Child{Age: 17, Sex: schema.Boy}), boysTo(17), allocator.Fits, "", ""},
	{"turns 18 without a limit", allowed, func(n *schema.Need) {
		withChildren(schema.Child{Age: 17, Sex: schema.Boy})(n)
		n.ArriveBy = noon.AddDate(0, 0, 5)
	}, boysTo(17), allocator.Fits, "", ""},
	{"sex not said, young enough for a boy", allowed, withChildren(schema.Child{Age: 9}), boysTo(12), allocator.Fits, "", ""},
	{"limit not said", unknown, withChildren(schema.Child{Age: 3, Sex: schema.Boy}), func(p *schema.Place) { p.Service.Takes.BoysTo = nil }, allocator.CheckFirst, "how old a boy may be", ""},
	{"sex not said, too old for a boy", unknown, withChildren(schema.Child{Age: 15}), boysTo(12), allocator.CheckFirst, "", ""},
	{"turns 13 that day in London, which is not yet that day in UTC", unknown, func(n *schema.Need) {
		withChildren(schema.Child{Age: 12, Sex: schema.Boy, Born: "2014-07-01"})(n)
		n.ArriveBy = time.Date(2027, 6, 30, 23, 30, 0, 0, time.UTC)
	}, boysTo(12), allocator.CheckFirst, "", ""},
	{"may have had a birthday", unknown, func(n *schema.Need) {
		withChildren(schema.Child{Age: 12, Sex: schema.Boy})(n)
		n.SaidAt = noon.AddDate(0, 0, -3)
	}, boysTo(12), allocator.CheckFirst, "day of arrival", ""},
}
