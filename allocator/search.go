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
	mute  []bool    // by rule: nothing was said that it speaks of
	known [][]uint8 // by column: what was judged
	free  set       // the free places of the kinds sought
	rare  *scarcity

	// loaded is the row that stands in place, and q the need put to it.
	loaded *row[stored]
	place  schema.Place
	q      question
}

// The classes of a rule's verdict.
const (
	checkClass class = iota + 1
	barClass
)

func (x *Index) ask(need *schema.Need, now time.Time) *search {
	s := &search{evaluator: &evaluator{rulebook: x.book, need: need, now: now}, snapshot: x.current.Load()}
	s.mute = make([]bool, len(s.rules))
	for i := range s.rules {
		s.mute[i] = s.rules[i].onlyIfSaid && s.rules[i].needKey(need) == s.blank[i]
	}
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

// load puts the need to a row.
func (s *search) load(r *row[stored]) *question {
	if s.loaded != r {
		s.loaded = r
		r.of.place(r.version, &s.place)
		s.q = s.quietly(&s.place)
	}
	return &s.q
}

func (s *search) judge(rule int) func(*row[stored]) class {
	return func(r *row[stored]) class { return s.rank(rule, r) }
}

func (s *search) rank(rule int, r *row[stored]) class {
	return class(s.rules[rule].judge(s.load(r)).Verdict.rank())
}

// cheapFirst orders the rules: those that tell few places apart are soon judged and leave few places to the others.
func (s *search) cheapFirst() []int {
	order := make([]int, 0, len(s.rules))
	for i := range s.rules {
		if !s.mute[i] {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.alone[a], s.alone[b]) })
	return order
}

// listen judges every value of the columns with few, row by row.
func (s *search) listen() {
	for _, w := range s.witnesses {
		if i := int(w.column); i < len(s.rules) && !s.mute[i] && s.few(i) {
			s.knownOf(i)[w.value] = 1 + uint8(s.rank(i, w.row))
		}
	}
}

// few says whether a column's values were all judged by listen.
func (s *search) few(column int) bool {
	return s.odd[column] == 0 && len(s.values[column]) <= fewValues
}

// silent says whether it is known already that a rule fits every place.
func (s *search) silent(rule int) bool {
	return s.mute[rule] || s.few(rule) && !slices.ContainsFunc(s.known[rule], func(k uint8) bool { return k != 1 })
}

// shortlist puts each free place of the kinds sought in its group.
func (s *search) shortlist() Shortlist {
	left, barred, checked := slices.Clone(s.free), s.newSet(), s.newSet()
	s.listen()
	for _, i := range s.cheapFirst() {
		if !s.silent(i) && !left.empty() {
			s.sift(i, left, s.judge(i), s.knownOf(i), checked, barred)
			left.minus(barred)
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
