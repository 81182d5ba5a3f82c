package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"haven/exchange"
	"haven/schema"
)

// staysPage is bed and breakfast as a housing officer sees it: who is in it, until when it is lawful, and who could still be started.
type staysPage struct {
	Frame
	Stays []stayRow
	Near  int
	Over  int
	Unmet []unmetRow
	More  bool // further unmet requests are not listed
}

// unmetRow is a request that ended with no safe place.
type unmetRow struct {
	ID        schema.RequestID
	Reference string
	Household string
	Ended     string
	Duty      bool // a 16 or 17 year old alone: children's services, never bed and breakfast
	Passed    bool // by another organisation
}

// mostUnmet is how many requests the page offers to start from.
const mostUnmet = 50

func listStays(v *visit) error {
	stays, err := v.web.read.Stays(v.Context(), v.actor())
	if err != nil {
		return err
	}
	unmet, err := v.web.read.UnmetRequests(v.Context(), v.actor(), mostUnmet+1)
	if err != nil {
		return err
	}
	page := staysPage{Frame: v.frame("Bed and breakfast"), Stays: stayRowsOf(stays, v.now), More: len(unmet) > mostUnmet}
	for _, row := range page.Stays {
		switch {
		case strings.HasPrefix(row.Over, "Over"):
			page.Over++
		case row.Near:
			page.Near++
		}
	}
	for _, r := range unmet[:min(len(unmet), mostUnmet)] {
		page.Unmet = append(page.Unmet, v.unmetRow(r))
	}
	return v.page(http.StatusOK, "stays", page)
}

func (v *visit) unmetRow(r schema.Request) unmetRow {
	return unmetRow{
		ID: r.ID, Reference: r.Reference, Household: stayHousehold(r.Need.Household, r.Need.Household.FamilyForBB()), Ended: when(r.EndedAt, v.now),
		Duty: r.Need.Household.Alone16or17(), Passed: r.Organisation != v.account.Organisation,
	}
}

// stayStartPage asks for the one thing that is not known yet.
type stayStartPage struct {
	Frame
	Request unmetRow
	Family  bool
	First   dateField
}

// dateField is a date as typed, in three parts.
type dateField struct{ Day, Month, Year string }

func dateOf(t time.Time) dateField {
	return dateField{strconv.Itoa(t.Day()), strconv.Itoa(int(t.Month())), strconv.Itoa(t.Year())}
}

func (v *visit) postedDate(name string) dateField {
	part := func(p string) string { return strings.TrimSpace(v.PostFormValue(name + "-" + p)) }
	return dateField{part("day"), part("month"), part("year")}
}

// date of the three parts. 31 2 2026 is refused rather than read as 3 March.
func (d dateField) date(field, label string) (time.Time, error) {
	day, errDay := strconv.Atoi(d.Day)
	month, errMonth := strconv.Atoi(d.Month)
	year, errYear := strconv.Atoi(d.Year)
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if errDay != nil || errMonth != nil || errYear != nil || t.Day() != day || int(t.Month()) != month || t.Year() != year {
		return t, schema.Invalid(field, label+" must be a real date, such as 27 3 2026")
	}
	return t, nil
}

func newStay(v *visit) error {
	return v.startPage(http.StatusOK, schema.RequestID(v.URL.Query().Get("request")), dateOf(schema.Night(v.now, london)), nil)
}

func (v *visit) startPage(status int, id schema.RequestID, first dateField, wrong *schema.Refusal) error {
	r, err := v.web.read.Request(v.Context(), v.actor(), id)
	if err != nil {
		return err
	}
	page := stayStartPage{Frame: v.frame("Start bed and breakfast"), Request: v.unmetRow(r), Family: r.Need.Household.FamilyForBB(), First: first}
	page.Error = wrong
	return v.page(status, "stay_start", page)
}

func startStay(v *visit) error {
	id, said := schema.RequestID(v.PostFormValue("request")), v.postedDate("first_night")
	first, err := said.date("first_night", "The first night")
	if err == nil {
		_, err = v.web.exchange.StartStay(v.Context(), v.actor(), exchange.Starting{Request: id, FirstNight: first})
	}
	if refusal, ok := schema.AsRefusal(err); ok && refusal.Kind != schema.KindNotFound && refusal.Kind != schema.KindBusy {
		return v.startPage(statusOf[refusal.Kind], id, said, refusal)
	}
	if err != nil {
		return err
	}
	return v.redirect("/stays")
}
