package web

import (
	"net/url"
	"strconv"
	"strings"

	"haven/schema"
)

type fundingRow struct{ Route, Ends, CanPay string }

func readFunding(posted url.Values) fundingRow {
	return fundingRow{posted.Get("funding_route"), tidy(posted.Get("funding_ends")), tidy(posted.Get("can_pay"))}
}

func fundingOf(f schema.Funding) fundingRow {
	row := fundingRow{Route: f.Route, Ends: f.ConcessionEnds}
	if f.CanPay != nil {
		row.CanPay = strconv.Itoa(*f.CanPay)
	}
	return row
}

// funding makes the facts; whether she works is a fact of its own on the form.
func (f *needForm) funding(to *schema.Funding) {
	to.Route = f.Funding.Route
	if f.Funding.Ends != "" {
		day, ok := parseDay(f.Funding.Ends)
		if !ok {
			f.problem("funding-concession_ends", "Enter the last day of the concession like 27 3 2027, or leave it empty")
		}
		to.ConcessionEnds = day
	}
	if text := strings.TrimPrefix(f.Funding.CanPay, "£"); text != "" {
		pounds, err := strconv.Atoi(text)
		if err != nil {
			f.problem("funding-can_pay", "Enter what she can pay a week in whole pounds, or leave it empty")
		}
		to.CanPay = &pounds
	}
}

// RouteOptions are the ways to pay that somebody may have found for her.
func (f needForm) RouteOptions() []option { return codeOptions(schema.FundingRoutes, f.Funding.Route) }

// Money says whether that part of the form has something to see.
func (f needForm) Money() bool {
	return f.Funding != (fundingRow{}) || f.said(schema.SectionMoney) || f.wrong("funding")
}
