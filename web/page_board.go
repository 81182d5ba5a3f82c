package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"haven/exchange"
	"haven/schema"
)

// boardPage is a provider's own spaces, in its own order and never re-sorted: a finger finds a room where it was yesterday.
type boardPage struct {
	Frame
	Spaces    int
	Confirmed string // when all of them were last confirmed
	All       string // after confirming all
	Waiting   []boardNote
	Services  []boardService
	Ready     []boardAct // near times for getting ready
	Until     []moment   // for out of use
	Reasons   schema.Codes
}

type boardService struct {
	Name  string
	Cards []boardCard
}

// boardDone is the answer to the last tap, on the card itself. It stays until the next act, or until somebody acts on the space.
type boardDone struct {
	Words string
	Undo  string // the report before; empty where there is no way back
}

func showBoard(v *visit) error {
	views, err := v.web.read.Spaces(v.Context(), v.actor())
	if err != nil {
		return err
	}
	page := boardOf(views, v.URL.Query(), v.now)
	page.Frame = v.frame("Spaces")
	return v.page(http.StatusOK, "board", page)
}

func boardOf(views []exchange.SpaceView, query url.Values, now time.Time) boardPage {
	page := boardPage{Spaces: len(views), Until: daysAhead(now), Reasons: schema.OutOfUse}
	for _, m := range momentsAhead(now, 5) {
		page.Ready = append(page.Ready, readyFrom(m.Label, m.At, true))
	}
	named := map[schema.SpaceID]string{}
	for _, v := range views {
		named[v.Space.ID] = v.Space.Ref
	}
	var oldest time.Time
	allFresh := true
	for i, v := range views {
		if i == 0 || v.Vacancy.ConfirmedAt.Before(oldest) {
			oldest = v.Vacancy.ConfirmedAt
		}
		allFresh = allFresh && v.Vacancy.Freshness(now) == schema.Fresh
		card := cardOf(v, named, now)
		if query.Get("set") == string(v.Space.ID) {
			card.Done = doneOn(v, query, now)
		}
		if n := len(page.Services); n == 0 || page.Services[n-1].Name != v.CodeName {
			page.Services = append(page.Services, boardService{Name: v.CodeName})
		}
		last := &page.Services[len(page.Services)-1]
		last.Cards = append(last.Cards, card)
		if h := v.Hold; h != nil && h.State == schema.Held && h.Provided == nil {
			page.Waiting = append(page.Waiting, boardNote{"Request " + h.Code + " for " + card.Name, "/referrals/" + string(h.ID), "Answer by " + when(h.ExpiresAt, now)})
		}
	}
	if !oldest.IsZero() {
		page.Confirmed = when(oldest, now)
		if query.Get("confirmed") != "" && allFresh {
			page.All = "All " + strconv.Itoa(len(views)) + " confirmed at " + page.Confirmed + ". Nothing to do."
		}
	}
	return page
}

// doneOn says what the last tap set, while it is still the newest word on the space, and offers the way back while there is one.
func doneOn(v exchange.SpaceView, query url.Values, now time.Time) *boardDone {
	if query.Get("v") != strconv.FormatInt(v.ReportVersion, 10) {
		return nil
	}
	done := &boardDone{Words: "Set to " + reportWords(v.Report, now) + " at " + when(v.Vacancy.ConfirmedAt, now) + "."}
	was, err := parseReport(query.Get("was"))
	if err != nil || was.Claim != "" || was.State == schema.Closed || was.Check(now) != nil {
		return done
	}
	if promise, _ := liveOn(v); promise != nil && !was.Free() {
		done.Words = "Set to " + reportWords(v.Report, now) + ". Cannot undo: held at " + when(promise.MadeAt, now) + ". Change it instead."
		return done
	}
	done.Undo = reportValue(was)
	return done
}

// daysAhead are the days on which a space out of use is expected back.
func daysAhead(now time.Time) []moment {
	var all []moment
	for _, days := range []int{1, 3, 7, 14, 28} {
		at := londonDay(now, days)
		all = append(all, moment{at.Format("Monday 2 January"), at})
	}
	return all
}

// confirmBoard says that everything shown is right, of every service of the organisation.
func confirmBoard(v *visit) error {
	services, err := v.web.read.Services(v.Context(), v.actor())
	if err != nil {
		return err
	}
	for _, s := range services {
		actor := v.actorFor("confirm", string(s.ID))
		if _, err := v.web.exchange.Confirm(v.Context(), actor, exchange.Confirming{Service: s.ID}); err != nil {
			return err
		}
	}
	return v.redirect("/board?confirmed=all")
}
