package web

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"haven/exchange"
	"haven/schema"
	"haven/web/live"
)

// Who finds nothing keeps looking with one button, and it is on the waiting list until somebody stops it.
func TestKeepLooking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.follow()
	b := w.signedIn(schema.RoleHelpline)
	b.get("/waiting").is(t, http.StatusOK).has(t, "Nobody waits.", "Keep looking").hasNot(t, "A suggestion for everybody")
	b.part = "spaces"
	b.post("/find", "facts", "1", "say", "woman girl 4").is(t, http.StatusOK).has(t, `name="then" value="wait"`)
	b.post("/find", "facts", "1", "say", "woman girl 4", "waits", "1").is(t, http.StatusOK).hasNot(t, `name="then" value="wait"`)
	b.part = ""
	saved := b.post("/requests", "facts", "1", "once", "k", "say", "woman girl 4", "then", "wait").is(t, http.StatusSeeOther)
	if !strings.HasSuffix(saved.location, "#waits") || strings.Contains(saved.location, "?") {
		t.Fatalf("sent to %s", saved.location)
	}
	page, _, _ := strings.Cut(saved.location, "#")
	b.get(page).is(t, http.StatusOK).has(t, "Haven keeps looking for this household", `name="waits" value="1"`).hasNot(t, `name="then" value="wait"`)
	b.get("/waiting").has(t, "1 request waits.", "1 adult and 1 child", "Nobody has said where she sleeps tonight", "Nothing yet", "No place that fits has come up yet.", "A suggestion for everybody", "It holds nothing", "No free place fits without something to ask first.")
	b.post(page+"/stop-waiting", "once", "s", "back", "/waiting").is(t, http.StatusSeeOther)
	b.get("/waiting").has(t, "Nobody waits.")
	b.get(page).has(t, `name="then" value="wait"`)
}

// looking runs what the allocator process runs, over the places of this world, and gives what has it look at everything again.
func (w *world) looking() (again func()) {
	w.t.Helper()
	l := w.exchange.Lookout()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		l.Run(ctx, func(err error) { w.t.Log(err) })
	})
	w.t.Cleanup(func() {
		cancel()
		running.Wait()
	})
	return func() {
		w.t.Helper()
		w.follow()
		var s exchange.Snapshot
		for p := range w.exchange.Index().Places() {
			s.Places = append(s.Places, *p)
		}
		l.Reset(s)
	}
}

// A place that opens is on the open page of whoever waits for it, and of nobody else; the suggestion names it and its button holds it.
func TestWhatComesUpIsShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.relay()
	again := w.looking()
	r := w.request(aPlainNeed)
	b, council := w.signedIn(schema.RoleHelpline), w.signedIn(schema.RoleHousing)
	socket := b.watch("/waiting/live")
	w.do(schema.RoleHelpline, "POST", "/requests/"+string(r.ID)+"/wait", "", http.StatusOK)
	w.publish("Room 1")
	again()
	b.part = "waiting"
	b.untilWaiting(socket, r.ID, "Found at")
	b.get("/waiting").is(t, http.StatusOK).has(t, "1 request waits. A place that fits came up for 1 of them.", "Juniper, CV1", "Fits. Found at").hasNot(t, "Room 1", "<html", "A suggestion for everybody")
	council.get("/waiting").is(t, http.StatusOK).has(t, "Nobody waits.").hasNot(t, r.Reference)

	b.part = ""
	page := b.get("/waiting").has(t, "A suggestion for everybody", "Hold for this request", "It fits on every rule.")
	held := b.press(page.body[strings.Index(page.body, `id="plan"`):], "Hold for this request").is(t, http.StatusSeeOther)
	b.get(held.location[:strings.Index(held.location, "#")]).has(t, "Held until")
	b.get("/waiting").has(t, "Everybody who waits here holds a place already")
	again()
	b.untilWaiting(socket, r.ID, "Gone at")
	b.get("/waiting").has(t, "Juniper, CV1 (Coventry city centre) – Gone at", "No place that fits has come up yet.")
}

// untilWaiting asks for the page again whenever its socket tells of the request, as the page does, until it has the words.
func (b *browser) untilWaiting(socket *websocket.Conn, id schema.RequestID, words string) {
	b.t.Helper()
	for !strings.Contains(b.get("/waiting").body, words) {
		nextChange(b.t, socket, func(c live.Change) bool { return c.Request == string(id) })
	}
}

func TestWhoseRequestItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.request(aPlainNeed)
	w.signedIn(schema.RoleHousing).post("/requests/"+string(r.ID)+"/wait", "once", "a").is(t, http.StatusNotFound)
	w.do(schema.RoleHousing, "POST", "/requests/"+string(r.ID)+"/wait", "", http.StatusNotFound)
	w.do(schema.RoleHelpline, "POST", "/requests/"+string(r.ID)+"/wait", `{"on":true}`, http.StatusUnprocessableEntity)
	closed := w.unmet(aPlainNeed)
	w.do(schema.RoleHelpline, "POST", "/requests/"+string(closed.ID)+"/wait", "", http.StatusConflict)
}

// The words are what was said; what makes it count for more is said beside it and never taken for it.
func TestUrgencyInWords(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	mark := schema.Risk{Level: schema.RiskHigh, Source: schema.RiskSources[0].Code, On: "2026-11-20"}
	for _, c := range []struct {
		sleeps schema.SleepsCode
		risk   schema.Risk
		waited time.Duration
		want   string
	}{
		{"", schema.Risk{}, 0, "Nobody has said where she sleeps tonight"},
		{"friends", schema.Risk{}, 0, "A roof tonight that cannot last"},
		{"nowhere", schema.Risk{}, time.Hour, "Nowhere to sleep tonight"},
		{"friends", mark, 0, "A roof tonight that cannot last; more urgent because the risk level is high"},
		{"safe_tonight", schema.Risk{}, 8 * 24 * time.Hour, "Safe tonight; more urgent because she has waited 7 days"},
		{"safe_tonight", mark, 8 * 24 * time.Hour, "Safe tonight; more urgent because she has waited 7 days and the risk level is high"},
		{"with_abuser", mark, 0, "In danger now, or leaving now"},
	} {
		need := schema.Need{Tonight: schema.Tonight{Sleeps: c.sleeps}, Risk: c.risk}
		if got := urgencyWords(need, now.Add(-c.waited), now); got != c.want {
			t.Errorf("%s: %q, want %q", c.sleeps, got, c.want)
		}
	}
}

// A script reads what the page shows.
func TestAPIWaiting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	spaces := w.publish("1")
	w.follow()
	first, second := w.request(aPlainNeed), w.request(aPlainNeed)
	for _, r := range []apiRequestBody{first, second} {
		if waits := into[apiRequestBody](t, w.do(schema.RoleHelpline, "POST", "/requests/"+string(r.ID)+"/wait", "", http.StatusOK)); waits.WaitingSince == nil {
			t.Error("it does not wait")
		}
	}
	list := into[apiWaitingList](t, w.do(schema.RoleHelpline, "GET", "/waiting", "", http.StatusOK))
	if len(list.Requests) != 2 || list.Requests[0].ID != first.ID || list.Requests[0].Matches == nil {
		t.Errorf("waiting: %+v", list)
	}
	made := into[apiPlan](t, w.do(schema.RoleHelpline, "GET", "/plan", "", http.StatusOK))
	if len(made.Suggestions) != 1 || made.Suggestions[0].Request != first.ID || made.Suggestions[0].Space != spaces[0] || !made.Exact || made.Gap != 0 ||
		len(made.Unplaced) != 1 || made.Unplaced[0].Request != second.ID || len(made.Unplaced[0].Why) == 0 {
		t.Errorf("plan: %+v", made)
	}
	if none := into[apiPlan](t, w.do(schema.RoleHousing, "GET", "/plan", "", http.StatusOK)); len(none.Suggestions)+len(none.Unplaced) != 0 {
		t.Errorf("a council is told of another's: %+v", none)
	}
	if stopped := into[apiRequestBody](t, w.do(schema.RoleHelpline, "POST", "/requests/"+string(first.ID)+"/stop-waiting", "", http.StatusOK)); stopped.WaitingSince != nil {
		t.Error("it still waits")
	}
}
