package web

import (
	"testing"
	"time"

	"haven/schema"
)

// What a button says is what the server reads, whatever somebody makes of the button.
func FuzzReport(f *testing.F) {
	for _, value := range []string{"available", "taken", "getting_ready from=2026-11-22T16:00:00Z", "out_of_use why=repair until=2026-11-29T00:00:00Z", "available ends=0193-1", " ", "=", "closed x=", "available ends="} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		r, err := parseReport(value)
		if err != nil {
			if refusal, ok := schema.AsRefusal(err); !ok || refusal.Kind != schema.KindInvalid {
				t.Fatalf("%q: %v, want a refusal that says what to do", value, err)
			}
			return
		}
		again, err := parseReport(reportValue(r))
		if err != nil {
			t.Fatalf("%q is read as %+v, and that written is not read: %v", value, r, err)
		}
		if reportValue(again) != reportValue(r) {
			t.Fatalf("%q: %q then %q", value, reportValue(r), reportValue(again))
		}
		if r.Check(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)) == nil {
			reportWords(r, time.Now())
		}
	})
}
