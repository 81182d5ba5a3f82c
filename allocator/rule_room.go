package allocator

import (
	"strconv"
	"time"

	"haven/schema"
)

// room: everybody has a bed space, or is young enough for a cot.
func room() Rule {
	return Rule{
		Code:        "room",
		Words:       "Room for everybody",
		Fact:        "how many move together, and how many are under 2 on arrival, against bed spaces and cots",
		WhenUnknown: "check first",
		Source:      "stated by the service",
		Unmet:       "no_space_of_size",
		judge:       judgeRoom,
		place: func(p *schema.Place) any {
			kind, _ := schema.ProvisionOf(p.Service.Provision)
			if kind.Slot {
				return roomPlace{atHome: true}
			}
			return roomPlace{beds: p.Space.BedSpaces, cots: cotsOf(p.Space), ready: hour(readyFrom(p))}
		},
		need: func(n *schema.Need) any { return roomNeed{len(n.Household.Adults), agesKey(n)} },
	}
}

type roomPlace struct {
	atHome     bool
	beds, cots int
	ready      time.Time
}

type roomNeed struct {
	adults int
	ages   string
}

func judgeRoom(q *question) Finding {
	h, s := q.need.Household, q.place.Space
	hers := householdWords(h)
	if q.atHome() {
		return fits(hers, "Her own home", "She stays in her own home.")
	}
	if h.People() == 0 {
		return check("Not said", sleepsWords(s), "Say who needs a place: 1 person of 16 or over at least.")
	}
	beds, babies, maybe := len(h.Adults), 0, 0
	for _, c := range h.Children {
		youngest, oldest := q.age(c)
		switch {
		case oldest < schema.CotAge:
			babies++
		case youngest >= schema.CotAge:
			beds++
		default:
			maybe++
		}
	}
	if babies+maybe > 0 {
		hers += " (" + strconv.Itoa(babies+maybe) + " under 2)"
	}
	places := sleepsWords(s)
	switch {
	case s.BedSpaces <= 0:
		return check(hers, places, "Ask the service how many people the space sleeps.")
	case beds > s.BedSpaces:
		return bars(hers, places, "The space sleeps "+strconv.Itoa(s.BedSpaces)+"; this household needs "+strconv.Itoa(beds)+".")
	case beds+maybe+max(0, babies-cotsOf(s)) > s.BedSpaces:
		// No cots on record may mean that nobody said, and services bring one in: not a no.
		return check(hers, places, "Ask the service for "+counted(babies+maybe, "cot", "cots")+": there is no bed space to spare.")
	}
	return fits(hers, places, "There is room for everybody.")
}

func sleepsWords(s schema.Space) string {
	if s.BedSpaces <= 0 {
		return "Size not said"
	}
	words := "Sleeps " + strconv.Itoa(s.BedSpaces)
	if n := cotsOf(s); n > 0 {
		words += ", " + counted(n, "cot", "cots")
	}
	return words
}

func cotsOf(s schema.Space) int {
	if s.Cots == nil {
		return 0
	}
	return *s.Cots
}
