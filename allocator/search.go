package allocator

import (
	"cmp"
	"slices"
	"time"

	"haven/schema"
)

// search is one need put to one snapshot. It is used by one goroutine.
type search struct {
	*evaluator
	*snapshot
	silent []bool    // by rule: it surely fits every place
	known  [][]uint8 // by column: what was judged
	free   set       // the free places of the kinds sought
	rare   *scarcity

	// loaded is the row that stands in place, and q the need put to it.
	loaded *row[stored]
	place  schema.Place
	q      question
	ages   ages
}

// The classes of a rule's verdict.
const (
	checkClass class = iota + 1
	barClass
)

func (x *Index) ask(need *schema.Need, now time.Time) *search {
	s := &search{evaluator: &evaluator{rulebook: x.book, need: need, now: now}, snapshot: x.current.Load()}
	s.known = make([][]uint8, len(s.rules)+1)
	s.free = s.newSet()
	kind := len(s.rules)
	s.sift(kind, s.everything(), s.soughtFree, s.knownOf(kind), s.free)
	s.rare = newScarcity(need, s.things)
	for i := range s.tally {
		if s.soughtKind(s.tally[i].kind) {
			s.rare.plus(&s.tally[i])
		}
	}
	s.silent = s.mute()
	return s
}

func (s *search) newSet() set { return make(set, len(s.blocks)*blockWords) }

// everything, and the positions where no row is: no column has a value there.
func (s *search) everything() set {
	all := s.newSet()
	for i := range all {
		all[i] = ^uint64(0)
	}
	return all
}

func (s *search) soughtFree(r *row[stored]) class {
	if r.of.vacancy.Free() && s.soughtKind(r.of.service.Provision) {
		return 1
	}
	return 0
}

func (s *search) knownOf(column int) []uint8 {
	if s.known[column] == nil {
		s.known[column] = make([]uint8, len(s.values[column]))
	}
	return s.known[column]
}

// at gives the row at a position of a set.
func (s *search) at(position int) *row[stored] {
	return s.blocks[position/blockRows].rows[position%blockRows]
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
		s.q.quiet, s.q.ages = true, &s.ages
	}
	return &s.q
}

func (s *search) judge(rule int) func(*row[stored]) class {
	return func(r *row[stored]) class { return s.rank(rule, r) }
}

func (s *search) rank(rule int, r *row[stored]) class {
	return class(s.rules[rule].judge(s.load(r)).Verdict.rank())
}

// worst that some rules say of a row.
func (s *search) worst(rules []int, r *row[stored]) class {
	var worst class
	for _, i := range rules {
		if worst = max(worst, s.rank(i, r)); worst == barClass {
			break
		}
	}
	return worst
}

// cheapFirst orders the rules: those that tell few places apart are soon judged and leave few places to the others.
func (s *search) cheapFirst() []int {
	order := make([]int, 0, len(s.rules))
	for i := range s.rules {
		if !s.silent[i] {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.alone[a], s.alone[b]) })
	return order
}

// divided says whether a rule tells so many places apart that whatever is left is better judged place by place.
func (s *search) divided(rule int) bool { return s.alone[rule] > s.live/4 }

// shortlist puts each free place of the kinds sought in its group.
func (s *search) shortlist() Shortlist {
	left, barred, checked := slices.Clone(s.free), s.newSet(), s.newSet()
	rules := s.cheapFirst()
	for len(rules) > 0 && !s.divided(rules[0]) && !left.empty() {
		if i := rules[0]; !s.silent[i] {
			s.sift(i, left, s.judge(i), s.knownOf(i), checked, barred)
			left.minus(barred)
		}
		rules = rules[1:]
	}
	for at := range left.all() {
		switch s.worst(rules, s.at(at)) {
		case checkClass:
			checked.set(at)
		case barClass:
			left.clear(at)
		}
	}
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
