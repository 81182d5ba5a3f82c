package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"time"
)

// download sends a table of figures as a file named by its period.
func (v *visit) download(what string, period figurePeriod, body []byte) error {
	name := fmt.Sprintf("%s-%s-to-%s.csv", what, period.from.Format(time.DateOnly), londonDay(period.to, -1).Format(time.DateOnly))
	v.ResponseWriter.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	v.ResponseWriter.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := v.ResponseWriter.Write(body)
	return err
}

// csvOf writes rows so that no spreadsheet runs a cell.
func csvOf(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
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
