package allocator

import (
	"math/bits"
	"slices"
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

// rareThing is something that few places offer and that some household cannot do without. Languages are not among them: an interpreter can come to
// any place, and staff who speak one are not used up.
type rareThing struct {
	words  string // completes "1 of 2 free places"
	offers func(*schema.Place) bool
	asks   func(*schema.Need) bool
}

// rareSet has a bit for each row of rareThings that a place offers or a household asks for.
type rareSet uint64

// scarcity adds up the free places of the kinds sought. It is a sum over places and knows neither their order nor the time, so every process that
// holds the same places comes to the same; an index may keep the sums.
type scarcity struct {
	things []rareThing
	asked  rareSet
	free   int
	of     [64]int
}

func newScarcity(need *schema.Need, things []rareThing) *scarcity {
	s := &scarcity{things: things}
	for i := range s.things {
		if s.things[i].asks(need) {
			s.asked |= 1 << i
		}
	}
	return s
}

// offered does not depend on the need: an index may keep it with the place.
func (s *scarcity) offered(place *schema.Place) rareSet { return offered(s.things, place) }

func offered(things []rareThing, place *schema.Place) rareSet {
	var set rareSet
	for i := range things {
		if things[i].offers(place) {
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
	return which + s.things[at].words + "; listed after others so that it stays for who has no other."
}

// rareThings lists them; at most 64.
func rareThings() []rareThing {
	space := func(words string, of func(*schema.Space) schema.Fact, asked func(*schema.Need) schema.Fact) rareThing {
		return rareThing{words, func(p *schema.Place) bool { return of(&p.Space) == schema.Yes }, func(n *schema.Need) bool { return asked(n) == schema.Yes }}
	}
	service := func(words string, of func(*schema.Takes) schema.Fact, asked func(*schema.Need) schema.Fact) rareThing {
		return rareThing{words, func(p *schema.Place) bool { return of(&p.Service.Takes) == schema.Yes }, func(n *schema.Need) bool { return asked(n) == schema.Yes }}
	}
	things := []rareThing{
		space("for a wheelchair", func(s *schema.Space) schema.Fact { return s.Wheelchair }, func(n *schema.Need) schema.Fact { return n.Wheelchair }),
		space("for limited mobility", func(s *schema.Space) schema.Fact { return s.LimitedMobility }, func(n *schema.Need) schema.Fact { return n.LimitedMobility }),
		space("for somebody Deaf or hard of hearing", func(s *schema.Space) schema.Fact { return s.Hearing }, func(n *schema.Need) schema.Fact { return n.Hearing }),
		space("for somebody blind or partially sighted", func(s *schema.Space) schema.Fact { return s.Sight }, func(n *schema.Need) schema.Fact { return n.Sight }),
		service("without recourse to public funds", func(t *schema.Takes) schema.Fact { return t.NoRecourse }, func(n *schema.Need) schema.Fact { return opposite(n.Recourse) }),
		service("where a carer may live in", func(t *schema.Takes) schema.Fact { return t.Carers }, livesIn),
		service("where a carer may visit", func(t *schema.Takes) schema.Fact { return t.CarerVisits }, func(n *schema.Need) schema.Fact { return n.CarerVisits }),
		service("with room for an assistance animal", func(t *schema.Takes) schema.Fact { return t.AssistanceAnimal }, func(n *schema.Need) schema.Fact { return n.AssistanceAnimal }),
		service("with room for a pet", func(t *schema.Takes) schema.Fact { return t.Pets }, func(n *schema.Need) schema.Fact { return n.Pets }),
		service("with staff there at night", func(t *schema.Takes) schema.Fact { return t.NightStaff }, func(n *schema.Need) schema.Fact { return n.NightStaff }),
		service("for couples", func(t *schema.Takes) schema.Fact { return t.Couples }, withPartner),
		service("for sons and daughters of 18 and over", func(t *schema.Takes) schema.Fact { return t.AdultChildren }, withAdultChild),
		service("for somebody who is pregnant", func(t *schema.Takes) schema.Fact { return t.Pregnant }, pregnant),
		rareThing{"for somebody of 16 or 17", func(p *schema.Place) bool { return p.Service.Takes.AgeFrom != nil && *p.Service.Takes.AgeFrom < adult }, withYoungPerson},
	}
	return slices.Concat(things, rareDescriptions(), rareBoys(), rareSizes(), rareSupport(), rareGroups())
}

// rareDescriptions: most places take women. Who did not say is sure of a place only where everybody is taken, so she asks for each.
func rareDescriptions() []rareThing {
	var things []rareThing
	for _, row := range schema.Descriptions() {
		if row.Code == schema.Woman || row.Code == schema.NotSaid {
			continue
		}
		things = append(things, rareThing{"for " + people(row.Code),
			func(p *schema.Place) bool { return p.Service.Takes.Adults[row.Code] == schema.Yes },
			func(n *schema.Need) bool {
				return slices.ContainsFunc(n.Household.Adults, func(a schema.Adult) bool { return a.As == row.Code || a.As == schema.NotSaid })
			}})
	}
	return things
}

// rareBoys: nearly every service takes boys to 12, four in five to 14, half to 16 and one in five all (Women's Aid 2020, p. 27).
func rareBoys() []rareThing {
	var things []rareThing
	for _, row := range []struct {
		over, to int
		words    string
	}{{16, noBoysLimit, "for boys of every age"}, {14, 16, "for boys of 16"}, {12, 14, "for boys of 14"}} {
		things = append(things, rareThing{row.words,
			func(p *schema.Place) bool { return p.Service.Takes.BoysTo != nil && *p.Service.Takes.BoysTo >= row.to },
			func(n *schema.Need) bool {
				return slices.ContainsFunc(n.Household.Children, func(c schema.Child) bool { return c.Sex != schema.Girl && c.Age > row.over })
			}})
	}
	return things
}

// rareSizes: a family of five has no other place than one for five, while somebody alone can go anywhere.
func rareSizes() []rareThing {
	var things []rareThing
	for beds := 8; beds >= 3; beds-- {
		things = append(things, rareThing{"for " + strconv.Itoa(beds) + " people or more",
			func(p *schema.Place) bool { return p.Space.BedSpaces >= beds },
			func(n *schema.Need) bool { return n.Household.People() >= beds }})
	}
	return things
}

func rareSupport() []rareThing {
	var things []rareThing
	for _, row := range schema.SupportNeeds {
		things = append(things, rareThing{"with: " + row.Words,
			func(p *schema.Place) bool { return p.Service.Takes.Support[row.Code] == schema.Yes },
			func(n *schema.Need) bool { return n.Support[row.Code] == schema.Yes }})
	}
	return things
}

// rareGroups: a service run by and for a group stays for who would choose it.
func rareGroups() []rareThing {
	var things []rareThing
	for _, row := range schema.Groups {
		things = append(things, rareThing{"run for: " + row.Words,
			func(p *schema.Place) bool { return slices.Contains(p.Service.Takes.RunFor, row.Code) },
			func(n *schema.Need) bool { return n.RunFor[row.Code] == schema.Yes }})
	}
	return things
}
