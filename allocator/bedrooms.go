package allocator

import (
	"slices"

	"haven/schema"
)

// ownRoomFrom is the age from which a rule set gives somebody who is not one of a couple a bedroom alone. In each of them two people of one sex
// share below it, and two children below shareFreely whoever they are. The size criteria and a room of one's own from 16 differ in name only,
// and stay two: a number of bedrooms is kept with its rule set.
func ownRoomFrom(rules string) int {
	if rules == "size_criteria" || rules == "own_room_at_16" {
		return 16
	}
	return 21
}

const shareFreely = 10

// BedroomsNeeded says how many bedrooms a household needs under a rule set of schema.BedroomRules, at the ages that were said. What was not said (a
// child's sex, an adult's age or sex, whether two adults are a couple) leaves a range: the answer is one of least to most. A rule set that is not in
// the list counts as the bedroom standard. Who is not born yet is not counted: none of the rule sets does.
func BedroomsNeeded(h schema.Household, rules string) (least, most int) {
	return bedroomsNeeded(&h, rules, func(c schema.Child) (int, int) { return c.Age, c.Age })
}

// bedroomsNeeded at the ages that age gives, of children and of adults alike.
func bedroomsNeeded(h *schema.Household, rules string, age func(schema.Child) (youngest, oldest int)) (least, most int) {
	if h.People() == 0 {
		return 0, 0
	}
	own := ownRoomFrom(rules)
	counts := bedroomCounts{{seen: true}}
	for _, c := range h.Children {
		youngest, oldest := age(c)
		counts = counts.with(sleepsAs(youngest, oldest, own, c.Sex))
	}
	partner := slices.IndexFunc(h.Adults, func(a schema.Adult) bool { return a.Is == schema.PartnerOf })
	single, couple := counts, counts
	for i, a := range h.Adults {
		as := adultSleepsAs(a, own, age)
		single = single.with(as)
		switch {
		case i == 0:
			couple = couple.with([]sleeper{alone}) // the couple's room
		case i == partner:
			couple = couple.with([]sleeper{withFirst})
		case partner < 0 && a.Is == "":
			couple = couple.with(append(as, withFirst))
		default:
			couple = couple.with(as)
		}
	}
	if partner > 0 {
		least, most, _ = couple.rooms(true)
		return least, most
	}
	least, most, _ = single.rooms(false)
	if l, m, possible := couple.rooms(true); possible {
		least, most = min(least, l), max(most, m)
	}
	return least, most
}

// adultSleepsAs gives every way in which an adult may be counted. Sex is never worked out from a description (S8), so whoever is young enough to share
// may share with either sex, or with nobody.
func adultSleepsAs(a schema.Adult, own int, age func(schema.Child) (youngest, oldest int)) []sleeper {
	youngest, oldest := 16, own
	if a.Age != 0 {
		youngest, oldest = age(schema.Child{Age: a.Age})
	}
	return sleepsAs(youngest, max(oldest, own), own, schema.SexNotSaid)
}
