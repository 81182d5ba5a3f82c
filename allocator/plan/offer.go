package plan

import (
	"math/bits"
	"slices"
	"strconv"

	"haven/schema"
)

// offer is something that few places have and that some household cannot do without.
type offer struct {
	before, after string // words around "room": "step-free", "that takes pets"
	has           func(*schema.Place) bool
	asked         func(*schema.Need) bool
	// within: so many rows before this one go without saying where this one is said.
	within int
}

// offered is a set of rows of offerTable.
type offered uint64

// offerTable lists them in the order their words are spoken; at most 64.
func offerTable() []offer {
	space := func(before, after string, of func(*schema.Space) schema.Fact, asked func(*schema.Need) schema.Fact) offer {
		return offer{before, after, func(p *schema.Place) bool { return of(&p.Space) == schema.Yes }, func(n *schema.Need) bool { return asked(n) == schema.Yes }, 0}
	}
	takes := func(after string, of func(*schema.Takes) schema.Fact, asked func(*schema.Need) schema.Fact) offer {
		return offer{"", after, func(p *schema.Place) bool { return of(&p.Service.Takes) == schema.Yes }, func(n *schema.Need) bool { return asked(n) == schema.Yes }, 0}
	}
	table := []offer{
		space("step-free", "", func(s *schema.Space) schema.Fact { return s.Wheelchair }, func(n *schema.Need) schema.Fact { return n.Wheelchair }),
		space("", "that suits limited mobility", func(s *schema.Space) schema.Fact { return s.LimitedMobility }, func(n *schema.Need) schema.Fact { return n.LimitedMobility }),
		space("", "with an alarm that can be seen or felt", func(s *schema.Space) schema.Fact { return s.Hearing }, func(n *schema.Need) schema.Fact { return n.Hearing }),
		space("", "that suits somebody blind or partially sighted", func(s *schema.Space) schema.Fact { return s.Sight }, func(n *schema.Need) schema.Fact { return n.Sight }),
		takes("that takes people with no recourse to public funds", func(t *schema.Takes) schema.Fact { return t.NoRecourse }, func(n *schema.Need) schema.Fact { return opposite(n.Recourse) }),
		takes("where a carer may live in", func(t *schema.Takes) schema.Fact { return t.Carers }, with(schema.CarerOf)),
		takes("that takes assistance animals", func(t *schema.Takes) schema.Fact { return t.AssistanceAnimal }, func(n *schema.Need) schema.Fact { return n.AssistanceAnimal }),
		takes("that takes pets", func(t *schema.Takes) schema.Fact { return t.Pets }, func(n *schema.Need) schema.Fact { return n.Pets }),
		takes("with staff there at night", func(t *schema.Takes) schema.Fact { return t.NightStaff }, func(n *schema.Need) schema.Fact { return n.NightStaff }),
		takes("that takes couples", func(t *schema.Takes) schema.Fact { return t.Couples }, with(schema.PartnerOf)),
		takes("that takes sons and daughters of 18 and over", func(t *schema.Takes) schema.Fact { return t.AdultChildren }, with(schema.AdultChildOf)),
		{"", "that takes people of 16 and 17", func(p *schema.Place) bool { return p.Service.Takes.AgeFrom != nil && *p.Service.Takes.AgeFrom < 18 }, func(n *schema.Need) bool {
			return slices.ContainsFunc(n.Household.Adults, func(a schema.Adult) bool { return a.Age > 0 && a.Age < 18 })
		}, 0},
	}
	return slices.Concat(table, offeredSizes(), offeredToBoys(), offeredToAdults(), offeredSupport(), offeredGroups())
}

// offeredSizes: who is alone can go anywhere, a family of five cannot.
func offeredSizes() []offer {
	size := func(before, after string, people int) offer {
		return offer{before, after, func(p *schema.Place) bool { return p.Space.BedSpaces >= people }, func(n *schema.Need) bool { return n.Household.People() >= people }, 0}
	}
	return []offer{size("large", "", 5), size("family", "", 3), size("", "that sleeps 7 or more", 7)}
}

// offeredToBoys: half of refuges take boys to 16, one in five all (Women's Aid 2020, p. 27).
func offeredToBoys() []offer {
	var out []offer
	for i, over := range []int{12, 14, 16} {
		out = append(out, offer{"", "that takes boys over " + strconv.Itoa(over),
			func(p *schema.Place) bool { return p.Service.Takes.BoysTo != nil && *p.Service.Takes.BoysTo > over },
			func(n *schema.Need) bool {
				return slices.ContainsFunc(n.Household.Children, func(c schema.Child) bool { return c.Sex != schema.Girl && c.Age > over })
			}, i})
	}
	return out
}

// offeredToAdults: most places take women. Of a description that somebody did not say nothing is worked out.
func offeredToAdults() []offer {
	var out []offer
	for _, row := range []struct {
		code  schema.Described
		words string
	}{{schema.Man, "men"}, {schema.TransWoman, "trans women"}, {schema.TransMan, "trans men"}, {schema.NonBinary, "non-binary people"}} {
		out = append(out, offer{"", "that takes " + row.words,
			func(p *schema.Place) bool { return p.Service.Takes.Adults[row.code] == schema.Yes },
			func(n *schema.Need) bool {
				return slices.ContainsFunc(n.Household.Adults, func(a schema.Adult) bool { return a.As == row.code })
			}, 0})
	}
	return out
}

func offeredSupport() []offer {
	var out []offer
	for _, row := range schema.SupportNeeds {
		out = append(out, offer{"", "with support for: " + row.Words,
			func(p *schema.Place) bool { return p.Service.Takes.Support[row.Code] == schema.Yes },
			func(n *schema.Need) bool { return n.Support[row.Code] == schema.Yes }, 0})
	}
	return out
}

// offeredGroups: a service run by and for a group stays for who would choose it.
func offeredGroups() []offer {
	var out []offer
	for _, row := range schema.Groups {
		out = append(out, offer{"", "run by and for: " + row.Words,
			func(p *schema.Place) bool { return slices.Contains(p.Service.Takes.RunFor, row.Code) },
			func(n *schema.Need) bool { return n.RunFor[row.Code] == schema.Yes }, 0})
	}
	return out
}

func with(is string) func(*schema.Need) schema.Fact {
	return func(n *schema.Need) schema.Fact {
		if slices.ContainsFunc(n.Household.Adults, func(a schema.Adult) bool { return a.Is == is }) {
			return schema.Yes
		}
		return schema.No
	}
}

func opposite(f schema.Fact) schema.Fact {
	switch f {
	case schema.Yes:
		return schema.No
	case schema.No:
		return schema.Yes
	}
	return schema.Unknown
}

// offers of all places of a plan, and how rare each is.
type offers struct {
	table []offer
	has   []offered // of each place
	step  [64]uint16
}

func newOffers(places []schema.Place) offers {
	o := offers{table: offerTable()}
	var of [64]int
	for i := range places {
		var set offered
		for bit := range o.table {
			if o.table[bit].has(&places[i]) {
				set |= 1 << bit
				of[bit]++
			}
		}
		o.has = append(o.has, set)
	}
	for bit, n := range of {
		if n > 0 {
			// 0 where half of the places or more offer it, 1 down to a quarter, and so on: the steps of a shortlist.
			o.step[bit] = uint16(bits.Len(uint(len(places) / (2 * n))))
		}
	}
	return o
}

func (o *offers) asked(need *schema.Need) offered {
	var set offered
	for bit := range o.table {
		if o.table[bit].asked(need) {
			set |= 1 << bit
		}
	}
	return set
}

// rarest step of what a place offers beyond what was asked for.
func (o *offers) rarest(place int32, asked offered) uint16 {
	var step uint16
	for set := o.has[place] &^ asked; set != 0; set &= set - 1 {
		step = max(step, o.step[bits.TrailingZeros64(uint64(set))])
	}
	return step
}
