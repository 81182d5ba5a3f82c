package web

import (
	"net/url"

	"haven/schema"
)

// notAsked stands for a fact that was not asked: it can be chosen, and is different from no.
const notAsked = "not_asked"

// Sections of the facts that are lists of their own, beside schema's sections of a need.
const (
	sectionSupport schema.NeedSection = "support"
	sectionRunFor  schema.NeedSection = "run_for"
)

// askedFact is one thing asked with yes, no and not asked: a fact of schema.NeedFacts, a kind of support, or a group she may choose.
type askedFact struct {
	name, question string
	section        schema.NeedSection
	of             func(*schema.Need) schema.Fact
	set            func(*schema.Need, schema.Fact)
}

// askedFacts ranges over schema's tables, so that the next fact is asked without an edit here.
func askedFacts() []askedFact {
	var out []askedFact
	for _, row := range schema.NeedFacts() {
		out = append(out, askedFact{
			row.Code, row.Question, row.Section,
			func(n *schema.Need) schema.Fact { return *row.Of(n) },
			func(n *schema.Need, fact schema.Fact) { *row.Of(n) = fact },
		})
	}
	for _, list := range []struct {
		section schema.NeedSection
		codes   schema.Codes
		of      func(*schema.Need) *map[string]schema.Fact
	}{
		{sectionSupport, schema.SupportNeeds, func(n *schema.Need) *map[string]schema.Fact { return &n.Support }},
		{sectionRunFor, schema.Groups, func(n *schema.Need) *map[string]schema.Fact { return &n.RunFor }},
	} {
		for _, row := range list.codes {
			out = append(out, askedFact{
				string(list.section) + "." + row.Code, row.Words, list.section,
				func(n *schema.Need) schema.Fact { return (*list.of(n))[row.Code] },
				func(n *schema.Need, fact schema.Fact) {
					facts := list.of(n)
					if *facts == nil && fact != schema.Unknown {
						*facts = map[string]schema.Fact{}
					}
					if fact != schema.Unknown {
						(*facts)[row.Code] = fact
					}
				},
			})
		}
	}
	return out
}

// hints stand under the few questions that are misread without one.
var hints = map[string]string{
	"recourse":    "Whether public funds can pay housing costs. Never ask for proof.",
	"share_needs": "Without a yes, a service sees only how many people need a place.",
}

func (f *needForm) readFacts(posted url.Values) {
	f.Facts = map[string]string{}
	for _, a := range askedFacts() {
		f.Facts[a.name] = posted.Get(a.name)
	}
}

func (f needForm) fact(name string) schema.Fact {
	if f.Facts[name] == notAsked {
		return schema.Unknown
	}
	return schema.Fact(f.Facts[name])
}

func (f needForm) anyAnswered() bool {
	for _, v := range f.Facts {
		if v != "" && v != notAsked {
			return true
		}
	}
	return false
}

// factField is a question answered yes, no or not asked. Nothing is chosen until somebody chooses.
type factField struct {
	ID, Name, Legend, Hint, Error string
	Options                       []option
}

// Asked are the questions of one section, as the template names it.
func (f needForm) Asked(section string) []factField {
	var out []factField
	for _, a := range askedFacts() {
		if string(a.section) != section {
			continue
		}
		q := factField{ID: fieldID(a.name), Name: a.name, Legend: a.question, Hint: hints[a.name], Error: f.Problem(fieldID(a.name))}
		for _, o := range []option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}, {Value: notAsked, Label: "Not asked"}} {
			o.Chosen = f.Facts[a.name] == o.Value
			q.Options = append(q.Options, o)
		}
		out = append(out, q)
	}
	return out
}

// said says whether a section has something to see: an answer, or a mistake.
func (f needForm) said(sections ...schema.NeedSection) bool {
	for _, a := range askedFacts() {
		for _, s := range sections {
			if a.section == s && (f.Facts[a.name] != "" || f.Problem(fieldID(a.name)) != "") {
				return true
			}
		}
	}
	return false
}
