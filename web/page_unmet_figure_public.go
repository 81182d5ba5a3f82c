package web

import (
	"time"

	"haven/allocator"
	"haven/exchange"
)

// unmetFigures are what was missing, as it may be published: on the page, in the export and through the API alike.
type unmetFigures struct {
	From       time.Time `json:"from"`
	To         time.Time `json:"to"`
	ComputedAt time.Time `json:"computed_at"`
	// Requests that no safe place was found for, of which every other number of kinds is a part.
	Requests figureCount `json:"requests"`
	// Kinds of space, each with the requests it would have met, and Together, the shortest list for all that any of them can meet.
	Kinds    []figureRow `json:"kinds"`
	Together []figureRow `json:"together"`
	None     figureCount `json:"none"` // none of these kinds would have met it
	// Waiting now with no free place that fits, of which every number of Openings is a part.
	Waiting  figureCount     `json:"waiting"`
	Openings []openingFigure `json:"openings"`
	// Cut: there was more than is counted in one answer.
	Cut bool `json:"cut"`
}

// openingFigure is what services could change. They are counted and never named.
type openingFigure struct {
	Code     string      `json:"code"`
	Words    string      `json:"words"`
	Services int         `json:"services"`
	Count    figureCount `json:"count"`
}

// publishUnmet is the only way from these counts to anybody's eyes.
func publishUnmet(s allocator.Supply, o exchange.Openings) *unmetFigures {
	f := &unmetFigures{
		Requests: newFigureCount(s.Households), Kinds: supplyRows(s.Rows), Together: supplyRows(s.Together),
		Waiting: newFigureCount(o.Weighed), Openings: []openingFigure{},
	}
	left := s.Households
	for _, row := range s.Together {
		left -= row.Households
	}
	f.None = newFigureCount(left)
	for _, row := range o.Rows {
		f.Openings = append(f.Openings, openingFigure{row.Code, row.Words, len(row.Services), newFigureCount(row.Households)})
	}
	f.suppress()
	return f
}

func supplyRows(rows []allocator.SupplyRow) []figureRow {
	return each(rows, func(r allocator.SupplyRow) figureRow {
		words := r.Many
		if r.Households == 1 {
			words = r.Words
		}
		return figureRow{r.Code, words, newFigureCount(r.Households)}
	})
}

// suppress what a reader could work out: what a kind leaves unmet, what the shortest list adds up to, and what two kinds have in common.
func (f *unmetFigures) suppress() {
	list := figureSum{total: &f.Requests, parts: []*figureCount{&f.None}}
	var sums []figureSum
	for i := range f.Kinds {
		kind := &f.Kinds[i]
		sums = append(sums, partOf(&f.Requests, &kind.Count))
		for j := range f.Together {
			if row := &f.Together[j]; row.Code == kind.Code {
				common(&kind.Count, &row.Count)
			}
		}
	}
	for j := range f.Together {
		list.parts = append(list.parts, &f.Together[j].Count)
	}
	sums = append(sums, list)
	for i := range f.Openings {
		sums = append(sums, partOf(&f.Waiting, &f.Openings[i].Count))
	}
	for {
		suppress(sums)
		if !f.alike() {
			return
		}
	}
}

// partOf makes the sum of a part and the rest, which is printed nowhere and known to whoever subtracts.
func partOf(whole, part *figureCount) figureSum {
	rest := newFigureCount(whole.n - part.n)
	return figureSum{whole, []*figureCount{part, &rest}}
}

// common: whom a kind would have met that the rows before it in the list had met is the difference of two printed numbers.
func common(kind, listed *figureCount) {
	if n := kind.n - listed.n; n > 0 && n < smallest {
		for _, c := range []*figureCount{kind, listed} {
			if c.Shown() {
				c.state = countWithheld
			}
		}
	}
}

// alike hides a number that stands in both tables in both, and says whether it changed anything. The first row of the list is a kind's whole number.
func (f *unmetFigures) alike() bool {
	changed := false
	for i := range f.Kinds {
		for j := range f.Together {
			a, b := &f.Kinds[i].Count, &f.Together[j].Count
			if f.Kinds[i].Code != f.Together[j].Code || a.n != b.n || a.Shown() == b.Shown() {
				continue
			}
			a.state, b.state = max(a.state, b.state), max(a.state, b.state)
			changed = true
		}
	}
	return changed
}
