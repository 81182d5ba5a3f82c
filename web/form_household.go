package web

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"haven/schema"
)

type adultRow struct{ As, Age, Is string }

type childRow struct{ Age, Sex, Born string }

// birthRow is asked where somebody is pregnant.
type birthRow struct{ Expecting, Due string }

// notSaid is how a form names an adult who did not describe herself: she is somebody, an empty row is nobody.
const notSaid = "not_said"

func describedValue(d schema.Described) string {
	if d == schema.NotSaid {
		return notSaid
	}
	return string(d)
}

func (f *needForm) readHousehold(posted url.Values) {
	for i := range rowsOf(posted, "adult_as", "adult_age", "adult_is") {
		if row := (adultRow{at(posted["adult_as"], i), at(posted["adult_age"], i), at(posted["adult_is"], i)}); row != (adultRow{}) {
			f.Adults = append(f.Adults, row)
		}
	}
	f.Birth = birthRow{tidy(posted.Get("expecting")), tidy(posted.Get("due"))}
	for i := range rowsOf(posted, "child_age", "child_sex", "child_born") {
		if row := (childRow{at(posted["child_age"], i), at(posted["child_sex"], i), at(posted["child_born"], i)}); row != (childRow{}) {
			f.Children = append(f.Children, row)
		}
	}
}

// Pregnant says whether the form asks about the birth: once that was said, or while something of it stands there to be put right.
func (f needForm) Pregnant() bool {
	return f.Facts["household.pregnant"] == string(schema.Yes) || f.Birth != (birthRow{})
}

func adultRows(adults []schema.Adult) []adultRow {
	var out []adultRow
	for _, a := range adults {
		out = append(out, adultRow{describedValue(a.As), wholeText(a.Age), a.Is})
	}
	return out
}

func childRows(children []schema.Child) []childRow {
	var out []childRow
	for _, c := range children {
		out = append(out, childRow{strconv.Itoa(c.Age), string(c.Sex), c.Born})
	}
	return out
}

func (f *needForm) household(now time.Time) schema.Household {
	var h schema.Household
	for i, row := range f.Adults {
		a := schema.Adult{As: schema.Described(row.As), Is: row.Is}
		if row.As == notSaid {
			a.As = schema.NotSaid
		}
		if i == 0 {
			a.Is = "" // who was adult 2 and is the first now belongs to nobody
		}
		a.Age = f.number(id("adults", i, "age"), row.Age, fmt.Sprintf("Adult %d: enter the age in years, or leave it empty", i+1))
		h.Adults = append(h.Adults, a)
	}
	for i, row := range f.Children {
		h.Children = append(h.Children, f.child(i, row, now))
	}
	h.Expecting = f.number("expecting", f.Birth.Expecting, "Enter how many babies are expected, or leave it empty")
	if f.Birth.Due != "" {
		due, ok := parseDay(f.Birth.Due)
		if !ok {
			f.problem("due", "Enter the day the baby is due like 27 3 2027, or leave it empty")
		}
		h.Due = due
	}
	return h
}

func (f *needForm) child(i int, row childRow, now time.Time) schema.Child {
	c := schema.Child{Sex: schema.Sex(row.Sex)}
	if row.Born != "" {
		born, ok := parseDay(row.Born)
		if !ok {
			f.problem(id("children", i, "born"), fmt.Sprintf("Child %d: enter the date of birth like 27 3 2015, or leave it empty", i+1))
			born = ""
		}
		c.Born = born
	}
	switch {
	case row.Age != "":
		c.Age = f.number(id("children", i, "age"), row.Age, fmt.Sprintf("Child %d: enter the age in completed years, 0 for a baby", i+1))
	case c.Born != "":
		c.Age, _ = c.AgeOn(now, now)
	default:
		f.problem(id("children", i, "age"), fmt.Sprintf("Child %d: enter the age in completed years, 0 for a baby", i+1))
	}
	return c
}

// adultField and childField are rows of the form: what was filled in, and spare ones.
type adultField struct {
	Row                        int
	Age                        string
	As, Is                     []option
	AsError, AgeError, IsError string
}

// AdultFields always has one spare row. The first adult belongs to nobody else.
func (f needForm) AdultFields() []adultField {
	var out []adultField
	for i, row := range append(append([]adultRow(nil), f.Adults...), adultRow{}) {
		a := adultField{Row: i, Age: row.Age, AsError: f.Problem(id("adults", i, "as")), AgeError: f.Problem(id("adults", i, "age")), IsError: f.Problem(id("adults", i, "is"))}
		for _, d := range schema.Descriptions() {
			v := describedValue(d.Code)
			a.As = append(a.As, option{Value: v, Label: d.Label, Chosen: row.As == v})
		}
		if i > 0 {
			a.Is = codeOptions(schema.Relations, row.Is)
		}
		out = append(out, a)
	}
	return out
}

type childField struct {
	Row                           int
	Age, Born                     string
	Sex                           []option
	AgeError, SexError, BornError string
}

// ChildFields always has two spare rows.
func (f needForm) ChildFields() []childField {
	var out []childField
	for i, row := range append(append([]childRow(nil), f.Children...), childRow{}, childRow{}) {
		c := childField{Row: i, Age: row.Age, Born: row.Born, AgeError: f.Problem(id("children", i, "age")), SexError: f.Problem(id("children", i, "sex")), BornError: f.Problem(id("children", i, "born"))}
		for _, s := range []option{{Value: "girl", Label: "Girl"}, {Value: "boy", Label: "Boy"}} {
			s.Chosen = row.Sex == s.Value
			c.Sex = append(c.Sex, s)
		}
		out = append(out, c)
	}
	return out
}

// wholeText of a number whose 0 stands for not said.
func wholeText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
