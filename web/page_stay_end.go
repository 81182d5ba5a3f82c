package web

import (
	"net/http"

	"haven/exchange"
	"haven/schema"
)

// stayEndPage stops the clock of one stay.
type stayEndPage struct {
	Frame
	Stay stayRow
	Last dateField
}

// showStay offers last night as the last one: somebody who leaves today slept there until this morning.
func showStay(v *visit) error {
	return v.stayPage(http.StatusOK, dateOf(schema.Night(v.now, london).AddDate(0, 0, -1)), nil)
}

func (v *visit) stayPage(status int, last dateField, wrong *schema.Refusal) error {
	stays, err := v.web.read.Stays(v.Context(), v.actor())
	if err != nil {
		return err
	}
	for _, row := range stayRowsOf(stays, v.now) {
		if string(row.ID) != v.PathValue("id") {
			continue
		}
		page := stayEndPage{Frame: v.frame("Bed and breakfast"), Stay: row, Last: last}
		page.Error = wrong
		return v.page(status, "stay_end", page)
	}
	if wrong != nil {
		return wrong
	}
	return schema.NotFound("stay that still goes on")
}

func endStay(v *visit) error {
	said := v.postedDate("last_night")
	last, err := said.date("last_night", "The last night")
	if err == nil {
		_, err = v.web.exchange.EndStay(v.Context(), v.actor(), exchange.Ending{Stay: schema.StayID(v.PathValue("id")), LastNight: last})
	}
	if refusal, ok := schema.AsRefusal(err); ok && refusal.Kind == schema.KindInvalid {
		return v.stayPage(http.StatusUnprocessableEntity, said, refusal)
	}
	if err != nil {
		return err
	}
	return v.redirect("/stays")
}

// datedField is what the template of a date needs.
type datedField struct {
	Name  string
	Date  dateField
	Error *schema.Refusal
}

// Dated is one date of a form. An error of the form is its error: it has no other field.
func (f Frame) Dated(name string, d dateField) datedField { return datedField{name, d, f.Error} }
