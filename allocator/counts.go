package allocator

import "slices"

// counts adds up sets: how often each row came, written across sets as the digits of a binary number.
type counts struct {
	among  set
	digits []set
}

// add counts the rows of a set, which is written over.
func (c *counts) add(s set) {
	for _, d := range c.digits {
		carried := uint64(0)
		for i, w := range s {
			d[i], s[i] = d[i]^w, d[i]&w
			carried |= s[i]
		}
		if carried == 0 {
			return
		}
	}
	c.digits = append(c.digits, s)
}

// exactly gives the rows that came n times.
func (c *counts) exactly(n int) set {
	s := slices.Clone(c.among)
	for i, d := range c.digits {
		if n>>i&1 != 0 {
			s.and(d)
		} else {
			s.minus(d)
		}
	}
	if n>>len(c.digits) != 0 {
		clear(s)
	}
	return s
}
