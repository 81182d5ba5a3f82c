package allocator

import "slices"

// writer makes tables. It alone knows the keys' values, and is used by one goroutine at a time.
type writer[T any] struct {
	// keys appends an item's key for each column; nil is like no other.
	keys    func(item *T, to []any) []any
	columns int

	ids    []map[any]int32 // by column: the number of each value
	values [][]known       // by column and number
	most   int             // values that a column numbers; further ones are odd
	spare  int             // values that no row has any longer
	// keyed and before are the keys of a row and of the one it replaces.
	keyed, before []any
}

type known struct {
	key  any
	rows int32
}

const (
	// wellFilled leaves a block room for new ids, so that it seldom overflows before the table has grown by half.
	wellFilled = blockRows * 2 / 3
	// A column of which nearly every row is different, such as when it was confirmed, is not worth numbering: one value in so many rows is.
	rowsForValue = 64
)

func newWriter[T any](columns int, keys func(*T, []any) []any) *writer[T] {
	return &writer[T]{columns: columns, keys: keys}
}

// table of rows with different ids. It forgets values that no row has.
func (w *writer[T]) table(rows []*row[T]) *table[T] {
	blocks := len(rows)/wellFilled + 1
	t := spread(rows, blocks)
	for t == nil {
		blocks += blocks/8 + 1
		t = spread(rows, blocks)
	}
	t.values, t.alone = make([][]*row[T], w.columns), make([]int, w.columns)
	w.ids, w.values = make([]map[any]int32, w.columns), make([][]known, w.columns)
	w.most, w.spare = blockRows+len(rows)/rowsForValue, 0
	for i := range w.ids {
		w.ids[i] = map[any]int32{}
	}
	sorted := make([][]column, w.columns)
	values, seen := make([][]int32, w.columns), map[int32]int{}
	for _, b := range t.blocks {
		for i := range values {
			values[i] = values[i][:0]
		}
		for _, r := range b.rows {
			w.look(r)
			for i := range values {
				values[i] = append(values[i], w.value(t, i, r))
			}
			if !r.gone {
				t.live++
			}
		}
		for i := range values {
			sorted[i] = append(sorted[i], newColumn(values[i], seen))
		}
	}
	t.columns = make([][]*column, w.columns)
	for i := range sorted {
		t.columns[i] = alongside(sorted[i])
		for _, c := range t.columns[i] {
			t.alone[i] += c.alone()
		}
	}
	return t
}

// spread puts rows into blocks; nil where one would overflow.
func spread[T any](rows []*row[T], blocks int) *table[T] {
	t := &table[T]{blocks: make([]*block[T], blocks)}
	for i := range t.blocks {
		t.blocks[i] = &block[T]{}
	}
	for _, r := range rows {
		h := hashOf(r.id)
		b := t.blocks[h.block(blocks)]
		if len(b.rows) == blockRows {
			return nil
		}
		b.tags, b.rows = append(b.tags, h.tag()), append(b.rows, r)
	}
	return t
}

// put gives the table with a row in place of the one with its id, or besides the others.
func (w *writer[T]) put(old *table[T], r *row[T]) *table[T] {
	before, in, at := old.find(r.id)
	if at == blockRows || w.spare > 4*w.most {
		return w.table(append(old.without(r.id), r))
	}
	next := &table[T]{
		blocks: slices.Clone(old.blocks), columns: slices.Clone(old.columns), values: slices.Clone(old.values), alone: slices.Clone(old.alone), live: old.live,
	}
	next.blocks[in] = old.blocks[in].with(at, r)
	if before != nil && !before.gone {
		next.live--
	}
	if !r.gone {
		next.live++
	}
	w.look(r)
	stays := before != nil && !before.gone && !r.gone
	if stays {
		w.before = w.keys(&before.of, w.before[:0])
	}
	for i := range next.columns {
		if stays && w.keyed[i] != nil && w.keyed[i] == w.before[i] {
			continue
		}
		c, was := old.columns[i][in], noValue
		if before != nil {
			was = c.valueAt(uint8(at))
		}
		if is := w.value(next, i, r); is != was {
			changed := c.with(uint8(at), was, is)
			next.columns[i] = slices.Clone(old.columns[i])
			next.columns[i][in] = changed
			next.alone[i] += changed.alone() - c.alone()
		}
		w.release(i, was)
	}
	return next
}

// look takes the row's keys.
func (w *writer[T]) look(r *row[T]) {
	if !r.gone {
		w.keyed = w.keys(&r.of, w.keyed[:0])
	}
}

// value numbers the key of the row that was looked at last. A new value is written behind the others, where no reader of an older table looks.
func (w *writer[T]) value(t *table[T], column int, r *row[T]) int32 {
	switch {
	case r.gone:
		return noValue
	case w.keyed[column] == nil:
		return oddValue
	}
	id, ok := w.ids[column][w.keyed[column]]
	switch {
	case !ok && len(w.values[column]) == w.most:
		return oddValue
	case !ok:
		id = int32(len(w.values[column]))
		w.ids[column][w.keyed[column]] = id
		w.values[column] = append(w.values[column], known{key: w.keyed[column]})
		t.values[column] = append(t.values[column], r)
	}
	w.values[column][id].rows++
	return id
}

// release takes a row from its value.
func (w *writer[T]) release(column int, value int32) {
	if value < 0 {
		return
	}
	if w.values[column][value].rows--; w.values[column][value].rows == 0 {
		w.spare++
	}
}

// without gives all rows but one.
func (t *table[T]) without(id string) []*row[T] {
	var rows []*row[T]
	for r := range t.all() {
		if r.id != id {
			rows = append(rows, r)
		}
	}
	return rows
}

// with copies the block with a row at a position: in place of another, or behind the last.
func (b *block[T]) with(at int, r *row[T]) *block[T] {
	next := &block[T]{tags: b.tags, rows: slices.Clone(b.rows)}
	if at == len(b.rows) {
		next.tags, next.rows = append(slices.Clone(b.tags), hashOf(r.id).tag()), append(next.rows, r)
		return next
	}
	next.rows[at] = r
	return next
}
