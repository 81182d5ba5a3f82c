package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"haven/schema"
	"haven/schema/gazetteer"
)

// needForm is the facts of one household as somebody typed them: whatever is wrong with them, all of it comes back on the page.
type needForm struct {
	Say      string
	Adults   []adultRow
	Children []childRow
	NowIn    string
	Avoid    []avoidRow
	// Facts that are asked with yes, no and not asked, by field name.
	Facts    map[string]string
	Offers   []string
	Regions  string
	Sleeps   string
	Risk     riskRow
	Problems []Problem
	// Unused are the words of the capture line that nothing was made of.
	Unused []string
}

type adultRow struct{ As, Age string }

type childRow struct{ Age, Sex, Born string }

type avoidRow struct{ Area, Margin string }

type riskRow struct{ Level, Source, On string }

// Problem is one thing wrong on a form: the id of the field and the words beside it.
type Problem struct{ Field, Words string }

// Problem of a field, for the words beside it.
func (f needForm) Problem(field string) string {
	for _, p := range f.Problems {
		if p.Field == field {
			return p.Words
		}
	}
	return ""
}

// notAsked stands for a fact that was not asked: it can be chosen, and is different from no.
const notAsked = "not_asked"

// factFields are asked with yes, no and not asked. The names are the form's.
var factFields = []string{"pregnant", "wheelchair", "limited_mobility", "recourse", "self_contained", "abuser_present", "leaving_now", "share_needs"}

// readForm takes a posted form, adds what the capture line says, and leaves out rows nobody filled in.
func readForm(posted url.Values, places *gazetteer.Gazetteer) needForm {
	f := needForm{Facts: map[string]string{}, NowIn: tidy(posted.Get("now_in")), Regions: posted.Get("regions"), Sleeps: posted.Get("sleeps"), Offers: posted["offer"]}
	f.Risk = riskRow{posted.Get("risk_level"), posted.Get("risk_source"), tidy(posted.Get("risk_on"))}
	for i, as := range posted["adult_as"] {
		if row := (adultRow{as, at(posted["adult_age"], i)}); row != (adultRow{}) {
			f.Adults = append(f.Adults, row)
		}
	}
	for i, age := range posted["child_age"] {
		if row := (childRow{tidy(age), at(posted["child_sex"], i), at(posted["child_born"], i)}); row != (childRow{}) {
			f.Children = append(f.Children, row)
		}
	}
	for i, area := range posted["avoid"] {
		if area = tidy(area); area != "" {
			f.Avoid = append(f.Avoid, avoidRow{area, at(posted["avoid_margin"], i)})
		}
	}
	for _, area := range splitAreas(posted.Get("avoid_more"), places) {
		f.Avoid = append(f.Avoid, avoidRow{Area: area})
	}
	for _, name := range factFields {
		f.Facts[name] = posted.Get(name)
	}
	f.hear(parseCapture(posted.Get("say"), places))
	return f
}

// hear adds what the capture line says to the fields. The line itself ends here.
func (f *needForm) hear(h heard) {
	for _, a := range h.Adults {
		row := adultRow{As: describedValue(a.As)}
		if a.Age > 0 {
			row.Age = strconv.Itoa(a.Age)
		}
		f.Adults = append(f.Adults, row)
	}
	for _, c := range h.Children {
		f.Children = append(f.Children, childRow{Age: strconv.Itoa(c.Age), Sex: string(c.Sex)})
	}
	for _, a := range h.Avoid {
		if !slices.ContainsFunc(f.Avoid, func(r avoidRow) bool { return r.Area == a.Code }) {
			f.Avoid = append(f.Avoid, avoidRow{Area: a.Code})
		}
	}
	if h.NowIn != nil {
		f.NowIn = h.NowIn.Code
	}
	for name, fact := range map[string]schema.Fact{"pregnant": h.Pregnant, "wheelchair": h.Wheelchair, "limited_mobility": h.Limited, "recourse": h.Recourse, "self_contained": h.Contained} {
		if fact != schema.Unknown {
			f.Facts[name] = string(fact)
		}
	}
	f.Unused = h.Unused
}

// formOf shows a need as it was recorded.
func formOf(n schema.Need) needForm {
	f := needForm{Facts: map[string]string{}, Sleeps: string(n.Tonight.Sleeps), Risk: riskRow{string(n.Risk.Level), n.Risk.Source, n.Risk.On}}
	for _, a := range n.Household.Adults {
		row := adultRow{As: describedValue(a.As)}
		if a.Age > 0 {
			row.Age = strconv.Itoa(a.Age)
		}
		f.Adults = append(f.Adults, row)
	}
	for _, c := range n.Household.Children {
		f.Children = append(f.Children, childRow{strconv.Itoa(c.Age), string(c.Sex), c.Born})
	}
	for _, a := range n.Avoid {
		row := avoidRow{Area: a.Area.Code}
		if a.MarginMiles != nil {
			row.Margin = strconv.FormatFloat(*a.MarginMiles, 'f', -1, 64)
		}
		f.Avoid = append(f.Avoid, row)
	}
	if n.NowIn != nil {
		f.NowIn = n.NowIn.Code
	}
	for _, o := range n.Offers {
		f.Offers = append(f.Offers, string(o))
	}
	var regions []string
	contained := schema.Unknown
	for _, w := range n.Wishes {
		switch w.Code {
		case schema.WishSelfContained:
			contained = schema.Yes
		case schema.WishShared:
			contained = schema.No
		case schema.WishRegions:
			for _, r := range w.Areas {
				regions = append(regions, r.Code)
			}
		}
	}
	f.Regions = strings.Join(regions, "\n")
	for name, fact := range map[string]schema.Fact{
		"pregnant": n.Household.Pregnant, "wheelchair": n.Wheelchair, "limited_mobility": n.LimitedMobility, "recourse": n.Recourse,
		"self_contained": contained, "abuser_present": n.Tonight.AbuserPresent, "leaving_now": n.Tonight.LeavingNow, "share_needs": n.ShareNeeds,
	} {
		f.Facts[name] = string(fact)
	}
	return f
}

// describedValue is how a form names a description: an adult who did not say is somebody, an empty row is nobody.
func describedValue(d schema.Described) string {
	if d == schema.NotSaid {
		return "not_said"
	}
	return string(d)
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

// parseDay reads 27 3 2026, 27/3/2026 or 2026-03-27, and gives the last form.
func parseDay(text string) (string, bool) {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '/' || r == '.' || r == '-' }), " ")
	for _, layout := range []string{"2 1 2006", "2006 1 2", "2 January 2006", "2 Jan 2006"} {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format(time.DateOnly), true
		}
	}
	return "", false
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

func at(values []string, i int) string {
	if i < len(values) {
		return tidy(values[i])
	}
	return ""
}
