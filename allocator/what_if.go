package allocator

import (
	"slices"
	"time"

	"haven/schema"
)

// whatIf puts needs that differ little from one to the same places. Rules that cannot tell the needs apart are not asked again.
type whatIf struct {
	*search
	left, checked set // of the need as it is: what nothing bars, and what is checked first
	said          []*ruling
}

// ruling is what one rule says of every free place.
type ruling struct{ checked, barred set }

// whatIf begins with the free places of the kinds sought, or of any kind.
func (x *Index) whatIf(need *schema.Need, now time.Time, anyKind bool) *whatIf {
	w := &whatIf{search: newSearch(&evaluator{rulebook: x.book, need: need, now: now}, x.current.Load().table)}
	w.any, w.loud = anyKind, w.evaluator.loud()
	w.free = w.chosen()
	w.said = make([]*ruling, len(w.rules))
	w.left = slices.Clone(w.free)
	w.checked = w.strain(slices.Clone(w.loud), w.left)
	return w
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

// without gives what is left when some rules are not asked, and what the others have checked first.
func (w *whatIf) without(rules []int) (left, checked set) {
	if !slices.ContainsFunc(w.loud, func(i int) bool { return slices.Contains(rules, i) }) {
		return w.left, w.checked
	}
	left, checked = slices.Clone(w.free), w.newSet()
	var rest []int
	for _, i := range w.loud {
		switch {
		case slices.Contains(rules, i):
		case w.divided(i):
			rest = append(rest, i)
		default:
			r := w.ruling(i)
			left.minus(r.barred)
			checked.plus(r.checked)
		}
	}
	checked.plus(w.strain(rest, left))
	return left, checked
}

func (w *whatIf) ruling(rule int) *ruling {
	if w.said[rule] == nil {
		r := &ruling{w.newSet(), w.newSet()}
		w.put(rule, w.free, r.checked, r.barred)
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
