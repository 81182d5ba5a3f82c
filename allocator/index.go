package allocator

import (
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"haven/schema"
)

// Index holds the live places in memory. Any number of readers ask at once without waiting: each sees one unchanging snapshot. Writers wait
// only for one another. A place that was put in must not be changed afterwards.
//
// Updates may come late or twice: an older version always loses, also to a removal, so a space that was taken down cannot come back from a
// delayed message.
type Index struct {
	book    *rulebook
	current atomic.Pointer[snapshot]

	writing  sync.Mutex
	writer   *writer[stored]
	scratch  schema.Place
	services map[schema.ServiceID]*schema.Service // the newest of each that was put in, for its spaces to share
}

// snapshot is immutable once published.
type snapshot struct {
	*table[stored]
	tally tally
}

// offeredKind is the key of the column behind those of the rules.
type offeredKind struct {
	kind schema.ProvisionCode
	free bool
}

// NewIndex gives an empty index.
func NewIndex() *Index {
	x := &Index{book: newRulebook()}
	x.writer = newWriter(len(x.book.rules)+1, x.keys)
	x.Reset(nil)
	return x
}

// keys of a place for each rule, and its kind.
func (x *Index) keys(s *stored, to []any) []any {
	s.place(0, &x.scratch)
	for i := range x.book.rules {
		to = append(to, x.book.rules[i].placeKey(&x.scratch))
	}
	return append(to, offeredKind{s.service.Provision, s.vacancy.Free()})
}

// Reset replaces everything. Of two places with one id the newer stays.
func (x *Index) Reset(places []schema.Place) {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.services = map[schema.ServiceID]*schema.Service{}
	newest := make(map[string]int, len(places))
	var rows []*row[stored]
	s := &snapshot{}
	for i := range places {
		p := &places[i]
		at, twice := newest[string(p.Space.ID)]
		switch {
		case !twice:
			newest[string(p.Space.ID)] = len(rows)
			rows = append(rows, x.store(p))
		case p.Version > rows[at].version:
			rows[at] = x.store(p)
		}
	}
	for _, r := range rows {
		s.tally = s.tally.with(&r.of, 1)
	}
	s.table = x.writer.table(rows)
	x.current.Store(s)
}

// store makes a row of a place.
func (x *Index) store(p *schema.Place) *row[stored] {
	service := x.services[p.Service.ID]
	if service == nil || !sameService(service, &p.Service) {
		own := p.Service
		service = &own
		x.services[own.ID] = service
	}
	s := stored{space: p.Space, service: service, vacancy: p.Vacancy, rare: offered(x.book.things, p)}
	if s.space.Service == service.ID {
		s.space.Service = service.ID // one copy of the text for all spaces
	}
	return &row[stored]{of: s, id: string(p.Space.ID), version: p.Version}
}

// Put adds or replaces a place. It says no, and changes nothing, where a version as new is already known.
func (x *Index) Put(p schema.Place) bool {
	x.writing.Lock()
	defer x.writing.Unlock()
	old := x.current.Load()
	known, _, _ := old.find(string(p.Space.ID))
	if known != nil && known.version >= p.Version {
		return false
	}
	x.write(old, known, x.store(&p))
	return true
}

// Remove takes a space down at a version: the one it saw, or a newer. It says no where there is nothing to take down or a newer version is known.
func (x *Index) Remove(id schema.SpaceID, version int64) bool {
	x.writing.Lock()
	defer x.writing.Unlock()
	old := x.current.Load()
	known, _, _ := old.find(string(id))
	live := known != nil && !known.gone
	if known == nil || version > known.version || live && version == known.version {
		x.write(old, known, &row[stored]{id: string(id), version: version, gone: true})
		return live
	}
	return false
}

// write publishes the next snapshot, with a row in place of the known one.
func (x *Index) write(old *snapshot, known, r *row[stored]) {
	next := &snapshot{tally: old.tally}
	before, after := known != nil && !known.gone, !r.gone
	if !before || !after || !known.of.countsAs(&r.of) {
		if before {
			next.tally = next.tally.with(&known.of, -1)
		}
		if after {
			next.tally = next.tally.with(&r.of, 1)
		}
	}
	next.table = x.writer.put(old.table, r)
	x.current.Store(next)
}

// Get gives a live place by its id.
func (x *Index) Get(id schema.SpaceID) (schema.Place, bool) {
	r, _, _ := x.current.Load().find(string(id))
	if r == nil || r.gone {
		return schema.Place{}, false
	}
	var p schema.Place
	r.of.place(r.version, &p)
	return p, true
}

// Search puts a need to every live place. It reads one snapshot, so updates made meanwhile show in the next search whole or not at all.
func (x *Index) Search(need schema.Need, now time.Time) Shortlist {
	return x.ask(&need, now).shortlist()
}

// Len is how many places are live.
func (x *Index) Len() int { return x.current.Load().live }

// Counts says how many spaces are available, and how many of these were confirmed in the last schema.FreshFor.
func (x *Index) Counts(now time.Time) (available, confirmed int) {
	for r := range x.current.Load().all() {
		if r.gone || r.of.vacancy.Status != schema.StatusAvailable {
			continue
		}
		available++
		if r.of.vacancy.Freshness(now) == schema.Fresh {
			confirmed++
		}
	}
	return available, confirmed
}

// places gives every live place, each only until the next.
func (s *snapshot) places() iter.Seq[*schema.Place] {
	return func(yield func(*schema.Place) bool) {
		var p schema.Place
		for r := range s.all() {
			if r.gone {
				continue
			}
			if r.of.place(r.version, &p); !yield(&p) {
				return
			}
		}
	}
}
