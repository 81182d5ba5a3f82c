package simulate_test

import (
	"strings"
	"testing"

	"haven/schema"
)

// TestEveryFactIsSaidSomewhereAndUnsaidElsewhere: a fact that every service states, or none, would leave half a rule untried.
func TestEveryFactIsSaidSomewhereAndUnsaidElsewhere(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		said := map[string]map[schema.Fact]int{}
		count := func(code string, f schema.Fact) {
			if said[code] == nil {
				said[code] = map[schema.Fact]int{}
			}
			said[code][f]++
		}
		for _, s := range services(network(t, seed)) {
			for _, row := range schema.TakesFacts() {
				count(row.Code, *row.Of(&s.Takes))
			}
			for _, row := range schema.SupportNeeds {
				count(row.Code, s.Takes.Support[row.Code])
			}
			count("after_hours", s.Reception.AfterHours)
			for _, space := range s.Spaces {
				if space.SlotAt != nil {
					continue
				}
				for _, row := range schema.SpaceFacts() {
					count(row.Code, *row.Of(&space.Space))
				}
			}
		}
		wholly := map[string]bool{"children": true, "only_them": true, "self_contained": true} // children and what is shared is always said
		for code, n := range said {
			if n[schema.Yes] == 0 || n[schema.No] == 0 || n[schema.Unknown] == 0 && !wholly[code] {
				t.Errorf("seed %d, %s: %d yes, %d no, %d unsaid", seed, code, n[schema.Yes], n[schema.No], n[schema.Unknown])
			}
		}
	}
}

// TestWordsSayWhatTheFactsSay: what staff read is what the rules apply.
func TestWordsSayWhatTheFactsSay(t *testing.T) {
	t.Parallel()
	for _, s := range services(network(t, 1)) {
		words := s.Takes.Words
		if said := strings.Contains(words, " only."); said != (s.Takes.OnlyThem == schema.Yes) {
			t.Errorf("%s takes only some: %v, and says %q", s.CodeName, s.Takes.OnlyThem, words)
		}
		if said := strings.Contains(words, "Adults of"); said != (s.Takes.AgeFrom != nil) {
			t.Errorf("%s has an age limit: %v, and says %q", s.CodeName, s.Takes.AgeFrom != nil, words)
		}
		if said := strings.Contains(words, "Pets welcome"); said != (s.Takes.Pets == schema.Yes) {
			t.Errorf("%s takes pets: %v, and says %q", s.CodeName, s.Takes.Pets, words)
		}
		for _, group := range s.Takes.RunFor {
			if !strings.Contains(words, schema.Groups.Words(group)) {
				t.Errorf("%s is run for %s and says %q", s.CodeName, group, words)
			}
		}
	}
}
