package web

import (
	"encoding/csv"
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
		w.wait(`{"household":{"adults":[{"as":"woman"}],"children":[{"age":13,"sex":"boy"}]},"wheelchair":"no","limited_mobility":"no","recourse":"yes"}`)
	}
	w.signedIn(schema.RoleCommissioner).get("/figures/unmet").is(t, http.StatusOK).
		has(t, "Boys to 14 at 1 service would open places for 6 households that wait").hasNot(t, "Juniper")
}

// A service is told of its own openings, never of fewer than 6 households by number, and never of another's.
func TestAServiceIsToldWhatItCouldOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.signedIn(schema.RoleManager)
	b.get("/board/openings").is(t, http.StatusOK).has(t, "No single change would open one of your free places")
	twelve := 12
	w.service.Takes.BoysTo, w.service.Takes.Pets = &twelve, schema.No
	_, err := w.exchange.PutService(t.Context(), shell, w.service, "")
	must(t, err)
	w.publish("1")
	w.follow()
	w.wait(`{"household":{"adults":[{"as":"woman"}]},"pets":"yes","recourse":"yes"}`)
	for range 6 {
		w.wait(`{"household":{"adults":[{"as":"woman"}],"children":[{"age":13,"sex":"boy"}]},"recourse":"yes"}`)
	}
	b.get("/board").is(t, http.StatusOK).has(t, `href="/board/openings"`)
	b.get("/board/openings").is(t, http.StatusOK).has(t, "Boys to 14", "Would open a place for 6 households. At Juniper.", "fewer than 6 households").hasNot(t, "for 1 household")
	rival := w.newService(w.organisation(schema.KindProvider, "Another").ID, "Rowan")
	other := w.signedIn(schema.RoleManager)
	if body := other.get("/board/openings").body; strings.Contains(body, rival.CodeName) {
		t.Error("another provider's service is named")
	}
}

// wait opens a request and has Haven keep looking for it.
func (w *world) wait(need string) {
	w.t.Helper()
	w.do(schema.RoleHelpline, "POST", "/requests/"+string(w.request(need).ID)+"/wait", "", http.StatusOK)
}

func TestAPIUnmetFigures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	for range 6 {
		w.unmet(aStepFreeNeed)
	}
	a := w.do(schema.RoleCommissioner, "GET", "/figures/unmet", "", http.StatusOK)
	for _, want := range []string{`"requests":{"value":6,"words":"6"}`, `"code":"step_free","words":"step-free family rooms","count":{"value":6,`, `"openings":[]`, `"cut":false`} {
		if !strings.Contains(string(a.body), want) {
			t.Errorf("no %s in %s", want, a.body)
		}
	}
	w.do(schema.RoleCommissioner, "GET", "/figures/unmet?from=yesterday", "", http.StatusUnprocessableEntity)
}
