package allocator

import (
	"cmp"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"haven/schema"
)

// leafCount keeps a leaf to some hundreds of places at 100,000, so that an update copies a few kilobytes.
const leafCount = 256

// Index holds the live places in memory. Any number of readers ask at once without waiting: each sees one unchanging snapshot. Writers wait
// only for one another. A place that was put in must not be changed afterwards.
//
// Updates may come late or twice: an older version always loses, also to a removal, so a space that was taken down cannot come back from a
// delayed message.
type Index struct {
	writing sync.Mutex
	current atomic.Pointer[snapshot]
}

// snapshot is immutable once published; a writer copies what it changes.
type snapshot struct {
	leaves [leafCount]*leaf
	live   int
}

type leaf struct{ records []*record } // sorted by id

// record of a space. One that has gone keeps its version, so that an older update of it still loses.
type record struct {
	place schema.Place
	gone  bool
}

// NewIndex gives an empty index.
func NewIndex() *Index {
	x := &Index{}
	x.current.Store(&snapshot{})
	return x
}

// Reset replaces everything. Of two places with one id the newer stays.
func (x *Index) Reset(places []schema.Place) {
	newest := make(map[schema.SpaceID]*record, len(places))
	for _, p := range places {
		if r, ok := newest[p.Space.ID]; !ok || p.Version > r.place.Version {
			newest[p.Space.ID] = &record{place: p}
		}
	}
	s := &snapshot{live: len(newest)}
	for id, r := range newest {
		l := &s.leaves[leafOf(id)]
		if *l == nil {
			*l = &leaf{}
		}
		(*l).records = append((*l).records, r)
	}
	for _, l := range s.leaves {
		if l != nil {
			slices.SortFunc(l.records, func(a, b *record) int { return cmp.Compare(a.place.Space.ID, b.place.Space.ID) })
		}
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	x.current.Store(s)
}

// Put adds or replaces a place. It says no, and changes nothing, where a version as new is already known.
func (x *Index) Put(p schema.Place) bool {
	return x.write(&record{place: p}, func(known *record) bool { return p.Version > known.place.Version })
}

// Remove takes a space down at a version: the one it saw, or a newer. It says no where there is nothing to take down or a newer version is known.
func (x *Index) Remove(id schema.SpaceID, version int64) bool {
	r := &record{gone: true}
	r.place.Space.ID, r.place.Version = id, version
	removed := false
	x.write(r, func(known *record) bool {
		removed = !known.gone && version >= known.place.Version
		return removed || version > known.place.Version
	})
	return removed
}

// write puts a record in place of the known one where wins allows it, and where none is known.
func (x *Index) write(r *record, wins func(known *record) bool) bool {
	x.writing.Lock()
	defer x.writing.Unlock()
	old := x.current.Load()
	n := leafOf(r.place.Space.ID)
	at, known := old.leaves[n].find(r.place.Space.ID)
	if known != nil && !wins(known) {
		return false
	}
	next := *old
	next.leaves[n] = old.leaves[n].with(at, known != nil, r)
	if known != nil && !known.gone {
		next.live--
	}
	if !r.gone {
		next.live++
	}
	x.current.Store(&next)
	return true
}

// Get gives a live place by its id.
func (x *Index) Get(id schema.SpaceID) (schema.Place, bool) {
	_, r := x.current.Load().leaves[leafOf(id)].find(id)
	if r == nil || r.gone {
		return schema.Place{}, false
	}
	return r.place, true
}

// Search puts a need to every live place. It reads one snapshot, so updates made meanwhile show in the next search whole or not at all.
func (x *Index) Search(need schema.Need, now time.Time) Shortlist {
	return shortlist(need, x.current.Load().all(), now)
}

// Len is how many places are live.
func (x *Index) Len() int { return x.current.Load().live }

// Counts says how many spaces are available, and how many of these were confirmed in the last schema.FreshFor.
func (x *Index) Counts(now time.Time) (available, confirmed int) {
	for p := range x.current.Load().all() {
		if p.Vacancy.Status != schema.StatusAvailable {
			continue
		}
		available++
		if p.Vacancy.Freshness(now) == schema.Fresh {
			confirmed++
		}
	}
	return available, confirmed
}

func (s *snapshot) all() iter.Seq[*schema.Place] {
	return func(yield func(*schema.Place) bool) {
		for _, l := range s.leaves {
			if l == nil {
				continue
			}
			for _, r := range l.records {
				if !r.gone && !yield(&r.place) {
					return
				}
			}
		}
	}
}

func (l *leaf) find(id schema.SpaceID) (int, *record) {
	if l == nil {
		return 0, nil
	}
	at, ok := slices.BinarySearchFunc(l.records, id, func(r *record, id schema.SpaceID) int { return cmp.Compare(r.place.Space.ID, id) })
	if !ok {
		return at, nil
	}
	return at, l.records[at]
}

// with copies the leaf with r at a position, replacing what stood there or moving it on.
func (l *leaf) with(at int, replace bool, r *record) *leaf {
	if l == nil {
		return &leaf{records: []*record{r}}
	}
	if replace {
		records := slices.Clone(l.records)
		records[at] = r
		return &leaf{records: records}
	}
	records := make([]*record, 0, len(l.records)+1)
	records = append(append(records, l.records[:at]...), r)
	return &leaf{records: append(records, l.records[at:]...)}
}

// leafOf spreads ids by FNV-1a; the leaves only bound the cost of an update and are seen in no answer.
func leafOf(id schema.SpaceID) int {
	h := uint32(2166136261)
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return int(h % leafCount)
}
