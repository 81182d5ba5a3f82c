package web

import (
	"net/http"
	"time"

	"haven/schema"
)

// figurePage is the commissioner's one page.
type figurePage struct {
	Frame
	From, Until string // dates of the form; Until is the last day
	Period      string
	DataTo      string
	Reporting   string
	Indicators  []indicatorView
	Breakdowns  []breakdownView
	Empty       bool
	CSV         string
}

type indicatorView struct {
	indicator
	Number  figureCount
	Percent string
}

// figurePeriod is the days a page of figures is about, [from, to) in London. Dates are nobody's needs, so they may stand in an address.
type figurePeriod struct{ from, to time.Time }

// usualPeriod: four full weeks, tonight's included.
const usualPeriod = 28

// longestPeriod bounds what one page counts.
const longestPeriod = 5 * 366

func (v *visit) figurePeriod() (figurePeriod, error) {
	tomorrow := londonDay(v.now, 1)
	p := figurePeriod{londonDay(v.now, 1-usualPeriod), tomorrow}
	q := v.URL.Query()
	if said := q.Get("from"); said != "" {
		day, err := time.ParseInLocation(time.DateOnly, said, london)
		if err != nil {
			return p, schema.Invalid("from", "The first day must be a date, such as 2026-03-27")
		}
		p.from = day
	}
	if said := q.Get("to"); said != "" {
		day, err := time.ParseInLocation(time.DateOnly, said, london)
		if err != nil {
			return p, schema.Invalid("to", "The last day must be a date, such as 2026-03-27")
		}
		p.to = londonDay(day, 1)
	}
	switch {
	case !p.from.Before(p.to):
		return p, schema.Invalid("to", "The last day must not be before the first day")
	case p.to.After(tomorrow):
		return p, schema.Invalid("to", "The last day must not be after today")
	case p.from.Before(p.to.AddDate(0, 0, -longestPeriod)):
		return p, schema.Invalid("from", "The period must be 5 years at most. Choose a later first day")
	}
	return p, nil
}

// londonDay is the beginning of a day in London, some days on. Days are not 24 hours long when the clocks change.
func londonDay(t time.Time, days int) time.Time {
	y, m, d := t.In(london).Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, london)
}

// showFigures answers a period that cannot be with the usual one, and says what was wrong with it.
func showFigures(v *visit) error {
	period, wrong := v.figurePeriod()
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
		period = figurePeriod{londonDay(v.now, 1-usualPeriod), londonDay(v.now, 1)}
	}
	counted, err := v.web.read.Figures(v.Context(), v.actor(), period.from, period.to)
	if err != nil {
		return err
	}
	f := v.frame("Figures")
	f.Error, _ = schema.AsRefusal(wrong)
	return v.page(status, "figure", figurePageOf(f, period, publish(counted)))
}

func figurePageOf(f Frame, period figurePeriod, p *publicFigures) figurePage {
	last := londonDay(period.to, -1)
	page := figurePage{
		Frame: f, From: period.from.Format(time.DateOnly), Until: last.Format(time.DateOnly),
		Period:    period.from.Format("2 January 2006") + " to " + last.Format("2 January 2006"),
		DataTo:    clock(p.ComputedAt) + " on " + p.ComputedAt.In(london).Format("2 January 2006"),
		Reporting: reportingWords(p),
		Empty:     p.Asked.Shown() && p.Asked.n == 0,
		Breakdowns: []breakdownView{
			breakdownOf("reason", "Unmet need by reason", "Reason", "Households, by the main reason recorded", p.UnmetByReason),
			breakdownOf("whom", "Unmet need by whom it ended", "Ended by", "Households, by whose answer or circumstance ended the request", p.UnmetByWhom),
		},
	}
	page.CSV = "/figures.csv?from=" + page.From + "&to=" + page.Until
	for _, row := range indicators {
		view := indicatorView{indicator: row, Number: row.Count(p)}
		if row.Of != nil {
			view.Percent = view.Number.percentOf(row.Of(p))
		}
		page.Indicators = append(page.Indicators, view)
	}
	return page
}
