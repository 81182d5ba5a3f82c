package web

import (
	"net/http"

	"haven/schema"
)

// requestListPage is the open requests of the organisation, newest first.
type requestListPage struct {
	Frame
	Rows []requestRow
	More bool
}

type requestRow struct {
	ID, Reference, Household, Opened string
	Urgent                           string
}

// openAgain looks again for the household of a closed request: the same facts in a new request, with the list as it is now.
func openAgain(v *visit) error {
	r, err := v.web.exchange.OpenAgain(v.Context(), v.actor(), schema.RequestID(v.PathValue("id")))
	if err != nil {
		return err
	}
	return v.redirect("/requests/" + string(r.ID))
}

// mostListed requests on one page; a helpline with more has another problem.
const mostListed = 200

func showRequests(v *visit) error {
	open, err := v.web.read.OpenRequests(v.Context(), v.actor(), mostListed)
	if err != nil {
		return err
	}
	p := requestListPage{Frame: v.frame("Open requests"), More: len(open) == mostListed}
	for _, r := range open {
		row := requestRow{ID: string(r.ID), Reference: r.Reference, Household: householdSize(r.Need.Household), Opened: when(r.OpenedAt, v.now)}
		if s := r.Need.Tonight.Sleeps; s != "" && s != "safe_tonight" {
			row.Urgent = sleepsWords(s)
		}
		p.Rows = append(p.Rows, row)
	}
	return v.page(http.StatusOK, "request_list", p)
}
