package schema

import "time"

// Reception is when somebody can let a household in, in London's time of day.
type Reception struct {
	// From and To as "09:00"; both empty when not said, "00:00" and "24:00" for day and night. To before From runs past midnight.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// AfterHours: somebody on call can let a household in outside these hours.
	AfterHours Fact `json:"after_hours,omitempty"`
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
