package web

import (
	"strconv"

	"haven/schema"
)

// option is one choice of a select, a radio or a checkbox.
type option struct {
	Value, Label, Hint string
	Chosen             bool
}

// factField is a question answered yes, no or not asked. Nothing is chosen until somebody chooses.
type factField struct {
	Name, Legend, Hint, Error string
	Options                   []option
}

func (f needForm) ask(name, legend, hint string) factField {
	q := factField{Name: name, Legend: legend, Hint: hint, Error: f.Problem(name)}
	for _, o := range []option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}, {Value: notAsked, Label: "Not asked"}} {
		o.Chosen = f.Facts[name] == o.Value
		q.Options = append(q.Options, o)
	}
	return q
}

// Access, Money, Danger and Share are the questions of each part of the form.
func (f needForm) Access() []factField {
	return []factField{
		f.ask("wheelchair", "Somebody uses a wheelchair", ""),
		f.ask("limited_mobility", "Somebody cannot manage stairs", "Limited mobility without a wheelchair."),
	}
}

func (f needForm) Pregnant() factField { return f.ask("pregnant", "Pregnant", "") }

func (f needForm) Money() factField {
	return f.ask("recourse", "Recourse to public funds", "Whether public funds can pay housing costs. Never ask for proof.")
}

func (f needForm) Danger() []factField {
	return []factField{
		f.ask("abuser_present", "The person causing harm is there now", ""),
		f.ask("leaving_now", "She is leaving now", ""),
	}
}

func (f needForm) Wish() factField {
	return f.ask("self_contained", "A self-contained place is wished for", "Puts such places first. Rules none out.")
}

func (f needForm) Share() factField {
	return f.ask("share_needs", "She agrees that services see these needs", "Without a yes, a service sees only how many people need a place.")
}

// Wishing and Urgent say whether the parts of the form that are folded away have something in them to see.
func (f needForm) Wishing() bool {
	return len(f.Offers) > 0 || f.Regions != "" || f.answered("self_contained") || f.Problem("regions") != ""
}

func (f needForm) Urgent() bool {
	return f.Sleeps != "" || f.Risk != (riskRow{}) || f.answered("abuser_present") || f.answered("leaving_now") || f.answered("share_needs")
}

func (f needForm) answered(name string) bool { return f.Facts[name] != "" }

// numbered rows of the form: what was filled in, and spare ones.
type adultField struct {
	Row      int
	Age      string
	As       []option
	AsError  string
	AgeError string
}

// AdultFields always has one spare row.
func (f needForm) AdultFields() []adultField {
	var out []adultField
	for i, row := range append(append([]adultRow(nil), f.Adults...), adultRow{}) {
		a := adultField{Row: i, Age: row.Age, AsError: f.Problem(id("adults", i, "as")), AgeError: f.Problem(id("adults", i, "age"))}
		for _, d := range schema.Descriptions() {
			v := describedValue(d.Code)
			a.As = append(a.As, option{Value: v, Label: d.Label, Chosen: row.As == v})
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

type avoidField struct {
	Row                      int
	Area, Margin             string
	AreaError, MarginMistake string
}

// AvoidFields are the areas that were recorded; more are added in one box.
func (f needForm) AvoidFields() []avoidField {
	var out []avoidField
	for i, row := range f.Avoid {
		field := "avoid-" + strconv.Itoa(i)
		out = append(out, avoidField{i, row.Area, row.Margin, f.Problem(field), f.Problem(field + "-margin")})
	}
	return out
}

// OfferOptions is what is looked for; nothing chosen means somewhere to go tonight.
func (f needForm) OfferOptions() []option {
	out := []option{
		{Value: string(schema.OfferTonight), Label: "Somewhere to go tonight"},
		{Value: string(schema.OfferStayHome), Label: "To stay in her own home, made safe"},
		{Value: string(schema.OfferSettle), Label: "A settled home, or a step on from a refuge"},
	}
	for i := range out {
		for _, o := range f.Offers {
			out[i].Chosen = out[i].Chosen || o == out[i].Value
		}
	}
	return out
}

// SleepsOptions, LevelOptions and SourceOptions are code lists with the one chosen.
func (f needForm) SleepsOptions() []option { return codeOptions(schema.Sleeps, f.Sleeps) }

func (f needForm) SourceOptions() []option { return codeOptions(schema.RiskSources, f.Risk.Source) }

func (f needForm) LevelOptions() []option {
	return codeOptions(schema.Codes{{Code: "standard", Words: "Standard"}, {Code: "medium", Words: "Medium"}, {Code: "high", Words: "High"}}, f.Risk.Level)
}

func codeOptions(codes schema.Codes, chosen string) []option {
	var out []option
	for _, c := range codes {
		out = append(out, option{Value: c.Code, Label: c.Words, Chosen: c.Code == chosen})
	}
	return out
}

func id(part string, row int, field string) string {
	return part + "-" + strconv.Itoa(row) + "-" + field
}
