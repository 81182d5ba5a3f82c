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
		onlyIfSaid:  true,
		judge:       judgeLanguage,
		place: func(p *schema.Place) any {
			t := &p.Service.Takes
			k := languageKey{atHome: atHome(p), interpreters: t.Interpreters}
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
	atHome       bool
	interpreters schema.Fact
	spoken       string
}

func judgeLanguage(q *question) Finding {
	code, t := q.need.Language, &q.place.Service.Takes
	none := code == "" || code == english || q.atHome()
	staff := !none && slices.Contains(t.Languages, code)
	if q.quiet {
		return Finding{Verdict: languageVerdict(none || staff, t.Interpreters)}
	}
	name, places := schema.Languages.Words(code), spokenWords(t)
	switch {
	case code == "":
		return fits(notSaid, places, "No language was asked for.")
	case code == english:
		return fits(name, places, "She wants to be spoken to in English.")
	case none:
		return fits(name, "Her own home", "She stays in her own home.")
	case staff:
		return fits(name, places, "Staff of the service speak "+name+".")
	}
	switch languageVerdict(false, t.Interpreters) {
	case Fits:
		return fits(name, places, "The service brings in interpreters.")
	case DoesNotFit:
		return bars(name, places, "No staff of the service speak "+name+", and it does not bring in interpreters.")
	}
	return check(name, places, "Ask the service whether it can bring in an interpreter for "+name+".")
}

func languageVerdict(understood bool, interpreters schema.Fact) Verdict {
	switch {
	case understood || interpreters == schema.Yes:
		return Fits
	case interpreters == schema.No:
		return DoesNotFit
	}
	return CheckFirst
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
