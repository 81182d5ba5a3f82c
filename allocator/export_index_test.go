package allocator

import (
	"slices"

	"haven/schema"
)

// Mute says of each rule whether an index passes over it for a need: it speaks only of what somebody said, and nothing was said to it.
func Mute(need *schema.Need) []bool {
	e := newEvaluator(need, need.SaidAt)
	mute := make([]bool, len(e.rules))
	for i := range mute {
		mute[i] = !slices.Contains(e.loud(), i)
	}
	return mute
}

// SameService compares services as the index does before it lets spaces share one.
func SameService(a, b *schema.Service) bool { return sameService(a, b) }
