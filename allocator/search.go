package allocator

import (
	"slices"
	"time"

	"haven/schema"
)

// search is one need put to one snapshot. It is used by one goroutine.
type search struct {
	*evaluator
	sieve[stored]
	tally tally
	free  set   // the free places of the kinds sought, or of any
	any   bool  // of any kind
	loud  []int // the rules that may say something of some place
	rare  *scarcity

	// loaded is the row that stands in place, and q the need put to it.
	loaded *row[stored]
	place  schema.Place
	q      question
	ages   ages
}

func (x *Index) ask(need *schema.Need, now time.Time) *search {
	snapshot := x.current.Load()
	s := newSearch(&evaluator{rulebook: x.book, need: need, now: now}, snapshot.table)
	s.loud = s.evaluator.loud()
	s.free = s.chosen()
	s.rare = newScarcity(need, s.things)
	s.tally = snapshot.tally
	for i := range s.tally {
		if s.soughtKind(s.tally[i].kind) {
			s.rare.plus(&s.tally[i])
		}
	}
	return s
}

func newSearch(e *evaluator, t *table[stored]) *search {
	s := &search{evaluator: e, ages: ages{}}
	s.sieve = newSieve(t, s.class)
	return s
}

// class of a rule's verdict; in the column behind the rules' that of the kind, which is sought and free or not.
func (s *search) class(column int, r *row[stored]) class {
	if column < len(s.rules) {
		return class(s.rules[column].judge(s.load(r)).Verdict.rank())
	}
	if r.of.vacancy.Free() && (s.any || s.soughtKind(r.of.service.Provision)) {
		return 1
	}
	return 0
}

// load puts the need to a row. Its words are left out.
func (s *search) load(r *row[stored]) *question {
	if s.loaded != r {
		s.loaded = r
		r.of.place(r.version, &s.place)
		kind := s.q.kind
		if kind.Code != s.place.Service.Provision {
			kind = s.kinds[s.place.Service.Provision]
		}
		s.q = ask(s.need, &s.place, kind, s.now)
		s.q.quiet, s.q.ages = true, s.ages
	}
	return &s.q
}

// shortlist puts each free place of the kinds sought in its group.
func (s *search) shortlist() Shortlist {
	left := slices.Clone(s.free)
	checked := s.strain(slices.Clone(s.loud), left)
	list := Shortlist{At: s.now, Total: s.live}
	for i := range s.tally {
		if k := &s.tally[i]; s.soughtKind(k.kind) {
			list.NotFree += k.live - k.free
		} else {
			list.NotSought += k.live
		}
	}
	var fits, check, unconfirmed found
	for at := range left.all() {
		r := s.at(at)
		group := &fits
		switch {
		case r.of.vacancy.Freshness(s.now) == schema.Unconfirmed:
			group = &unconfirmed
		case checked.has(at):
			group = &check
		}
		group.rows = append(group.rows, r)
	}
	fits.search, check.search, unconfirmed.search = s, s, s
	list.Fits, list.Check, list.Unconfirmed = Group{&fits}, Group{&check}, Group{&unconfirmed}
	no := slices.Clone(s.free)
	no.minus(left)
	list.No = Group{&misses{search: s, places: no, n: no.count()}}
	return list
}
