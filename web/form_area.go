package web

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haven/schema"
	"haven/schema/gazetteer"
)

// Areas stand on the form as people write them, and come back as the code that finds the same area again.
type avoidRow struct{ Area, Margin, Because, Person string }

type routeRow struct{ From, To, Margin string }

type nearRow struct{ Area, Within, Because string }

func (f *needForm) readAreas(posted url.Values, places *gazetteer.Gazetteer) {
	for i, area := range posted["avoid"] {
		if area = tidy(area); area != "" {
			f.Avoid = append(f.Avoid, avoidRow{area, at(posted["avoid_margin"], i), at(posted["avoid_because"], i), at(posted["avoid_person"], i)})
		}
	}
	for _, area := range splitAreas(posted.Get("avoid_more"), places) {
		f.Avoid = append(f.Avoid, avoidRow{Area: area})
	}
	for i := range rowsOf(posted, "route_from", "route_to", "route_margin") {
		if row := (routeRow{at(posted["route_from"], i), at(posted["route_to"], i), at(posted["route_margin"], i)}); row != (routeRow{}) {
			f.Routes = append(f.Routes, row)
		}
	}
	for i := range rowsOf(posted, "near_area", "near_within", "near_because") {
		if row := (nearRow{at(posted["near_area"], i), at(posted["near_within"], i), at(posted["near_because"], i)}); row != (nearRow{}) {
			f.Near = append(f.Near, row)
		}
	}
}

func avoidRows(avoid []schema.Avoid) []avoidRow {
	var out []avoidRow
	for _, a := range avoid {
		out = append(out, avoidRow{a.Area.Code, milesText(a.MarginMiles), a.Because, wholeText(a.Person)})
	}
	return out
}

func routeRows(routes []schema.Route) []routeRow {
	var out []routeRow
	for _, r := range routes {
		out = append(out, routeRow{r.From.Code, r.To.Code, milesText(r.MarginMiles)})
	}
	return out
}

func nearRows(near []schema.Near) []nearRow {
	var out []nearRow
	for _, a := range near {
		out = append(out, nearRow{a.Area.Code, milesText(&a.WithinMiles), a.Because})
	}
	return out
}

func milesText(miles *float64) string {
	if miles == nil {
		return ""
	}
	return strconv.FormatFloat(*miles, 'f', -1, 64)
}

// areas makes the facts of all that is about where.
func (f *needForm) areas(n *schema.Need, places *gazetteer.Gazetteer) {
	if f.NowIn != "" {
		if area, ok := f.area("now_in", &f.NowIn, places); ok {
			n.NowIn = &area
		}
	}
	for i := range f.Avoid {
		row, field := &f.Avoid[i], "avoid-"+strconv.Itoa(i)
		area, found := f.area(field, &row.Area, places)
		margin, right := f.margin(field+"-margin", row.Margin)
		person := f.number(field+"-person", row.Person, fmt.Sprintf("Enter the number of the person causing harm, 1 to %d, or leave it empty", schema.MostPeopleCausingHarm))
		if found && right {
			n.Avoid = append(n.Avoid, schema.Avoid{Area: area, MarginMiles: margin, Because: row.Because, Person: person})
		}
	}
	for i := range f.Routes {
		row, field := &f.Routes[i], "routes-"+strconv.Itoa(i)
		from, starts := f.area(field+"-from", &row.From, places)
		to, ends := f.area(field+"-to", &row.To, places)
		if margin, right := f.margin(field+"-margin", row.Margin); starts && ends && right {
			n.Routes = append(n.Routes, schema.Route{From: from, To: to, MarginMiles: margin})
		}
	}
	for i := range f.Near {
		f.near(n, i, places)
	}
	n.Harm.People = f.number("harm-people", f.Harm, fmt.Sprintf("Enter how many people cause harm, 1 to %d, or leave it empty", schema.MostPeopleCausingHarm))
}

func (f *needForm) near(n *schema.Need, i int, places *gazetteer.Gazetteer) {
	row, field := &f.Near[i], "near-"+strconv.Itoa(i)
	area, found := f.area(field+"-area", &row.Area, places)
	within, right := parseMiles(row.Within)
	if !right || within == nil {
		f.problem(field+"-within_miles", "Enter within how many miles a place must be, 1 to 500")
		return
	}
	if !schema.NearBecause.Has(row.Because) {
		f.problem(field+"-because", "Choose why a place must not be too far from there")
		return
	}
	if found {
		n.Near = append(n.Near, schema.Near{Area: area, WithinMiles: *within, Because: row.Because})
	}
}

func (f *needForm) margin(field, text string) (*float64, bool) {
	miles, ok := parseMiles(text)
	if !ok || miles != nil && (*miles < 0 || *miles > 200) {
		f.problem(field, "Enter the margin in miles, 0 to 200, or leave it empty for 10")
		return nil, false
	}
	return miles, true
}

// parseMiles reads "25", "2.5 miles"; empty is not said.
func parseMiles(text string) (*float64, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, " miles"), " mile")
	if text == "" {
		return nil, true
	}
	miles, err := strconv.ParseFloat(text, 64)
	return &miles, err == nil && miles == miles
}

// area finds a place by what was typed, or says what to type instead. The typed words come back on the page and go nowhere else.
func (f *needForm) area(field string, text *string, places *gazetteer.Gazetteer) (schema.Area, bool) {
	area, err := places.Find(*text)
	var several *gazetteer.AmbiguousError
	switch {
	case errors.As(err, &several):
		names := each(several.Candidates, func(a schema.Area) string { return a.Code })
		f.problem(field, "More than one area has that name. Enter one of: "+strings.Join(names, "; "))
	case err != nil:
		f.problem(field, err.Error())
	default:
		*text = area.Code
	}
	return area, err == nil
}

// splitAreas reads one area a line, or several between commas where the whole line is not the name of one ("Newport, Shropshire").
func splitAreas(text string, places *gazetteer.Gazetteer) []string {
	var out []string
	for line := range strings.Lines(text) {
		line = tidy(line)
		if _, err := places.Find(line); err == nil || !strings.Contains(line, ",") {
			out = append(out, line)
			continue
		}
		parts := strings.Split(line, ",")
		for len(parts) > 0 {
			n := min(2, len(parts))
			if _, err := places.Find(strings.Join(parts[:n], ",")); err != nil || n == 1 {
				n = 1
			}
			out = append(out, tidy(strings.Join(parts[:n], ",")))
			parts = parts[n:]
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
