package web

import (
	"slices"
	"strings"

	"haven/schema"
)

// factPhrase is words that say one fact.
type factPhrase struct {
	words, name string
	value       schema.Fact
}

// factsBy and languagesBy are what can be said, by the first word.
var factsBy, languagesBy = byFirstWord(factVocabulary()), byFirstWord(languageVocabulary())

// byFirstWord keeps longer phrases first: "assistance dog" before "dog".
func byFirstWord(all []factPhrase) map[string][]factPhrase {
	length := func(p factPhrase) int { return len(strings.Fields(p.words)) }
	slices.SortStableFunc(all, func(a, b factPhrase) int { return length(b) - length(a) })
	out := map[string][]factPhrase{}
	for _, p := range all {
		first, _, _ := strings.Cut(p.words, " ")
		out[first] = append(out[first], p)
	}
	return out
}

// factVocabulary is what staff say, by hand, and for every fact of schema's tables the words of its chip, so that the next one is heard without
// an edit here.
func factVocabulary() []factPhrase {
	out := slices.Clone(saidAs)
	add := func(words, name string, value schema.Fact) {
		if words = joinWords(captureWords(words)); words != "" {
			out = append(out, factPhrase{words, name, value})
		}
	}
	for _, row := range schema.NeedFacts() {
		add(row.Short, row.Code, schema.Yes)
		add(row.ShortNo, row.Code, schema.No)
	}
	for _, row := range schema.SupportNeeds {
		add(row.Words, string(sectionSupport)+"."+row.Code, schema.Yes)
	}
	// That she belongs to a group says nothing of what she would choose: only a service that is named is a choice.
	for _, row := range schema.Groups {
		names := append([]string{strings.ReplaceAll(row.Code, "_", " "), row.Words}, groupsSaidAs[row.Code]...)
		for _, name := range names {
			for _, words := range []string{name + " service", name + " refuge", name + "s service", name + "s refuge", "by and for " + name} {
				add(words, string(sectionRunFor)+"."+row.Code, schema.Yes)
			}
		}
	}
	return out
}

// languageVocabulary: "bengali and sylheti" are two names of one row.
func languageVocabulary() []factPhrase {
	var out []factPhrase
	for _, row := range schema.Languages {
		for _, name := range append(strings.Split(strings.ToLower(row.Words), " and "), row.Code, row.Code+" user") {
			out = append(out, factPhrase{words: name, name: row.Code})
		}
	}
	return out
}

// facts reads one fact. Where it could be of the person causing harm it is put by.
func (c *capture) facts() bool {
	for _, p := range factsBy[c.words[c.at]] {
		if !c.phrase(p.words) {
			continue
		}
		if c.doubt == fled && slices.ContainsFunc(maybeHis, func(part string) bool { return strings.HasPrefix(p.name, part) }) {
			c.out.Unused = append(c.out.Unused, p.words+" (hers?)")
			return true
		}
		c.fact(p)
		return true
	}
	return c.language() || c.carer()
}

// fact sets what a phrase just consumed stands for, its opposite under a plain negation, and nothing where that is not clear.
func (c *capture) fact(p factPhrase) {
	switch {
	case c.doubt == negated && p.value == schema.No:
		c.out.Unused = append(c.out.Unused, "a double no")
	case c.doubt == negated:
		c.set(p.name, schema.No)
	case c.doubt == clouded, c.doubt == joined:
		c.out.Unused = append(c.out.Unused, "not … "+p.words)
	default:
		c.set(p.name, p.value)
	}
	c.denied()
}

func (c *capture) set(name string, value schema.Fact) {
	if c.out.Facts == nil {
		c.out.Facts = map[string]schema.Fact{}
	}
	c.out.Facts[name] = value
}

// denied ends what a negation reached with the thing that it was about; an "or" takes it up again.
func (c *capture) denied() {
	if c.doubt == negated {
		c.doubt = listed
	} else {
		c.doubt = plain
	}
}

// language reads "speaks urdu", "interpreter urdu", "urdu interpreter". The name alone may be anything's: a food, a passport, a refuge.
func (c *capture) language() bool {
	start := c.at
	cued := c.phrase("speaks", "speak", "speaking", "interpreter in", "interpreter for", "interpreter", "language")
	if c.at == len(c.words) {
		c.at = start
		return false
	}
	for _, p := range languagesBy[c.words[c.at]] {
		if !c.phrase(p.words) {
			continue
		}
		if !cued && !c.phrase("interpreter", "speaker", "speaking") && p.name != "bsl" {
			break
		}
		c.speaks(p.name, joinWords(c.words[start:c.at]))
		return true
	}
	c.at = start
	return false
}

// speaks keeps the first language. What she does not speak is no language to ask for.
func (c *capture) speaks(code, words string) {
	switch {
	case c.doubt == negated, c.doubt == clouded, c.doubt == joined:
		c.out.Unused = append(c.out.Unused, "not … "+words)
	case c.doubt == fled:
		c.out.Unused = append(c.out.Unused, words+" (hers?)")
		return
	case c.out.Language != "" && c.out.Language != code:
		c.out.Unused = append(c.out.Unused, words+" (another language was said before)")
	default:
		c.out.Language = code
	}
	c.denied()
}

// carer is somebody who moves with them, visits, or causes harm: only words that say which are used.
func (c *capture) carer() bool {
	start := c.at
	switch {
	case c.phrase("live-in carer", "carer lives in", "carer comes too", "carer too"):
		c.joins(start, schema.CarerOf)
	case c.phrase("partner comes too", "partner too"):
		c.joins(start, schema.PartnerOf)
	case c.phrase("carer", "carers"):
		c.unclear(start, "lives in, or visits?")
	default:
		return false
	}
	return true
}

// joins adds another adult by how she or he belongs to the first; nobody after a negation, and nobody she flees.
func (c *capture) joins(start int, is string) {
	if c.mayBeNow() {
		c.out.Adults = append(c.out.Adults, schema.Adult{Is: is})
		return
	}
	c.unclear(start, "comes with her?")
}

// unclear puts somebody by who may be the one she flees: the places that follow stay ones to avoid.
func (c *capture) unclear(start int, question string) {
	c.by(start, question)
	if c.doubt != fled {
		c.denied()
	}
}

// wish reads what would be liked of a place, as a nice one: how much it matters is for her to say. Under any negation it is put by.
func (c *capture) wish() bool {
	for _, p := range wishPhrases {
		if !c.phrase(p.words...) {
			continue
		}
		words := joinWords(captureWords(p.words[0]))
		if c.doubt != plain && c.doubt != listed && c.doubt != fled {
			c.out.Unused = append(c.out.Unused, "not … "+words)
			c.denied()
			return true
		}
		w := schema.Wish{Code: p.code, Which: p.which, Tier: schema.Nice}
		if !slices.ContainsFunc(c.out.Wishes, func(had schema.Wish) bool { return had.Code == w.Code && had.Which == w.Which }) {
			c.out.Wishes = append(c.out.Wishes, w)
		}
		return true
	}
	return false
}
