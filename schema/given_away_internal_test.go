package schema

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestNothingIsSparedThePatterns: what the patterns would find is never taken for a plain statement.
func TestNothingIsSparedThePatterns(t *testing.T) {
	t.Parallel()
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		pieces := []string{"B1", "1 4QR", "11", "4qr", " ", ".", "www", "WWW.", "example", ".org", "uk", "@", "a", "http", "https:", "0", "07700", "900", "123", "+44", "(", ")", "–", "x", "ſ", "4ſQ", "K"}
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 9).Draw(t, "pieces"), "")
		for _, g := range givers {
			if g.pattern.MatchString(text) {
				found++
				if GivesAway(text) == "" {
					t.Fatalf("%q has %s in it", text, g.what)
				}
			}
		}
	})
	if found == 0 {
		t.Error("no drawn text gave anything away")
	}
}
