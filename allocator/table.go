package allocator

import (
	"bytes"
	"iter"
)

// table keeps rows by id and knows, for each rule, which rows the rule cannot tell apart: those with one value of its key. So a rule is put to one
// row of a value, and what it says is said of all of them (sift).
//
// A table never changes. A writer makes the next one, which shares what stayed, so readers need no lock and each sees one state whole.
type table[T any] struct {
	blocks []*block[T]
	// columns are those of each rule, one for each block.
	columns [][]*column
	// values has, for each column, one row of each value.
	values [][]*row[T]
	alone  []int // by column: how many rows are the only ones of their value in their block
	live   int
}

// row is an item with its version. One that has gone keeps its version, so that an older update of it still loses.
type row[T any] struct {
	of      T
	id      string
	version int64
	gone    bool
}

const (
	blockRows  = 256
	blockWords = blockRows / 64
)

// block holds rows whose ids fall together by hash. A row keeps its place in the block, so that an update copies one block and no more.
type block[T any] struct {
	tags []byte // a byte of each id's hash
	rows []*row[T]
}

// find gives the row of an id with its block and where it stands there; no row where the id was never seen.
func (t *table[T]) find(id string) (known *row[T], in, at int) {
	h := hashOf(id)
	in = h.block(len(t.blocks))
	b := t.blocks[in]
	for {
		n := bytes.IndexByte(b.tags[at:], h.tag())
		if n < 0 {
			return nil, in, len(b.rows)
		}
		if at += n; b.rows[at].id == id {
			return b.rows[at], in, at
		}
		at++
	}
}

// all gives every row, those that have gone too.
func (t *table[T]) all() iter.Seq[*row[T]] {
	return func(yield func(*row[T]) bool) {
		for _, b := range t.blocks {
			for _, r := range b.rows {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// hash spreads ids over blocks; it is seen in no answer.
type hash uint32

// hashOf is FNV-1a, its bits mixed once more (the end of MurmurHash3) because the upper ones choose the block.
func hashOf(id string) hash {
	h := uint32(2166136261)
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return hash(h ^ h>>16)
}

func (h hash) block(of int) int { return int(uint64(h) * uint64(of) >> 32) }
func (h hash) tag() byte        { return byte(h) }
