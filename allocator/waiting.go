package allocator

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"haven/schema"
)

// Waiting holds the needs of households that found nothing and wait. One changed place is put to all of them at once.
type Waiting struct {
	mu    sync.RWMutex
	needs map[schema.RequestID]waitingNeed
}

type waitingNeed struct {
	need    schema.Need
	version int64
	gone    bool
}

// NewWaiting gives an empty list.
func NewWaiting() *Waiting { return &Waiting{needs: map[schema.RequestID]waitingNeed{}} }

// Put adds a need or replaces it. It says no, and changes nothing, where a version as new is already known.
func (w *Waiting) Put(id schema.RequestID, need schema.Need, version int64) bool {
	return w.write(id, waitingNeed{need: need, version: version})
}

// Remove ends the waiting at a version: an older need that comes late does not bring it back.
func (w *Waiting) Remove(id schema.RequestID, version int64) bool {
	return w.write(id, waitingNeed{version: version, gone: true})
}

func (w *Waiting) write(id schema.RequestID, n waitingNeed) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if known, ok := w.needs[id]; ok && known.version >= n.version {
		return false
	}
	w.needs[id] = n
	return true
}

// Match gives the households that a place fits, and those for which it is worth a check, each by id. A place that is not free is nobody's.
func (w *Waiting) Match(place schema.Place, now time.Time) (fits, check []schema.RequestID) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	for id, n := range w.needs {
		if n.gone {
			continue
		}
		switch newEvaluator(&n.need, now).verdict(&place) {
		case Fits:
			fits = append(fits, id)
		case CheckFirst:
			check = append(check, id)
		}
	}
	slices.SortFunc(fits, cmp.Compare[schema.RequestID])
	slices.SortFunc(check, cmp.Compare[schema.RequestID])
	return fits, check
}
