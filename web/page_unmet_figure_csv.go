package web

import "fmt"

// exportUnmetFigures gives the page's numbers, each with its definition, as they may be published.
func exportUnmetFigures(v *visit) error {
	period, err := v.figurePeriod()
	if err != nil {
		return err
	}
	page, err := v.unmetFigurePage(period)
	if err != nil {
		return err
	}
	body, err := unmetFiguresCSV(page)
	if err != nil {
		return err
	}
	return v.download("unmet-need", period, body)
}

func unmetFiguresCSV(page unmetFigurePage) ([]byte, error) {
	f := page.Figures
	rows := [][]string{
		{"figure", "part", "services", "number", "per cent", "period", "definition", "what it does not see", "data to"},
		{"Unmet need", "", "", f.Requests.String(), "", page.Period, unmetDefinition, unmetGaps, page.DataTo},
	}
	for _, k := range page.Kinds {
		rows = append(rows, []string{"Would have met", k.Words, "", k.Count.String(), k.Percent, page.Period, unmetDefinition, unmetGaps, page.DataTo})
	}
	for _, k := range page.Together {
		rows = append(rows, []string{"Shortest list", k.Words, "", k.Count.String(), k.Percent, page.Period, unmetDefinition, unmetGaps, page.DataTo})
	}
	rows = append(rows,
		[]string{"Shortest list", "none of these kinds", "", f.None.String(), f.None.percentOf(f.Requests), page.Period, unmetDefinition, unmetGaps, page.DataTo},
		[]string{"Waiting with no free place that fits", "", "", f.Waiting.String(), "", "now", openingDefinition, openingGaps, page.DataTo})
	for _, o := range page.Openings {
		rows = append(rows, []string{"Would open places", o.Words, fmt.Sprint(o.Services), o.Count.String(), "", "now", openingDefinition, openingGaps, page.DataTo})
	}
	return csvOf(rows)
}
