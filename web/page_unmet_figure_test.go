package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"haven/schema"
)

const (
	aStepFreeNeed = `{"household":{"adults":[{"as":"woman"}],"children":[{"age":4,"sex":"girl"}]},"wheelchair":"yes","recourse":"yes"}`
	aPlainNeed    = `{"household":{"adults":[{"as":"woman"}],"children":[{"age":4,"sex":"girl"}]},"wheelchair":"no","limited_mobility":"no","recourse":"yes"}`
)

func TestUnmetFiguresEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.follow()
	w.signedIn(schema.RoleCommissioner).get("/figures/unmet").is(t, http.StatusOK).
		has(t, "What would have met the unmet need", "No request of this period ended without a safe place, and none waits.", "No single change of a service")
	w.signedIn(schema.RoleCommissioner).get("/figures/unmet?from=yesterday").is(t, http.StatusUnprocessableEntity).has(t, "There is a problem")
}

// Worked out by hand: 6 need step-free rooms, 6 do not; a step-free family room would have met all 12, an ordinary one 6.
func TestUnmetFigures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	for range 6 {
		w.unmet(aStepFreeNeed)
		w.unmet(aPlainNeed)
	}
	b := w.signedIn(schema.RoleCommissioner)
	b.get("/figures/unmet").is(t, http.StatusOK).has(t, "12 step-free family rooms would have met 100% of it.", "50%").hasNot(t, "Juniper", "CV1", "claim")
	rows, err := csv.NewReader(strings.NewReader(b.get("/figures/unmet.csv").is(t, http.StatusOK).body)).ReadAll()
	must(t, err)
	got := map[string]string{}
	for _, row := range rows[1:] {
		got[row[0]+"/"+row[1]] = row[3]
	}
	for figure, want := range map[string]string{
		"Unmet need/": "12", "Would have met/step-free family rooms": "12", "Would have met/family rooms": "6",
		"Shortest list/step-free family rooms": "12", "Shortest list/none of these kinds": "0", "Waiting with no free place that fits/": "0",
	} {
		if got[figure] != want {
			t.Errorf("%s = %q, want %q", figure, got[figure], want)
		}
	}
}

// Boys to 14 at one service, for 6 households with a boy of 13 that wait: a manager is told of the own service, a commissioner how many services.
func TestWhatWouldOpenPlaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	twelve := 12
	w.service.Takes.BoysTo = &twelve
	_, err := w.exchange.PutService(t.Context(), shell, w.service, "")
	must(t, err)
	w.publish("1")
	w.follow()
	for range 6 {
		r := w.request(`{"household":{"adults":[{"as":"woman"}],"children":[{"age":13,"sex":"boy"}]},"wheelchair":"no","limited_mobility":"no","recourse":"yes"}`)
		_, err := w.exchange.Wait(t.Context(), w.actor(schema.RoleHelpline), r.ID, true)
		must(t, err)
	}
	w.signedIn(schema.RoleCommissioner).get("/figures/unmet").is(t, http.StatusOK).
		has(t, fmt.Sprintf("%s at 1 service would open places for 6 households that wait", "Boys to 14")).hasNot(t, "Juniper")
}
