package allocator

import (
	"slices"

	"haven/schema"
)

// english is spoken everywhere, so that nothing turns on it.
const english = "english"

// language: staff who speak hers, or an interpreter whom the service brings in. What she speaks is as she said it, never worked out.
func language() Rule {
	return Rule{
		Code:        "language",
		Words:       "Language",
		Fact:        "the language she wants to be spoken to in, against what staff speak and whether interpreters are brought in",
		WhenUnknown: "check first when staff do not speak it and the service has not said whether interpreters are brought in",
		Source:      "stated by the service; language is a barrier the field names",
		Unmet:       "language",
		judge:       judgeLanguage,
		place: func(p *schema.Place) any {
			t := &p.Service.Takes
			k := languageKey{kind: p.Service.Provision, interpreters: t.Interpreters}
			if t.Interpreters != schema.Yes {
				var spoken keyed
				for _, code := range t.Languages {
					spoken.text(code)
				}
				k.spoken = spoken.String()
			}
			return k
		},
		need: func(n *schema.Need) any { return n.Language },
	}
}

type languageKey struct {
	kind         schema.ProvisionCode
	interpreters schema.Fact
	spoken       string
}

func judgeLanguage(q *question) Finding {
	code, t := q.need.Language, &q.place.Service.Takes
	spoken := slices.Contains(t.Languages, code)
	if q.quiet && (code == "" || code == english || q.atHome() || spoken || t.Interpreters == schema.Yes) {
		return Finding{Verdict: Fits}
	}
	name := schema.Languages.Words(code)
	switch {
	case code == "":
		return fits(notSaid, spokenWords(t), "No language was asked for.")
	case code == english:
		return fits(name, spokenWords(t), "She wants to be spoken to in English.")
	case q.atHome():
		return fits(name, "Her own home", "She stays in her own home.")
	case spoken:
		return fits(name, spokenWords(t), "Staff of the service speak "+name+".")
	case t.Interpreters == schema.Yes:
		return fits(name, spokenWords(t), "The service brings in interpreters.")
	case t.Interpreters == schema.No:
		return bars(name, spokenWords(t), "No staff of the service speak "+name+", and it does not bring in interpreters.")
	}
	return check(name, spokenWords(t), "Ask the service whether it can bring in an interpreter for "+name+".")
}

func spokenWords(t *schema.Takes) string {
	var parts []string
	for _, code := range t.Languages {
		parts = append(parts, schema.Languages.Words(code))
	}
	words := "Languages not said"
	if len(parts) > 0 {
		words = listed(parts, "and")
	}
	switch t.Interpreters {
	case schema.Yes:
		return words + "; brings in interpreters"
	case schema.No:
		return words + "; no interpreters"
	}
	return words
}
