package web

import "slices"

// figureSum is a number that is the sum of others, all of them published. Together the sums form a tree: no number is part of two.
type figureSum struct {
	total *figureCount
	parts []*figureCount
}

func (s figureSum) has(c *figureCount) bool { return s.total == c || slices.Contains(s.parts, c) }

// suppress hides further numbers until no sum gives away one that is hidden because it is small. It looks at the numbers as a reader would who
// knows these rules: what can each hidden one still be? While too little is left open of a small one, the smallest number near it is hidden too;
// when nothing is left to hide, the parts of the sums around it are withheld, the zeros with them.
func suppress(sums []figureSum) {
	for given := givenAway(sums); given != nil; given = givenAway(sums) {
		if near := nearestShown(sums, given); near != nil {
			withhold(sums, near)
		} else if !withholdParts(sums, given) {
			return
		}
	}
}

// withhold a number, and where it is itself a sum of shown numbers the smallest of those, or it could be added up again.
func withhold(sums []figureSum, c *figureCount) {
	c.state = countWithheld
	for _, s := range sums {
		if s.total != c {
			continue
		}
		var least *figureCount
		for _, p := range s.parts {
			if !p.Shown() {
				return
			}
			if p.n > 0 && (least == nil || p.n < least.n) {
				least = p
			}
		}
		if least != nil {
			withhold(sums, least)
		}
	}
}

// nearestShown finds what to hide for a small number: the smallest part shown in its sums, then their total, then the same in the sums that
// hidden numbers join to these. A zero hides nothing.
func nearestShown(sums []figureSum, from *figureCount) *figureCount {
	for _, level := range around(sums, from) {
		var least, total *figureCount
		for _, s := range level {
			for _, p := range s.parts {
				if p.Shown() && p.n > 0 && (least == nil || p.n < least.n) {
					least = p
				}
			}
			if s.total.Shown() && s.total.n > 0 {
				total = s.total
			}
		}
		if least != nil {
			return least
		}
		if total != nil {
			return total
		}
	}
	return nil
}

// withholdParts of the nearest sums that still tell something. It says whether there were any.
func withholdParts(sums []figureSum, from *figureCount) bool {
	for _, level := range around(sums, from) {
		told := false
		for _, s := range level {
			for _, p := range s.parts {
				told = told || p.state != countWithheld
				p.state = countWithheld
			}
		}
		if told {
			return true
		}
	}
	return false
}

// around lists the sums of a number, then those joined to them by a hidden number, and so on outwards.
func around(sums []figureSum, from *figureCount) (levels [][]figureSum) {
	seen := make([]bool, len(sums))
	for edge := []*figureCount{from}; len(edge) > 0; {
		var level []figureSum
		var next []*figureCount
		for i, s := range sums {
			if seen[i] || !slices.ContainsFunc(edge, s.has) {
				continue
			}
			seen[i] = true
			level = append(level, s)
			for _, c := range append([]*figureCount{s.total}, s.parts...) {
				if !c.Shown() {
					next = append(next, c)
				}
			}
		}
		if level != nil {
			levels = append(levels, level)
		}
		edge = next
	}
	return levels
}
