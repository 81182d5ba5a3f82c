package web

// exportFigures gives the page's numbers, each with its definition and window, as they may be published.
func exportFigures(v *visit) error {
	period, err := v.figurePeriod()
	if err != nil {
		return err
	}
	counted, err := v.web.read.Figures(v.Context(), v.actor(), period.from, period.to)
	if err != nil {
		return err
	}
	body, err := figuresCSV(figurePageOf(Frame{}, period, publish(counted)))
	if err != nil {
		return err
	}
	return v.download("figures", period, body)
}

func figuresCSV(page figurePage) ([]byte, error) {
	rows := [][]string{{"figure", "part", "number", "per cent", "period", "definition", "window", "what it does not see", "data to", "coverage"}}
	for _, i := range page.Indicators {
		rows = append(rows, []string{i.Title, "", i.Number.String(), i.Percent, page.Period, i.Definition, i.Window, i.Gaps, page.DataTo, page.Reporting})
	}
	for _, b := range page.Breakdowns {
		for _, row := range b.Rows {
			rows = append(rows, []string{b.Title, row.Words, row.Count.String(), "", page.Period, b.Subtitle, windowAsked, "", page.DataTo, page.Reporting})
		}
	}
	return csvOf(rows)
}
