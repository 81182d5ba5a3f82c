package schema

import "time"

// Stay is nights in bed and breakfast: not safe accommodation, the last resort, counted by the night (S10).
type Stay struct {
	ID           StayID
	Request      RequestID // the request that found no safe place
	Household    HouseholdID
	Organisation OrganisationID // the council
	Reference    string
	// Family: the six-week limit applies.
	Family bool
	// FirstNight and LastNight are dates in Europe/London, midnight UTC of that date. LastNight is nil while the stay goes on.
	FirstNight time.Time
	LastNight  *time.Time
	StartedBy  AccountID
	// LookedAt is when somebody or the daily check last looked for a safe place for them.
	LookedAt  *time.Time
	SafeFound int // places that fitted at LookedAt
}

// BBLimitNights is the six weeks after which bed and breakfast is unsuitable for a family
// (SI 2003/3326 article 4, "a period, or a total of periods, which exceeds 6 weeks").
const BBLimitNights = 42

// Nights used up to and including the night of a date. The night of FirstNight is night 1.
func (s Stay) Nights(today time.Time) int {
	end := today
	if s.LastNight != nil && s.LastNight.Before(end) {
		end = *s.LastNight
	}
	if end.Before(s.FirstNight) {
		return 0
	}
	return int(end.Sub(s.FirstNight).Hours()/24) + 1
}

// LimitDate is the last of the 42 nights, given nights used in earlier stays.
func (s Stay) LimitDate(before int) time.Time {
	return s.FirstNight.AddDate(0, 0, BBLimitNights-before-1)
}

// End the stay after a last night.
func (s Stay) End(last time.Time) (Stay, error) {
	if s.LastNight != nil {
		return s, Refuse(KindEnded, "stay_ended", "This stay has already ended.")
	}
	if last.Before(s.FirstNight.AddDate(0, 0, -1)) {
		return s, Invalid("last_night", "The last night cannot be before the first night")
	}
	s.LastNight = &last
	return s, nil
}

// Night is the date of a moment in London, as midnight UTC: what a stay counts.
func Night(t time.Time, london *time.Location) time.Time {
	y, m, d := t.In(london).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
