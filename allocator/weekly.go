package allocator

import (
	"iter"
	"slices"
	"time"

	"haven/schema"
)

const day = 24 * time.Hour

// weekly is a span of London's day, from a time of day up to and without another, on the days on which it begins; past midnight, to is over 24 hours.
// A span is longer than nothing and no longer than a day.
type weekly struct {
	from, to time.Duration
	on       weekdays
}

// weekdays has a bit for each time.Weekday.
type weekdays uint8

const (
	everyDay weekdays = 1<<7 - 1
	weekend           = 1<<time.Saturday | 1<<time.Sunday
)

func (w weekdays) has(d time.Weekday) bool { return w&(1<<((d+7)%7)) != 0 }

// weekdaysOf codes of schema.Weekdays, which begin with Monday.
func weekdaysOf(codes []string) weekdays {
	var on weekdays
	for i, row := range schema.Weekdays {
		if slices.Contains(codes, row.Code) {
			on |= 1 << ((i + 1) % 7)
		}
	}
	return on
}

// covers says whether every moment from first to last lies in a span.
func (w weekly) covers(first, last time.Time) bool {
	for from, to := range evenly(first, last) {
		if !w.holds(from, to) {
			return false
		}
	}
	return true
}

// meets says whether any moment from first to last lies in a span.
func (w weekly) meets(first, last time.Time) bool {
	for from, to := range evenly(first, last) {
		if w.touches(from, to) {
			return true
		}
	}
	return false
}

// evenly gives the parts of a time in which London's clock runs evenly: those between its changes.
func evenly(first, last time.Time) iter.Seq2[time.Time, time.Time] {
	return func(yield func(from, to time.Time) bool) {
		for change := clocksChange(first); !change.After(last); change = clocksChange(first) {
			if !yield(first, change.Add(-1)) {
				return
			}
			first = change
		}
		yield(first, last)
	}
}

// holds goes from the end of one span to the next that has begun by then.
func (w weekly) holds(first, last time.Time) bool {
	today, at := onClock(first)
	for end := at + last.Sub(first); ; {
		next := w.to
		switch {
		case w.on.has(today-1) && at < w.to-day:
			next -= day
		case !w.on.has(today) || at < w.from || at >= w.to:
			return false
		}
		if end < next {
			return true
		}
		if at = next; at >= day {
			today, at, end = today+1, at-day, end-day
		}
	}
}

func (w weekly) touches(first, last time.Time) bool {
	today, at := onClock(first)
	end := at + last.Sub(first)
	begins := -day // yesterday's may still run
	for d := today - 1; begins <= end; d++ {
		if w.on.has(d) && begins+w.from <= end && at < begins+w.to {
			return true
		}
		begins += day
	}
	return false
}

// onClock is the day of the week and the time of day that London's clock shows.
func onClock(t time.Time) (time.Weekday, time.Duration) {
	shown := londonTime(t)
	midnight := shown.Truncate(day)
	return midnight.Weekday(), shown.Sub(midnight)
}

// nextInLondon is the first time not before another at which London's clock shows an hour of the day. The hour is past 1:00, where clocks change.
func nextInLondon(hour time.Duration, t time.Time) time.Time {
	shown := londonDay(t).Add(hour)
	if shown.Before(londonTime(t)) {
		shown = shown.Add(day)
	}
	return shown.Add(-londonOffset(shown))
}
