package allocator

import (
	"slices"
	"strconv"

	"haven/schema"
)

// Rare is something that few places offer and that some household cannot do without. Languages are not among them: an interpreter can come to any
// place, and staff who speak one are not used up. A list and a plan read the same rows, so that they agree which places are scarce.
type Rare struct {
	// Words complete "One of 2 free places": "open to pets".
	Words string
	// Before and After stand around a noun: "step-free" room, room "open to pets".
	Before, After string
	Offers        func(*schema.Place) bool
	Asks          func(*schema.Need) bool
	// Within: so many rows after this one go without saying where this one is said.
	Within int
}

// Rares lists them, at most 64: of two as rare, the one that asks more of a place first.
func Rares() []Rare {
	return slices.Concat(rareOfSpaces(), rareOfServices(), rareDescriptions(), rareBoys(), rareSizes(), rareSupport(), rareGroups())
}

func rareOfSpaces() []Rare {
	space := func(before, after, words string, of func(*schema.Space) schema.Fact, asked func(*schema.Need) schema.Fact) Rare {
		return Rare{Words: words, Before: before, After: after,
			Offers: func(p *schema.Place) bool { return of(&p.Space) == schema.Yes }, Asks: func(n *schema.Need) bool { return asked(n) == schema.Yes }}
	}
	const mobility, hearing, sight = "suited to limited mobility", "suited to somebody Deaf or hard of hearing", "suited to somebody blind or partially sighted"
	return []Rare{
		space("step-free", "", "suited to a wheelchair", func(s *schema.Space) schema.Fact { return s.Wheelchair }, func(n *schema.Need) schema.Fact { return n.Wheelchair }),
		space("", mobility, mobility, func(s *schema.Space) schema.Fact { return s.LimitedMobility }, func(n *schema.Need) schema.Fact { return n.LimitedMobility }),
		space("", hearing, hearing, func(s *schema.Space) schema.Fact { return s.Hearing }, func(n *schema.Need) schema.Fact { return n.Hearing }),
		space("", sight, sight, func(s *schema.Space) schema.Fact { return s.Sight }, func(n *schema.Need) schema.Fact { return n.Sight }),
	}
}

func rareOfServices() []Rare {
	service := func(words string, of func(*schema.Takes) schema.Fact, asked func(*schema.Need) schema.Fact) Rare {
		return rare(words, func(p *schema.Place) bool { return of(&p.Service.Takes) == schema.Yes }, func(n *schema.Need) bool { return asked(n) == schema.Yes })
	}
	return []Rare{
		service("open to people without recourse to public funds", func(t *schema.Takes) schema.Fact { return t.NoRecourse }, func(n *schema.Need) schema.Fact { return opposite(n.Recourse) }),
		service("where a carer may live in", func(t *schema.Takes) schema.Fact { return t.Carers }, livesIn),
		service("where a carer may visit", func(t *schema.Takes) schema.Fact { return t.CarerVisits }, func(n *schema.Need) schema.Fact { return n.CarerVisits }),
		service("open to assistance animals", func(t *schema.Takes) schema.Fact { return t.AssistanceAnimal }, func(n *schema.Need) schema.Fact { return n.AssistanceAnimal }),
		service("open to pets", func(t *schema.Takes) schema.Fact { return t.Pets }, func(n *schema.Need) schema.Fact { return n.Pets }),
		service("with staff there at night", func(t *schema.Takes) schema.Fact { return t.NightStaff }, func(n *schema.Need) schema.Fact { return n.NightStaff }),
		service("open to couples", func(t *schema.Takes) schema.Fact { return t.Couples }, withPartner),
		service("open to sons and daughters of 18 and over", func(t *schema.Takes) schema.Fact { return t.AdultChildren }, withAdultChild),
		service("open to people who are pregnant", func(t *schema.Takes) schema.Fact { return t.Pregnant }, pregnant),
		rare("open to people of 16 and 17", func(p *schema.Place) bool { return p.Service.Takes.AgeFrom != nil && *p.Service.Takes.AgeFrom < adult }, withYoungPerson),
	}
}

// rare is a row whose words read alike after a place and after any noun.
func rare(words string, offers func(*schema.Place) bool, asks func(*schema.Need) bool) Rare {
	return Rare{Words: words, After: words, Offers: offers, Asks: asks}
}

// rareDescriptions: most places take women. Who did not say is sure of a place only where everybody is taken, so she asks for each.
func rareDescriptions() []Rare {
	var rows []Rare
	for _, row := range schema.Descriptions() {
		if row.Code == schema.Woman || row.Code == schema.NotSaid {
			continue
		}
		rows = append(rows, rare("open to "+people(row.Code),
			func(p *schema.Place) bool { return p.Service.Takes.Adults[row.Code] == schema.Yes },
			func(n *schema.Need) bool {
				return slices.ContainsFunc(n.Household.Adults, func(a schema.Adult) bool { return a.As == row.Code || a.As == schema.NotSaid })
			}))
	}
	return rows
}

// rareBoys: nearly every service takes boys to 12, four in five to 14, half to 16 and one in five all (Women's Aid 2020, p. 27).
func rareBoys() []Rare {
	var rows []Rare
	for i, row := range []struct {
		over, to int
		words    string
	}{{16, noBoysLimit, "open to boys of every age"}, {14, 16, "open to boys of 16"}, {12, 14, "open to boys of 14"}} {
		r := rare(row.words,
			func(p *schema.Place) bool { return p.Service.Takes.BoysTo != nil && *p.Service.Takes.BoysTo >= row.to },
			func(n *schema.Need) bool {
				return slices.ContainsFunc(n.Household.Children, func(c schema.Child) bool { return c.Sex != schema.Girl && c.Age > row.over })
			})
		r.Within = 2 - i
		rows = append(rows, r)
	}
	return rows
}

// rareSizes: a family of five has no other place than one for five, while somebody alone can go anywhere.
func rareSizes() []Rare {
	const least, large, most = 3, 5, 8
	var rows []Rare
	for beds := most; beds >= least; beds-- {
		words := "for " + strconv.Itoa(beds) + " people or more"
		r := rare(words, func(p *schema.Place) bool { return p.Space.BedSpaces >= beds }, func(n *schema.Need) bool { return n.Household.People() >= beds })
		r.Before, r.Within = "family", beds-least
		if beds >= large {
			r.Before = "large family"
		}
		if beds == least || beds == large {
			r.After = "" // that is what family, and large, mean
		}
		rows = append(rows, r)
	}
	return rows
}

func rareSupport() []Rare {
	var rows []Rare
	for _, row := range schema.SupportNeeds {
		rows = append(rows, rare("with support for: "+row.Words,
			func(p *schema.Place) bool { return p.Service.Takes.Support[row.Code] == schema.Yes },
			func(n *schema.Need) bool { return n.Support[row.Code] == schema.Yes }))
	}
	return rows
}

// rareGroups: a service run by and for a group stays for who would choose it.
func rareGroups() []Rare {
	var rows []Rare
	for _, row := range schema.Groups {
		rows = append(rows, rare("run by and for: "+row.Words,
			func(p *schema.Place) bool { return slices.Contains(p.Service.Takes.RunFor, row.Code) },
			func(n *schema.Need) bool { return n.RunFor[row.Code] == schema.Yes }))
	}
	return rows
}
