package simulate_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"haven/allocator/simulate"
	"haven/schema/gazetteer"
)

func study(t *testing.T, policies ...string) simulate.Study {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return simulate.Study{Policies: policies, Seeds: []uint64{1, 2}, Days: 2, Start: simulate.DefaultStart(), Params: simulate.Defaults(), Find: g.Find}
}

// TestReportSaysWhereEveryNumberComesFrom, in text, as CSV and as charts, the same every time.
func TestReportSaysWhereEveryNumberComesFrom(t *testing.T) {
	t.Parallel()
	write := func() (string, *simulate.Comparison) {
		r, err := study(t).Report()
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := r.Text(&out); err != nil {
			t.Fatal(err)
		}
		return out.String(), r.Comparison
	}
	text, c := write()
	if again, _ := write(); again != text {
		t.Error("two runs printed two reports")
	}
	for _, row := range simulate.ParamTable() {
		if row.Source == "" || !strings.Contains(text, row.Words) || !strings.Contains(text, row.Source) {
			t.Errorf("%s stands without its source: %q", row.Code, row.Source)
		}
	}
	for _, want := range append([]string{"2019-20", "2022-23", "Ceiling (a bound with hindsight)", "GOALS"}, words()...) {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	var table bytes.Buffer
	if err := c.CSV(&table); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&table).ReadAll()
	if want := 1 + 2*len(simulate.Policies())*len(simulate.NeedGroups()); err != nil || len(rows) != want {
		t.Errorf("%d rows, want %d, %v", len(rows), want, err)
	}
	for _, chart := range c.Charts() {
		checkChart(t, chart)
	}
}

func words() []string {
	var out []string
	for _, p := range simulate.Policies() {
		out = append(out, p.Words)
	}
	for _, g := range simulate.NeedGroups() {
		out = append(out, g.Words)
	}
	return out
}

// checkChart: well-formed, and said in words for who cannot see it.
func checkChart(t *testing.T, chart simulate.Chart) {
	t.Helper()
	var body bytes.Buffer
	if err := chart.Write(&body); err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	in, d := "", xml.NewDecoder(bytes.NewReader(body.Bytes()))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v", chart.File, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			in = e.Name.Local
		case xml.CharData:
			said[in] += string(e)
		}
	}
	if len(strings.TrimSpace(said["title"])) < 10 || !strings.Contains(said["desc"], "Haven's order") {
		t.Errorf("%s says %q and %q", chart.File, said["title"], said["desc"])
	}
}

func TestAPolicyThatIsNoneIsNamed(t *testing.T) {
	t.Parallel()
	_, err := study(t, "luck").Compare()
	if err == nil || !strings.Contains(err.Error(), "luck") || !strings.Contains(err.Error(), simulate.FirstCome) {
		t.Errorf("got %v, want what was asked and what there is", err)
	}
}

// TestParamTable: each code once, each value in a field of its own, and none that it may not be.
func TestParamTable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	defaults := simulate.Defaults()
	for _, row := range simulate.ParamTable() {
		if seen[row.Code] {
			t.Errorf("%s is there twice", row.Code)
		}
		seen[row.Code] = true
		p := defaults
		if err := row.Set(&p, row.Value*0.99); err != nil {
			t.Errorf("%s: %v", row.Code, err)
		}
		for _, other := range simulate.ParamTable() {
			if changed := other.Of(p) != other.Value; changed != (other.Code == row.Code) {
				t.Errorf("setting %s changed %s: %v", row.Code, other.Code, changed)
			}
		}
		for _, never := range []float64{-1, 1e9, math.NaN(), math.Inf(1)} {
			if err := row.Set(&p, never); err == nil || !strings.Contains(err.Error(), row.Code) {
				t.Errorf("%s may be %v: %v", row.Code, never, err)
			}
		}
	}
}

// TestFitComesCloser than where it starts, and the same way every time.
func TestFitComesCloser(t *testing.T) {
	t.Parallel()
	s := study(t)
	fit := simulate.Fit{Year: simulate.FitYear(), Seeds: []uint64{1}, Days: 1, Find: s.Find}
	found, err := fit.Search()
	if err != nil {
		t.Fatal(err)
	}
	again, err := fit.Search()
	if err != nil || again.Off != found.Off || again.Tries != found.Tries {
		t.Errorf("found %v in %d tries, then %v in %d: %v", found.Off, found.Tries, again.Off, again.Tries, err)
	}
	if len(found.Free) != 3 || len(found.Anchors) != 3 || found.Off > found.First {
		t.Errorf("found %+v", found)
	}
}
