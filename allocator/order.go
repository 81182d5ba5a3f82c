package allocator

import (
	"cmp"
	"math"
	"slices"
	"time"

	"haven/schema"
)

// standing is all that a place's turn in its group depends on. It reads no risk (S5), and distance only where she wished for it.
type standing struct {
	failing   int
	wishes    Met
	scarce    int
	readiness int
	staleness int64
	id        schema.SpaceID
	version   int64
}

// order within a group: fewest reasons against, then her strong wishes, then her nice ones, then what is least scarce, then what is likelier to be
// free when she rings, then id. It is total, so it is the same in every process.
func (a *standing) order(b *standing) int {
	if c := a.wanted(b); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.scarce, b.scarce), a.likelier(b))
}

// wanted compares what the household said.
func (a *standing) wanted(b *standing) int {
	if c := cmp.Compare(a.failing, b.failing); c != 0 {
		return c
	}
	return a.wishes.compare(b.wishes)
}

// likelier compares the chance that the place is really free, and makes the order total.
func (a *standing) likelier(b *standing) int {
	return cmp.Or(
		cmp.Compare(a.readiness, b.readiness),
		cmp.Compare(a.staleness, b.staleness),
		cmp.Compare(a.id, b.id),
		cmp.Compare(b.version, a.version),
	)
}

// readiness puts a space that can be used before one that is getting ready: a day that was foreseen may slip.
func readiness(v *schema.Vacancy) int {
	if v.Status == schema.StatusAvailable {
		return 0
	}
	return 1
}

// staleness in steps, not minutes: a list must not turn over because one service confirmed a moment before another.
func staleness(v *schema.Vacancy, now time.Time) int64 {
	switch v.Freshness(now) {
	case schema.Fresh:
		return 0
	case schema.Ageing:
		return 1
	}
	age := now.Sub(v.ConfirmedAt)
	if v.ConfirmedAt.IsZero() || age < 0 {
		return math.MaxInt64
	}
	return 1 + int64(age/schema.AgeingFor)
}

// arrange puts a group in order and says of a place why it stands behind others where only what is scarce put it there.
func arrange(group []Assessment, s *scarcity, now time.Time) {
	type placed struct {
		standing
		Assessment
	}
	all := make([]placed, len(group))
	for i, a := range group {
		a.Scarcity.Step = s.step(s.offered(&a.Place))
		v := &a.Place.Vacancy
		all[i] = placed{standing{a.failing(), a.Wishes, a.Scarcity.Step, readiness(v), staleness(v, now), a.Place.Space.ID, a.Place.Version}, a}
	}
	slices.SortFunc(all, func(a, b placed) int { return a.order(&b.standing) })
	var behind heldBack
	for i := range all {
		group[i] = all[i].Assessment
		if behind.next(&all[i].standing) && group[i].Verdict != DoesNotFit {
			group[i].Scarcity.Words = s.words(s.offered(&group[i].Place))
		}
	}
}

// heldBack goes through a group in its order.
type heldBack struct {
	last *standing
	// tail is, of the less scarce places that she wants as much, the one that would stand last by the rest of the order; step counts this one in.
	tail, step *standing
}

// next says whether a place stands behind another for nothing but being scarce.
func (h *heldBack) next(a *standing) bool {
	switch {
	case h.last == nil || h.last.wanted(a) != 0:
		h.tail, h.step = nil, nil
	case h.last.scarce != a.scarce:
		h.tail = h.step
	}
	h.last = a
	behind := h.tail != nil && a.likelier(h.tail) < 0
	if h.step == nil || a.likelier(h.step) > 0 {
		h.step = a
	}
	return behind
}
