package allocator

import (
	"strconv"
	"time"

	"haven/schema"
)

// cots: every baby has one, or a bed space that nobody else needs. A service that has said nothing of cots often brings one in; one that has
// said how many has counted. A baby who is expected counts for room and bars nothing: a cot may come before the birth.
func cots() Rule {
	return Rule{
		Code:        "cots",
		Words:       "Cots",
		Fact:        "how many are or may be under 2 on arrival or are expected, against cots and the bed spaces to spare",
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
		need: func(n *schema.Need) any { return cotsNeed{len(n.Household.Adults), agesKey(n), n.Household.Expected()} },
	}
}

type cotsPlace struct {
	atHome, said bool
	beds, cots   int
	ready        time.Time
}

type cotsNeed struct {
	adults   int
	ages     string
	expected int
}

func judgeCots(q *question) Finding {
	s, expected := sleepersOf(q), q.need.Household.Expected()
	young := s.babies + s.perhaps
	born := cotsVerdict(q, s, young)
	v := born
	if v == Fits && cotsVerdict(q, s, young+expected) != Fits {
		v = CheckFirst
	}
	if q.quiet {
		return Finding{Verdict: v}
	}
	places := cotsWords(q.place.Space.Cots)
	if young+expected == 0 {
		return fits("Nobody under 2", places, "Nobody under 2 comes with this household.")
	}
	hers := youngWords(s, expected)
	switch {
	case q.atHome():
		return fits(hers, "Their own home", "They stay in their own home.")
	case v == DoesNotFit:
		return bars(hers, places, "The space has "+counted(*q.place.Space.Cots, "cot", "cots")+" and no bed space to spare for every child under 2.")
	case v == CheckFirst && born == Fits:
		return check(hers, places, "Ask the service for "+counted(young+expected, "cot", "cots")+" by the birth: no bed space is known to be to spare for the baby.")
	case v == CheckFirst:
		return check(hers, places, "Ask the service for "+counted(young+expected, "cot", "cots")+": no bed space is known to be to spare.")
	case young == 0:
		return fits(hers, places, "There is a cot or a bed space to spare for the baby.")
	}
	return fits(hers, places, "There is a cot or a bed space to spare for every child under 2.")
}

// youngWords names who needs a cot, now or after the birth.
func youngWords(s sleepers, expected int) string {
	var parts []string
	if young := s.babies + s.perhaps; young > 0 {
		words := strconv.Itoa(young) + " under 2"
		if s.perhaps > 0 {
			words += " (" + strconv.Itoa(s.perhaps) + " may be 2 on arrival)"
		}
		parts = append(parts, words)
	}
	if expected > 0 {
		parts = append(parts, counted(expected, "baby expected", "babies expected"))
	}
	return listed(parts, "and")
}

// cotsVerdict for a number of young ones. Who may be 2 by then takes a bed space if so and needs a cot if not, so the sum is the same either way.
func cotsVerdict(q *question, s sleepers, young int) Verdict {
	space := &q.place.Space
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
