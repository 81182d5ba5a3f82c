package simulate

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// bars is a chart of shares: a row for each thing compared, a bar for each series in it. Every number is written beside its bar, so that nothing is
// told by colour alone, and the whole is said in words for who cannot see it.
type bars struct {
	title, words string
	series       []string
	rows         []barRow
}

type barRow struct {
	words  string
	values []Interval
}

const (
	barHeight  = 14
	labelWidth = 230
	plotWidth  = 520
	noteWidth  = 170
	topHeight  = 64
)

// fills are told apart by lightness too, and each stands out from white by 3 to 1 or more.
var fills = [...]string{"#1f3b57", "#5b7f2b", "#b3541e", "#7d4a8d", "#3f7f8c", "#9a3b4f", "#6b6b6b"}

func (b bars) write(out io.Writer) error {
	perRow := barHeight*len(b.series) + 14
	width, height := labelWidth+plotWidth+noteWidth, topHeight+perRow*len(b.rows)+20*((len(b.series)+1)/2)+20
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="12" fill="#111">`+"\n", width, height, width, height)
	fmt.Fprintf(&s, "<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n", html.EscapeString(b.title), html.EscapeString(b.spoken()))
	fmt.Fprintf(&s, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n<text x=\"8\" y=\"24\" font-size=\"16\" font-weight=\"bold\">%s</text>\n<text x=\"8\" y=\"44\">%s</text>\n",
		width, height, html.EscapeString(b.title), html.EscapeString(b.words))
	y := topHeight
	for _, row := range b.rows {
		fmt.Fprintf(&s, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", labelWidth-8, y+barHeight*len(row.values)/2+3, html.EscapeString(row.words))
		for i, v := range row.values {
			b.bar(&s, y+i*barHeight, i, v)
		}
		y += perRow
	}
	for i, name := range b.series {
		x, at := 8+(i%2)*(width/2), y+14+20*(i/2)
		fmt.Fprintf(&s, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n", x, at-10, fills[i%len(fills)], x+18, at, html.EscapeString(name))
	}
	s.WriteString("</svg>\n")
	_, err := io.WriteString(out, s.String())
	return err
}

func (b bars) bar(s *strings.Builder, y, i int, v Interval) {
	at := func(share float64) float64 { return labelWidth + plotWidth*min(max(share, 0), 1) }
	fmt.Fprintf(s, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>", labelWidth, y, at(v.Mean)-labelWidth, barHeight-3, fills[i%len(fills)])
	if v.Low != v.High {
		middle := y + (barHeight-3)/2
		fmt.Fprintf(s, "<path d=\"M%.1f %dH%.1f\" stroke=\"#111\" stroke-width=\"1.5\"/>", at(v.Low), middle, at(v.High))
	}
	fmt.Fprintf(s, "<text x=\"%.1f\" y=\"%d\" font-size=\"11\">%s</text>\n", at(max(v.Mean, v.High))+6, y+barHeight-4, percent(v))
}

// spoken is the chart in words.
func (b bars) spoken() string {
	var out []string
	for _, row := range b.rows {
		var values []string
		for i, v := range row.values {
			values = append(values, fmt.Sprintf("%s %.1f%%", b.series[i], 100*v.Mean))
		}
		out = append(out, row.words+": "+strings.Join(values, ", ")+".")
	}
	return strings.Join(out, " ")
}

// Chart is one picture of a comparison.
type Chart struct {
	File  string
	Write func(io.Writer) error
}

// Charts of the comparison: what each policy places, and whom.
func (c *Comparison) Charts() []Chart {
	over := fmt.Sprintf("%d days, %d seeds; a line shows where the mean would lie 19 times in 20", c.Days, len(c.Seeds))
	all := bars{title: "Households placed, of all who asked", words: over, series: []string{"Placed"}}
	need := bars{title: "Placed, by need", words: over + "; a group's ceiling is what could be placed of it were nobody else to come"}
	for _, p := range c.Policies {
		all.rows = append(all.rows, barRow{p.Words, []Interval{p.Placed}})
		need.series = append(need.series, p.Words)
	}
	all.rows = append(all.rows, barRow{"Ceiling (a bound with hindsight)", []Interval{c.Ceiling[0].Share}})
	need.series = append(need.series, "Ceiling (a bound with hindsight)")
	for g, group := range c.Ceiling {
		row := barRow{words: group.Words}
		for _, p := range c.Policies {
			row.values = append(row.values, p.Groups[g].Share)
		}
		row.values = append(row.values, group.Share)
		need.rows = append(need.rows, row)
	}
	return []Chart{{"placed.svg", all.write}, {"placed-by-need.svg", need.write}}
}
