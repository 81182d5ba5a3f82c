package web

import (
	"strings"
	"testing"

	"haven/schema"
)

func TestAWorkerFindsHoldsAndPlacesAHousehold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("Room 1", "Room 2", "Room 3")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)

	b.get("/requests/new").is(t, 200).has(t, "3 spaces available across the UK, 3 confirmed in the last 4 hours", "Type what you hear").hasNot(t, "Room 1")

	saved := b.post("/requests", "facts", "1", "once", "k1", "say", "woman boy 11 girl 4 leeds not bradford nrpf").is(t, 303)
	if strings.ContainsAny(saved.location, "?=") || strings.Contains(saved.location, "leeds") {
		t.Fatalf("needs in an address: %s", saved.location)
	}
	page := b.get(saved.location).is(t, 200)
	page.has(t, "Juniper", "Fits (3)", "Hold for 30 minutes", "Boy, 11", "Girl, 4", "Not safe: Bradford, 10 miles around it (an assumption)", "No recourse to public funds", "80 to 150 miles away", `value="Leeds"`)
	page.hasNot(t, "Room 1", "Room 2", "nrpf")

	again := b.post("/requests", "facts", "1", "once", "k1", "say", "woman boy 11 girl 4 leeds not bradford nrpf").is(t, 303)
	if again.location != saved.location {
		t.Fatalf("the same form sent twice opened two requests: %s and %s", saved.location, again.location)
	}

	held := b.post(saved.location+"/holds", "once", "k2", "space", string(spaces[0])).is(t, 303)
	request, hold, _ := strings.Cut(held.location, "#hold-")
	page = b.get(request).has(t, "Held until", "No answer yet", "Extend 15 minutes", "Release", "She takes it")
	page.hasNot(t, "Room 1")
	b.get("/holds").is(t, 200).has(t, "Held until", "Open request")
	b.get("/requests").is(t, 200).has(t, request, "1 adult and 2 children")

	b.post("/holds/"+hold+"/extend", "once", "k3", "back", request).is(t, 303)
	b.get(request).has(t, "Extended 1 time of 10")
	b.post("/holds/"+hold+"/choice", "once", "k4", "takes", "yes", "back", request).is(t, 303)
	b.get(request).has(t, "She takes it. Waiting for the refuge to answer.")
	w.answerYes(schema.HoldID(hold))
	page = b.get(request).has(t, "Agreed", "Both said yes", "Did not arrive", "This household has an agreed place. Release it before you hold another.")
	page.hasNot(t, "Hold for 30 minutes")
	b.post("/find", "facts", "1", "say", "woman", "request", strings.TrimPrefix(request, "/requests/"), "agreed", "1").has(t, "Fits (2)").hasNot(t, "Hold for 30 minutes")
	b.post(request+"/holds", "once", "k6", "space", string(spaces[1])).is(t, 409).has(t, "already has an agreed place").hasNot(t, "similar space", "Nothing else fits")
	b.post("/holds/"+hold+"/arrived", "once", "k5", "back", request).is(t, 303)
	b.get(request).has(t, "The household arrived", "Start a new request")
}

func TestFactsAreHeldWithTheSpaceInOneAct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("1")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	held := b.post("/requests/holds", "facts", "1", "once", "k", "say", "woman girl 4", "space", string(spaces[0])).is(t, 303)
	twice := b.post("/requests/holds", "facts", "1", "once", "k", "say", "woman girl 4", "space", string(spaces[0])).is(t, 303)
	if held.location != twice.location {
		t.Errorf("sent twice: %s and %s", held.location, twice.location)
	}
	b.get(strings.Split(held.location, "#")[0]).has(t, "Girl, 4", "Held until")
}

func TestTwoWorkersWantOneSpace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("1", "2", "3")
	w.follow()
	one, other := w.signedIn(schema.RoleHelpline), w.signedIn(schema.RoleHousing)
	first := one.post("/requests", "facts", "1", "once", "a", "say", "woman").is(t, 303)
	second := other.post("/requests", "facts", "1", "once", "b", "say", "woman").is(t, 303)
	one.post(first.location+"/holds", "once", "c", "space", string(spaces[0])).is(t, 303)
	lost := other.post(second.location+"/holds", "once", "d", "space", string(spaces[0])).is(t, 409)
	lost.has(t, "Another worker held this space: Juniper", "2 similar spaces", `id="lost"`)
	before, _, _ := strings.Cut(lost.body, `id="fits"`)
	if !strings.Contains(before, `value="`+string(spaces[1])+`"`) {
		t.Error("a similar space is not first in tab order")
	}
	if strings.Count(before, "Hold for 30 minutes") != 2 {
		t.Error("the space that was lost is offered again")
	}
}

func TestMistakesComeBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.signedIn(schema.RoleHelpline)
	page := b.post("/requests", "facts", "1", "once", "k", "adult_as", "woman", "adult_age", "34", "child_age", "40", "child_sex", "boy", "child_born", "",
		"avoid_more", "B99 9ZZ\nBradford", "now_in", "Leeds", "wheelchair", "yes", "risk_level", "high").is(t, 422)
	page.has(t, "There is a problem", `href="#children-0-age"`, "Child 1: the age must be 0 to 17", `value="40"`, `value="34"`, `value="Leeds"`, `value="Bradford"`,
		`href="#avoid-0"`, `id="wheelchair" name="wheelchair" type="radio" value="yes" checked`)
	b.post("/requests", "facts", "1", "once", "k").is(t, 422).has(t, "Say who needs a place")
	b.post("/requests", "facts", "1", "once", "k", "adult_as", "woman", "avoid_more", "Newport").is(t, 422).has(t, "More than one area has that name")
}

func TestNothingIsChosenBeforeSomebodyChooses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.signedIn(schema.RoleHelpline).get("/requests/new")
	page.hasNot(t, `" checked`, `" selected`).has(t, "Not asked")
}

func TestWhileTypingNothingIsSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("Room 1")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	b.part = "spaces"
	b.post("/find", "facts", "1", "say", "girl 4 leeds zzz").is(t, 200).has(t, "Juniper", "an assumption until you say who", "zzz – not used", "Now in Leeds").hasNot(t, "<html", "Room 1")
	b.post("/find", "facts", "1", "say", "").is(t, 200).hasNot(t, "Juniper")
	b.post("/find", "facts", "1", "adult_as", "woman", "child_age", "40").is(t, 422).has(t, "0 to 17")
	b.part = ""
	b.get("/requests").has(t, "Every request has been closed")
}

func TestNoPlaceWasFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	saved := b.post("/requests", "facts", "1", "once", "k", "say", "woman 17 not coventry").is(t, 303)
	b.get(saved.location).has(t, "No space fits all of this yet", "Does not fit (1)", "not safe for this household", "16 or 17 and alone", "Record that no space was found").hasNot(t, "Hold for")
	if to := b.post(saved.location, "facts", "1", "say", "", "adult_as", "woman", "adult_age", "17", "avoid", "Coventry", "then", "unmet"); to.location != saved.location+"/unmet" {
		t.Fatalf("led to %q", to.location)
	}
	page := b.get(saved.location+"/unmet").is(t, 200).has(t, "No space far enough from areas that are not safe", "The council", "Pass the request to a council")
	if !strings.Contains(page.body, `value="area_not_safe" checked autofocus`) {
		t.Error("the main reason is not filled in")
	}
	b.post(saved.location+"/unmet", "once", "u", "main", "").is(t, 422).has(t, "Choose the main reason")
	b.post(saved.location+"/unmet", "once", "u", "main", "area_not_safe", "reason", "no_space_free", "council", string(w.of[schema.RoleHousing].ID)).is(t, 303)
	b.get(saved.location).has(t, "No place was found", "Start a new request")
}

func TestAPageOfAnotherOrganisationIsNotThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	saved := w.signedIn(schema.RoleHelpline).post("/requests", "facts", "1", "once", "k", "say", "woman").is(t, 303)
	other := w.signedIn(schema.RoleHousing)
	other.get(saved.location).is(t, 404)
	other.post(saved.location, "facts", "1", "adult_as", "man").is(t, 404)
	w.signedIn(schema.RoleManager).get("/requests/new").is(t, 403)
}

func TestWhatCameTooLateIsSaidBesideTheHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("1")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	held := b.post("/requests/holds", "facts", "1", "once", "k", "say", "woman", "space", string(spaces[0])).is(t, 303)
	request, hold, _ := strings.Cut(held.location, "#hold-")
	b.post("/holds/"+hold+"/choice", "once", "n", "takes", "no", "reason", "too_near", "back", request).is(t, 303)
	b.get(request).has(t, "Decided not to take this space: Too near")
	b.post("/holds/"+hold+"/extend", "once", "e", "back", request).is(t, 409).has(t, "This hold has ended", "Nothing was changed", "Type what you hear")
	other := w.signedIn(schema.RoleHousing)
	other.post("/holds/"+hold+"/release", "once", "r", "back", "/holds").is(t, 404)
}

// TestTheLedgerBeingAwayLosesNothingTyped: the answer says so, the list still stands, and every fact is still on the form.
func TestTheLedgerBeingAwayLosesNothingTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	saved := b.post("/requests", "facts", "1", "once", "k", "say", "woman").is(t, 303)
	must(t, w.db.Close())
	for _, path := range []string{"/requests", saved.location, saved.location + "/holds"} {
		b.post(path, "facts", "1", "once", "x", "adult_as", "woman", "child_age", "11", "child_sex", "boy", "child_born", "", "now_in", "Leeds", "space", "s").
			is(t, 503).has(t, `value="11"`, `value="Leeds"`, "Fits (1)", "There is a problem")
	}
}

func TestTitlesAndAddressesCarryNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("1")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	saved := b.post("/requests", "facts", "1", "once", "k", "say", "woman boy 11 leeds not bradford wheelchair nrpf").is(t, 303)
	for _, path := range []string{saved.location, saved.location + "/unmet", "/requests", "/holds", "/requests/new"} {
		page := b.get(path).is(t, 200)
		_, title, _ := strings.Cut(page.body, "<title>")
		title, _, _ = strings.Cut(title, "</title>")
		for _, never := range []string{"Juniper", "Leeds", "Bradford", "boy", "wheelchair", "Sam"} {
			if strings.Contains(title, never) {
				t.Errorf("%s: title %q", path, title)
			}
		}
		for _, href := range strings.Split(page.body, `href="`)[1:] {
			href, _, _ = strings.Cut(href, `"`)
			if strings.Contains(href, "?") || strings.Contains(strings.ToLower(href), "leeds") {
				t.Errorf("%s: address %q", path, href)
			}
		}
		page.hasNot(t, " miles from", "km")
	}
	if log := w.logged.String(); strings.Contains(log, "Leeds") || strings.Contains(log, "woman") {
		t.Errorf("logged: %s", log)
	}
}

// A place matched for somebody who did not say how she describes herself can be held for her: nothing has to be asked first.
func TestAHoldNeedsNobodyNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("Room 1")
	helpline := w.signedIn(schema.RoleHelpline)
	held := helpline.post("/requests/holds", "facts", "1", "once", "a", "say", "leeds not bradford", "space", string(spaces[0])).is(t, 303)
	page := helpline.get(strings.Split(held.location, "#")[0]).is(t, 200)
	page.has(t, "Held until", "Not safe: Bradford", "Adult, did not say more")
	helpline.post("/requests", "facts", "1", "once", "b", "say", "").is(t, 422).has(t, "at least 1 person")
}
