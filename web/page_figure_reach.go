package web

// reach is what a reader can tell of a number: it lies between low and high.
type reach struct{ low, high int }

// without limit: far above any count of households, far below what overflows when summed.
const countless = 1 << 40

// leastDoubt is how many values a hidden number must leave open: with two, one of them is a good guess.
const leastDoubt = 3

// givenAway finds a small number that a reader can work out, or nearly, or nil. The sums form a tree, so narrowing every number by its sums until
// nothing narrows further gives exactly what can be told, no more and no less.
func givenAway(sums []figureSum) *figureCount {
	known := map[*figureCount]reach{}
	for _, s := range sums {
		all := true
		for _, p := range s.parts {
			all = all && p.state == countWithheld
		}
		for _, p := range s.parts {
			known[p] = wider(known, p, openReach(*p, all))
		}
		known[s.total] = wider(known, s.total, openReach(*s.total, false))
	}
	for narrowed := true; narrowed; {
		narrowed = false
		for _, s := range sums {
			narrowed = narrow(known, s) || narrowed
		}
	}
	for _, s := range sums {
		for _, c := range append([]*figureCount{s.total}, s.parts...) {
			if n := c.n; n > 0 && n < smallest && !c.Shown() && known[c].high-known[c].low+1 < leastDoubt {
				return c
			}
		}
	}
	return nil
}

// openReach is what the words printed for a number say of it. One withheld for the sake of others is not small; where all parts of a sum are
// withheld, any of them may be.
func openReach(c figureCount, all bool) reach {
	switch {
	case c.state == countFew:
		return reach{1, smallest - 1}
	case c.state == countWithheld && all:
		return reach{0, countless}
	case c.state == countWithheld:
		return reach{smallest, countless}
	}
	return reach{c.n, c.n}
}

// wider keeps the wider of two first readings: a number that all of one sum's parts share being withheld may be small in the other sum too.
func wider(known map[*figureCount]reach, c *figureCount, r reach) reach {
	if old, ok := known[c]; ok {
		return reach{min(old.low, r.low), max(old.high, r.high)}
	}
	return r
}

// narrow a sum's total by its parts and each part by the total and the others. It says whether anything changed.
func narrow(known map[*figureCount]reach, s figureSum) bool {
	var low, high int
	for _, p := range s.parts {
		low, high = low+known[p].low, high+known[p].high
	}
	changed := tighten(known, s.total, reach{low, high})
	total := known[s.total]
	for _, p := range s.parts {
		old := known[p]
		othersLow, othersHigh := low-old.low, high-old.high
		if tighten(known, p, reach{total.low - othersHigh, total.high - othersLow}) {
			changed = true
			low, high = othersLow+known[p].low, othersHigh+known[p].high
		}
	}
	return changed
}

func tighten(known map[*figureCount]reach, c *figureCount, to reach) bool {
	old := known[c]
	tight := reach{max(old.low, to.low), min(old.high, to.high)}
	known[c] = tight
	return tight != old
}
