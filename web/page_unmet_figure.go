package web

import (
	"net/http"
	"strings"
	"time"

	"haven/allocator"
	"haven/exchange"
	"haven/schema"
)

// unmetFigurePage says what was missing: the spaces that would have met the unmet need, and what services could change for those who wait now.
type unmetFigurePage struct {
	Frame
	From, Until, Period string
	DataTo              string
	Headline            string // the kind that would have met most, in a sentence; empty where that may not be told
	Figures             *unmetFigures
	Nobody              bool // no request is counted
	Kinds, Together     []supplyView
	Openings            []openingView
	CSV                 string
}

// supplyView is a kind of space with how much of the whole it would have met.
type supplyView struct {
	figureRow
	Percent string
}

// Heading is the kind where it begins a line.
func (s supplyView) Heading() string { return strings.ToUpper(s.Words[:1]) + s.Words[1:] }

type openingView struct {
	openingFigure
	Sentence string
}

const (
	unmetDefinition = "Requests for somewhere to go tonight that ended with no safe place in the period, and those that wait now. Each is put, as it stood when it was said, to a new space of each kind in the areas where services are published today."
	unmetRead       = "A request counts for every kind that would have met it, so the rows do not add up. In the shortest list each row counts only whom the rows before it left, so those do."
	unmetGaps       = "Requests only for help to stay at home, or only for a settled home, are not counted. A household that asked twice counts twice. Households that did not reach anybody who uses Haven are not seen. What nobody asked is taken as no obstacle. Whether a new space would have been free on that day, and whether the household would have chosen it, is not known."

	openingDefinition = "Requests that wait now and that no free place fits. Each single change is put to the places that are free now, where nothing but what it changes is in the way."
	openingGaps       = "Where a service is, whom its own safety keeps away and what its house is built like are not in the list. What a change would cost a service is not known."
)

const (
	// mostUnmetNeeds are counted in one answer, and no more than mostPut pairs of a need and an area, so that it comes within seconds.
	mostUnmetNeeds = 2000
	mostPut        = 200_000
)

func showUnmetFigures(v *visit) error {
	period, wrong := v.figurePeriod()
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
		period = figurePeriod{londonDay(v.now, 1-usualPeriod), londonDay(v.now, 1)}
	}
	page, err := v.unmetFigurePage(period)
	if err != nil {
		return err
	}
	page.Frame = v.frame("Unmet need")
	page.Frame.Error, _ = schema.AsRefusal(wrong)
	return v.page(status, "unmet_figure", page)
}

// unmetFigures are counted at the time they are asked for.
func (v *visit) unmetFigures(period figurePeriod) (*unmetFigures, error) {
	areas := publishedAreas(v.web.exchange)
	most := min(mostUnmetNeeds, mostPut/max(len(areas), 1))
	needs, err := v.web.read.UnmetNeeds(v.Context(), v.actor(), period.from, period.to, most)
	if err != nil {
		return nil, err
	}
	openings, err := v.web.exchange.Openings(v.Context(), v.actor(), v.now)
	if err != nil {
		return nil, err
	}
	f := publishUnmet(allocator.WouldHaveMet(needs, areas), openings)
	f.From, f.To, f.ComputedAt = period.from, period.to, v.now.UTC()
	f.Cut = len(needs) == most || openings.Cut
	return f, nil
}

// publishedAreas are where services publish spaces today, each once.
func publishedAreas(x *exchange.Exchange) []schema.Area {
	var areas []schema.Area
	known := map[schema.Area]bool{}
	for p := range x.Index().Places() {
		if a := p.Service.Area; !known[a] {
			known[a] = true
			areas = append(areas, a)
		}
	}
	return areas
}

func (v *visit) unmetFigurePage(period figurePeriod) (unmetFigurePage, error) {
	f, err := v.unmetFigures(period)
	if err != nil {
		return unmetFigurePage{}, err
	}
	last := londonDay(period.to, -1)
	page := unmetFigurePage{
		From: period.from.Format(time.DateOnly), Until: last.Format(time.DateOnly),
		Period: period.from.Format("2 January 2006") + " to " + last.Format("2 January 2006"),
		DataTo: clock(v.now) + " on " + v.now.In(london).Format("2 January 2006"), Figures: f, Nobody: f.Requests.Shown() && f.Requests.n == 0,
	}
	page.CSV = "/figures/unmet.csv?from=" + page.From + "&to=" + page.Until
	for _, row := range f.Kinds {
		page.Kinds = append(page.Kinds, supplyView{row, row.Count.percentOf(f.Requests)})
	}
	for _, row := range f.Together {
		page.Together = append(page.Together, supplyView{row, row.Count.percentOf(f.Requests)})
	}
	for _, row := range f.Openings {
		page.Openings = append(page.Openings, openingView{row, openingSentence(row)})
	}
	if len(page.Kinds) > 0 && page.Kinds[0].Percent != "" {
		page.Headline = page.Kinds[0].Count.String() + " " + page.Kinds[0].Words + " would have met " + page.Kinds[0].Percent + " of it."
	}
	return page, nil
}

// openingSentence is "Boys to 16 at 4 services would open places for 11 households that wait".
func openingSentence(o openingFigure) string {
	households := o.Count.String() + " households that wait"
	if o.Count.state == countWithheld {
		households = "households that wait (how many is not shown)"
	}
	return o.Words + " at " + plural(o.Services, "service", "services") + " would open places for " + households
}

// What the page prints beside its numbers.
func (unmetFigurePage) Definition() string        { return unmetDefinition }
func (unmetFigurePage) Read() string              { return unmetRead }
func (unmetFigurePage) Gaps() string              { return unmetGaps }
func (unmetFigurePage) OpeningDefinition() string { return openingDefinition }
func (unmetFigurePage) OpeningGaps() string       { return openingGaps }
