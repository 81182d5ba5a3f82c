package notifier_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"haven/notifier"
)

func TestParseMobile(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		// Example numbers: allowed here, never with a provider that costs money.
		"07700 900982": "+447700900982", "+44 7700 900000": "+447700900000", "(07700) 900-999": "+447700900999", "00447700900123": "+447700900123",
		" +44 (0)7700 900123 ": "+447700900123",
	} {
		if got, err := notifier.ParseMobile(typed, true); got != want || err != nil {
			t.Errorf("ParseMobile(%q, true) = %q, %v; want %q", typed, got, err, want)
		}
		if got, err := notifier.ParseMobile(typed, false); got != "" || !errors.Is(err, notifier.ErrDramaNumber) {
			t.Errorf("ParseMobile(%q, false) = %q, %v; want ErrDramaNumber", typed, got, err)
		}
	}
	// One number of each range, taken from the number plan's own examples.
	for typed, want := range map[string]string{
		"07400 123456": "+447400123456", "07781 123456": "+447781123456", "07797 712345": "+447797712345", "07924 123456": "+447924123456",
	} {
		for _, drama := range []bool{true, false} {
			if got, err := notifier.ParseMobile(typed, drama); got != want || err != nil {
				t.Errorf("ParseMobile(%q, %v) = %q, %v; want %q", typed, drama, got, err, want)
			}
		}
	}
	for name, typed := range map[string]string{
		"nothing": "", "a space": " ", "letters": "07700 90098O", "vanity letters": "0800 FLOWERS", "landline": "020 7946 0123",
		"premium": "09012 345678", "pager": "07640 123456", "personal": "070 1234 5678", "freephone": "0800 123 4567", "company-wide": "0300 123 4567",
		"too short": "07400 12345", "too long": "07400 1234560", "after the examples": "07700 901000x",
		"France": "+33 6 12 34 56 78", "Ireland": "+353 85 012 3456", "America": "+1 201 555 0123", "emergency": "999", "extension": "07700 900982 ext 5",
		"extension in RFC form": "+447700900982;ext=5", "two numbers": "07700 900982, 07700 900983", "full-width digits": "０７７００９００９８２",
		"new line": "07700 900982\n07700 900983", "very long": strings.Repeat("0", 200), "star": "*67 07700900982",
	} {
		got, err := notifier.ParseMobile(typed, true)
		if err == nil {
			t.Errorf("%s: ParseMobile(%q) = %q, want an error", name, typed, got)
		} else if typed != "" && typed != " " && strings.Contains(err.Error(), strings.TrimSpace(typed)) {
			t.Errorf("%s: the error repeats what was typed: %v", name, err)
		}
	}
}

var britishE164 = regexp.MustCompile(`^\+447[0-9]{9}$`)

func FuzzParseMobile(f *testing.F) {
	for _, seed := range []string{"07700 900982", "+44 (0)7924 123456", "020 7946 0123", "", "+", "+44", "0044", "07700-900-982", "((((", "+++447700900982"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := notifier.ParseMobile(typed, true)
		if err != nil {
			if got != "" {
				t.Fatalf("an error and %q", got)
			}
			return
		}
		if !britishE164.MatchString(got) {
			t.Fatalf("ParseMobile(%q) = %q, which is not a British mobile in E.164", typed, got)
		}
		if again, err := notifier.ParseMobile(got, true); again != got || err != nil {
			t.Fatalf("ParseMobile(%q) = %q, %v; want the same again", got, again, err)
		}
	})
}
