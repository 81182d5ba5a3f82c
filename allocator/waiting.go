package allocator

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"haven/schema"
)

// Waiting holds the needs of households that found nothing and wait. One changed place is put to all of them at once, as an index puts one need to
// all places: each rule is asked once of all needs that it cannot tell apart. Readers do not wait.
type Waiting struct {
	book    *rulebook
	current atomic.Pointer[table[schema.Need]]

	writing sync.Mutex
	writer  *writer[schema.Need]
}

// NewWaiting gives an empty list.
func NewWaiting() *Waiting {
	w := &Waiting{book: newRulebook()}
	w.writer = newWriter(len(w.book.rules)+1, w.keys)
	w.current.Store(w.writer.table(nil))
	return w
}

// keys of a need for each rule, and one more that all have who wait.
func (w *Waiting) keys(n *schema.Need, to []any) []any {
	for i := range w.book.rules {
		to = append(to, w.book.rules[i].needKey(n))
	}
	return append(to, true)
}

// Put adds a need or replaces it. It says no, and changes nothing, where a version as new is already known.
func (w *Waiting) Put(id schema.RequestID, need schema.Need, version int64) bool {
	return w.write(&row[schema.Need]{of: need, id: string(id), version: version})
}

// Remove ends the waiting at a version: an older need that comes late does not bring it back.
func (w *Waiting) Remove(id schema.RequestID, version int64) bool {
	return w.write(&row[schema.Need]{id: string(id), version: version, gone: true})
}

func (w *Waiting) write(r *row[schema.Need]) bool {
	w.writing.Lock()
	defer w.writing.Unlock()
	old := w.current.Load()
	if known, _, _ := old.find(r.id); known != nil && known.version >= r.version {
		return false
	}
	w.current.Store(w.writer.put(old, r))
	return true
}

// Match gives the households that a place fits, and those for which it is worth a check, each by id. A place that is not free is nobody's.
func (w *Waiting) Match(place schema.Place, now time.Time) (fits, check []schema.RequestID) {
	m := newMatch(w, &place, now)
	left := m.chosen()
	checked := m.strain(m.all(), left)
	for at := range left.all() {
		to := &fits
		if checked.has(at) {
			to = &check
		}
		*to = append(*to, schema.RequestID(m.at(at).id))
	}
	slices.SortFunc(fits, cmp.Compare[schema.RequestID])
	slices.SortFunc(check, cmp.Compare[schema.RequestID])
	return fits, check
}

// match is one place put to all who wait.
type match struct {
	sieve[schema.Need]
	rules  []Rule
	place  *schema.Place
	kind   schema.Provision
	now    time.Time
	loaded *row[schema.Need]
	q      question
	ages   ages
}

func newMatch(w *Waiting, place *schema.Place, now time.Time) *match {
	m := &match{rules: w.book.rules, place: place, kind: w.book.kinds[place.Service.Provision], now: now, ages: ages{}}
	m.sieve = newSieve(w.current.Load(), m.class)
	return m
}

func (m *match) class(column int, r *row[schema.Need]) class {
	if column == len(m.rules) {
		return 1
	}
	if m.loaded != r {
		m.loaded = r
		m.q = ask(&r.of, m.place, m.kind, m.now)
		clear(m.ages)
		m.q.quiet, m.q.ages = true, m.ages
	}
	return class(m.rules[column].judge(&m.q).Verdict.rank())
}

func (m *match) all() []int {
	rules := make([]int, len(m.rules))
	for i := range rules {
		rules[i] = i
	}
	return rules
}
