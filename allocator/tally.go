package allocator

import (
	"math/bits"
	"slices"

	"haven/schema"
)

// tally counts live places by kind, so that a search need not.
type tally []kindTally

type kindTally struct {
	kind       schema.ProvisionCode
	live, free int
	of         [64]int // free places with each rare thing
}

// with counts one more place, or one fewer, in a copy.
func (t tally) with(s *stored, n int) tally {
	i := slices.IndexFunc(t, func(k kindTally) bool { return k.kind == s.service.Provision })
	t = slices.Clone(t)
	if i < 0 {
		i = len(t)
		t = append(t, kindTally{kind: s.service.Provision})
	}
	t[i].live += n
	if !s.vacancy.Free() {
		return t
	}
	t[i].free += n
	for set := s.rare; set != 0; set &= set - 1 {
		t[i].of[bits.TrailingZeros64(uint64(set))] += n
	}
	return t
}

// countsAs says whether one place is counted like another.
func (s *stored) countsAs(other *stored) bool {
	return s.service.Provision == other.service.Provision && s.vacancy.Free() == other.vacancy.Free() && s.rare == other.rare
}

// plus adds what was counted before.
func (s *scarcity) plus(k *kindTally) {
	s.free += k.free
	for i, n := range k.of {
		s.of[i] += n
	}
}
