package allocator

import (
	"cmp"
	"math"
	"slices"
	"time"

	"haven/schema"
)

// order within a group: fewest reasons against, then her strong wishes, then her nice ones, then what is least scarce, then what is likelier to be
// free when she rings, then id. It is total, so it is the same in every process. It reads no risk (S5), and distance only where she wished for it.
func order(a, b *Assessment, now time.Time) int {
	return cmp.Or(
		wanted(a, b),
		cmp.Compare(a.Scarcity.Step, b.Scarcity.Step),
		likelier(a, b, now),
	)
}

// wanted compares what the household said.
func wanted(a, b *Assessment) int {
	return cmp.Or(
		cmp.Compare(a.failing(), b.failing()),
		a.Wishes.compare(b.Wishes),
	)
}

// likelier compares the chance that the place is really free, and makes the order total.
func likelier(a, b *Assessment, now time.Time) int {
	return cmp.Or(
		cmp.Compare(readiness(a.Place.Vacancy), readiness(b.Place.Vacancy)),
		cmp.Compare(staleness(a.Place.Vacancy, now), staleness(b.Place.Vacancy, now)),
		cmp.Compare(a.Place.Space.ID, b.Place.Space.ID),
		cmp.Compare(b.Place.Version, a.Place.Version),
	)
}

// readiness puts a space that can be used before one that is getting ready: a day that was foreseen may slip.
func readiness(v schema.Vacancy) int {
	if v.Status == schema.StatusAvailable {
		return 0
	}
	return 1
}

// staleness in steps, not minutes: a list must not turn over because one service confirmed a moment before another.
func staleness(v schema.Vacancy, now time.Time) int64 {
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
	for i := range group {
		group[i].Scarcity.Step = s.step(&group[i].Place)
	}
	slices.SortFunc(group, func(a, b Assessment) int { return order(&a, &b, now) })
	// tail is, of the less scarce places that she wants as much, the one that would stand last by the rest of the order; next counts this step in.
	var tail, next *Assessment
	for i := range group {
		a := &group[i]
		switch {
		case i == 0 || wanted(&group[i-1], a) != 0:
			tail, next = nil, nil
		case group[i-1].Scarcity.Step != a.Scarcity.Step:
			tail = next
		}
		if tail != nil && a.Verdict != DoesNotFit && likelier(a, tail, now) < 0 {
			a.Scarcity.Words = s.words(&a.Place)
		}
		if next == nil || likelier(a, next, now) > 0 {
			next = a
		}
	}
}
