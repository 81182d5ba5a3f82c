package allocator

import (
	"cmp"
	"slices"
)

// sieve puts the rules to the rows of one table. It is used by one goroutine.
type sieve[T any] struct {
	*table[T]
	judge func(column int, r *row[T]) class
	known [][]uint8 // by column and value: what was judged
}

// The classes of a rule's verdict.
const (
	checkClass class = iota + 1
	barClass
)

func newSieve[T any](t *table[T], judge func(int, *row[T]) class) sieve[T] {
	return sieve[T]{table: t, judge: judge, known: make([][]uint8, len(t.columns))}
}

func (s *sieve[T]) newSet() set { return make(set, len(s.blocks)*blockWords) }

// chosen gives the rows that the last column, which every live row has a value in, puts in class 1.
func (s *sieve[T]) chosen() set {
	all, chosen := s.newSet(), s.newSet()
	for i := range all {
		all[i] = ^uint64(0)
	}
	s.put(len(s.columns)-1, all, chosen)
	return chosen
}

// put sifts a column and remembers what was judged.
func (s *sieve[T]) put(column int, among set, to ...set) {
	if s.known[column] == nil {
		s.known[column] = make([]uint8, len(s.values[column]))
	}
	s.sift(column, among, s.judge, s.known[column], to...)
}

// at gives the row at a position of a set.
func (s *sieve[T]) at(position int) *row[T] {
	return s.blocks[position/blockRows].rows[position%blockRows]
}

// strain takes out of left what some rules bar, and gives what they have checked first. Rules that tell few rows apart come first: they are soon
// judged and leave few rows to the others. Where a rule tells so many apart that values save little, what is left is judged row by row.
func (s *sieve[T]) strain(rules []int, left set) (checked set) {
	slices.SortStableFunc(rules, func(a, b int) int { return cmp.Compare(s.alone[a], s.alone[b]) })
	checked = s.newSet()
	barred := s.newSet()
	for len(rules) > 0 && !s.divided(rules[0]) && !left.empty() {
		s.put(rules[0], left, checked, barred)
		left.minus(barred)
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
	return checked
}

// divided says whether a rule tells so many rows apart that it is better put to each that is left than to its values.
func (s *sieve[T]) divided(rule int) bool { return s.alone[rule] > s.live/4 }

// worst that some rules say of a row.
func (s *sieve[T]) worst(rules []int, r *row[T]) class {
	var worst class
	for _, i := range rules {
		if worst = max(worst, s.judge(i, r)); worst == barClass {
			break
		}
	}
	return worst
}
