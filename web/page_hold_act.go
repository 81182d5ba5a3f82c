package web

import (
	"net/http"
	"strings"

	"haven/exchange"
	"haven/schema"
)

// holdPlace saves the facts that are on the screen, where they came along, and holds the space for exactly those.
func holdPlace(v *visit) error {
	id := schema.RequestID(v.PathValue("id"))
	values := v.PostForm
	f := readForm(values, v.web.places)
	var r schema.Request
	var err error
	if id == "" || values.Has("facts") {
		var saved bool
		if r, saved, err = v.save(id, &f); !saved {
			return v.unsaved(f, id, err)
		}
	} else if r, err = v.web.read.Request(v.Context(), v.actor(), id); err != nil {
		return err
	} else {
		f = formOf(r.Need)
	}
	space := schema.SpaceID(values.Get("space"))
	h, err := v.web.exchange.Hold(v.Context(), v.actorFor("hold", string(space)), r.ID, space)
	if refusal, ok := schema.AsRefusal(err); ok && refusal.Kind != schema.KindBusy && r.State == schema.RequestOpen {
		return v.lost(r, space, refusal)
	}
	if err != nil {
		return v.unsaved(f, r.ID, err)
	}
	return v.redirect("/requests/" + string(r.ID) + "#hold-" + string(h.ID))
}

// lost shows the list again with what happened where the eye is, and what is like it first in reach.
func (v *visit) lost(r schema.Request, space schema.SpaceID, why *schema.Refusal) error {
	p, err := v.consoleOf(r, formOf(r.Need))
	if err != nil {
		return err
	}
	if p.Spaces, err = v.spaces(r.Need, r.ID, "", p.Holds); err != nil {
		return err
	}
	lost := &lostHold{Words: why.Words}
	if place, ok := v.web.exchange.Index().Get(space); ok {
		lost.Words = place.Service.CodeName + ", " + place.Service.Area.Name + ": " + why.Words
		if why.Code == "taken" {
			lost.Words = "Another worker held this space: " + place.Service.CodeName + ", " + place.Service.Area.Name + ", " + clock(v.now) + ". Nothing was held."
		}
		if !p.Holds.Agreed {
			lost.Similar = similar(p.Spaces, place)
		}
	}
	p.Spaces.Lost = lost
	return v.showConsole(statusOf[why.Kind], p)
}

// showHolds is every live hold of the organisation, by end time.
func showHolds(v *visit) error {
	holds, err := v.web.read.LiveHolds(v.Context(), v.actor())
	if err != nil {
		return err
	}
	p := holdListPage{Frame: v.frame("My holds"), Holds: v.holdsPanel(holds, "/holds")}
	p.Live = v.liveWords()
	if v.Header("Haven-Part") == "holds" {
		return v.part(http.StatusOK, "hold_list", "part_holds", p.Holds)
	}
	return v.page(http.StatusOK, "hold_list", p)
}

type holdListPage struct {
	Frame
	Holds holdsPanel
}

// onHold runs one command about a hold and goes back to where its button was.
func onHold(command string, act func(*visit, exchange.Actor, schema.HoldID) error) func(*visit) error {
	return func(v *visit) error {
		id := schema.HoldID(v.PathValue("id"))
		to := safePath(v.PostFormValue("back"))
		if err := act(v, v.actorFor(command), id); err != nil {
			return v.notDone(to, err)
		}
		if to == "" {
			to = "/holds"
		}
		return v.redirect(to + "#hold-" + string(id))
	}
}

// notDone shows why beside the holds as they are now: most often the other side acted first.
func (v *visit) notDone(back string, err error) error {
	refusal, ok := schema.AsRefusal(err)
	id, of := strings.CutPrefix(back, "/requests/")
	if !ok || !of || refusal.Kind == schema.KindNotFound || refusal.Kind == schema.KindBusy {
		return err
	}
	r, readErr := v.web.read.Request(v.Context(), v.actor(), schema.RequestID(id))
	if readErr != nil {
		return err
	}
	p, readErr := v.consoleOf(r, formOf(r.Need))
	if readErr != nil {
		return err
	}
	if p.Request.Open {
		if p.Spaces, readErr = v.spaces(r.Need, r.ID, "", p.Holds); readErr != nil {
			return err
		}
	}
	p.Form.Problems = []Problem{{"holds", refusal.Words}}
	return v.showConsole(statusOf[refusal.Kind], p)
}

func extendHold(v *visit, a exchange.Actor, id schema.HoldID) error {
	_, err := v.web.exchange.Extend(v.Context(), a, id)
	return err
}

func releaseHold(v *visit, a exchange.Actor, id schema.HoldID) error {
	_, err := v.web.exchange.Release(v.Context(), a, id)
	return err
}

// choose records what the survivor says. She may say no, at no cost, and need not say why.
func choose(v *visit, a exchange.Actor, id schema.HoldID) error {
	answer := schema.Answer{Yes: v.PostFormValue("takes") == "yes", Reason: v.PostFormValue("reason")}
	if answer.Yes {
		answer.Reason = ""
	}
	_, err := v.web.exchange.Choose(v.Context(), a, exchange.Answering{Hold: id, Answer: answer})
	return err
}

func recordArrival(v *visit, a exchange.Actor, id schema.HoldID) error {
	_, err := v.web.exchange.Arrive(v.Context(), a, id)
	return err
}

func didNotArrive(v *visit, a exchange.Actor, id schema.HoldID) error {
	_, err := v.web.exchange.DidNotArrive(v.Context(), a, id)
	return err
}

// actorFor makes the page's one key serve several commands, each its own.
func (v *visit) actorFor(command ...string) exchange.Actor {
	a := v.actor()
	if a.Once != "" {
		a.Once += ":" + strings.Join(command, ":")
	}
	return a
}
