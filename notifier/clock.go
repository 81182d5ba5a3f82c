package notifier

import (
	"strings"
	"time"
	_ "time/tzdata" // a bare machine has no zone files, and a deadline an hour out is worse than none
)

// london is where everyone who reads or sends a text is. It is part of the rules, not of the configuration.
var london = mustLoad("Europe/London")

func mustLoad(zone string) *time.Location {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		panic("the zone data built into this program lacks " + zone)
	}
	return loc
}

// clockTime writes a time as people say it: 2:45pm, 9am, midday. Seconds are dropped, never rounded up, and midnight is 11:59pm: a
// deadline may be named early, not late, and "midnight" leaves people unsure of the day.
func clockTime(t time.Time) string {
	t = t.In(london)
	switch {
	case t.Hour() == 0 && t.Minute() == 0:
		return "11:59pm"
	case t.Hour() == 12 && t.Minute() == 0:
		return "midday"
	}
	return strings.Replace(t.Format("3:04pm"), ":00", "", 1)
}

// minuteOfDay is the minute since midnight on a clock in London.
func minuteOfDay(t time.Time) int {
	t = t.In(london)
	return t.Hour()*60 + t.Minute()
}

// nextMinuteOfDay is the first time after t at which a clock in London shows that minute.
func nextMinuteOfDay(t time.Time, minute int) time.Time {
	y, m, d := t.In(london).Date()
	at := time.Date(y, m, d, 0, minute, 0, 0, london)
	if !at.After(t) {
		at = time.Date(y, m, d+1, 0, minute, 0, 0, london)
	}
	return at.UTC()
}
