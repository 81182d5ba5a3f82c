package web

import (
	"strconv"
	"strings"
	"time"

	"haven/schema"
	"haven/schema/gazetteer"
)

// need makes the facts of the form. What is wrong is added to the form's problems, each with its field, all at once.
func (f *needForm) need(places *gazetteer.Gazetteer, now time.Time) schema.Need {
	n := schema.Need{Household: f.household(now), Language: f.Language, Risk: f.risk()}
	n.Tonight.Sleeps = schema.SleepsCode(f.Sleeps)
	f.areas(&n, places)
	for _, a := range askedFacts() {
		a.set(&n, f.fact(a.name))
	}
	f.funding(&n.Funding)
	n.Wishes = f.wishes(places)
	for _, o := range f.Offers {
		n.Offers = append(n.Offers, schema.Offer(o))
	}
	said := n
	said.SaidAt = now // a date of birth is held against the age said beside it
	if err := said.Check(); err != nil {
		f.refused(err)
	}
	return n
}

// preview is what the list shows while somebody types: the first fact is enough. Where nobody was named yet, one adult who did not say how she
// describes herself is assumed, and labelled so.
func (f *needForm) preview(places *gazetteer.Gazetteer, now time.Time) (n schema.Need, assumed bool) {
	if assumed = len(f.Adults) == 0; assumed {
		f.Adults = []adultRow{{As: notSaid}}
		defer func() { f.Adults = nil }()
	}
	n = f.need(places, now)
	f.Kept.to(&n)
	return n, assumed
}

// somebody needs the place, where other facts were said and nobody was named: one adult who did not say how she describes herself, as the list
// before it assumed. What was matched for her can so be held for her.
func (f *needForm) somebody() {
	if len(f.Adults) == 0 && !f.empty() {
		f.Adults = []adultRow{{As: notSaid}}
	}
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

// wrong says whether anything is wrong in a part of the form, by how the ids of its fields begin.
func (f needForm) wrong(parts ...string) bool {
	for _, p := range f.Problems {
		for _, part := range parts {
			if strings.HasPrefix(p.Field, part) {
				return true
			}
		}
	}
	return false
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
	case "routes":
		return "routes-0-from"
	case "near":
		return "near-0-area"
	case "offers":
		return "offer-0"
	case "wishes":
		return "wish-" + string(schema.WishKinds()[0].Code)
	case "pregnant":
		return "household-pregnant"
	}
	return strings.NewReplacer("[", "-", "].", "-", "]", "", ".", "-").Replace(field)
}
