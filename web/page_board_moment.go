package web

import (
	"time"

	"haven/schema"
)

// moment is a near time offered as a button: nobody picks from a calendar at a refuge's door.
type moment struct {
	Label string // Today 4pm, Tomorrow 9am
	At    time.Time
}

// Stamp is the moment as a form sends it.
func (m moment) Stamp() string { return m.At.UTC().Format(time.RFC3339) }

// soonest is how far ahead a clock time must lie to be worth offering.
const soonest = 45 * time.Minute

// momentsAhead are the next few clock times at which rooms become ready.
func momentsAhead(now time.Time, n int) []moment {
	var ahead []moment
	for day := 0; len(ahead) < n; day++ {
		y, m, d := now.In(london).Date()
		for _, hour := range []int{9, 12, 16, 20} {
			at := time.Date(y, m, d+day, hour, 0, 0, 0, london)
			if at.Sub(now) >= soonest && len(ahead) < n {
				ahead = append(ahead, moment{dayClock(at, now), at})
			}
		}
	}
	return ahead
}

// arrivalMoments begin with the next hours: people set out at any time of the night.
func arrivalMoments(now time.Time) []moment {
	var all []moment
	for _, wait := range []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour} {
		at := now.Add(wait).Truncate(15 * time.Minute).Add(15 * time.Minute)
		all = append(all, moment{dayClock(at, now), at})
	}
	last := all[len(all)-1].At
	for _, m := range momentsAhead(now, 8) {
		if m.At.Sub(last) >= time.Hour && len(all) < 6 {
			all = append(all, m)
		}
	}
	return all
}

// dayClock is Today 4pm, Tomorrow 9am, Monday 9am; a date once the name of the day could be meant twice.
func dayClock(t, now time.Time) string {
	days := int(schema.Night(t, london).Sub(schema.Night(now, london)).Hours() / 24)
	switch {
	case days == 0:
		return "Today " + clock(t)
	case days == 1:
		return "Tomorrow " + clock(t)
	case days > 1 && days < 7:
		return t.In(london).Format("Monday ") + clock(t)
	}
	return t.In(london).Format("2 January ") + clock(t)
}
