package allocator_test

import (
	"haven/allocator"
	"haven/schema"
)

var roomCases = []ruleCase{
	{"four in a room for three", barred, withChildren(schema.Child{Age: 4}, schema.Child{Age: 6}, schema.Child{Age: 9}), sleeping(3, 2), allocator.DoesNotFit, "sleeps 3; this household needs 4", ""},
	{"exactly enough", allowed, withChildren(schema.Child{Age: 4}, schema.Child{Age: 6}), sleeping(3, 0), allocator.Fits, "", ""},
	{"a baby in a cot", allowed, withChildren(schema.Child{Age: 0}), sleeping(1, 1), allocator.Fits, "", ""},
	{"a baby in a spare bed space", allowed, withChildren(schema.Child{Age: 0}), sleeping(2, 0), allocator.Fits, "", ""},
	{"works in her own home", allowed, withChildren(schema.Child{Age: 4}), func(p *schema.Place) { of(schema.Sanctuary)(p); sleeping(0, 0)(p) }, allocator.Fits, "", ""},
	{"a baby without a cot is for another rule", allowed, withChildren(schema.Child{Age: 0}), sleeping(1, 0), allocator.Fits, "", ""},
	{"size not said", unknown, nil, sleeping(0, 0), allocator.CheckFirst, "", ""},
	{"may be 2 on arrival", unknown, func(n *schema.Need) {
		withChildren(schema.Child{Age: 1})(n)
		n.ArriveBy = noon.AddDate(0, 1, 0)
	}, sleeping(1, 1), allocator.CheckFirst, "", ""},
	{"nobody in the household", unknown, as(), nil, allocator.CheckFirst, "", ""},
	{"a baby of 46 by the date of birth", unknown, withChildren(schema.Child{Age: 0, Born: "1980-05-01"}), nil, allocator.CheckFirst, "date of birth that was given cannot be true", ""},
	{"born tomorrow", unknown, withChildren(schema.Child{Age: 0, Born: "2026-11-21"}), nil, allocator.CheckFirst, "cannot be true", ""},
	{"18 by the date of birth when it was said", unknown, withChildren(schema.Child{Age: 17, Born: "2008-11-20"}), nil, allocator.CheckFirst, "cannot be true", ""},
	{"two years younger than was said", unknown, withChildren(schema.Child{Age: 6, Born: "2022-11-20"}), nil, allocator.CheckFirst, "cannot be true", ""},
	{"a birthday younger than was said", allowed, withChildren(schema.Child{Age: 4, Born: "2022-11-21"}), nil, allocator.Fits, "", ""},
}

// babies are expected; how many is not said where it is 0.
func babies(expecting int) func(*schema.Need) {
	return func(n *schema.Need) { n.Household.Pregnant, n.Household.Expecting = schema.Yes, expecting }
}

var cotsCases = []ruleCase{
	{"a baby and no cot", barred, withChildren(schema.Child{Age: 0}), sleeping(1, 0), allocator.DoesNotFit, "has 0 cots and no bed space to spare", ""},
	{"twins and one cot", barred, withChildren(schema.Child{Age: 0}, schema.Child{Age: 0}), sleeping(1, 1), allocator.DoesNotFit, "", ""},
	{"twins, one cot, and the bed space is a brother's", barred, withChildren(schema.Child{Age: 0}, schema.Child{Age: 0}, schema.Child{Age: 5}), sleeping(2, 1), allocator.DoesNotFit, "", ""},
	{"may be 2 on arrival, and neither cot nor bed space", barred, func(n *schema.Need) {
		withChildren(schema.Child{Age: 1})(n)
		n.ArriveBy = noon.AddDate(0, 1, 0)
	}, sleeping(1, 0), allocator.DoesNotFit, "", ""},
	{"a baby in a cot", allowed, withChildren(schema.Child{Age: 0}), sleeping(1, 1), allocator.Fits, "", ""},
	{"a baby in a spare bed space", allowed, withChildren(schema.Child{Age: 0}), sleeping(2, 0), allocator.Fits, "", ""},
	{"twins, a cot and a spare bed space", allowed, withChildren(schema.Child{Age: 0}, schema.Child{Age: 1}), sleeping(2, 1), allocator.Fits, "", ""},
	{"2 is too old for one", allowed, withChildren(schema.Child{Age: 2}), sleeping(2, 0), allocator.Fits, "Nobody under 2", ""},
	{"nobody under 2", allowed, nil, func(p *schema.Place) { p.Space.Cots = nil }, allocator.Fits, "", ""},
	{"works in her own home", allowed, withChildren(schema.Child{Age: 0}), func(p *schema.Place) { of(schema.Sanctuary)(p); sleeping(1, 0)(p) }, allocator.Fits, "own home", ""},
	{"a baby is expected, and there is a cot", allowed, babies(0), sleeping(1, 1), allocator.Fits, "for the baby", ""},
	{"a baby is expected, and there is a bed space to spare", allowed, babies(0), sleeping(2, 0), allocator.Fits, "for the baby", ""},
	{"twins are expected: a cot and a bed space to spare", allowed, babies(2), sleeping(2, 1), allocator.Fits, "for the baby", ""},
	{"nobody is pregnant", allowed, func(n *schema.Need) { n.Household.Pregnant = schema.No }, sleeping(1, 0), allocator.Fits, "Nobody under 2", ""},
	{"a baby is expected, and their own home is made safe", allowed, babies(0), func(p *schema.Place) { of(schema.Sanctuary)(p); sleeping(1, 0)(p) }, allocator.Fits, "own home", ""},
	{"a baby is expected: neither cot nor bed space", unknown, babies(0), sleeping(1, 0), allocator.CheckFirst, "Ask the service for 1 cot by the birth", ""},
	{"a baby is expected, and nobody said how many cots", unknown, babies(0), func(p *schema.Place) { sleeping(1, 0)(p); p.Space.Cots = nil }, allocator.CheckFirst, "1 cot by the birth", ""},
	{"twins are expected, and there is one cot", unknown, babies(2), sleeping(1, 1), allocator.CheckFirst, "2 cots by the birth", ""},
	{"a baby in the one cot, and another expected", unknown, both(withChildren(schema.Child{Age: 1}), babies(0)), sleeping(1, 1), allocator.CheckFirst, "2 cots by the birth", ""},
	{"nobody said how many cots", unknown, withChildren(schema.Child{Age: 0}), func(p *schema.Place) { sleeping(1, 0)(p); p.Space.Cots = nil }, allocator.CheckFirst, "Ask the service for 1 cot", ""},
	{"size not said, and too few cots", unknown, withChildren(schema.Child{Age: 0}), sleeping(0, 0), allocator.CheckFirst, "", ""},
}
