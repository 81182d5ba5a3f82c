package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

// tap presses a button of a space's card as a browser would: with the hidden fields of the form it stands in.
func (b *browser) tap(space schema.SpaceID, label string) shown {
	b.t.Helper()
	page := b.get("/board").is(b.t, http.StatusOK)
	_, card, _ := strings.Cut(page.body, `id="space-`+string(space)+`"`)
	card, _, _ = strings.Cut(card, `class="haven-board__card"`)
	return b.press(card, label)
}

// press the button of a label in a piece of a page.
func (b *browser) press(piece, label string) shown {
	b.t.Helper()
	for _, form := range strings.SplitAfter(piece, "</form>") {
		start := strings.LastIndex(form, "<form")
		if start < 0 {
			continue
		}
		form = form[start:]
		for _, button := range buttons.FindAllStringSubmatch(form, -1) {
			if !strings.HasPrefix(html.UnescapeString(button[2]), label) {
				continue
			}
			action := attribute(form, "action")
			var pairs []string
			for _, input := range hidden.FindAllString(form, -1) {
				pairs = append(pairs, attribute(input, "name"), attribute(input, "value"))
			}
			if name := attribute(button[1], "name"); name != "" {
				pairs = append(pairs, name, attribute(button[1], "value"))
			}
			return b.post(action, pairs...)
		}
	}
	b.t.Fatalf("no button %q in %s", label, shown{body: piece}.text())
	return shown{}
}

var (
	buttons = regexp.MustCompile(`(?s)<button([^>]*)>(.*?)</button>`)
	hidden  = regexp.MustCompile(`<input type="hidden"[^>]*>`)
)

func attribute(tag, name string) string {
	_, rest, ok := strings.Cut(tag, " "+name+`="`)
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

func (b *browser) follow(s shown) shown {
	b.t.Helper()
	if s.status != http.StatusSeeOther {
		b.t.Fatalf("status %d, want a redirect: %s", s.status, s.text())
	}
	path, _, _ := strings.Cut(s.location, "#")
	return b.get(path)
}

// space as the manager's organisation has it.
func (w *world) space(id schema.SpaceID) exchange.SpaceView {
	w.t.Helper()
	views, err := w.db.Spaces(w.t.Context(), w.actor(schema.RoleManager))
	must(w.t, err)
	for _, v := range views {
		if v.Space.ID == id {
			return v
		}
	}
	w.t.Fatalf("no space %s", id)
	return exchange.SpaceView{}
}

func TestBoardEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.signedIn(schema.RoleManager).get("/board").is(t, http.StatusOK).has(t, "No spaces are published yet").hasNot(t, "confirm all")
}

// Two hundred spaces are a page that a telephone can load, in the provider's own order.
func TestBoardFull(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var refs []string
	for i := range 200 {
		refs = append(refs, fmt.Sprint(200-i))
	}
	w.publish(refs...)
	page := w.signedIn(schema.RoleManager).get("/board").is(t, http.StatusOK).has(t, "200 spaces. Last confirmed", "All right as shown – confirm all")
	if weight := compressed(t, page.body); weight > 40<<10 {
		t.Errorf("the page weighs %d bytes compressed, want at most 40 KB beside the stylesheet", weight)
	}
	last := -1
	for i := 1; i <= 200; i++ {
		at := strings.Index(page.body, fmt.Sprintf(`<h3 class="haven-board__name">Space %d</h3>`, i))
		if at <= last {
			t.Fatalf("space %d stands at %d, after %d: not in the provider's order", i, at, last)
		}
		last = at
	}
}

func compressed(t *testing.T, page string) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(page))
	must(t, err)
	must(t, z.Close())
	return b.Len()
}

func TestOneTapAndUndo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1", "2")[0]
	b := w.signedIn(schema.RoleManager)
	page := b.follow(b.tap(id, "Taken")).has(t, "Set to Taken at ", "Undo")
	if got := w.space(id).Report.State; got != schema.Taken {
		t.Fatalf("report = %s, want taken", got)
	}
	if strings.Count(page.body, "Set to Taken") != 1 {
		t.Error("the answer stands on more than one card")
	}
	b.follow(b.press(page.body, "Undo")).has(t, "Set to Available at ")
	if got := w.space(id).Report.State; got != schema.Available {
		t.Errorf("after undo report = %s, want available", got)
	}
}

// The same tap sent twice is one report.
func TestTapSentTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	b := w.signedIn(schema.RoleManager)
	form := []string{"once", "a-key-of-its-own", "report", "taken", "version", fmt.Sprint(w.space(id).ReportVersion)}
	first := b.post("/spaces/"+string(id)+"/report", form...).is(t, http.StatusSeeOther)
	version := w.space(id).ReportVersion
	second := b.post("/spaces/"+string(id)+"/report", form...).is(t, http.StatusSeeOther)
	if first.location != second.location || w.space(id).ReportVersion != version {
		t.Errorf("sent twice: %q and %q, version %d then %d", first.location, second.location, version, w.space(id).ReportVersion)
	}
}

func TestUndoAfterHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	b := w.signedIn(schema.RoleManager)
	b.tap(id, "Taken").is(t, http.StatusSeeOther)
	page := b.follow(b.tap(id, "Available now"))
	w.hold(w.request(aNeed).ID, id)
	b.follow(b.press(page.body, "Undo")).has(t, "Cannot undo: held at ").hasNot(t, ">Undo<")
	if got := w.space(id); got.Hold == nil || got.Report.State != schema.Available {
		t.Errorf("after a refused undo: hold %v, report %s", got.Hold, got.Report.State)
	}
}

// Taken on a space with a household due: the page says who is affected; only the second press ends the hold.
func TestTakenOnHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	hold := w.hold(w.request(aNeed).ID, id)
	b := w.signedIn(schema.RoleManager)
	b.get("/board").has(t, "Answer request", "Request "+hold.Code, "On hold until")
	page := b.tap(id, "Taken").is(t, http.StatusConflict).has(t, "A household is due in Space 1", hold.Code, "until", "Keep it for them", "Nothing has been changed yet").hasNot(t, "claim")
	if w.space(id).Hold == nil {
		t.Fatal("the first press ended the hold")
	}
	b.press(page.body, "The place is gone").is(t, http.StatusSeeOther)
	if got := w.space(id); got.Hold != nil || got.Report.State != schema.Taken {
		t.Errorf("after the second press: hold %v, report %s", got.Hold, got.Report.State)
	}
}

// A newer report is not overwritten unseen: both stand on the page.
func TestStaleTap(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	seen := w.space(id).ReportVersion
	b := w.signedIn(schema.RoleManager)
	_, err := w.exchange.Report(t.Context(), w.actor(schema.RoleManager), id, schema.Report{State: schema.OutOfUseFor, Why: "repair"})
	must(t, err)
	page := b.post("/spaces/"+string(id)+"/report", "once", "k", "report", "taken", "version", fmt.Sprint(seen)).is(t, http.StatusConflict)
	page.has(t, "was changed in the meantime", "Out of use – repair", "You set: Taken")
	b.press(page.body, "Use mine").is(t, http.StatusSeeOther)
	if got := w.space(id).Report.State; got != schema.Taken {
		t.Errorf("report = %s, want taken", got)
	}
}

// The whole way of a household through one card: answer, agreed, arrived, moved on. The last button names the resident, so it asks nothing.
func TestArrivedAndMovedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	hold := w.hold(w.request(aNeed).ID, id)
	w.answerYes(hold.ID)
	b := w.signedIn(schema.RoleManager)
	b.get("/board").has(t, "See request", "They decide by")
	_, err := w.exchange.Choose(t.Context(), w.actor(schema.RoleHelpline), exchange.Answering{Hold: hold.ID, Answer: schema.Answer{Yes: true}})
	must(t, err)
	b.tap(id, "Arrived").is(t, http.StatusSeeOther)
	b.get("/board").has(t, "Moved on – available now").hasNot(t, "claim", "Claim")
	b.follow(b.tap(id, "Moved on – available now")).has(t, "Set to Available at ").hasNot(t, ">Undo<")
	if got := w.space(id); len(got.Claims) != 0 || got.Vacancy.Status != schema.StatusAvailable {
		t.Errorf("after moving on: %+v", got.Vacancy)
	}
}

// A room somebody lives in is not taken out of use unseen; they still live there until the second press.
func TestOutOfUseWhereAHouseholdLives(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	hold := w.hold(w.request(aNeed).ID, id)
	w.answerYes(hold.ID)
	_, err := w.exchange.Arrive(t.Context(), w.actor(schema.RoleManager), hold.ID)
	must(t, err)
	b := w.signedIn(schema.RoleManager)
	page := b.tap(id, "Safety check").is(t, http.StatusConflict).has(t, "A household lives in Space 1", hold.Code, "They still live here").hasNot(t, "claim")
	if got := w.space(id); len(got.Claims) != 1 {
		t.Fatal("the first press moved the household on")
	}
	b.press(page.body, "They have moved on").is(t, http.StatusSeeOther)
	if got := w.space(id); len(got.Claims) != 0 || got.Vacancy.Status != schema.StatusOutOfUse {
		t.Errorf("after the second press: %s with %d households", got.Vacancy.Status, len(got.Claims))
	}
}

// A family is due in a unit of which one room is still lived in: the card says whom they wait for, and the request stays in reach.
func TestUnitWaitsForARoom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.publish("1", "F1=1+2")
	first := w.hold(w.request(aNeed).ID, ids[0])
	w.answerYes(first.ID)
	_, err := w.exchange.Arrive(t.Context(), w.actor(schema.RoleManager), first.ID)
	must(t, err)
	soon := time.Now().Add(2 * time.Hour)
	for _, id := range ids {
		_, err = w.exchange.Report(t.Context(), w.actor(schema.RoleManager), id, schema.Report{State: schema.GettingReady, From: &soon})
		must(t, err)
	}
	next := w.hold(w.request(strings.Replace(aNeed, "{", `{"arrive_by":"`+soon.Add(time.Hour).UTC().Format(time.RFC3339)+`",`, 1)).ID, ids[1])
	w.answerYes(next.ID)
	_, err = w.exchange.Choose(t.Context(), w.actor(schema.RoleHelpline), exchange.Answering{Hold: next.ID, Answer: schema.Answer{Yes: true}})
	must(t, err)
	w.signedIn(schema.RoleManager).get("/board").has(t, "Agreed: "+next.Code, "They can come when the resident has moved on from", "See request").hasNot(t, ">Arrived<")
}

func TestMoreSetsOutOfUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	b := w.signedIn(schema.RoleManager)
	until := londonDay(time.Now(), 7).UTC().Format(time.RFC3339)
	b.post("/spaces/"+string(id)+"/report", "once", "k", "report", "out_of_use why=repair", "until", until).is(t, http.StatusSeeOther)
	b.get("/board").has(t, "Out of use – repair, to ", "Back in use")
	tomorrow := momentsAhead(time.Now(), 5)[4] // the last one offered: always tomorrow
	b.tap(id, tomorrow.Label).is(t, http.StatusSeeOther)
	b.get("/board").has(t, "Getting ready – from "+when(tomorrow.At, time.Now()), "Ready now", "Ready later – tomorrow 9am")
}

func TestConfirmAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.publish("1", "2", "3")
	before := w.space(ids[0]).Vacancy.ConfirmedAt
	b := w.signedIn(schema.RoleManager)
	b.follow(b.press(b.get("/board").body, "All right as shown")).has(t, "All 3 confirmed at ", "Nothing to do.")
	for _, id := range ids {
		if !w.space(id).Vacancy.ConfirmedAt.After(before) {
			t.Errorf("space %s was not confirmed", id)
		}
	}
}

// A family unit and its rooms: the acts stand on the card that the household is on.
func TestRoomOfAUnit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.publish("F1=1+2", "1", "2")
	w.hold(w.request(aNeed).ID, ids[0])
	w.signedIn(schema.RoleManager).get("/board").is(t, http.StatusOK).has(t, `Shares rooms with a household in: <a class="govuk-link" href="#space-`+string(ids[0])+`">F1</a>`)
}

// Nobody else's spaces: neither shown nor changed, and not told apart from none.
func TestAnotherProvidersSpace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	other := w.organisation(schema.KindProvider, "Another provider")
	w.accounts[schema.RoleManager], w.tokens[schema.RoleManager] = w.account(other.ID, schema.RoleManager)
	b := w.signedIn(schema.RoleManager)
	b.get("/board").has(t, "No spaces are published yet")
	b.post("/spaces/"+string(id)+"/report", "once", "k", "report", "taken").is(t, http.StatusNotFound)
	b.post("/spaces/not-an-id/report", "once", "k2", "report", "taken").is(t, http.StatusNotFound)
}

func TestImpossibleTaps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.publish("1")[0]
	b := w.signedIn(schema.RoleManager)
	for _, report := range []string{"", "on_hold", "getting_ready", "getting_ready from=tomorrow", "out_of_use", "available spoon=1", "available from=2026-11-22T09:00:00Z"} {
		b.post("/spaces/"+string(id)+"/report", "report", report).is(t, http.StatusUnprocessableEntity)
	}
	if got := w.space(id).Report.State; got != schema.Available {
		t.Errorf("report = %s, want available", got)
	}
}
