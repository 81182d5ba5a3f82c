package allocator

import "slices"

// column sorts the rows of a block by one rule's values: a set of bits where several rows share a value, a pair where one row has it alone.
type column struct {
	shared []sharedValue
	single []singleValue
	odd    rowBits // rows like no other, each to be judged by itself
}

type sharedValue struct {
	value int32
	rows  rowBits
}

type singleValue struct {
	value int32
	at    uint8
}

const (
	noValue  int32 = -1 // a row that has gone
	oddValue int32 = -2 // a row like no other
)

// newColumn sorts rows by the value at their position. It writes over seen, so that one can be used for many.
func newColumn(values []int32, seen map[int32]int) column {
	var c column
	clear(seen)
	for at, v := range values {
		switch i, known := seen[v]; {
		case v == oddValue:
			c.odd.set(uint8(at))
		case v == noValue:
		case known:
			c.shared[i].rows.set(uint8(at))
		default:
			seen[v] = len(c.shared)
			s := sharedValue{value: v}
			s.rows.set(uint8(at))
			c.shared = append(c.shared, s)
		}
	}
	all := c.shared
	c.shared = nil
	for _, s := range all {
		if at, alone := s.rows.only(); alone {
			c.single = append(c.single, singleValue{s.value, at})
		} else {
			c.shared = append(c.shared, s)
		}
	}
	return c
}

// alongside lays columns one behind the other in memory, in the order in which a search reads them.
func alongside(columns []column) []*column {
	var shared []sharedValue
	var single []singleValue
	for i := range columns {
		shared, single = append(shared, columns[i].shared...), append(single, columns[i].single...)
	}
	shared, single = slices.Clip(shared), slices.Clip(single)
	out := make([]*column, len(columns))
	for i := range columns {
		c := &columns[i]
		n, m := len(c.shared), len(c.single)
		c.shared, c.single, shared, single = shared[:n:n], single[:m:m], shared[n:], single[m:]
		out[i] = c
	}
	return out
}

// alone counts the rows that share their value with no other.
func (c *column) alone() int { return len(c.single) + set(c.odd[:]).count() }

// valueAt gives the value of the row at a position.
func (c *column) valueAt(at uint8) int32 {
	for i := range c.shared {
		if c.shared[i].rows.has(at) {
			return c.shared[i].value
		}
	}
	for _, s := range c.single {
		if s.at == at {
			return s.value
		}
	}
	if c.odd.has(at) {
		return oddValue
	}
	return noValue
}

// with gives the row at a position another value, in a copy.
func (c *column) with(at uint8, before, after int32) *column {
	next := &column{shared: slices.Clone(c.shared), single: slices.Clone(c.single), odd: c.odd}
	next.drop(at, before)
	next.add(at, after)
	return next
}

func (c *column) drop(at uint8, value int32) {
	c.odd.clear(at)
	c.single = slices.DeleteFunc(c.single, func(s singleValue) bool { return s.at == at })
	if i := c.sharedBy(value); i >= 0 {
		if c.shared[i].rows.clear(at); c.shared[i].rows == (rowBits{}) {
			c.shared = slices.Delete(c.shared, i, i+1)
		}
	}
}

func (c *column) add(at uint8, value int32) {
	switch {
	case value == noValue:
		return
	case value == oddValue:
		c.odd.set(at)
		return
	}
	if i := c.sharedBy(value); i >= 0 {
		c.shared[i].rows.set(at)
		return
	}
	i := slices.IndexFunc(c.single, func(s singleValue) bool { return s.value == value })
	if i < 0 {
		c.single = append(c.single, singleValue{value, at})
		return
	}
	s := sharedValue{value: value}
	s.rows.set(c.single[i].at)
	s.rows.set(at)
	c.single = slices.Delete(c.single, i, i+1)
	c.shared = append(c.shared, s)
}

func (c *column) sharedBy(value int32) int {
	return slices.IndexFunc(c.shared, func(s sharedValue) bool { return s.value == value })
}
