package allocator

import "haven/schema"

// sleeper is how a rule set counts one person.
type sleeper uint8

const (
	alone sleeper = iota
	olderGirl
	olderBoy
	youngGirl
	youngBoy
	withFirst // the first adult's partner
)

// sleepsAs gives every way in which somebody may be counted, as far as age and sex are known.
func sleepsAs(youngest, oldest, own int, sex schema.Sex) []sleeper {
	as := make([]sleeper, 0, 6)
	if oldest >= own {
		as = append(as, alone)
	}
	if youngest < own && oldest >= shareFreely {
		if sex != schema.Boy {
			as = append(as, olderGirl)
		}
		if sex != schema.Girl {
			as = append(as, olderBoy)
		}
	}
	if youngest < shareFreely {
		if sex != schema.Boy {
			as = append(as, youngGirl)
		}
		if sex != schema.Girl {
			as = append(as, youngBoy)
		}
	}
	return as
}

// bedroomCounts holds, for each state a household can be in, the fewest and most bedrooms that are full by then. Pairs are made as people come, so
// all that later people turn on is who is left without one: five yes-or-no facts, and whether the couple was found. That makes the range exact
// for any number of people of whom nothing is known, at one pass.
type bedroomCounts [64]struct {
	seen        bool
	least, most int
}

// The facts of a state.
const (
	girlWaits  = 1 << iota // an older girl without another
	boyWaits               // an older boy without another
	youngWaits             // a young child without another
	youngGirlThere
	youngBoyThere
	coupleFound
)

// with adds a person.
func (b bedroomCounts) with(ways []sleeper) bedroomCounts {
	var next bedroomCounts
	for state, rooms := range b {
		if !rooms.seen {
			continue
		}
		for _, way := range ways {
			to, more, ok := placed(state, way)
			if !ok {
				continue
			}
			n := &next[to]
			if !n.seen {
				n.seen, n.least, n.most = true, rooms.least+more, rooms.most+more
				continue
			}
			n.least, n.most = min(n.least, rooms.least+more), max(n.most, rooms.most+more)
		}
	}
	return next
}

// placed gives the state after a person, and how many bedrooms more are full then.
func placed(state int, way sleeper) (next, more int, ok bool) {
	waits := 0
	switch way {
	case alone:
		return state, 1, true
	case withFirst:
		return state | coupleFound, 0, state&coupleFound == 0
	case olderGirl:
		waits = girlWaits
	case olderBoy:
		waits = boyWaits
	case youngGirl:
		state, waits = state|youngGirlThere, youngWaits
	case youngBoy:
		state, waits = state|youngBoyThere, youngWaits
	}
	if state&waits != 0 {
		more = 1
	}
	return state ^ waits, more, true
}

// rooms gives the fewest and most over the states with, or without, a couple: who is left over shares or has a bedroom alone.
func (b bedroomCounts) rooms(couple bool) (least, most int, possible bool) {
	for state, rooms := range b {
		if !rooms.seen || (state&coupleFound != 0) != couple {
			continue
		}
		l, m := rooms.least+leftOver(state), rooms.most+leftOver(state)
		if !possible {
			least, most, possible = l, m, true
			continue
		}
		least, most = min(least, l), max(most, m)
	}
	return least, most, possible
}

// leftOver: an older child without another shares with a young one of the same sex, or has a bedroom alone: one bedroom either way. The young
// children that are left share by two.
func leftOver(state int) int {
	rooms, young := 0, 0
	if state&youngWaits != 0 {
		young = 1
	}
	if state&girlWaits != 0 {
		rooms++
		if state&youngGirlThere != 0 {
			young--
		}
	}
	if state&boyWaits != 0 {
		rooms++
		if state&youngBoyThere != 0 {
			young--
		}
	}
	switch young {
	case 1:
		return rooms + 1
	case -2: // both came out of a pair, which is a bedroom less
		return rooms - 1
	}
	return rooms
}
