package allocator

import (
	"iter"
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
	rare := newScarcity(&need, e.things)
	var fits, check, unconfirmed, no assessed
	for p := range places {
		s.Total++
		switch {
		case !e.sought(p):
			s.NotSought++
		case !p.Vacancy.Free():
			s.NotFree++
		default:
			rare.add(p)
			a := e.assess(p)
			group := &check
			switch {
			case a.Verdict == DoesNotFit:
				group = &no
			case a.Freshness == schema.Unconfirmed:
				group = &unconfirmed
			case a.Verdict == Fits:
				group = &fits
			}
			*group = append(*group, a)
		}
	}
	for _, group := range []*assessed{&fits, &check, &unconfirmed, &no} {
		arrange(*group, rare, now)
	}
	s.Fits, s.Check, s.Unconfirmed, s.No = Group{fits}, Group{check}, Group{unconfirmed}, Group{no}
	return s
}
