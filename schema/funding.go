package schema

import "time"

// Funding is how the stay could be paid for. It says nothing of where anybody comes from, and no document is ever asked for.
type Funding struct {
	// Route is a FundingRoutes code, where she has no recourse to public funds and another way to pay was found; empty when none is known.
	Route string `json:"route,omitempty"`
	// ConcessionEnds is the last day of the concession (YYYY-MM-DD), for the route mvdac.
	ConcessionEnds string `json:"concession_ends,omitempty"`
	// Works: she is in work, so that rent may have to be paid from wages.
	Works Fact `json:"works,omitempty"`
	// CanPay is what she can pay a week, in pounds; nil when not said.
	CanPay *int `json:"can_pay,omitempty"`
}

// FundingRoutes for somebody with no recourse to public funds.
var FundingRoutes = Codes{
	// Migrant Victims of Domestic Abuse Concession: 3 months' leave with recourse to public funds.
	{Code: "mvdac", Words: "Migrant victims concession (MVDAC)"},
	// Children Act 1989 section 17: the council's duty to a child in need.
	{Code: "section_17", Words: "Council duty to a child in need (section 17)"},
	// Care Act 2014: care and support needs of an adult.
	{Code: "care_act", Words: "Council duty to an adult with care needs"},
	{Code: "charity", Words: "A charity's fund"},
	{Code: "own", Words: "She can pay herself"},
}

const mostPoundsAWeek = 2000

func (f Funding) check() error {
	if f.Route != "" && !FundingRoutes.Has(f.Route) {
		return Invalid("funding.route", "Choose the funding route from the list, or leave it empty")
	}
	if f.ConcessionEnds != "" {
		if f.Route != "mvdac" {
			return Invalid("funding.concession_ends", "Only the migrant victims concession has a last day; choose that route or leave the day empty")
		}
		if _, err := time.Parse(time.DateOnly, f.ConcessionEnds); err != nil {
			return Invalid("funding.concession_ends", "The last day of the concession must look like 2027-03-27, or be left empty")
		}
	}
	if f.CanPay != nil && (*f.CanPay < 0 || *f.CanPay > mostPoundsAWeek) {
		return Invalid("funding.can_pay", "What she can pay a week must be 0 to 2000 pounds, or left empty")
	}
	return f.Works.Check("funding.works")
}
