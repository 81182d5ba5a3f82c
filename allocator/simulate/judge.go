package simulate

import (
	"runtime"
	"strconv"
	"sync"

	"haven/allocator"
	"haven/schema"
)

// memory keeps what was worked out of a world: it is the same whoever asks, so every policy may use what another asked for. Households go by their
// number.
type memory struct {
	judged, open    []set              // by household, over places: whether the rules were asked, and what they leave open, of what was said
	told, stillOpen []set              // the same of what is, once a service has asked
	answers         map[[2]int]outcome // by household and place
	could           []set              // by household's position: what the facts of both sides leave open; nil until a ceiling needs all of it
}

func newMemory(households, places int) memory {
	m := memory{answers: map[[2]int]outcome{}}
	for range households {
		m.judged, m.open = append(m.judged, newSet(places)), append(m.open, newSet(places))
		m.told, m.stillOpen = append(m.told, newSet(places)), append(m.stillOpen, newSet(places))
	}
	return m
}

// isOpen: no rule rules the place out for what the household has said so far. Ages are as on the day of asking, so any time will do.
func (w *World) isOpen(h, place int, told bool) bool {
	n := w.households[h].number
	asked, open, need := w.judged[n], w.open[n], &w.households[h].said
	if told {
		asked, open, need = w.told[n], w.stillOpen[n], &w.households[h].truth
	}
	if !asked.has(place) {
		asked.add(place)
		if allocator.Evaluate(*need, w.published[place], w.Start).Verdict != allocator.DoesNotFit {
			open.add(place)
		}
	}
	return open.has(place)
}

// judgeAll puts every household, as it is, to every place, as it is: the one judge is the allocator's.
func (w *World) judgeAll() []set {
	waiting := allocator.NewWaiting()
	out := make([]set, len(w.households))
	for i := range w.households {
		out[i] = newSet(len(w.truth))
		waiting.Put(schema.RequestID(strconv.Itoa(i)), w.households[i].truth, 1)
	}
	matched := make([][]schema.RequestID, len(w.truth))
	var workers sync.WaitGroup
	for first := range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for place := first; place < len(w.truth); place += runtime.GOMAXPROCS(0) {
				fits, check := waiting.Match(w.truth[place], w.Start)
				matched[place] = append(fits, check...)
			}
		})
	}
	workers.Wait()
	for place, ids := range matched {
		for _, id := range ids {
			if i, err := strconv.Atoi(string(id)); err == nil {
				out[i].add(place)
			}
		}
	}
	return out
}
