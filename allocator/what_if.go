package allocator

import (
	"fmt"
	"slices"
	"time"

	"haven/schema"
)

// whatIf puts needs that differ little from one to the same places. Rules that cannot tell the needs apart are not asked again.
type whatIf struct {
	*search
	asIs remainder // of the need as it is
	// some are the places left by the rules that tell few places apart and that no change reaches; varying are the other such rules, and byRow those
	// that are put to each place.
	some           remainder
	varying, byRow []int
	said           []*ruling            // by rule
	rested         map[string]remainder // by the rules that were not asked
}

// remainder is the places that some rules do not bar, and which of them they have checked first.
type remainder struct{ left, checked set }

// ruling is what one rule says of some places.
type ruling struct{ checked, barred set }

// whatIf begins with the free places of the kinds sought, or of any kind.
func (x *Index) whatIf(need *schema.Need, now time.Time, anyKind bool) *whatIf {
	w := &whatIf{search: newSearch(&evaluator{rulebook: x.book, need: need, now: now}, x.current.Load().table), rested: map[string]remainder{}}
	w.any, w.loud = anyKind, w.evaluator.loud()
	w.free = w.chosen()
	w.said = make([]*ruling, len(w.rules))
	w.asIs = w.strained(w.loud, w.free)
	return w
}

func (w *whatIf) strained(rules []int, from set) remainder {
	left := slices.Clone(from)
	return remainder{left, w.strain(slices.Clone(rules), left)}
}

// prepare for needs that some rules can tell from the one as it is.
func (w *whatIf) prepare(reads [][]int) {
	var fixed []int
	for _, i := range w.loud {
		switch {
		case w.divided(i):
			w.byRow = append(w.byRow, i)
		case slices.ContainsFunc(reads, func(of []int) bool { return slices.Contains(of, i) }):
			w.varying = append(w.varying, i)
		default:
			fixed = append(fixed, i)
		}
	}
	w.some = w.strained(fixed, w.free)
}

// reads gives the rules that can tell any of some needs from the one as it is.
func (w *whatIf) reads(needs ...schema.Need) []int {
	var reads []int
	for i := range w.rules {
		if w.rules[i].tellsApart(w.rules[i].needKey(w.need), needs) {
			reads = append(reads, i)
		}
	}
	return reads
}

// without gives what is left when some rules are not asked.
func (w *whatIf) without(rules []int) remainder {
	unasked := slices.DeleteFunc(slices.Clone(rules), func(i int) bool { return !slices.Contains(w.loud, i) })
	if len(unasked) == 0 {
		return w.asIs
	}
	of := fmt.Sprint(unasked)
	r, known := w.rested[of]
	if !known {
		asked := func(rules []int) []int {
			return slices.DeleteFunc(slices.Clone(rules), func(i int) bool { return slices.Contains(unasked, i) })
		}
		r = remainder{slices.Clone(w.some.left), slices.Clone(w.some.checked)}
		for _, i := range asked(w.varying) {
			r.left.minus(w.ruling(i).barred)
			r.checked.plus(w.ruling(i).checked)
		}
		r.checked.plus(w.strain(asked(w.byRow), r.left))
		w.rested[of] = r
	}
	return r
}

func (w *whatIf) ruling(rule int) *ruling {
	if w.said[rule] == nil {
		r := &ruling{w.newSet(), w.newSet()}
		w.put(rule, w.some.left, r.checked, r.barred)
		w.said[rule] = r
	}
	return w.said[rule]
}

// ask puts some rules to places for another need: what they bar is taken out, and what they have checked first is given.
func (w *whatIf) ask(need *schema.Need, rules []int, places set) (checked set) {
	e := *w.evaluator
	e.need = need
	return newSearch(&e, w.table).strain(slices.Clone(rules), places)
}
