package web

import (
	"time"

	"haven/exchange"
	"haven/schema"
)

// publicFigures are the figures as they may be published, on the page, in the export and through the API alike: a small number is not told, and
// no other number gives it away.
type publicFigures struct {
	From       time.Time `json:"from"`
	To         time.Time `json:"to"`
	ComputedAt time.Time `json:"computed_at"`

	Asked     figureCount `json:"asked"`
	Placed24h figureCount `json:"placed_24h"`
	Placed72h figureCount `json:"placed_72h"`
	Placed28d figureCount `json:"placed_28d"`
	StillOpen figureCount `json:"still_open"`
	Unmet     figureCount `json:"unmet"`

	UnmetByReason []figureRow `json:"unmet_by_reason"`
	UnmetByWhom   []figureRow `json:"unmet_by_whom"`

	BBNights       figureCount `json:"bb_nights"`
	BBFamilies     figureCount `json:"bb_families"`
	BBFamiliesOver figureCount `json:"bb_families_over"`

	// Services are no people: how many report is told as it is.
	Services  int `json:"services"`
	Reporting int `json:"services_reporting"`
}

// figureRow is one line of a breakdown.
type figureRow struct {
	Code  string      `json:"code"`
	Words string      `json:"words"`
	Count figureCount `json:"count"`
}

// publish is the only way from the counts of the record to anybody's eyes.
func publish(f exchange.Figures) *publicFigures {
	p := &publicFigures{
		From: f.From, To: f.To, ComputedAt: f.ComputedAt,
		Asked: newFigureCount(f.Asked), Placed24h: newFigureCount(f.Placed24h), Placed72h: newFigureCount(f.Placed72h), Placed28d: newFigureCount(f.Placed28d),
		StillOpen: newFigureCount(f.StillOpen), Unmet: newFigureCount(f.Unmet),
		UnmetByReason: figureRows(schema.UnmetReasons, f.UnmetByReason), UnmetByWhom: figureRows(schema.EndedByWords, f.UnmetByWhom),
		BBNights: newFigureCount(f.BBNights), BBFamilies: newFigureCount(f.BBFamilies), BBFamiliesOver: newFigureCount(f.BBFamiliesOver),
		Services: f.Services, Reporting: f.Reporting,
	}
	suppress(p.sums())
	return p
}

// figureRows lists a code list in its order, the zeros too, and then codes that have left the list since.
func figureRows(list schema.Codes, counts map[string]int) []figureRow {
	rows := make([]figureRow, 0, len(list))
	for _, code := range list {
		rows = append(rows, figureRow{code.Code, code.Words, newFigureCount(counts[code.Code])})
	}
	other := 0
	for code, n := range counts {
		if !list.Has(code) {
			other += n
		}
	}
	if other > 0 {
		rows = append(rows, figureRow{"no_longer_used", "A reason no longer in use", newFigureCount(other)})
	}
	return rows
}

// sums are what a reader could add up: who asked is placed, unmet or still open; unmet is by whom it ended, and each of those its reasons.
func (p *publicFigures) sums() []figureSum {
	sums := []figureSum{
		{&p.Asked, []*figureCount{&p.Placed28d, &p.Unmet, &p.StillOpen}},
		{&p.Unmet, figureCounts(p.UnmetByWhom)},
	}
	var byWhom []figureSum
	for i := range p.UnmetByWhom {
		whom := &p.UnmetByWhom[i]
		sum := figureSum{total: &whom.Count}
		added := 0
		for j := range p.UnmetByReason {
			reason := &p.UnmetByReason[j]
			if row, ok := schema.UnmetReasons.Find(reason.Code); ok && string(row.By) == whom.Code {
				sum.parts = append(sum.parts, &reason.Count)
				added += reason.Count.n
			}
		}
		if added != whom.Count.n {
			// An older list gave a reason to somebody else: then reasons add up to all that is unmet, and to nothing finer.
			return append(sums, figureSum{&p.Unmet, figureCounts(p.UnmetByReason)})
		}
		if len(sum.parts) > 0 {
			byWhom = append(byWhom, sum)
		}
	}
	return append(sums, byWhom...)
}

func figureCounts(rows []figureRow) []*figureCount {
	all := make([]*figureCount, len(rows))
	for i := range rows {
		all[i] = &rows[i].Count
	}
	return all
}
