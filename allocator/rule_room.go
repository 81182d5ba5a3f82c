package allocator

import (
	"strconv"
	"time"

	"haven/schema"
)

// room: everybody who is too old for a cot has a bed space.
func room() Rule {
	return Rule{
		Code:        "room",
		Words:       "Room for everybody",
		Fact:        "how many move together who will be 2 or over on arrival, against bed spaces",
		WhenUnknown: "check first",
		Source:      "stated by the service",
		Unmet:       "no_space_of_size",
		judge:       judgeRoom,
		place: func(p *schema.Place) any {
			kind, _ := schema.ProvisionOf(p.Service.Provision)
			if kind.Slot {
				return roomPlace{atHome: true}
			}
			return roomPlace{beds: p.Space.BedSpaces, ready: hour(readyFrom(p))}
		},
		need: func(n *schema.Need) any {
			return roomNeed{len(n.Household.Adults), agesKey(n), possibleAdults(&n.Household)}
		},
	}
}

type roomPlace struct {
	atHome bool
	beds   int
	ready  time.Time
}

type roomNeed struct {
	adults   int
	ages     string // of children, and whether they are possible
	possible bool   // the ages of adults are
}

func judgeRoom(q *question) Finding {
	beds, s := q.place.Space.BedSpaces, sleepersOf(q)
	v := roomVerdict(q, s)
	if q.quiet {
		return Finding{Verdict: v}
	}
	hers, places := householdWords(q.need.Household), sleepsWords(q.place.Space)
	switch {
	case q.atHome():
		return fits(hers, "Their own home", "They stay in their own home.")
	case s.people() == 0:
		return check("Not said", places, "Say who needs a place: 1 person of 16 or over at least.")
	case !q.possible():
		return check(hers, places, "An age or a date of birth that was given cannot be true: ask again how old everybody is.")
	case beds <= 0:
		return check(hers, places, "Ask the service how many people the space sleeps.")
	case v == DoesNotFit:
		return bars(hers, places, "The space sleeps "+strconv.Itoa(beds)+"; this household needs "+strconv.Itoa(s.inBeds)+".")
	case v == CheckFirst:
		return check(hers, places, "The space sleeps "+strconv.Itoa(beds)+": check whether "+counted(s.perhaps, "child", "children")+" will be 2 on the day of arrival, and too old for a cot.")
	}
	return fits(hers, places, "There is room for everybody.")
}

func roomVerdict(q *question, s sleepers) Verdict {
	beds := q.place.Space.BedSpaces
	switch {
	case q.atHome():
		return Fits
	case s.people() == 0 || beds <= 0 || !q.possible():
		return CheckFirst
	case s.inBeds > beds:
		return DoesNotFit
	case s.inBeds+s.perhaps > beds:
		return CheckFirst
	}
	return Fits
}

// possible says whether the ages, and the dates of birth that decide over them, can be true. No form lets others through; what comes by another way
// is asked again, and never fits.
func (q *question) possible() bool {
	if !possibleAdults(&q.need.Household) {
		return false
	}
	said := q.saidAt()
	for _, c := range q.need.Household.Children {
		if c.Age < 0 || c.Age > 17 || !c.BornAgrees(said) {
			return false
		}
	}
	return true
}

func possibleAdults(h *schema.Household) bool {
	for _, a := range h.Adults {
		if a.Age != 0 && (a.Age < 16 || a.Age > 120) {
			return false
		}
	}
	return true
}

// sleepers of a household on the day of arrival. Babies sleep in a cot, or in a bed space where one is to spare; who may be 2 by then is between.
type sleepers struct{ inBeds, babies, perhaps int }

func (s sleepers) people() int { return s.inBeds + s.babies + s.perhaps }

func sleepersOf(q *question) sleepers {
	h := &q.need.Household
	s := sleepers{inBeds: len(h.Adults)}
	for _, c := range h.Children {
		youngest, oldest := q.age(c)
		switch {
		case oldest < schema.CotAge:
			s.babies++
		case youngest >= schema.CotAge:
			s.inBeds++
		default:
			s.perhaps++
		}
	}
	return s
}

func sleepsWords(s schema.Space) string {
	if s.BedSpaces <= 0 {
		return "Size not said"
	}
	return "Sleeps " + strconv.Itoa(s.BedSpaces)
}
