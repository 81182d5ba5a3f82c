package exchange

import "time"

// Figures is the commissioner's page: counts from the record, each with its definition printed beside it (the rows of Indicators).
type Figures struct {
	From, To   time.Time // the window, [From, To)
	ComputedAt time.Time
	// Households that asked: opened at least one request in the window. A household counts once.
	Asked int
	// Placed: of those, arrived in a safe place (never bed and breakfast) within so long of its first request.
	Placed24h, Placed72h, Placed28d int
	// StillOpen: asked, neither placed within 28 days nor unmet. Somebody placed later counts here, so that the three add up to Asked.
	StillOpen int
	// Unmet: of those that asked, ended with no safe place and not placed within 28 days.
	Unmet int
	// UnmetBy counts unmet households by the main reason (UnmetReasons) and by whom it ended (EndedBy).
	UnmetByReason map[string]int
	UnmetByWhom   map[string]int
	// BBNights: nights in bed and breakfast within the window, all households; BBFamilies: families in it at the window's end;
	// BBFamiliesOver: of those, over 42 nights in total.
	BBNights, BBFamilies, BBFamiliesOver int
	// Holds put to services in the window, and how they ended.
	Holds    int
	HoldEnds map[string]int
	// Reporting: services with a confirmation in the last 12 hours of the window, of Services published.
	Services, Reporting int
}
