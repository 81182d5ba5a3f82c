package allocator

import (
	"math/bits"
	"strconv"

	"haven/schema"
)

// Scarcity is how rare a place's like is among the free places of the kinds sought, in what it offers and this household did not ask for. Between
// places that are equal to her the least scarce comes first, so that the last room for a wheelchair stays for who has no other. It only orders:
// nothing is withheld, and a place that she wants more stands before one she wants less, however scarce.
type Scarcity struct {
	// Step is 0 where half of the places or more offer all that this one offers; 1 down to a quarter, 2 down to an eighth, and so on. Steps, not
	// counts: a list must not turn over because one place was taken.
	Step int
	// Words say why a place stands behind others; empty where it would stand there anyhow.
	Words string
}

// rareSet has a bit for each row of Rares that a place offers or a household asks for.
type rareSet uint64

// scarcity adds up the free places of the kinds sought. It is a sum over places and knows neither their order nor the time, so every process that
// holds the same places comes to the same; an index may keep the sums.
type scarcity struct {
	things []Rare
	asked  rareSet
	free   int
	of     [64]int
}

func newScarcity(need *schema.Need, things []Rare) *scarcity {
	s := &scarcity{things: things}
	for i := range s.things {
		if s.things[i].Asks(need) {
			s.asked |= 1 << i
		}
	}
	return s
}

// offered does not depend on the need: an index may keep it with the place.
func (s *scarcity) offered(place *schema.Place) rareSet { return offered(s.things, place) }

func offered(things []Rare, place *schema.Place) rareSet {
	var set rareSet
	for i := range things {
		if things[i].Offers(place) {
			set |= 1 << i
		}
	}
	return set
}

// add counts a free place of a kind sought.
func (s *scarcity) add(place *schema.Place) {
	s.free++
	for set := s.offered(place); set != 0; set &= set - 1 {
		s.of[bits.TrailingZeros64(uint64(set))]++
	}
}

func (s *scarcity) step(offered rareSet) int {
	at := s.rarest(offered)
	if at < 0 {
		return 0
	}
	return bits.Len(uint(s.free / (2 * s.of[at])))
}

// rarest row of those offered beyond what was asked for; of two as rare the earlier, so the rows that ask most stand first.
func (s *scarcity) rarest(offered rareSet) int {
	at := -1
	for set := offered &^ s.asked; set != 0; set &= set - 1 {
		if i := bits.TrailingZeros64(uint64(set)); s.of[i] > 0 && (at < 0 || s.of[i] < s.of[at]) {
			at = i
		}
	}
	return at
}

func (s *scarcity) words(offered rareSet) string {
	at := s.rarest(offered)
	if at < 0 {
		return ""
	}
	which := "The only free place "
	if n := s.of[at]; n > 1 {
		which = "One of " + strconv.Itoa(n) + " free places "
	}
	return which + s.things[at].Words + "; listed after others so that it stays for somebody who has no other."
}
