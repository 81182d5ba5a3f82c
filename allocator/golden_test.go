package allocator_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haven/allocator"
)

// TestGoldenShortlists compares with what was worked out by hand, before the program was run, from golden_world_test.go and golden_needs_test.go.
func TestGoldenShortlists(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/golden/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	needs := goldenNeeds()
	if len(files) != len(needs) {
		t.Errorf("%d files for %d households", len(files), len(needs))
	}
	for name, need := range needs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := need.Check(); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile("testdata/golden/" + name + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			_, want, _ := strings.Cut(string(text), "\n") // the first line says who asks
			if got := printed(allocator.List(need, goldenWorld(), noon)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// printed is a shortlist as the golden files write it: group, place, band, and the rules that put it there.
func printed(s allocator.Shortlist) string {
	var b strings.Builder
	group := func(name string, places allocator.Group, why func(allocator.Assessment) []allocator.Finding) {
		for _, a := range places.All() {
			fmt.Fprintln(&b, strings.TrimSpace(fmt.Sprintf("%s %s | %s | %s", name, a.Place.Service.CodeName, a.Band, strings.Join(codes(why(a)), " "))))
		}
	}
	group("fits", s.Fits, allocator.Assessment.Checking)
	group("check", s.Check, allocator.Assessment.Checking)
	group("unconfirmed", s.Unconfirmed, allocator.Assessment.Checking)
	group("no", s.No, allocator.Assessment.Failing)
	fmt.Fprintf(&b, "not free %d, not sought %d, of %d\n", s.NotFree, s.NotSought, s.Total)
	fmt.Fprintln(&b, strings.TrimSpace("unmet "+strings.Join(allocator.UnmetReasons(s), " ")))
	return b.String()
}
