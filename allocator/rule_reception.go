package allocator

import (
	"time"

	"haven/schema"
)

// reception: a place is no place tonight when nobody is there to open the door. Its words hold no times: pages print those.
func reception() Rule {
	return Rule{
		Code:        "reception",
		Words:       "Somebody to let them in",
		Fact:        "when they would arrive, against the days and hours in which somebody can let a household in",
		WhenUnknown: "check first when they may arrive outside the hours, at night where no hours were said, or at the weekend where no days were",
		Source:      "stated by the service; travel of 15 to 50 miles an hour between the published areas is an assumption",
		Unmet:       "not_in_time",
		judge:       judgeReception,
		place: func(p *schema.Place) any {
			r := &p.Service.Reception
			if r.AfterHours == schema.Yes {
				return receptionKey{after: schema.Yes}
			}
			return receptionKey{atHome(p), hoursKey{r.From, r.To, weekdaysOf(r.Days)}, r.AfterHours, circleOf(p.Service.Area), readyFrom(p)}
		},
		need: func(n *schema.Need) any {
			k := needReception{by: n.ArriveBy.UTC()}
			if n.NowIn != nil {
				k.from = circleOf(*n.NowIn)
			}
			return k
		},
	}
}

type receptionKey struct {
	atHome bool
	hours  hoursKey
	after  schema.Fact
	area   circle
	ready  time.Time
}

type hoursKey struct {
	from, to string
	on       weekdays
}

type needReception struct {
	by   time.Time
	from circle
}

func judgeReception(q *question) Finding {
	r := &q.place.Service.Reception
	if q.quiet && (q.atHome() || r.AfterHours == schema.Yes) {
		return Finding{Verdict: Fits}
	}
	hers := "Travels now"
	if q.need.ArriveBy.After(q.now) {
		hers = "Comes at a set time"
	}
	// Where no hours were said, who opens the door at night is asked. When that begins and ends is an assumption.
	night := weekly{21 * time.Hour, 32 * time.Hour, everyDay}
	hours, said := openHours(r)
	places := "Hours not said"
	if said {
		places = "Set hours"
	}
	first, last := q.arrival()
	// Who has not said on which days is open at the weekend day and night, or not known to be.
	unsaidDay := len(r.Days) == 0 && hours.to-hours.from < day && (weekly{0, day, weekend}).meets(first, last)
	switch {
	case q.atHome():
		return fits("Stays home", "Their own home", "They stay in their own home.")
	case r.AfterHours == schema.Yes:
		return fits(hers, "Somebody on call at all hours", "The service can let them in at all hours.")
	case !said && !night.meets(first, last) && !unsaidDay:
		return fits(hers, places, "They would arrive by day, though the service has not said its hours.")
	case !said && night.meets(first, last):
		return check(hers, places, "They may arrive at night: ask the service who can let them in.")
	case unsaidDay && (!said || hours.covers(first, last)):
		return check(hers, places, "They may arrive at the weekend: ask the service who can let them in then.")
	case hours.covers(first, last):
		return fits(hers, places, "The service can let them in when they would arrive.")
	case !hours.meets(first, last) && r.AfterHours == schema.No:
		return bars(hers, places, "The service cannot let anybody in at the time when they would arrive.")
	}
	return check(hers, places, "They may arrive outside the hours of the service: ask whether it can let them in.")
}

// openHours of a service: of every day, where it has not said which. Hours that begin when they end could be a whole day or none, so they were not
// said.
func openHours(r *schema.Reception) (weekly, bool) {
	from, ok := schema.TimeOfDay(r.From)
	to, ok2 := schema.TimeOfDay(r.To)
	if !ok || !ok2 || from == to {
		return weekly{}, false
	}
	if to < from {
		to += 24 * time.Hour
	}
	on := everyDay
	if len(r.Days) > 0 {
		on = weekdaysOf(r.Days)
	}
	return weekly{from, to, on}, true
}
