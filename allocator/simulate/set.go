package simulate

import "math/bits"

// set of numbers below a bound: places or households.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) remove(i int)   { s[i/64] &^= 1 << (i % 64) }

// allOf lists what is in s and in t and not in out, lowest first.
func allOf(into []int, s, t, out set) []int {
	into = into[:0]
	for w := range s {
		for b := s[w] & t[w] &^ out[w]; b != 0; b &= b - 1 {
			into = append(into, w*64+bits.TrailingZeros64(b))
		}
	}
	return into
}
