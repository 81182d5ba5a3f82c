package allocator

import (
	"testing"
	"time"
	_ "time/tzdata" // so that the test needs nothing of the machine

	"pgregory.net/rapid"
)

func london(t interface{ Fatal(...any) }) *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestLondonIsTheZoneTables: every hour of a century, and the second before and after each change, as the zone tables have it.
func TestLondonIsTheZoneTables(t *testing.T) {
	t.Parallel()
	zone, changes := london(t), 0
	check := func(at time.Time) time.Duration {
		_, seconds := at.In(zone).Zone()
		want := time.Duration(seconds) * time.Second
		if got := londonOffset(at); got != want {
			t.Fatalf("at %v: got %v, want %v", at, got, want)
		}
		return want
	}
	at, end := time.Date(1996, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2096, 1, 1, 0, 0, 0, 0, time.UTC)
	next := clocksChange(at)
	for was := check(at); at.Before(end); at = at.Add(time.Hour) {
		if is := check(at); is != was {
			if !at.Equal(next) {
				t.Fatalf("the clocks change at %v, got %v", at, next)
			}
			check(at.Add(-time.Second))
			check(at.Add(time.Second))
			was, next, changes = is, clocksChange(at), changes+1
		}
	}
	if changes != 200 {
		t.Errorf("got %d changes in a century, want 200", changes)
	}
}

func TestLondonDay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-11-20T23:30:00Z": "2026-11-20",
		"2027-06-30T22:59:59Z": "2027-06-30",
		"2027-06-30T23:00:00Z": "2027-07-01",
		"2027-03-28T00:59:59Z": "2027-03-28",
	} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := londonDay(at).Format(time.DateOnly); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// TestWeeklyIsEveryMinute: what is said of a span from end to end is what looking at each of its minutes on a clock in London gives, over changes of
// the clock too.
func TestWeeklyIsEveryMinute(t *testing.T) {
	t.Parallel()
	zone := london(t)
	near := []time.Time{time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), lastSunday(2027, time.March), lastSunday(2027, time.October), lastSunday(2027, time.June)}
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, 1439).Draw(t, "from")
		long := rapid.OneOf(rapid.IntRange(1, 1440), rapid.Just(1440)).Draw(t, "long")
		on := rapid.OneOf(rapid.Just(everyDay), rapid.Custom(func(t *rapid.T) weekdays { return weekdays(rapid.Uint8Range(0, 127).Draw(t, "days")) })).Draw(t, "on")
		d := weekly{time.Duration(from) * time.Minute, time.Duration(from+long) * time.Minute, on}
		first := rapid.SampledFrom(near).Draw(t, "near").Add(time.Duration(rapid.IntRange(-30*60, 30*60).Draw(t, "first")) * time.Minute)
		last := first.Add(time.Duration(rapid.IntRange(0, 26*60).Draw(t, "last")) * time.Minute)
		all, some := true, false
		for at := first; !at.After(last); at = at.Add(time.Minute) {
			clock := at.In(zone)
			minute := clock.Hour()*60 + clock.Minute()
			in := minute >= from && minute < from+long && on.has(clock.Weekday()) || minute+1440 < from+long && on.has(clock.Weekday()-1)
			all, some = all && in, some || in
		}
		if got := d.covers(first, last); got != all {
			t.Fatalf("%v from %v to %v: covers is %v, want %v", d, first, last, got, all)
		}
		if got := d.meets(first, last); got != some {
			t.Fatalf("%v from %v to %v: meets is %v, want %v", d, first, last, got, some)
		}
	})
}

// TestWeeklyAtTheChange: in October the minute after 1:59 is 1:00, so who comes from the one to the other is not there from 1:30 to 2:30.
func TestWeeklyAtTheChange(t *testing.T) {
	t.Parallel()
	change := lastSunday(2027, time.October)
	if d := (weekly{90 * time.Minute, 150 * time.Minute, everyDay}); d.covers(change.Add(-time.Minute), change) || !d.meets(change.Add(-time.Minute), change) {
		t.Error("a minute after the change counts as the one before it")
	}
}

// TestNextInLondon, by hand: winter and summer, and the two nights in which the clocks change.
func TestNextInLondon(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-11-20T23:00:00Z": "2026-11-21T10:00:00Z",
		"2026-11-21T02:00:00Z": "2026-11-21T10:00:00Z",
		"2026-11-21T10:00:00Z": "2026-11-21T10:00:00Z",
		"2026-11-21T10:00:01Z": "2026-11-22T10:00:00Z",
		"2027-07-01T23:30:00Z": "2027-07-02T09:00:00Z", // half past midnight in London
		"2027-07-01T09:30:00Z": "2027-07-02T09:00:00Z",
		"2027-03-27T23:00:00Z": "2027-03-28T09:00:00Z",
		"2026-10-24T22:00:00Z": "2026-10-25T10:00:00Z",
	} {
		from, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := nextInLondon(10*time.Hour, from).Format(time.RFC3339); got != want {
			t.Errorf("from %s: got %s, want %s", at, got, want)
		}
	}
}

func TestWeekdaysOfCodes(t *testing.T) {
	t.Parallel()
	if got := weekdaysOf([]string{"mon", "sun"}); got != 1<<time.Monday|1<<time.Sunday {
		t.Errorf("got %b", got)
	}
	if got := weekdaysOf([]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}); got != everyDay {
		t.Errorf("got %b", got)
	}
}
