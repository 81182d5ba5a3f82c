package simulate

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"haven/schema"
)

// Report is all that a run of haven simulate prints, in any form.
type Report struct {
	Parameters []Param      `json:"parameters"`
	Years      []YearReport `json:"years,omitempty"`
	Comparison *Comparison  `json:"comparison,omitempty"`
}

// YearReport is how close a simulated year came.
type YearReport struct {
	Year    string     `json:"year"`
	Words   string     `json:"words"`
	Anchors []Compared `json:"anchors"`
	Note    string     `json:"note"`
}

// FitReport fits the free parameters on the one year and puts what was found, then the defaults, to the other.
func FitReport(seeds []uint64, days int, find func(string) (schema.Area, error)) (Report, error) {
	fit, test := FitYear(), TestYear()
	found, err := Fit{Year: fit, Seeds: seeds, Days: days, Find: find}.Search()
	if err != nil {
		return Report{}, err
	}
	p := Defaults()
	for _, row := range found.Free {
		*row.of(&p) = row.Value
	}
	tried, err := test.Reproduce(p, seeds, days, find)
	if err != nil {
		return Report{}, err
	}
	return Report{Parameters: found.Free, Years: []YearReport{
		{fit.Name, fmt.Sprintf("fitted in %d tries", found.Tries), found.Anchors, fit.Note},
		{test.Name, "not used for the fit", tried, test.Note},
	}}, nil
}

// Report compares the policies. Where all are asked for it says first how close the simulated years came to the published ones, on the same seeds.
func (s Study) Report() (Report, error) {
	r := Report{Parameters: ParamTable()}
	for i := range r.Parameters {
		if row := &r.Parameters[i]; row.Of(s.Params) != row.Value {
			row.Value, row.Source = row.Of(s.Params), "set for this run; otherwise "+plain(row.Value)+", "+row.Source
		}
	}
	for i, y := range []Year{FitYear(), TestYear()} {
		if len(s.Policies) > 0 {
			break
		}
		anchors, err := y.Reproduce(s.Params, s.Seeds, s.Days, s.Find)
		if err != nil {
			return r, err
		}
		r.Years = append(r.Years, YearReport{y.Name, []string{"the year of the fit", "not used for the fit"}[i], anchors, y.Note})
	}
	c, err := s.Compare()
	if err != nil {
		return r, err
	}
	r.Comparison = &c
	return r, nil
}

// Text writes the report as tables.
func (r Report) Text(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "PARAMETERS\tvalue\tsource\t")
	for _, p := range r.Parameters {
		fmt.Fprintf(t, "%s\t%s\t%s\t\n", p.Words, plain(p.Value), p.Source)
	}
	for _, y := range r.Years {
		fmt.Fprintf(t, "\t\t\t\n%s: %s\tsimulated\tpublished\twithin\tmet\tsource\t\n", y.Year, y.Words)
		for _, a := range y.Anchors {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t\n", a.Words, between(a.Got), plain(a.Published), plain(a.Within), yesNo(a.Met), a.Source)
		}
		fmt.Fprintf(t, "%s\n", y.Note)
	}
	if err := t.Flush(); err != nil || r.Comparison == nil {
		return err
	}
	return r.Comparison.text(out)
}

func (c *Comparison) text(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\nPOLICIES: %d days, %d seeds, %.0f spaces, %.0f households; in brackets where the mean would lie 19 times in 20\n", c.Days, len(c.Seeds), c.Spaces.Mean, c.Asked.Mean)
	fmt.Fprintln(t, "\tplaced\tof the ceiling\tmedian hours\tmean hours\tB&B nights\tunsuccessful referrals\t")
	for _, p := range c.Policies {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", p.Words, percent(p.Placed), percent(p.OfCeiling), whole(p.MedianHours), whole(p.MeanHours), whole(p.Nights), percent(p.Failed))
	}
	fmt.Fprintf(t, "Ceiling (a bound with hindsight)\t%s\t\t\t\t\t\t\n", percent(c.Ceiling[0].Share))
	fmt.Fprint(t, "\nPLACED BY NEED\tasked\t")
	for _, p := range c.Policies {
		fmt.Fprint(t, p.Words, "\t")
	}
	fmt.Fprintln(t, "ceiling, were nobody else to come\t")
	for g, group := range c.Ceiling {
		fmt.Fprintf(t, "%s\t%.0f\t", group.Words, group.Asked.Mean)
		for _, p := range c.Policies {
			fmt.Fprint(t, percent(p.Groups[g].Share), "\t")
		}
		fmt.Fprintf(t, "%s\t\n", percent(group.Share))
	}
	if len(c.Goals) > 0 {
		fmt.Fprintln(t, "\nGOALS of Haven's order with the plan\tmet\tfound\t")
		for _, g := range c.Goals {
			fmt.Fprintf(t, "%s\t%s\t%s\t\n", g.Words, yesNo(g.Met), g.Got)
		}
	}
	return t.Flush()
}

// CSV writes one row for each policy, seed and group.
func (c *Comparison) CSV(out io.Writer) error {
	w := csv.NewWriter(out)
	rows := [][]string{strings.Split("policy,seed,group,asked,placed,median_hours,mean_hours,bed_and_breakfast_nights,referrals,accepted,no_capacity,survivors_choice,not_for_the_service", ",")}
	for _, r := range c.Runs {
		for i, g := range r.Groups {
			row := []string{r.Policy, strconv.FormatUint(r.Seed, 10), g.Group, strconv.Itoa(g.Asked), strconv.Itoa(g.Placed)}
			of := []string{"", "", "", "", "", "", "", ""}
			if i == 0 { // counted of everybody only
				of = []string{plain(r.MedianHours), plain(r.MeanHours), strconv.Itoa(r.Nights), strconv.Itoa(r.Referrals), strconv.Itoa(r.Accepted), strconv.Itoa(r.NoCapacity), strconv.Itoa(r.HerChoice), strconv.Itoa(r.Inappropriate)}
			}
			rows = append(rows, append(row, of...))
		}
	}
	return w.WriteAll(rows)
}

// between writes an interval as a number and its ends.
func between(i Interval) string {
	if i.Low == i.High {
		return plain(i.Mean)
	}
	return fmt.Sprintf("%s (%s to %s)", plain(i.Mean), plain(i.Low), plain(i.High))
}

func whole(i Interval) string {
	if i.Low == i.High {
		return fmt.Sprintf("%.0f", i.Mean)
	}
	return fmt.Sprintf("%.0f (%.0f to %.0f)", i.Mean, i.Low, i.High)
}

func plain(x float64) string {
	s := strings.TrimRight(strconv.FormatFloat(x, 'f', 3, 64), "0")
	return strings.TrimSuffix(s, ".")
}

func yesNo(met bool) string {
	if met {
		return "yes"
	}
	return "no"
}
