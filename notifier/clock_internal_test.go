package notifier

import (
	"testing"
	"time"
)

func TestClockTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ utc, want string }{
		{"2026-11-20T14:45:00Z", "2:45pm"},
		{"2026-11-20T14:45:59Z", "2:45pm"},
		{"2026-11-20T09:00:00Z", "9am"},
		{"2026-11-20T09:00:59Z", "9am"},
		{"2026-11-20T12:00:00Z", "midday"},
		{"2026-11-20T12:01:00Z", "12:01pm"},
		{"2026-11-20T00:00:00Z", "11:59pm"},
		{"2026-11-20T00:05:00Z", "12:05am"},
		{"2026-11-20T22:00:00Z", "10pm"},
		{"2026-07-01T11:00:00Z", "midday"}, // summer time
		{"2026-06-30T23:00:00Z", "11:59pm"},
		{"2026-07-01T14:45:00Z", "3:45pm"},
	} {
		at, err := time.Parse(time.RFC3339, c.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := clockTime(at); got != c.want {
			t.Errorf("clockTime(%s) = %q, want %q", c.utc, got, c.want)
		}
	}
}

func TestGSM7Length(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 0, "Hello": 5, "£5 é": 4, "[x]": 5, "€": 2, "a\nb": 3} {
		if got, ok := gsm7Length(text); got != want || !ok {
			t.Errorf("gsm7Length(%q) = %d, %v; want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"it’s", "ŵ", "á", "–", "a\tb", "`", "日", "\xff"} {
		if _, ok := gsm7Length(text); ok {
			t.Errorf("gsm7Length(%q) said it fits", text)
		}
	}
}
