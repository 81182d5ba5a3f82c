package web

import (
	"encoding/json"
	"net/http"

	"haven/allocator"
	"haven/schema"
)

// consolePage is the one page of a helpline worker: what we know, the spaces, and the holds.
type consolePage struct {
	Frame
	// Request is nil until the facts are saved.
	Request *requestHead
	Form    needForm
	Spaces  spacesView
	Holds   holdsPanel
	// Available and Confirmed count the spaces across the UK.
	Available, Confirmed int
	Notice               string
}

type requestHead struct {
	ID, Reference, Opened string
	Open                  bool
	Ended                 string
	Alone                 bool
	// Waits is since when Haven keeps looking for it; empty where nobody asked for that.
	Waits string
	// Live is where changes are pushed from.
	Live string
}

func newRequest(v *visit) error { return v.showConsole(http.StatusOK, v.console(needForm{})) }

// console is the page around a form that is not saved.
func (v *visit) console(f needForm) consolePage {
	p := consolePage{Frame: v.frame("Find a place"), Form: f}
	p.Wide, p.Live = true, v.liveWords()
	p.Available, p.Confirmed = v.web.exchange.Index().Counts(v.now)
	p.Spaces.Once = p.Frame.Once
	return p
}

// consoleOf is the page of a saved request, with its holds.
func (v *visit) consoleOf(r schema.Request, f needForm) (consolePage, error) {
	p := v.console(f)
	p.Request = headOf(r, v)
	holds, err := v.web.read.HoldsOfRequest(v.Context(), v.actor(), r.ID)
	if err != nil {
		return p, err
	}
	p.Holds = v.holdsPanel(holds, "/requests/"+string(r.ID))
	p.Holds.Request, p.Holds.Waits = string(r.ID), r.Waits()
	return p, nil
}

func headOf(r schema.Request, v *visit) *requestHead {
	h := &requestHead{
		ID: string(r.ID), Reference: r.Reference, Opened: when(r.OpenedAt, v.now), Open: r.State == schema.RequestOpen,
		Alone: r.Need.Household.Alone16or17(), Live: "/requests/" + string(r.ID) + "/live",
	}
	if r.Waits() {
		h.Waits = when(r.WaitingSince, v.now)
	}
	switch r.State {
	case schema.RequestPlaced:
		h.Ended = "The household arrived. This request was closed at " + when(r.EndedAt, v.now) + "."
	case schema.RequestUnmet:
		h.Ended = "No place was found. This request was closed at " + when(r.EndedAt, v.now) + "."
	}
	return h
}

// liveWords say how current the list is. Script changes them while the page is open.
func (v *visit) liveWords() string {
	if current, since := v.web.board(); !current {
		return "List from " + when(since, v.now)
	}
	return "List from " + clock(v.now)
}

// showConsole renders the page, or the list alone for our own script.
func (v *visit) showConsole(status int, p consolePage) error {
	p.Frame.Problems = p.Form.Problems
	switch v.Header("Haven-Part") {
	case "spaces":
		return v.part(status, "request_console", "part_spaces", p.Spaces)
	case "holds":
		return v.part(status, "request_console", "part_holds", p.Holds)
	}
	return v.page(status, "request_console", p)
}

// showRequest is the console of a saved request.
func showRequest(v *visit) error {
	r, err := v.web.read.Request(v.Context(), v.actor(), schema.RequestID(v.PathValue("id")))
	if err != nil {
		return err
	}
	p, err := v.consoleOf(r, formOf(r.Need))
	if err != nil {
		return err
	}
	if p.Request.Open && v.Header("Haven-Part") != "holds" {
		if p.Spaces, err = v.spaces(r.Need, r.ID, "", p.Holds); err != nil {
			return err
		}
	}
	return v.showConsole(http.StatusOK, p)
}

// openRequest saves the facts of a new request.
func openRequest(v *visit) error {
	f := readForm(v.PostForm, v.web.places)
	r, saved, err := v.save("", &f)
	if !saved {
		return v.unsaved(f, "", err)
	}
	return v.afterSaving(r, f)
}

// changeRequest saves changed facts of an open request.
func changeRequest(v *visit) error {
	f := readForm(v.PostForm, v.web.places)
	r, saved, err := v.save(schema.RequestID(v.PathValue("id")), &f)
	if !saved {
		return v.unsaved(f, schema.RequestID(v.PathValue("id")), err)
	}
	return v.afterSaving(r, f)
}

// save opens or changes a request. Not saved without an error means the facts cannot be true: the form says which.
func (v *visit) save(id schema.RequestID, f *needForm) (r schema.Request, saved bool, err error) {
	f.somebody()
	need := f.need(v.web.places, v.now)
	if id == "" {
		if len(f.Problems) > 0 {
			return r, false, nil
		}
		need, _ = allocator.Change(v.PostFormValue("change"), need, v.now)
		r, err = v.web.exchange.OpenRequest(v.Context(), v.actorFor("open"), need)
		return r, err == nil, err
	}
	actor := v.actor()
	r, err = v.web.read.Request(v.Context(), actor, id)
	if err != nil || len(f.Problems) > 0 {
		return r, false, err
	}
	if v.PostFormValue("change") == "declined" {
		// What was tried is no fact of the form: it is taken back by a command of its own.
		if r, err = v.web.exchange.TryAgain(v.Context(), v.actorFor("try_again"), id); err != nil {
			return r, false, err
		}
	}
	keptOf(r.Need).to(&need)
	need, _ = allocator.Change(v.PostFormValue("change"), need, v.now)
	if sameNeed(need, r.Need) {
		return r, true, nil
	}
	actor.Once = "" // replacing the facts by the same facts changes nothing
	r, err = v.web.exchange.ChangeRequest(v.Context(), actor, id, need)
	return r, err == nil, err
}

func sameNeed(a, b schema.Need) bool {
	a.SaidAt, a.Wishes, b.Wishes = b.SaidAt, inOrder(a.Wishes), inOrder(b.Wishes)
	one, err := json.Marshal(a)
	other, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(one) == string(other)
}

// unsaved gives everything back that was typed, with what is wrong. Where only the ledger is away the list still answers.
func (v *visit) unsaved(f needForm, id schema.RequestID, err error) error {
	status := http.StatusUnprocessableEntity
	var spaces spacesView
	if err != nil {
		refusal := v.web.refusalOf(v, err)
		if refusal.Kind == schema.KindNotFound || refusal.Kind == schema.KindForbidden {
			return err
		}
		status = statusOf[refusal.Kind]
		if need := f.need(v.web.places, v.now); len(f.Problems) == 0 {
			if spaces, err = v.spaces(need, id, "", holdsPanel{}); err != nil {
				return err
			}
		}
		f.problem(fieldID(refusal.Field), refusal.Words)
	}
	p := v.consoleFor(id, f)
	if spaces.Started {
		p.Spaces = spaces
	}
	if v.fragment() {
		p.Spaces.Problem = f.Problems[0].Words
	}
	p.Spaces.Request = string(id)
	return v.showConsole(status, p)
}

// consoleFor is the page around a form of a request that may not be readable just now: what was typed must not be lost with it.
func (v *visit) consoleFor(id schema.RequestID, f needForm) consolePage {
	if id == "" {
		return v.console(f)
	}
	if r, err := v.web.read.Request(v.Context(), v.actor(), id); err == nil {
		if p, err := v.consoleOf(r, f); err == nil {
			return p
		}
	}
	p := v.console(f)
	p.Request = &requestHead{ID: string(id), Open: true, Live: "/requests/" + string(id) + "/live"}
	return p
}

// afterSaving goes to the request, so that a reload repeats nothing. Where some words were not used the page is shown at once: they are kept
// nowhere, so there is nothing to come back to.
func (v *visit) afterSaving(r schema.Request, f needForm) error {
	to := "/requests/" + string(r.ID)
	switch v.PostFormValue("then") {
	case "unmet":
		return v.redirect(to + "/unmet")
	case "wait":
		return v.lookOn(r.ID)
	}
	if len(f.Unused) == 0 {
		return v.redirect(to)
	}
	form := formOf(r.Need)
	form.Unused = f.Unused
	p, err := v.consoleOf(r, form)
	if err != nil {
		return err
	}
	if p.Spaces, err = v.spaces(r.Need, r.ID, "", p.Holds); err != nil {
		return err
	}
	p.Spaces.Unused = f.Unused
	return v.showConsole(http.StatusOK, p)
}

// findPlaces gives the list for facts that are not saved: while somebody types, and for the buttons that only show more. It makes no query;
// only the whole page of a saved request reads the request's own holds.
func findPlaces(v *visit) error {
	f := readForm(v.PostForm, v.web.places)
	id := schema.RequestID(v.PostFormValue("request"))
	p := v.console(f)
	if !v.fragment() {
		p = v.consoleFor(id, f)
	}
	p.Holds.Agreed, p.Holds.Waits = p.Holds.Agreed || v.PostForm.Has("agreed"), p.Holds.Waits || v.PostForm.Has("waits")
	p.Spaces.Request = string(id)
	if f.empty() {
		p.Spaces.Unused = f.Unused
		return v.showConsole(http.StatusOK, p)
	}
	need, assumed := f.preview(v.web.places, v.now)
	if len(f.Problems) > 0 {
		p.Form.Problems = f.Problems
		p.Spaces.Problem, p.Spaces.Unused = f.Problems[0].Words, f.Unused
		return v.showConsole(http.StatusUnprocessableEntity, p)
	}
	spaces, err := v.spaces(need, id, v.PostFormValue("show"), p.Holds)
	if err != nil {
		return err
	}
	spaces.Unused, spaces.Assumed = f.Unused, assumed
	if assumed {
		spaces.Known = spaces.Known[1:]
	}
	p.Spaces = spaces
	return v.showConsole(http.StatusOK, p)
}
