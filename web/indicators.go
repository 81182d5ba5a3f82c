package web

import "strconv"

// indicator is one figure with all that is needed to read it. A new one is a row of indicators.
type indicator struct {
	Title      string
	Definition string
	Window     string
	Read       string // how to read it
	Gaps       string // what it does not see
	Count      func(*publicFigures) figureCount
	// Of is the whole it is a part of; nil where it has none.
	Of func(*publicFigures) figureCount
}

const (
	windowAsked  = "Households that first asked in the period."
	placedGap    = "Arrivals that nobody recorded. Households that asked near the end of the period may still arrive: the last 28 days are incomplete."
	placedRead   = "Compare with an equal period. Each household is counted once, however many requests it made."
	nightsWindow = "Nights within the period, up to tonight. A night belongs to the date on which it begins, in London."
)

func askedFigure(p *publicFigures) figureCount { return p.Asked }

var indicators = []indicator{
	{
		"Households that asked", "Households for which a helpline or housing officer opened at least 1 request for a safe place.", windowAsked,
		"The whole that the percentages below are of.", "Households that did not reach anybody who uses Haven.",
		askedFigure, nil,
	},
	{
		"Placed within 24 hours", "Of those, households that arrived in safe accommodation within 24 hours of first asking. Bed and breakfast never counts as placed.", windowAsked,
		placedRead, placedGap,
		func(p *publicFigures) figureCount { return p.Placed24h }, askedFigure,
	},
	{
		"Placed within 72 hours", "As above, within 72 hours. It includes those placed within 24 hours.", windowAsked,
		placedRead, placedGap,
		func(p *publicFigures) figureCount { return p.Placed72h }, askedFigure,
	},
	{
		"Placed within 28 days", "As above, within 28 days. It includes those placed sooner.", windowAsked,
		placedRead, placedGap,
		func(p *publicFigures) figureCount { return p.Placed28d }, askedFigure,
	},
	{
		"Unmet need", "Of those that asked, households whose request ended with no safe place and that were not placed within 28 days.", windowAsked,
		"Reasons are the main one recorded for each household. The service or the place is their subject, never the household.", "Requests that nobody has closed are still open, not unmet.",
		func(p *publicFigures) figureCount { return p.Unmet }, askedFigure,
	},
	{
		"Still open", "Of those that asked, households that were not placed within 28 days and whose request has not ended with no safe place.", windowAsked,
		"A high number makes the figures above provisional.", "A request somebody forgot to close. Households placed after more than 28 days count here, so that the figures add up.",
		func(p *publicFigures) figureCount { return p.StillOpen }, askedFigure,
	},
	{
		"Nights in bed and breakfast", "Nights that households of the councils here spent in bed and breakfast, which is not safe accommodation in law.", nightsWindow,
		"Each night of each household counts once.", "Stays that were arranged elsewhere and not recorded in Haven.",
		func(p *publicFigures) figureCount { return p.BBNights }, nil,
	},
	{
		"Families in bed and breakfast", "Households with a child or a pregnancy in bed and breakfast at the end of the period.", "The last night of the period, or tonight.",
		"A count on one night, not over the period.", "As above.",
		func(p *publicFigures) figureCount { return p.BBFamilies }, nil,
	},
	{
		"Families over 6 weeks", "Of those families, the ones with more than 42 nights in all their stays together (SI 2003/3326, article 4).", "All recorded stays up to the last night of the period.",
		"Any number above 0 is a family in accommodation that the law calls unsuitable.", "Nights before the council began to use Haven.",
		func(p *publicFigures) figureCount { return p.BBFamiliesOver }, func(p *publicFigures) figureCount { return p.BBFamilies },
	},
}

// reportingWords say how much of the network the figures see.
func reportingWords(p *publicFigures) string {
	words := strconv.Itoa(p.Reporting) + " of " + plural(p.Services, "service", "services") + " reporting"
	if p.Reporting < p.Services {
		words += "; figures are an undercount"
	}
	return words + "."
}
