package web

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"haven/schema"
	"haven/schema/gazetteer"
)

// need makes the facts of the form. What is wrong is added to the form's problems, each with its field, all at once.
func (f *needForm) need(places *gazetteer.Gazetteer, now time.Time) schema.Need {
	n := schema.Need{
		Wheelchair: f.fact("wheelchair"), LimitedMobility: f.fact("limited_mobility"), Recourse: f.fact("recourse"), ShareNeeds: f.fact("share_needs"),
		Tonight: schema.Tonight{Sleeps: schema.SleepsCode(f.Sleeps), AbuserPresent: f.fact("abuser_present"), LeavingNow: f.fact("leaving_now")},
	}
	n.Household = f.household(now)
	for i, row := range f.Avoid {
		if a, ok := f.avoid(i, row, places); ok {
			n.Avoid = append(n.Avoid, a)
		}
	}
	if f.NowIn != "" {
		if area, ok := f.area("now_in", f.NowIn, places); ok {
			n.NowIn = &area
			f.NowIn = area.Code
		}
	}
	switch f.fact("self_contained") {
	case schema.Yes:
		n.Wishes = append(n.Wishes, schema.Wish{Code: schema.WishSelfContained, Tier: schema.Nice})
	case schema.No:
		n.Wishes = append(n.Wishes, schema.Wish{Code: schema.WishShared, Tier: schema.Nice})
	}
	regions := schema.Wish{Code: schema.WishRegions, Tier: schema.Nice}
	for _, name := range splitAreas(f.Regions, places) {
		if area, ok := f.area("regions", name, places); ok {
			regions.Areas = append(regions.Areas, area)
		}
	}
	if len(regions.Areas) > 0 {
		n.Wishes = append(n.Wishes, regions)
	}
	for _, o := range f.Offers {
		n.Offers = append(n.Offers, schema.Offer(o))
	}
	n.Risk = f.risk()
	if err := n.Check(); err != nil {
		f.refused(err)
	}
	return n
}

// preview is what the list shows while somebody types: the first fact is enough. Where nobody was named yet, one adult who did not say how she
// describes herself is assumed, and labelled so.
func (f *needForm) preview(places *gazetteer.Gazetteer, now time.Time) (n schema.Need, assumed bool) {
	if assumed = len(f.Adults) == 0; assumed {
		f.Adults = []adultRow{{As: "not_said"}}
		defer func() { f.Adults = nil }()
	}
	return f.need(places, now), assumed
}

// somebody needs the place, where other facts were said and nobody was named: one adult who did not say how she describes herself, as the list
// before it assumed. What was matched for her can so be held for her.
func (f *needForm) somebody() {
	if len(f.Adults) == 0 && !f.empty() {
		f.Adults = []adultRow{{As: "not_said"}}
	}
}

// empty says whether nothing at all was said.
func (f needForm) empty() bool {
	for _, v := range f.Facts {
		if v != "" && v != notAsked {
			return false
		}
	}
	return len(f.Adults)+len(f.Children)+len(f.Avoid)+len(f.Offers) == 0 && f.NowIn == "" && tidy(f.Regions) == ""
}

func (f *needForm) household(now time.Time) schema.Household {
	h := schema.Household{Pregnant: f.fact("pregnant")}
	for i, row := range f.Adults {
		a := schema.Adult{As: schema.Described(row.As)}
		if row.As == "not_said" {
			a.As = schema.NotSaid
		}
		a.Age = f.number(fmt.Sprintf("adults-%d-age", i), row.Age, fmt.Sprintf("Adult %d: enter the age in years, or leave it empty", i+1))
		h.Adults = append(h.Adults, a)
	}
	for i, row := range f.Children {
		h.Children = append(h.Children, f.child(i, row, now))
	}
	return h
}

func (f *needForm) child(i int, row childRow, now time.Time) schema.Child {
	c := schema.Child{Sex: schema.Sex(row.Sex)}
	if row.Born != "" {
		born, ok := parseDay(row.Born)
		if !ok {
			f.problem(fmt.Sprintf("children-%d-born", i), fmt.Sprintf("Child %d: enter the date of birth like 27 3 2015, or leave it empty", i+1))
			born = ""
		}
		c.Born = born
	}
	switch {
	case row.Age != "":
		c.Age = f.number(fmt.Sprintf("children-%d-age", i), row.Age, fmt.Sprintf("Child %d: enter the age in completed years, 0 for a baby", i+1))
	case c.Born != "":
		c.Age, _ = c.AgeOn(now, now)
	default:
		f.problem(fmt.Sprintf("children-%d-age", i), fmt.Sprintf("Child %d: enter the age in completed years, 0 for a baby", i+1))
	}
	return c
}

func (f *needForm) avoid(i int, row avoidRow, places *gazetteer.Gazetteer) (schema.Avoid, bool) {
	area, ok := f.area(fmt.Sprintf("avoid-%d", i), row.Area, places)
	if !ok {
		return schema.Avoid{}, false
	}
	f.Avoid[i].Area = area.Code
	a := schema.Avoid{Area: area}
	if row.Margin == "" {
		return a, true
	}
	miles, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSuffix(row.Margin, " miles"), " mile"), 64)
	if err != nil || miles < 0 || miles > 200 || miles != miles {
		f.problem(fmt.Sprintf("avoid-%d-margin", i), "Enter the margin in miles, 0 to 200, or leave it empty for 10")
		return a, false
	}
	a.MarginMiles = &miles
	return a, true
}

// area finds a place by what was typed, or says what to type instead. The typed words come back on the page and go nowhere else.
func (f *needForm) area(field, text string, places *gazetteer.Gazetteer) (schema.Area, bool) {
	area, err := places.Find(text)
	var several *gazetteer.AmbiguousError
	switch {
	case errors.As(err, &several):
		var names []string
		for _, c := range several.Candidates {
			names = append(names, c.Code)
		}
		f.problem(field, "More than one area has that name. Enter one of: "+strings.Join(names, "; "))
	case err != nil:
		f.problem(field, err.Error())
	}
	return area, err == nil
}

func (f *needForm) risk() schema.Risk {
	r := schema.Risk{Level: schema.RiskLevel(f.Risk.Level)}
	if r.Level == schema.RiskNone {
		return schema.Risk{}
	}
	r.Source = f.Risk.Source
	if on, ok := parseDay(f.Risk.On); ok {
		r.On = on
	}
	return r
}

func (f needForm) fact(name string) schema.Fact {
	if f.Facts[name] == notAsked {
		return schema.Unknown
	}
	return schema.Fact(f.Facts[name])
}

func (f *needForm) number(field, text, words string) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 200 {
		f.problem(field, words)
		return 0
	}
	return n
}

// refused adds a refusal of the facts as a problem of the field it names.
func (f *needForm) refused(err error) {
	if r, ok := schema.AsRefusal(err); ok {
		f.problem(fieldID(r.Field), r.Words)
	}
}

func (f *needForm) problem(field, words string) {
	for _, p := range f.Problems {
		if p.Field == field {
			return
		}
	}
	f.Problems = append(f.Problems, Problem{field, words})
}

// fieldID is the id on the page of a field as refusals name it: "children[1].age" is children-1-age.
func fieldID(field string) string {
	switch field {
	case "adults":
		return "adults-0-as"
	case "avoid":
		return "avoid-more"
	}
	return strings.NewReplacer("[", "-", "].", "-", "]", "", ".", "-").Replace(field)
}
