package web

import (
	"testing"
	"time"
)

// Expected words are written by hand: London is an hour ahead of UTC until 25 October 2026.
func TestTimesAreSaidAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 13, 0, 0, 0, time.UTC)
	for stamp, want := range map[string]string{
		"2026-11-20T14:14:00Z": "2:14pm",
		"2026-11-20T09:00:00Z": "9am",
		"2026-11-20T12:00:00Z": "midday",
		"2026-11-20T23:59:00Z": "11:59pm",
		"2026-11-21T06:00:00Z": "6am on Saturday 21 November",
		"2026-11-21T00:00:00Z": "midnight at the start of Saturday 21 November",
		"2026-10-24T23:00:00Z": "midnight at the start of Sunday 25 October",
		"2026-10-25T00:30:00Z": "1:30am on Sunday 25 October",
	} {
		at, err := time.Parse(time.RFC3339, stamp)
		must(t, err)
		if got := when(at, now); got != want {
			t.Errorf("%s: %q, want %q", stamp, got, want)
		}
	}
}
