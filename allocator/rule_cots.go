package allocator

import (
	"strconv"
	"time"

	"haven/schema"
)

// cots: every baby has one, or a bed space that nobody else needs. A service that has said nothing of cots often brings one in; one that has
// said how many has counted.
func cots() Rule {
	return Rule{
		Code:        "cots",
		Words:       "Cots",
		Fact:        "how many are or may be under 2 on arrival, against cots and the bed spaces to spare",
		WhenUnknown: "check first, unless there is a bed space to spare for each",
		Source:      "stated by the service",
		Unmet:       "no_space_of_size",
		onlyIfSaid:  true,
		judge:       judgeCots,
		place: func(p *schema.Place) any {
			kind, _ := schema.ProvisionOf(p.Service.Provision)
			if kind.Slot {
				return cotsPlace{atHome: true}
			}
			k := cotsPlace{beds: p.Space.BedSpaces, ready: hour(readyFrom(p))}
			if n := p.Space.Cots; n != nil {
				k.said, k.cots = true, *n
			}
			return k
		},
		need: func(n *schema.Need) any { return roomNeed{len(n.Household.Adults), agesKey(n), true} },
	}
}

type cotsPlace struct {
	atHome, said bool
	beds, cots   int
	ready        time.Time
}

func judgeCots(q *question) Finding {
	s := sleepersOf(q)
	young := s.babies + s.perhaps
	v := cotsVerdict(q, s)
	if q.quiet {
		return Finding{Verdict: v}
	}
	places := cotsWords(q.place.Space.Cots)
	if young == 0 {
		return fits("Nobody under 2", places, "Nobody under 2 comes with this household.")
	}
	hers := strconv.Itoa(young) + " under 2"
	if s.perhaps > 0 {
		hers += " (" + strconv.Itoa(s.perhaps) + " may be 2 on arrival)"
	}
	switch {
	case q.atHome():
		return fits(hers, "Her own home", "She stays in her own home.")
	case v == DoesNotFit:
		return bars(hers, places, "The space has "+counted(*q.place.Space.Cots, "cot", "cots")+" and no bed space to spare for every child under 2.")
	case v == CheckFirst:
		return check(hers, places, "Ask the service for "+counted(young, "cot", "cots")+": no bed space is known to be to spare.")
	}
	return fits(hers, places, "There is a cot or a bed space to spare for every child under 2.")
}

// cotsVerdict: who may be 2 by then takes a bed space if so and needs a cot if not, so the sum is the same either way.
func cotsVerdict(q *question, s sleepers) Verdict {
	young, space := s.babies+s.perhaps, &q.place.Space
	spare, stated := max(0, space.BedSpaces-s.inBeds), 0
	if space.Cots != nil {
		stated = *space.Cots
	}
	switch {
	case q.atHome() || young <= spare+stated:
		return Fits
	case space.Cots == nil || space.BedSpaces <= 0:
		return CheckFirst
	}
	return DoesNotFit
}

func cotsWords(n *int) string {
	switch {
	case n == nil:
		return notSaid
	case *n == 0:
		return "No cots"
	}
	return counted(*n, "cot", "cots")
}
