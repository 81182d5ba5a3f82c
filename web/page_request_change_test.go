package web

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"haven/allocator"
	"haven/schema"
)

// TestTheOneChangeIsTheFirstRung: nothing fits, one change would open a place, and its button posts the facts with it. The change is on the form
// afterwards, where it can be taken back.
func TestTheOneChangeIsTheFirstRung(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.service.Provision = schema.SecondStage
	_, err := w.exchange.PutService(t.Context(), shell, w.service, "")
	must(t, err)
	w.publish("Room 1")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	saved := b.post("/requests", "facts", "1", "once", "k", "say", "woman not bradford", "moving_on.from_relevant", "yes").is(t, 303)
	const words = "If second stage or a settled home is all right: 1 space"
	page := b.get(saved.location).has(t, "No space fits all of this yet", words, `name="change" value="settle"`)
	ladder := page.body[strings.Index(page.body, `id="ladder"`):]
	if first, _, _ := strings.Cut(ladder, "</li>"); !strings.Contains(first, words) {
		t.Errorf("the first rung is %s", first)
	}
	facts := []string{"facts", "1", "adult_as", "woman", "avoid", "Bradford", "avoid_margin", "", "moving_on.from_relevant", "yes", "change", "settle"}
	to := b.post(saved.location, append(facts, "once", "c")...).is(t, 303)
	if strings.ContainsAny(to.location, "?=") {
		t.Errorf("needs in an address: %s", to.location)
	}
	b.get(to.location).has(t, "Fits (1)", `value="tonight" checked`, `value="settle" checked`, "Not safe: Bradford").hasNot(t, words, `id="ladder"`)
	opened := b.post("/requests", append(facts, "once", "n")...).is(t, 303)
	b.get(opened.location).has(t, "Fits (1)", `value="settle" checked`)
}

// TestWhatIsNotSafeIsNeverSaidToBeAllRight: a place that an area to avoid rules out is no reason to suggest anything.
func TestWhatIsNotSafeIsNeverSaidToBeAllRight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("Room 1")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	b.part = "spaces"
	b.post("/find", "facts", "1", "say", "woman not coventry").is(t, 200).has(t, `id="ladder"`).hasNot(t, "one-change", "all right")
}

func TestAskNextStandsWithWhatWeKnow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.service.Takes.NoRecourse = schema.No
	_, err := w.exchange.PutService(t.Context(), shell, w.service, "")
	must(t, err)
	w.publish("Room 1", "Room 2", "Room 3")
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	b.part = "spaces"
	const question = "Does she have recourse to public funds? 3 of 3 spaces depend on this."
	b.post("/find", "facts", "1", "say", "woman").is(t, 200).has(t, "Ask next", question)
	answered := []string{"facts", "1", "recourse", "yes", "language", "english"}
	for _, a := range askedFacts() {
		answered = append(answered, a.name, "no") // the first answer to recourse is the one that is read
	}
	b.post("/find", append(answered, "say", "woman")...).is(t, 200).
		has(t, "Ask next", "Which areas are not safe, if there are any?").hasNot(t, "recourse to public funds?")
	b.post("/find", append(answered, "say", "woman not bradford")...).is(t, 200).
		has(t, "Nothing that is left to ask").hasNot(t, "Which areas")
	b.post("/find", "facts", "1", "say", "").is(t, 200).hasNot(t, "Ask next")
}

// TestAPISearchSuggests with the ledger closed under it: what would open places and what to ask are worked out in memory, for whoever asks for it,
// and are lists when empty.
func TestAPISearchSuggests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.service.Provision = schema.SecondStage
	_, err := w.exchange.PutService(t.Context(), shell, w.service, "")
	must(t, err)
	w.publish("1", "2")
	w.follow()
	// Who asks is known for 5 seconds; the clock stands still so that a slow machine does not outlast it.
	now := time.Now()
	w.web.signed.now = func() time.Time { return now }
	w.do(schema.RoleHelpline, "GET", "/me", "", http.StatusOK)
	must(t, w.db.Close())
	const need = `{"household":{"adults":[{"as":"woman"}]},"moving_on":{"from_relevant":"yes"}`
	if a := w.do(schema.RoleHelpline, "POST", "/search", need+`}`, http.StatusOK); strings.Contains(string(a.body), "openings") || strings.Contains(string(a.body), "ask_next") || strings.Contains(string(a.body), "unmet_reasons") || strings.Contains(string(a.body), `"does_not_fit":[`) {
		t.Errorf("worked out for nobody: %s", a.body)
	}
	a := w.do(schema.RoleHelpline, "POST", "/search", need+`,"also":["openings","ask_next"]}`, http.StatusOK)
	list := into[apiShortlist](t, a)
	want := allocator.Opening{Code: "settle", Words: "If second stage or a settled home is all right", Fits: 2, Offer: schema.OfferSettle}
	if len(list.Openings) != 1 || !reflect.DeepEqual(list.Openings[0], want) {
		t.Errorf("openings %+v", list.Openings)
	}
	if !strings.Contains(string(a.body), `"ask_next":[]`) {
		t.Errorf("nothing to ask is not a list: %s", a.body)
	}
}
