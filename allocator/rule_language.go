package allocator

import (
	"slices"

	"haven/schema"
)

const (
	// english is spoken everywhere, so that nothing turns on it.
	english = "english"
	// signed is a language that an interpreter on the telephone cannot speak.
	signed = "bsl"
)

// language: staff who speak theirs, or an interpreter whom the service brings in. What they speak is as they said it, never worked out.
func language() Rule {
	return Rule{
		Code:        "language",
		Words:       "Language",
		Fact:        "the language they want to be spoken to in, against what staff speak and whether interpreters are brought in",
		WhenUnknown: "check first when staff are not known to speak it and the service has not said whether interpreters are brought in, or what staff speak",
		Source:      "stated by the service; language is a barrier the field names",
		Unmet:       "language",
		onlyIfSaid:  true,
		judge:       judgeLanguage,
		place: func(p *schema.Place) any {
			t := &p.Service.Takes
			var spoken keyed
			for _, code := range t.Languages {
				spoken.text(code)
			}
			return languageKey{atHome: atHome(p), interpreters: t.Interpreters, spoken: spoken.String()}
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
	v := Fits
	if !none {
		v = languageVerdict(code, t)
	}
	if q.quiet {
		return Finding{Verdict: v}
	}
	name, places := schema.Languages.Words(code), spokenWords(t)
	if code == schema.OtherLanguage {
		name = "their language"
	}
	switch {
	case code == "":
		return fits(notSaid, places, "No language was asked for.")
	case code == english:
		return fits(name, places, "They want to be spoken to in English.")
	case none:
		return fits(name, "Their own home", "They stay in their own home.")
	case v == Fits && code != schema.OtherLanguage && slices.Contains(t.Languages, code):
		return fits(name, places, "Staff of the service speak "+name+".")
	case v == Fits:
		return fits(name, places, "The service brings in interpreters.")
	case v == DoesNotFit:
		return bars(name, places, "No staff of the service speak "+name+", and it does not bring in interpreters.")
	case t.Interpreters == schema.Yes:
		return check(name, places, "Ask the service whether the interpreters it brings in sign "+name+".")
	case t.Interpreters == schema.No:
		return check(name, places, "Ask the service what its staff speak: it brings in no interpreters for "+name+".")
	}
	return check(name, places, "Ask the service whether it can bring in an interpreter for "+name+".")
}

// languageVerdict of a language other than English. That staff do not speak it is known only of a service that said what they do speak.
func languageVerdict(code string, t *schema.Takes) Verdict {
	listed := slices.Contains(t.Languages, code)
	switch {
	case listed && code != schema.OtherLanguage, t.Interpreters == schema.Yes && code != signed:
		return Fits
	case t.Interpreters == schema.No && len(t.Languages) > 0 && !listed:
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
