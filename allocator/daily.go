package allocator

import "time"

const day = 24 * time.Hour

// daily is a span of London's day, from a time of day up to and without another; past midnight, to is over 24 hours. A span is longer than nothing
// and no longer than a day.
type daily struct{ from, to time.Duration }

// covers says whether every moment from first to last lies in the span, on whichever days.
func (d daily) covers(first, last time.Time) bool {
	for change := clocksChange(first); !change.After(last); change = clocksChange(first) {
		if !d.holds(first, change.Add(-1)) {
			return false
		}
		first = change
	}
	return d.holds(first, last)
}

// meets says whether any moment from first to last lies in the span.
func (d daily) meets(first, last time.Time) bool {
	rest := daily{d.to, d.from + day}
	return rest.from >= rest.to || !rest.covers(first, last)
}

// holds is covers between two changes of the clock, where London's time runs evenly.
func (d daily) holds(first, last time.Time) bool {
	if d.to-d.from >= day {
		return true
	}
	at, long := londonTime(first).Sub(londonDay(first)), last.Sub(first)
	for ; at < d.to; at += day {
		if at >= d.from && at+long < d.to {
			return true
		}
	}
	return false
}

// nextInLondon is the first time not before another at which London's clock shows an hour of the day. The hour is past 1:00, where clocks change.
func nextInLondon(hour time.Duration, t time.Time) time.Time {
	shown := londonDay(t).Add(hour)
	if shown.Before(londonTime(t)) {
		shown = shown.Add(day)
	}
	return shown.Add(-londonOffset(shown))
}
