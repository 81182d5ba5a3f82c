package allocator

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"time"

	"haven/schema"
)

// Shortlist is the answer to a search: every free place of the kinds sought stands in exactly one group with all its reasons; the others are counted.
type Shortlist struct {
	Fits        Group // fresh or ageing
	Check       Group // fresh or ageing, something to ask first
	Unconfirmed Group // nothing rules them out, but nobody confirmed them lately
	No          Group // nearest misses first
	NotFree     int   // of the kinds sought
	NotSought   int
	At          time.Time
	Total       int
}

// List puts a need to places. The order of the argument is of no account.
func List(need schema.Need, places []schema.Place, now time.Time) Shortlist {
	return shortlist(need, over(places), now)
}

func over(places []schema.Place) iter.Seq[*schema.Place] {
	return func(yield func(*schema.Place) bool) {
		for i := range places {
			if !yield(&places[i]) {
				return
			}
		}
	}
}

func shortlist(need schema.Need, places iter.Seq[*schema.Place], now time.Time) Shortlist {
	s := Shortlist{At: now}
	e := newEvaluator(&need, now)
	for p := range places {
		s.Total++
		switch {
		case !e.sought(p):
			s.NotSought++
		case !p.Vacancy.Free():
			s.NotFree++
		default:
			s.add(e.assess(p))
		}
	}
	for _, group := range []Group{s.Fits, s.Check, s.Unconfirmed, s.No} {
		slices.SortFunc(group.places, order(now))
	}
	return s
}

func (s *Shortlist) add(a Assessment) {
	group := &s.Check
	switch {
	case a.Verdict == DoesNotFit:
		group = &s.No
	case a.Freshness == schema.Unconfirmed:
		group = &s.Unconfirmed
	case a.Verdict == Fits:
		group = &s.Fits
	}
	group.places = append(group.places, a)
}

// order within a group: fewest reasons against, then most wishes met, then the newer word, then id. It is total, so it is the same in every
// process, and it reads neither risk nor distance (S5, S6).
func order(now time.Time) func(a, b Assessment) int {
	return func(a, b Assessment) int {
		return cmp.Or(
			cmp.Compare(a.failing(), b.failing()),
			cmp.Compare(b.Wishes, a.Wishes),
			cmp.Compare(staleness(a.Place.Vacancy, now), staleness(b.Place.Vacancy, now)),
			cmp.Compare(a.Place.Space.ID, b.Place.Space.ID),
			cmp.Compare(b.Place.Version, a.Place.Version),
		)
	}
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
