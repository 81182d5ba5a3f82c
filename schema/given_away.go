package schema

import (
	"fmt"
	"regexp"
	"strings"
)

// givers are what text must not hold to be published: each leads to an address, by itself or by a question to whoever answers there (S6). They take
// in a little more than the real thing, for a statement can be said in other words and an address cannot be taken back.
var givers = []struct {
	what    string
	pattern *regexp.Regexp
}{
	// An inward code has none of C, I, K, M, O and V.
	{"a full postcode", regexp.MustCompile(`(?i)\b[A-Z]{1,2}\s?[0-9][A-Z0-9]?[\s\p{Z}\p{Pd}._]*[0-9][ABD-HJLNP-UW-Z]{2}\b`)},
	// From 0 or +, with 9 digits or more; or so many in one run that it is no year, age or amount.
	{"a telephone number", regexp.MustCompile(`(?:\+[\s\p{Z}(]*[0-9]|\b0)(?:[\s\p{Z}\p{Pd}().]*[0-9]){8,}|[0-9]{10,}`)},
	{"an e-mail address", regexp.MustCompile(`\S@\S`)},
	{"a web address", regexp.MustCompile(`(?i)\bhttps?:|\bwww\.|\b[a-z0-9-]+\.(?:org|com|net|info|uk|scot|wales|cymru|london)\b`)},
}

// GivesAway says what in a text leads to an address; empty where nothing does.
func GivesAway(text string) string {
	if !suspicious(text) {
		return ""
	}
	for _, g := range givers {
		if g.pattern.MatchString(text) {
			return g.what
		}
	}
	return ""
}

// suspicious is what every text that gives something away has: a sign that no plain statement needs. It spares the patterns, which are asked of each
// place that is put into words.
func suspicious(text string) bool {
	digits := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '@' || c == ':':
			return true
		case c == '.':
			if i+1 < len(text) && (letter(text[i+1]) || digit(text[i+1])) || i >= 3 && strings.EqualFold(text[i-3:i], "www") {
				return true
			}
		case digit(c):
			digits++
			if digits >= 9 || i+2 < len(text) && letter(text[i+1]) && letter(text[i+2]) {
				return true
			}
		}
	}
	return false
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// letter, or part of one that is not ASCII: some of these are read as the letter they look like.
func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

// checkPublished refuses text that would be published with an address in it. It is not repeated in the refusal, which may be logged.
func checkPublished(field, text string) error {
	if what := GivesAway(text); what != "" {
		return Invalid(field, fmt.Sprintf("%s has %s in it: take it out; staff see it, and the area is all that is published of where the service is", field, what))
	}
	return nil
}
