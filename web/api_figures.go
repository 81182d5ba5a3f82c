package web

import "net/http"

// apiFigures gives what the figures page shows, of the same periods and by the same rules on small numbers.
func apiFigures(v *visit) error {
	period, err := v.figurePeriod()
	if err != nil {
		return err
	}
	f, err := v.web.read.Figures(v.Context(), v.actor(), period.from, period.to)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, publish(f))
}

// apiUnmetFigures gives what the page of what was missing shows, by the same rules.
func apiUnmetFigures(v *visit) error {
	period, err := v.figurePeriod()
	if err != nil {
		return err
	}
	f, err := v.unmetFigures(period)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, f)
}
