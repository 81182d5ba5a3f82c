package schema

import "time"

// Reception is when somebody can let a household in, in London's time of day.
type Reception struct {
	// From and To as "09:00"; both empty when not said, "00:00" and "24:00" for day and night. To before From runs past midnight.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Days on which these hours begin: Weekdays codes. Empty when not said, which is not yet every day: offices shut at the weekend.
	Days []string `json:"days,omitempty"`
	// AfterHours: somebody on call can let a household in outside these hours.
	AfterHours Fact `json:"after_hours,omitempty"`
}

// Weekdays, the first of them Monday.
var Weekdays = Codes{
	{Code: "mon", Words: "Monday"},
	{Code: "tue", Words: "Tuesday"},
	{Code: "wed", Words: "Wednesday"},
	{Code: "thu", Words: "Thursday"},
	{Code: "fri", Words: "Friday"},
	{Code: "sat", Words: "Saturday"},
	{Code: "sun", Words: "Sunday"},
}

func (r Reception) check() error {
	if (r.From == "") != (r.To == "") {
		return Invalid("reception", "reception needs both from and to, or neither")
	}
	if r.From != "" {
		if _, ok := TimeOfDay(r.From); !ok {
			return Invalid("reception.from", "reception.from must be a time of day like 09:00")
		}
		if _, ok := TimeOfDay(r.To); !ok {
			return Invalid("reception.to", "reception.to must be a time of day like 21:30, or 24:00")
		}
	}
	if r.From == "" && len(r.Days) > 0 {
		return Invalid("reception.days", "reception.days needs from and to: the hours on those days")
	}
	if err := checkCodes("reception.days", r.Days, Weekdays); err != nil {
		return err
	}
	return r.AfterHours.Check("reception.after_hours")
}

// TimeOfDay reads "09:00" as the time since midnight; "24:00" is the end of the day.
func TimeOfDay(text string) (time.Duration, bool) {
	if text == "24:00" {
		return 24 * time.Hour, true
	}
	at, err := time.Parse("15:04", text)
	if err != nil || len(text) != 5 {
		return 0, false
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, true
}
