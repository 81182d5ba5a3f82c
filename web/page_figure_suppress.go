package web

// figureSum is a number that is the sum of others, all of them published. Together the sums form a tree: no number is part of two.
type figureSum struct {
	total *figureCount
	parts []*figureCount
}

func (s figureSum) has(c *figureCount) bool {
	if s.total == c {
		return true
	}
	for _, p := range s.parts {
		if p == c {
			return true
		}
	}
	return false
}

// suppress hides further numbers until no sum gives away one that is hidden because it is small. It looks at the numbers as a reader would who
// knows these rules: what can each hidden one still be? While a small one can only be what it is, the smallest number beside it is hidden too;
// when nothing is left to hide, the parts of its sums are all withheld, the zeros with them.
func suppress(sums []figureSum) {
	for {
		given := givenAway(sums)
		if given == nil {
			return
		}
		if near := nearestShown(sums, given); near != nil {
			withhold(sums, near)
			continue
		}
		withheld := false
		for _, s := range sums {
			if !s.has(given) {
				continue
			}
			for _, p := range s.parts {
				withheld = withheld || p.state != countWithheld
				p.state = countWithheld
			}
		}
		if !withheld {
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
	seen := make([]bool, len(sums))
	for frontier := []*figureCount{from}; len(frontier) > 0; {
		var next []*figureCount
		var least *figureCount
		var total *figureCount
		for i, s := range sums {
			if seen[i] || !joins(s, frontier) {
				continue
			}
			seen[i] = true
			for _, p := range s.parts {
				if !p.Shown() {
					next = append(next, p)
				} else if p.n > 0 && (least == nil || p.n < least.n) {
					least = p
				}
			}
			if !s.total.Shown() {
				next = append(next, s.total)
			} else if s.total.n > 0 {
				total = s.total
			}
		}
		if least != nil {
			return least
		}
		if total != nil {
			return total
		}
		frontier = next
	}
	return nil
}

func joins(s figureSum, any []*figureCount) bool {
	for _, c := range any {
		if s.has(c) {
			return true
		}
	}
	return false
}
