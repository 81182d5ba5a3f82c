package allocator

import (
	"iter"
	"math/bits"
	"slices"
)

// rowBits are rows of one block.
type rowBits [blockWords]uint64

func (b *rowBits) has(at uint8) bool { return b[at/64]>>(at%64)&1 != 0 }
func (b *rowBits) set(at uint8)      { b[at/64] |= 1 << (at % 64) }
func (b *rowBits) clear(at uint8)    { b[at/64] &^= 1 << (at % 64) }

// only gives the row where there is one and no other.
func (b *rowBits) only() (at uint8, alone bool) {
	all := set(b[:])
	if all.count() != 1 {
		return 0, false
	}
	for at := range all.all() {
		return uint8(at), true
	}
	return 0, false
}

// set is rows of a table, blockWords words for each block.
type set []uint64

func (s set) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

func (s set) empty() bool { return !slices.ContainsFunc(s, func(w uint64) bool { return w != 0 }) }

func (s set) has(at int) bool { return s[at/64]>>(at%64)&1 != 0 }
func (s set) set(at int)      { s[at/64] |= 1 << (at % 64) }
func (s set) clear(at int)    { s[at/64] &^= 1 << (at % 64) }

// minus takes the rows of another set out.
func (s set) minus(other set) {
	for i, w := range other {
		s[i] &^= w
	}
}

// and keeps the rows that are in another set too.
func (s set) and(other set) {
	for i, w := range other {
		s[i] &= w
	}
}

// plus adds the rows of another set.
func (s set) plus(other set) {
	for i, w := range other {
		s[i] |= w
	}
}

// all gives the position of each row: its block's number times blockRows, and its place in the block.
func (s set) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range s {
			for ; w != 0; w &= w - 1 {
				if !yield(i*64 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}
