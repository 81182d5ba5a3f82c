package allocator

import "time"

// London's clock, worked out here: the engine is pure, and zone tables read from the machine would let two machines judge differently. The rule is
// that of the Summer Time Act 1972 as amended by the Summer Time Order 2002, the same since 1996: an hour ahead of UTC from the last Sunday of March
// to the last Sunday of October, changing at 1:00 UTC. A change of the law is a change of this file.

// londonOffset is how far London's clock is ahead of UTC.
func londonOffset(t time.Time) time.Duration {
	t = t.UTC()
	switch month := t.Month(); {
	case month < time.March || month > time.October:
		return 0
	case month > time.March && month < time.October:
		return time.Hour
	}
	if !t.Before(lastSunday(t.Year(), time.March)) && t.Before(lastSunday(t.Year(), time.October)) {
		return time.Hour
	}
	return 0
}

// lastSunday of a month of 31 days, at the hour when the clocks change.
func lastSunday(year int, month time.Month) time.Time {
	last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return last.Add(-24 * time.Hour * time.Duration(last.Weekday()))
}

// londonTime is London's date and time of day, written as if it were UTC.
func londonTime(t time.Time) time.Time { return t.UTC().Add(londonOffset(t)) }

// londonDay is midnight of London's date, written as if it were UTC, so that days apart are a plain difference.
func londonDay(t time.Time) time.Time { return londonTime(t).Truncate(24 * time.Hour) }

// clocksChange gives the first change of London's clock after a time.
func clocksChange(t time.Time) time.Time {
	year := t.UTC().Year()
	for _, at := range []time.Time{lastSunday(year, time.March), lastSunday(year, time.October)} {
		if at.After(t) {
			return at
		}
	}
	return lastSunday(year+1, time.March)
}
