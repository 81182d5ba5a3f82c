package allocator

import (
	"time"

	"haven/schema"
)

// waitFor is how much later than needed a place may be ready and still be worth a call.
const waitFor = 12 * time.Hour

// ready: the place can be used when she needs it. Its words hold no times: pages print those in London time.
func ready() Rule {
	return Rule{
		Code:        "ready",
		Words:       "Ready in time",
		Fact:        "when the place is needed, against when it can be used",
		WhenUnknown: "check first",
		Source:      "stated by the service",
		Unmet:       "no_space_free",
		judge:       judgeReady,
		place: func(p *schema.Place) any {
			k := readyKey{atHome: atHome(p), status: p.Vacancy.Status}
			if at := p.Vacancy.From; k.status == schema.StatusGettingReady && at != nil {
				k.said, k.from = true, at.UTC()
			}
			if at := p.Space.SlotAt; at != nil {
				k.dated, k.slot = true, at.UTC()
			}
			return k
		},
		need: func(n *schema.Need) any { return n.ArriveBy.UTC() },
	}
}

type readyKey struct {
	atHome      bool
	status      schema.Status
	said, dated bool
	from, slot  time.Time
}

// notInTime is why a place that is free bars: it is there, and too late for her.
func notInTime(f Finding) Finding {
	f.Unmet = "not_in_time"
	return f
}

func judgeReady(q *question) Finding {
	hers := "Now"
	if q.needed.After(q.now) {
		hers = "Later"
	}
	v := q.place.Vacancy
	switch {
	case !v.Free():
		return bars(hers, "Not free", "The space is not free at the moment.")
	case q.atHome():
		return judgeSlot(q, hers)
	case v.Status == schema.StatusAvailable:
		return fits(hers, "Free now", "The space is free now.")
	case v.From == nil:
		return check(hers, "Getting ready", "Ask the service when the space is ready: it has not said.")
	case !v.From.After(q.now):
		return check(hers, "Getting ready", "The space was to be ready by now, and nobody has said that it is: ask the service.")
	case !v.From.After(q.needed):
		return fits(hers, "Getting ready", "The space is ready by the time it is needed.")
	case v.From.Sub(q.needed) <= waitFor:
		return check(hers, "Getting ready", "The space is getting ready, within 12 hours of when it is needed: ask the service.")
	}
	return notInTime(bars(hers, "Getting ready", "The space is not ready until later than it is needed."))
}

// judgeSlot: works at home are planned, never tonight's answer, so a slot that is still to come is in time unless she named an earlier day.
func judgeSlot(q *question, hers string) Finding {
	at := q.place.Space.SlotAt
	switch {
	case at == nil:
		return check(hers, "Date not said", "Ask the service when the work can be done.")
	case !at.After(q.now):
		return bars(hers, "Past", "The date of this work has passed.")
	case q.needed.After(q.now) && at.After(q.needed):
		return check(hers, "Dated", "The work is dated later than it is needed: ask the service.")
	}
	return fits(hers, "Dated", "The work has a date still to come; they need somewhere safe until then.")
}
