package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

// unmet makes a request that found no safe place, passed to the council.
func (w *world) unmet(need string) apiRequestBody {
	w.t.Helper()
	r := w.request(need)
	_, err := w.exchange.RecordUnmet(w.t.Context(), w.actor(schema.RoleHelpline), exchange.Unmet{Request: r.ID, Reasons: []string{"no_space_free"}, Council: w.of[schema.RoleHousing].ID})
	must(w.t, err)
	return r
}

// stay for a request, begun so many nights ago.
func (w *world) stay(id schema.RequestID, ago int) schema.Stay {
	w.t.Helper()
	s, err := w.exchange.StartStay(w.t.Context(), w.actor(schema.RoleHousing), exchange.Starting{Request: id, FirstNight: schema.Night(time.Now(), london).AddDate(0, 0, -ago)})
	must(w.t, err)
	return s
}

func TestStaysEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.signedIn(schema.RoleHousing).get("/stays").is(t, http.StatusOK).has(t, "No household is in bed and breakfast.", "Not safe accommodation", "None.")
}

func TestStartAndEndStay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.unmet(aNeed)
	b := w.signedIn(schema.RoleHousing)
	b.get("/stays").has(t, r.Reference, "passed to you", "Family, 1 adult and 2 children", "Start bed and breakfast")
	tonight := dateOf(schema.Night(time.Now(), london))
	page := b.get("/stays/new?request="+string(r.ID)).is(t, http.StatusOK).has(t, "Not safe accommodation", `name="first_night-day" type="text" inputmode="numeric" value="`+tonight.Day+`"`)
	form := []string{"request", string(r.ID), "first_night-day", tonight.Day, "first_night-month", tonight.Month, "first_night-year", tonight.Year}
	page.hasNot(t, "claim")
	b.follow(b.post("/stays", append(form, "once", "k")...)).has(t, "night 1 of 42", "Look for a safe place", "Not looked again yet")
	b.follow(b.post("/stays", append(form, "once", "k")...)).has(t, "night 1 of 42")

	stays, err := w.db.Stays(t.Context(), w.actor(schema.RoleHousing))
	must(t, err)
	if len(stays) != 1 {
		t.Fatalf("%d stays, want 1: the same start sent twice", len(stays))
	}
	path := "/stays/" + string(stays[0].ID)
	b.get(path).is(t, http.StatusOK).has(t, "End this stay", r.Reference)
	b.post(path+"/end", "once", "e", "last_night-day", "31", "last_night-month", "2", "last_night-year", "2026").is(t, http.StatusUnprocessableEntity).has(t, "must be a real date", `value="31"`)
	b.follow(b.post(path+"/end", "once", "e2", "last_night-day", tonight.Day, "last_night-month", tonight.Month, "last_night-year", tonight.Year)).has(t, "No household is in bed and breakfast.")
	b.get(path).is(t, http.StatusNotFound)
}

// The household's facts come along, and it stays the same household: nothing is typed again, and it counts once.
func TestLookForASafePlaceFromTheNights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.unmet(aNeed)
	w.stay(r.ID, 3)
	b := w.signedIn(schema.RoleHousing)
	b.get("/stays").has(t, `action="/requests/`+string(r.ID)+`/again"`)
	again := b.post("/requests/"+string(r.ID)+"/again", "once", "a").is(t, http.StatusSeeOther)
	twice := b.post("/requests/"+string(r.ID)+"/again", "once", "a").is(t, http.StatusSeeOther)
	if again.location != twice.location || again.location == "/requests/"+string(r.ID) {
		t.Errorf("looking again led to %s, then %s", again.location, twice.location)
	}
	b.get(again.location).is(t, http.StatusOK).has(t, "Boy, ", "Record that no space was found")
	b.post("/requests/"+string(r.ID)+"/again", "once", "b").is(t, http.StatusConflict).has(t, "already has an open request")
	w.signedIn(schema.RoleHelpline).get(again.location).is(t, http.StatusNotFound)
}

// Nights 41, 42 and 43, in words; and the list goes by the date of the limit.
func TestStaysByLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, ago := range []int{40, 42, 0, 41} {
		w.stay(w.unmet(aNeed).ID, ago)
	}
	w.stay(w.unmet(`{"household":{"adults":[{"as":"woman"}]}}`).ID, 50)
	page := w.signedIn(schema.RoleHousing).get("/stays").is(t, http.StatusOK).
		has(t, "1 family is over the limit.", "2 families are within 14 days of the limit.", "Tonight is the last night of the 6 weeks", "Over the 6-week limit by 1 night.")
	order := []string{"night 43 of 42", "night 42 of 42", "night 41 of 42", "night 1 of 42", "No 6-week limit – night 51"}
	last := -1
	for _, words := range order {
		at := strings.Index(page.body, words)
		if at <= last {
			t.Errorf("%q stands at %d, want it after the one before at %d", words, at, last)
		}
		last = at
	}
	if limit := night(schema.Night(time.Now(), london).AddDate(0, 0, -1)); !strings.Contains(page.body, "<strong>"+limit+"</strong> – night 43 of 42") {
		t.Errorf("the limit of the family on night 43 is not yesterday, %s: %s", limit, page.text())
	}
}

// Nights of an earlier stay add up.
func TestNightsAddUp(t *testing.T) {
	t.Parallel()
	tonight := time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC) // the night the clocks go forward
	s := exchange.StayView{
		Stay:         schema.Stay{ID: "s", Reference: "7K4Q", Family: true, FirstNight: time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)},
		NightsBefore: 21,
	}
	row := stayRowsOf([]exchange.StayView{s}, tonight.Add(20*time.Hour))[0]
	if row.Night != "night 31 of 42" || row.Limit != "9 April 2026" || row.Over != "" || !row.Near {
		t.Errorf("row = %+v, want night 31 of 42, limit 9 April 2026, near", row)
	}
}

func TestStayOfALone17YearOld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.unmet(`{"household":{"adults":[{"as":"woman","age":17}]}}`)
	b := w.signedIn(schema.RoleHousing)
	b.get("/stays").has(t, "children’s services have a duty to help tonight").hasNot(t, "Start bed and breakfast")
	b.get("/stays/new?request="+string(r.ID)).has(t, "cannot be used for a 16 or 17 year old alone").hasNot(t, "Start the stay")
	d := dateOf(time.Now())
	b.post("/stays", "once", "k", "request", string(r.ID), "first_night-day", d.Day, "first_night-month", d.Month, "first_night-year", d.Year).
		is(t, http.StatusForbidden).has(t, "services have a duty to help tonight")
}

// What the officer decides here needs the household's size and nothing of the danger it is in.
func TestStaysShowNoMoreThanNeeded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stay(w.unmet(frightened+`"no"}`).ID, 3)
	r := w.unmet(frightened + `"yes"}`)
	b := w.signedIn(schema.RoleHousing)
	for _, path := range []string{"/stays", "/stays/new?request=" + string(r.ID)} {
		b.get(path).is(t, http.StatusOK).hasNot(t, "M14", "2022-03-27", "high", "checklist", "same home", "claim", ", 34", "The helpline")
	}
}

func TestStaysFull(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range mostUnmet + 3 {
		w.unmet(aNeed)
	}
	page := w.signedIn(schema.RoleHousing).get("/stays").is(t, http.StatusOK).has(t, "Only the "+strconv.Itoa(mostUnmet)+" newest are listed.")
	if got := strings.Count(page.body, "Start bed and breakfast<"); got != mostUnmet {
		t.Errorf("%d requests are listed, want %d", got, mostUnmet)
	}
}

// A request that was not passed to this council is nobody here.
func TestStayOfAnotherCouncilsRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.request(aNeed)
	_, err := w.exchange.RecordUnmet(t.Context(), w.actor(schema.RoleHelpline), exchange.Unmet{Request: r.ID, Reasons: []string{"no_space_free"}})
	must(t, err)
	b := w.signedIn(schema.RoleHousing)
	b.get("/stays").hasNot(t, r.Reference)
	b.get("/stays/new?request="+string(r.ID)).is(t, http.StatusNotFound)
	b.get("/stays/new?request=nonsense").is(t, http.StatusNotFound)
}
