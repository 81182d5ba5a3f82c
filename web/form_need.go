package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"haven/schema"
	"haven/schema/gazetteer"
)

// needForm is the facts of one household as somebody typed them: whatever is wrong with them, all of it comes back on the page. Each part of it
// is a file of its own that reads it, shows it as recorded, and makes facts of it.
type needForm struct {
	Say      string
	Adults   []adultRow
	Birth    birthRow
	Children []childRow
	NowIn    string
	Avoid    []avoidRow
	Routes   []routeRow
	Near     []nearRow
	Harm     string
	// Facts that are asked with yes, no and not asked, by the name of the field.
	Facts    map[string]string
	Language string
	Funding  fundingRow
	Offers   []string
	Wishes   []wishRow
	Sleeps   string
	Risk     riskRow
	Problems []Problem
	// Unused are the words of the capture line that nothing was made of.
	Unused []string
	// Kept is what the form does not ask, as it was recorded. It goes with the form for the list's sake, which reads no request; saving looks into
	// the record instead.
	Kept keptFacts
}

type keptFacts struct {
	Provisions []schema.ProvisionCode `json:"provisions,omitempty"`
	ArriveBy   time.Time              `json:"arrive_by,omitzero"`
	Declined   []schema.Declined      `json:"declined,omitempty"`
}

// to puts what is kept beside facts that were read from a form.
func (k keptFacts) to(n *schema.Need) {
	n.Provisions, n.ArriveBy, n.Declined = k.Provisions, k.ArriveBy, k.Declined
}

func keptOf(n schema.Need) keptFacts { return keptFacts{n.Provisions, n.ArriveBy, n.Declined} }

// String for the form, empty where there is nothing to keep.
func (k keptFacts) String() string {
	text, err := json.Marshal(k)
	if err != nil || string(text) == "{}" {
		return ""
	}
	return string(text)
}

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

// readForm takes a posted form, adds what the capture line says, and leaves out rows nobody filled in.
func readForm(posted url.Values, places *gazetteer.Gazetteer) needForm {
	f := needForm{NowIn: tidy(posted.Get("now_in")), Harm: tidy(posted.Get("harm")), Language: posted.Get("language"), Offers: posted["offer"], Sleeps: posted.Get("sleeps")}
	f.Risk = riskRow{posted.Get("risk_level"), posted.Get("risk_source"), tidy(posted.Get("risk_on"))}
	f.readHousehold(posted)
	f.readAreas(posted, places)
	f.readFacts(posted)
	f.Funding = readFunding(posted)
	f.Wishes = readWishes(posted)
	if json.Unmarshal([]byte(posted.Get("kept")), &f.Kept) != nil {
		f.Kept = keptFacts{}
	}
	f.hear(parseCapture(posted.Get("say"), places))
	return f
}

// formOf shows a need as it was recorded.
func formOf(n schema.Need) needForm {
	f := needForm{Facts: map[string]string{}, Kept: keptOf(n), Language: n.Language, Sleeps: string(n.Tonight.Sleeps), Risk: riskRow{string(n.Risk.Level), n.Risk.Source, n.Risk.On}}
	f.Adults, f.Children = adultRows(n.Household.Adults), childRows(n.Household.Children)
	f.Birth = birthRow{wholeText(n.Household.Expecting), n.Household.Due}
	if n.NowIn != nil {
		f.NowIn = n.NowIn.Code
	}
	f.Avoid, f.Routes, f.Near = avoidRows(n.Avoid), routeRows(n.Routes), nearRows(n.Near)
	f.Harm = wholeText(n.Harm.People)
	for _, a := range askedFacts() {
		f.Facts[a.name] = string(a.of(&n))
	}
	f.Funding = fundingOf(n.Funding)
	f.Wishes = wishRows(n.Wishes)
	for _, o := range n.Offers {
		f.Offers = append(f.Offers, string(o))
	}
	return f
}

// empty says whether nothing at all was said.
func (f needForm) empty() bool {
	rows := len(f.Adults) + len(f.Children) + len(f.Avoid) + len(f.Routes) + len(f.Near) + len(f.Offers) + len(f.Wishes)
	return rows == 0 && f.NowIn+f.Harm+f.Language+f.Sleeps == "" && f.Funding == (fundingRow{}) && f.Birth == (birthRow{}) && !f.anyAnswered()
}

// hear adds what the capture line says to the fields. The line itself ends here.
func (f *needForm) hear(h heard) {
	f.Adults = append(f.Adults, adultRows(h.Adults)...)
	f.Children = append(f.Children, childRows(h.Children)...)
	for _, a := range h.Avoid {
		if !slices.ContainsFunc(f.Avoid, func(r avoidRow) bool { return r.Area == a.Code }) {
			f.Avoid = append(f.Avoid, avoidRow{Area: a.Code})
		}
	}
	if h.NowIn != nil {
		f.NowIn = h.NowIn.Code
	}
	for name, fact := range h.Facts {
		f.Facts[name] = string(fact)
	}
	if h.Language != "" {
		f.Language = h.Language
	}
	for _, row := range wishRows(h.Wishes) {
		if !slices.ContainsFunc(f.Wishes, func(r wishRow) bool { return r.Code == row.Code && r.Which == row.Which }) {
			f.Wishes = append(f.Wishes, row)
		}
	}
	f.Unused = h.Unused
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

// at is a field of one row, where each field of the rows is posted as a list.
func at(values []string, i int) string {
	if i < len(values) {
		return tidy(values[i])
	}
	return ""
}

// rowsOf counts the rows that were posted, by their longest list.
func rowsOf(posted url.Values, names ...string) int {
	return slices.Max(each(names, func(name string) int { return len(posted[name]) }))
}
