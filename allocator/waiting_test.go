package allocator_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// TestWaitingEqualsPlainEvaluation: after any interleaving of needs put, replaced and removed, late and repeated ones too, a place goes to the
// households for which evaluating it one by one says so.
func TestWaitingEqualsPlainEvaluation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := allocator.NewWaiting()
		waits := map[schema.RequestID]schema.Need{}
		seen := map[schema.RequestID]int64{}
		for range rapid.IntRange(0, 40).Draw(t, "changes") {
			id := schema.RequestID(fmt.Sprintf("request-%02d", rapid.IntRange(0, 30).Draw(t, "id")))
			version := int64(rapid.IntRange(1, 9).Draw(t, "version"))
			known, there := seen[id]
			want := !there || version > known
			if want {
				seen[id] = version
			}
			if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				if want {
					delete(waits, id)
				}
				if got := w.Remove(id, version); got != want {
					t.Fatalf("remove %s version %d over %d: got %v", id, version, known, got)
				}
				continue
			}
			need := genAsked().Draw(t, "need")
			if want {
				waits[id] = need
			}
			if got := w.Put(id, need, version); got != want {
				t.Fatalf("put %s version %d over %d: got %v", id, version, known, got)
			}
		}
		place := genPlace().Draw(t, "place")
		var fits, check []schema.RequestID
		for id, need := range waits {
			switch allocator.Evaluate(need, place, noon).Verdict {
			case allocator.Fits:
				fits = append(fits, id)
			case allocator.CheckFirst:
				check = append(check, id)
			}
		}
		slices.Sort(fits)
		slices.Sort(check)
		gotFits, gotCheck := w.Match(place, noon)
		if !slices.Equal(gotFits, fits) || !slices.Equal(gotCheck, check) {
			t.Fatalf("got %v and %v to check, want %v and %v", gotFits, gotCheck, fits, check)
		}
	})
}
