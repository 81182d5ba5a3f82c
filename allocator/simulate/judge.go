package simulate

import (
	"iter"

	"haven/allocator"
	"haven/schema"
)

// memory keeps what was worked out of a world: it is the same whoever asks, so every policy may use what another asked for. Households go by their
// number.
type memory struct {
	place map[schema.SpaceID]int
	board *allocator.Index // every place as it is published, were it free
	asks  *allocator.Index // and as it turns out
	// counted are how many places of the board each household has; see chances.
	counted map[int]int
	// What the rules leave open of what was said, and of what is, once a service has asked.
	said, told []judged
	// could is what possible found; nil until a ceiling needs it.
	could   []set
	answers map[[2]int]outcome // by household and place
}

// judged says, over places, which the rules were asked about and which of these they leave open. A place is asked about when it is first shown
// free to a household that looks: most never are.
type judged struct{ asked, open set }

func newMemory(households int, s *supply) memory {
	m := memory{
		place: map[schema.SpaceID]int{}, board: allocator.NewIndex(), asks: allocator.NewIndex(), counted: map[int]int{}, answers: map[[2]int]outcome{},
		said: make([]judged, households), told: make([]judged, households), could: make([]set, households),
	}
	m.board.Reset(s.places)
	m.asks.Reset(s.asked)
	for i := range s.places {
		m.place[s.places[i].Space.ID] = i
	}
	return m
}

// open to a household by what was said so far, of these places.
func (w *World) open(h int, told bool, places set) set {
	who := &w.households[h]
	j, need := &w.said[who.number], &who.said
	if told {
		j, need = &w.told[who.number], &who.truth
	}
	if j.asked == nil {
		*j = judged{newSet(len(w.places)), newSet(len(w.places))}
	}
	var ask []schema.Place
	for _, place := range allOf(nil, places, places, j.asked) {
		j.asked.add(place)
		ask = append(ask, w.places[place])
	}
	if len(ask) > 0 {
		for a := range left(allocator.List(*need, ask, w.Start)) {
			j.open.add(w.place[a.Place.Space.ID])
		}
	}
	return j.open
}

// possible for a household: every place whose service would say yes.
func (w *World) possible(h int) set {
	could := &w.could[w.households[h].number]
	if *could == nil {
		*could = newSet(len(w.places))
		for a := range left(w.asks.Search(w.households[h].truth, w.Start)) {
			if place := w.place[a.Place.Space.ID]; w.settles(h, place, a) == accepted {
				could.add(place)
			}
		}
	}
	return *could
}

// left are the places that a list leaves open: the one judge is the allocator's. Ages are as on the day of asking, so any time will do.
func left(list allocator.Shortlist) iter.Seq[allocator.Assessment] {
	return func(yield func(allocator.Assessment) bool) {
		for _, group := range []allocator.Group{list.Fits, list.Check} {
			for _, a := range group.All() {
				if !yield(a) {
					return
				}
			}
		}
	}
}
