package simulate

import (
	"haven/allocator"
	"haven/schema"
)

// memory keeps what was worked out of a world: it is the same whoever asks, so every policy may use what another asked for. Households go by their
// number; a set is over places, and nil until somebody asks.
type memory struct {
	published, truth *allocator.Index
	place            map[schema.SpaceID]int
	// What the rules leave open of what was said, of what is once a service has asked, and of what is on both sides.
	said, told, could []set
	answers           map[[2]int]outcome // by household and place
}

func newMemory(households int, s *supply) memory {
	m := memory{
		published: allocator.NewIndex(), truth: allocator.NewIndex(), place: map[schema.SpaceID]int{}, answers: map[[2]int]outcome{},
		said: make([]set, households), told: make([]set, households), could: make([]set, households),
	}
	m.published.Reset(s.places)
	m.truth.Reset(s.asked)
	for i := range s.places {
		m.place[s.places[i].Space.ID] = i
	}
	return m
}

// open to a household by what was said so far.
func (w *World) open(h int, told bool) set {
	who := &w.households[h]
	if told {
		return w.judge(&w.told[who.number], w.published, who.truth)
	}
	return w.judge(&w.said[who.number], w.published, who.said)
}

// possible for a household by all the facts of both sides.
func (w *World) possible(h int) set {
	who := &w.households[h]
	return w.judge(&w.could[who.number], w.truth, who.truth)
}

// judge puts a need to every place: the one judge is the allocator's. Ages are as on the day of asking, so any time will do.
func (w *World) judge(known *set, places *allocator.Index, need schema.Need) set {
	if *known != nil {
		return *known
	}
	*known = newSet(len(w.place))
	list := places.Search(need, w.Start)
	for _, group := range []allocator.Group{list.Fits, list.Check} {
		for _, a := range group.All() {
			known.add(w.place[a.Place.Space.ID])
		}
	}
	return *known
}
