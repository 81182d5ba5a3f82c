package allocator

import "math/bits"

// class is what a judge makes of a row: rows of class 0 are of no interest, and those of class n are added to the nth set.
type class uint8

// unjudged, and one more than the class of what was judged.
const unjudged = 0

// sift puts one column to the rows in among, value by value, and adds each to the set of its class, if there is one. What was judged stands in
// known, by value, and is not judged again.
func (t *table[T]) sift(column int, among set, judge func(column int, r *row[T]) class, known []uint8, to ...set) {
	values := t.values[column]
	for n, c := range t.columns[column] {
		in := (*rowBits)(among[n*blockWords:])
		if *in == (rowBits{}) {
			continue
		}
		for i := range c.shared {
			s := &c.shared[i]
			here := rowBits{s.rows[0] & in[0], s.rows[1] & in[1], s.rows[2] & in[2], s.rows[3] & in[3]}
			if here == (rowBits{}) {
				continue
			}
			k := known[s.value]
			if k == unjudged {
				k = 1 + uint8(judge(column, values[s.value]))
				known[s.value] = k
			}
			if k > 1 && to[k-2] != nil {
				out := (*rowBits)(to[k-2][n*blockWords:])
				out[0], out[1], out[2], out[3] = out[0]|here[0], out[1]|here[1], out[2]|here[2], out[3]|here[3]
			}
		}
		for _, s := range c.single {
			if !in.has(s.at) {
				continue
			}
			k := known[s.value]
			if k == unjudged {
				k = 1 + uint8(judge(column, values[s.value]))
				known[s.value] = k
			}
			if k > 1 && to[k-2] != nil {
				(*rowBits)(to[k-2][n*blockWords:]).set(s.at)
			}
		}
		for i, w := range c.odd {
			for w &= in[i]; w != 0; w &= w - 1 {
				at := uint8(i*64 + bits.TrailingZeros64(w))
				if k := judge(column, t.blocks[n].rows[at]); k > 0 && to[k-1] != nil {
					(*rowBits)(to[k-1][n*blockWords:]).set(at)
				}
			}
		}
	}
}
