package web

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

func TestFiguresEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.signedIn(schema.RoleCommissioner).get("/figures").is(t, http.StatusOK).
		has(t, "No household asked in this period yet.", "Households that asked", "0 of 0 services reporting", "Placed within 28 days", "Families over 6 weeks")
}

// Counted by hand: 9 asked, 8 of them unmet with no space free, 1 with a place that was not right. The 1 is not told, nor the 8 beside it.
func TestFiguresHideSmallNumbers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	for range 8 {
		w.unmet(aNeed)
	}
	r := w.request(aNeed)
	_, err := w.exchange.RecordUnmet(t.Context(), w.actor(schema.RoleHelpline), exchange.Unmet{Request: r.ID, Reasons: []string{"place_not_right"}})
	must(t, err)
	b := w.signedIn(schema.RoleCommissioner)
	page := b.get("/figures").is(t, http.StatusOK).has(t, "1 of 1 service reporting.", "fewer than 5", "not shown", "<svg", "Window: Households that first asked in the period.", "SI 2003/3326")
	page.hasNot(t, "Juniper", "claim", r.Reference)
	export := b.get("/figures.csv").is(t, http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(export.body)).ReadAll()
	must(t, err)
	got := map[string]string{}
	for _, row := range rows[1:] {
		got[row[0]+"/"+row[1]] = row[2]
	}
	for figure, want := range map[string]string{
		"Households that asked/": "9", "Unmet need/": "9", "Placed within 28 days/": "0",
		"Unmet need by reason/No space free": "not shown", "Unmet need by reason/The places offered were not right for her": "fewer than 5",
		"Unmet need by whom it ended/The service": "not shown", "Unmet need by whom it ended/The survivor's choice": "fewer than 5",
	} {
		if got[figure] != want {
			t.Errorf("%s = %q, want %q", figure, got[figure], want)
		}
	}
}

func TestFiguresPeriod(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.signedIn(schema.RoleCommissioner)
	b.get("/figures?from=2026-03-01&to=2026-03-31").is(t, http.StatusOK).has(t, "1 March 2026 to 31 March 2026", `href="/figures.csv?from=2026-03-01&amp;to=2026-03-31"`)
	for _, query := range []string{"from=yesterday", "to=2026-02-30", "from=2026-03-02&to=2026-03-01", "to=2999-01-01", "from=1066-10-14&to=2026-01-01"} {
		b.get("/figures?"+query).is(t, http.StatusUnprocessableEntity).has(t, "There is a problem", "Households that asked")
		b.get("/figures.csv?"+query).is(t, http.StatusUnprocessableEntity)
	}
	v := &visit{Request: mustRequest(t, "/figures"), now: time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC)}
	p, err := v.figurePeriod()
	must(t, err)
	if p.to.Sub(p.from) != 28*24*time.Hour-time.Hour {
		t.Errorf("the usual period is %s over the clock change, want 28 days less 1 hour", p.to.Sub(p.from))
	}
}

func mustRequest(t *testing.T, path string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	must(t, err)
	return r
}

func TestFiguresAreForCommissioners(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, role := range []schema.Role{schema.RoleHelpline, schema.RoleManager, schema.RoleHousing} {
		b := w.signedIn(role)
		b.get("/figures").is(t, http.StatusForbidden)
		b.get("/figures.csv").is(t, http.StatusForbidden)
	}
}

// What a spreadsheet would run is written as words, after blanks too.
func TestCSVCell(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+44": "'+44", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", " =1": "' =1", "\n=1": "'\n=1", "＝1": "'＝1", "\ufeff=1": "'\ufeff=1",
		"": "", "12": "12", "fewer than 5": "fewer than 5", "a=b": "a=b", " ": " ",
	} {
		if got := csvCell(in); got != want {
			t.Errorf("csvCell(%q) = %q, want %q", in, got, want)
		}
	}
}

// Every cell of an export goes through it, whatever a service or a code list says.
func TestExportNeutralisesEveryCell(t *testing.T) {
	t.Parallel()
	page := figurePage{Period: "=period", DataTo: "+data", Reporting: "@here"}
	page.Indicators = []indicatorView{{indicator: indicator{Title: "=title", Definition: "-def", Window: "@w", Gaps: "+g"}, Number: newFigureCount(7)}}
	page.Breakdowns = []breakdownView{{Title: "=b", Subtitle: "=s", Rows: []barView{{figureRow: figureRow{Words: "=cmd", Count: newFigureCount(9)}}}}}
	raw, err := figuresCSV(page)
	must(t, err)
	rows, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
	must(t, err)
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("a cell begins like a formula: %q", cell)
			}
		}
	}
}
