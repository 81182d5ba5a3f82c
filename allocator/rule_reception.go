package allocator

import (
	"time"

	"haven/schema"
)

// reception: a place is no place tonight when nobody is there to open the door. Its words hold no times: pages print those.
func reception() Rule {
	return Rule{
		Code:        "reception",
		Words:       "Somebody to let her in",
		Fact:        "when she would arrive, against the hours in which somebody can let a household in",
		WhenUnknown: "check first when she may arrive outside the hours, or at night where no hours were said",
		Source:      "stated by the service; travel of 15 to 50 miles an hour between the published areas is an assumption",
		Unmet:       "not_in_time",
		judge:       judgeReception,
		place: func(p *schema.Place) any {
			r := &p.Service.Reception
			if r.AfterHours == schema.Yes {
				return receptionKey{hours: schema.Reception{AfterHours: schema.Yes}}
			}
			return receptionKey{atHome(p), *r, circleOf(p.Service.Area), readyFrom(p)}
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
	hours  schema.Reception
	area   circle
	ready  time.Time
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
	night := daily{21 * time.Hour, 32 * time.Hour}
	hours, said := openHours(r)
	places := "Hours not said"
	if said {
		places = "Set hours"
	}
	first, last := q.arrival()
	switch {
	case q.atHome():
		return fits("Stays home", "Her own home", "She stays in her own home.")
	case r.AfterHours == schema.Yes:
		return fits(hers, "Somebody on call at all hours", "The service can let her in at all hours.")
	case !said && !night.meets(first, last):
		return fits(hers, places, "She would arrive by day, though the service has not said its hours.")
	case !said:
		return check(hers, places, "She may arrive at night: ask the service who can let her in.")
	case hours.covers(first, last):
		return fits(hers, places, "The service can let her in when she would arrive.")
	case !hours.meets(first, last) && r.AfterHours == schema.No:
		return bars(hers, places, "The service cannot let anybody in at the time when she would arrive.")
	}
	return check(hers, places, "She may arrive outside the hours of the service: ask whether it can let her in.")
}

// openHours of a service. Hours that begin when they end could be a whole day or none, so they were not said.
func openHours(r *schema.Reception) (daily, bool) {
	from, ok := schema.TimeOfDay(r.From)
	to, ok2 := schema.TimeOfDay(r.To)
	if !ok || !ok2 || from == to {
		return daily{}, false
	}
	if to < from {
		to += 24 * time.Hour
	}
	return daily{from, to}, true
}
