package allocator

import (
	"cmp"
	"slices"
	"time"

	"haven/schema"
)

// Supply says what kinds of new space would have met needs that ended unmet.
type Supply struct {
	// Households that looked for somewhere to go tonight and ended without.
	Households int
	// None of these kinds would have met: the rows of Together and this add up to Households.
	None int
	// NotLooking for somewhere to go tonight: to stay home or to settle is another matter, and no new space here is an answer. They count nowhere else.
	NotLooking int
	// Rows, what would have met most first. A household counts in every row that would have met it, so rows do not add up.
	Rows []SupplyRow
	// Together is the shortest list of kinds that meets all that any of them can: each row counts only whom the rows before it left.
	Together []SupplyRow
}

// SupplyRow is one kind of space: that many of it, each taking one household, would have met that many.
type SupplyRow struct {
	Code       string
	Words      string // of one: "step-free family room"
	Many       string // of several
	Households int
}

// WouldHaveMet puts each unmet need for somewhere to go tonight, as it stood when it was said, to new spaces of each kind in any of the areas given: those that services
// publish today. Which area does not matter as long as it is safe for that household, and the need is never told apart from another.
func WouldHaveMet(unmet []schema.Need, areas []schema.Area) Supply {
	kinds := newSpaces()
	met := make([][]bool, len(kinds))
	var s Supply
	for i := range unmet {
		if !seeksTonight(&unmet[i]) {
			s.NotLooking++
			continue
		}
		need := asItStood(unmet[i])
		e := newEvaluator(&need, need.SaidAt)
		safe := e.safeAreas(areas)
		for k, kind := range kinds {
			met[k] = append(met[k], e.metSomewhere(kind.place(need.SaidAt), safe))
		}
		s.Households++
	}
	for k, kind := range kinds {
		if n := count(met[k], nil); n > 0 {
			s.Rows = append(s.Rows, SupplyRow{kind.code, kind.words, kind.many, n})
		}
	}
	byHouseholds := func(a, b SupplyRow) int { return cmp.Compare(b.Households, a.Households) }
	slices.SortStableFunc(s.Rows, byHouseholds)
	s.Together = together(kinds, met, s.Households)
	s.None = s.Households
	for _, row := range s.Together {
		s.None -= row.Households
	}
	return s
}

func seeksTonight(need *schema.Need) bool {
	return slices.ContainsFunc(schema.Provisions(), func(kind schema.Provision) bool { return kind.Offer == schema.OfferTonight && need.Looks(kind) })
}

// asItStood: what has passed since must not rule a new space out. What was looked for stands: who chose her kind of place is not met by another.
func asItStood(need schema.Need) schema.Need {
	need.ArriveBy, need.Declined = time.Time{}, nil
	return need
}

// safeAreas are those that every area and route to avoid surely leaves clear.
func (e *evaluator) safeAreas(areas []schema.Area) []schema.Area {
	place := newSpaces()[0].place(e.now)
	var safe []schema.Area
	for _, a := range areas {
		place.Service.Area = a
		clear := true
		for i, f := range e.assess(&place).Findings {
			if r := e.rules[i]; r.ConfirmsArea && !r.AsksOnly && f.Verdict != Fits {
				clear = false
			}
		}
		if clear {
			safe = append(safe, a)
		}
	}
	return safe
}

// metSomewhere: nothing rules the place out in one of the areas. What nobody asked this household would have been asked.
func (e *evaluator) metSomewhere(place schema.Place, areas []schema.Area) bool {
	for _, a := range areas {
		place.Service.Area = a
		if e.verdict(&place) != DoesNotFit {
			return true
		}
	}
	return false
}

// together picks, again and again, the kind that meets most of those still left; between equals the earlier, plainer kind.
func together(kinds []newSpace, met [][]bool, households int) []SupplyRow {
	left := make([]bool, households)
	for i := range left {
		left[i] = true
	}
	var rows []SupplyRow
	for {
		best, most := -1, 0
		for k := range kinds {
			if n := count(met[k], left); n > most {
				best, most = k, n
			}
		}
		if best < 0 {
			return rows
		}
		rows = append(rows, SupplyRow{kinds[best].code, kinds[best].words, kinds[best].many, most})
		for i, m := range met[best] {
			left[i] = left[i] && !m
		}
	}
}

func count(met, among []bool) int {
	n := 0
	for i, m := range met {
		if m && (among == nil || among[i]) {
			n++
		}
	}
	return n
}
