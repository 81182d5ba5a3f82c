package web

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"haven/exchange"
	"haven/schema"
)

// stayRow is one household's nights in bed and breakfast. The screen counts; it does not decide law.
type stayRow struct {
	ID        schema.StayID
	Request   schema.RequestID
	Reference string
	Household string
	Started   time.Time
	Night     string // night 31 of 42
	Limit     string // the date of the last of the 42 nights; empty where the limit does not apply
	Over      string // words where the limit is reached or passed
	Near      bool   // within nearLimit
	Looked    string
	order     time.Time
}

// nearLimit is how long before the limit the list begins to say so.
const nearLimit = 14

// stayRowsOf are the stays that go on, by limit date; then those with no limit, longest first. Ended stays are left out.
func stayRowsOf(stays []exchange.StayView, now time.Time) []stayRow {
	tonight := schema.Night(now, london)
	var families, others []stayRow
	for _, s := range stays {
		switch {
		case s.LastNight != nil:
		case s.Family:
			families = append(families, stayRowOf(s, tonight, now))
		default:
			others = append(others, stayRowOf(s, tonight, now))
		}
	}
	byDate := func(a, b stayRow) int { return cmp.Or(a.order.Compare(b.order), cmp.Compare(a.Reference, b.Reference)) }
	slices.SortStableFunc(families, byDate)
	slices.SortStableFunc(others, byDate)
	return append(families, others...)
}

func stayRowOf(s exchange.StayView, tonight, now time.Time) stayRow {
	used := s.NightsBefore + s.Nights(tonight)
	row := stayRow{ID: s.ID, Request: s.Request, Reference: s.Reference, Household: stayHousehold(s.Need.Household, s.Family), Started: s.FirstNight, Looked: lookedWords(s.Stay, now), order: s.FirstNight}
	if !s.Family {
		row.Night = "night " + strconv.Itoa(used)
		return row
	}
	limit := s.LimitDate(s.NightsBefore)
	row.order, row.Limit = limit, night(limit)
	row.Night = "night " + strconv.Itoa(used) + " of " + strconv.Itoa(schema.BBLimitNights)
	row.Near = used > schema.BBLimitNights-nearLimit
	switch over := used - schema.BBLimitNights; {
	case over > 0:
		row.Over = "Over the 6-week limit by " + plural(over, "night", "nights") + ". Bed and breakfast is not suitable for this family: move them today, or record why nothing else is available."
	case over == 0:
		row.Over = "Tonight is the last night of the 6 weeks. They need another place tomorrow."
	}
	return row
}

// stayHousehold says which rule applies, and no more than that needs.
func stayHousehold(h schema.Household, family bool) string {
	switch {
	case !family:
		return householdSize(h) + ", no child or pregnancy recorded"
	case len(h.Children) == 0:
		return "Family, " + householdSize(h) + ", pregnant"
	}
	return "Family, " + householdSize(h)
}

func lookedWords(s schema.Stay, now time.Time) string {
	if s.LookedAt == nil {
		return "Not looked again yet. Haven looks every day."
	}
	found := "No safe place fitted"
	if s.SafeFound > 0 {
		found = plural(s.SafeFound, "safe place", "safe places") + " fitted"
	}
	return found + " at " + when(*s.LookedAt, now)
}

// night is a date as nights are counted: it is no moment, so no time zone moves it.
func night(date time.Time) string { return date.UTC().Format("2 January 2006") }
