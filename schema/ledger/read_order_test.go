package ledger

import (
	"testing"

	"pgregory.net/rapid"
)

// Sorting needs one order: two different refs are never equal, and no three go round in a circle.
func TestNaturalIsOneOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ref := rapid.StringMatching(`[abA 0129é-]{0,6}`)
		a, b, c := ref.Draw(t, "a"), ref.Draw(t, "b"), ref.Draw(t, "c")
		ab, ba := natural(a, b), natural(b, a)
		if (ab < 0) != (ba > 0) || (ab == 0) != (a == b) {
			t.Fatalf("natural(%q, %q) = %d and the other way %d", a, b, ab, ba)
		}
		if ab < 0 && natural(b, c) < 0 && natural(a, c) >= 0 {
			t.Fatalf("%q before %q before %q, but not %q before %q", a, b, c, a, c)
		}
	})
}
