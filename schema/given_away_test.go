package schema_test

import (
	"strings"
	"testing"

	"haven/schema"
)

// telling are texts that lead to an address, and what of them must not be repeated.
var telling = map[string]string{
	"Women and children. We are at B11 1AA.":    "1AA",
	"b111aa":                                    "b111aa",
	"Near SW1A\u00a02AA":                        "2AA",
	"M1-1AE, second door":                       "1AE",
	"Write to cr2 6xh first":                    "6xh",
	"Call 07700 900123 at night":                "900123",
	"020 7946 0000":                             "7946",
	"(020) 7946-0000":                           "7946",
	"+44 7700 900123":                           "900123",
	"+44 (0)20 7946 0000":                       "7946",
	"0044 20 7946 0000":                         "7946",
	"07700900123":                               "900123",
	"447700900123":                              "900123",
	"Ask duty@refuge.example":                   "duty",
	"See https://refuge.example/rooms":          "refuge",
	"See www.refuge.example":                    "refuge",
	"All on haven-house.org.uk, with pictures.": "haven-house",
}

func TestPublishedTextGivesNoAddressAway(t *testing.T) {
	t.Parallel()
	for text, secret := range telling {
		for field, edit := range map[string]func(*schema.Service){
			"takes.words": func(s *schema.Service) { s.Takes.Words = text },
			"code_name":   func(s *schema.Service) { s.CodeName = text },
		} {
			s := publishable()
			edit(&s)
			err := s.Check()
			if !refused(err, schema.KindInvalid, "invalid_field", field) {
				t.Errorf("%s %q: %v", field, text, err)
				continue
			}
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the refusal repeats %q: %v", field, secret, err)
			}
		}
	}
}

// TestPublishedTextMaySayWhomItTakes: what services say every day is no address.
func TestPublishedTextMaySayWhomItTakes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Women of 16 to 25, with children of 0 - 17; boys to 14.",
		"Takes from 9am to 5pm, 24 hours at weekends. Opened 01/02/2026.",
		"Run by and for South Asian women since 1985. In an emergency call 999.",
		"£350 a week, of which 24.50 is a service charge. Section 17 accepted.",
		"Mother and baby, e.g. a newborn; 2 cots, 3 bedrooms, up to 6 people (2025-26).",
		"Part of the B11 network. EU settled status is enough.",
	} {
		s := publishable()
		s.Takes.Words = text
		if err := s.Check(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
