package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"time"
)

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
	name := fmt.Sprintf("figures-%s-to-%s.csv", period.from.Format(time.DateOnly), londonDay(period.to, -1).Format(time.DateOnly))
	v.ResponseWriter.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	v.ResponseWriter.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err = v.ResponseWriter.Write(body)
	return err
}

func figuresCSV(page figurePage) ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	rows := [][]string{{"figure", "part", "number", "per cent", "period", "definition", "window", "what it does not see", "data to", "coverage"}}
	for _, i := range page.Indicators {
		rows = append(rows, []string{i.Title, "", i.Number.String(), i.Percent, page.Period, i.Definition, i.Window, i.Gaps, page.DataTo, page.Reporting})
	}
	for _, b := range page.Breakdowns {
		for _, row := range b.Rows {
			rows = append(rows, []string{b.Title, row.Words, row.Count.String(), "", page.Period, b.Subtitle, windowAsked, "", page.DataTo, page.Reporting})
		}
	}
	for _, row := range rows {
		for i := range row {
			row[i] = csvCell(row[i])
		}
		if err := out.Write(row); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return b.Bytes(), out.Error()
}

// csvCell keeps a spreadsheet from running what it opens: a cell that begins like a formula, after any blanks, is written as words.
func csvCell(s string) string {
	first := strings.TrimLeft(s, " \u00a0\ufeff\v\f\n")
	if s != "" && strings.ContainsAny(s[:1], "\t\r") || first != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(first)[0]) {
		return "'" + s
	}
	return s
}
