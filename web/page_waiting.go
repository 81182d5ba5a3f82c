package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"haven/allocator"
	"haven/allocator/plan"
	"haven/exchange"
	"haven/schema"
)

// waitingPage is everybody the organisation keeps looking for, longest waiting first, with what came up for each, and a suggestion for all.
type waitingPage struct {
	Frame
	List waitingList
	Plan planView
}

// waitingList is the part of the page that follows what is found. A plan is not in it: it is worked out when somebody asks, not at every change.
type waitingList struct {
	Rows []waitingRow
	// Summary is also what is said aloud when it changes.
	Summary string
	// Found are the rows for which a place came up that fits and is there, to go to.
	Found []waitingRow
	At    string
	More  bool
}

type waitingRow struct {
	ID, Reference, Household string
	Since, Urgency           string
	Here, Gone               []matchRow
	// HereMore and GoneMore count what is not listed.
	HereMore, GoneMore int
	// Known says how many were on the list when looking began, which the worker saw; empty where none is there still.
	Known string
	Fits  bool
	// Ours: it waits for this organisation, which may stop it.
	Ours bool
	Once string
}

type matchRow struct{ Name, Verdict, Found, Gone string }

const (
	// mostHere and mostGone are shown of one request, the newest: the request's own list has all that is free.
	mostHere, mostGone = 5, 3
	// mostWaitingListed is what exchange.Reader.Waiting gives at most.
	mostWaitingListed = 500
)

func showWaiting(v *visit) error {
	views, err := v.web.read.Waiting(v.Context(), v.actor())
	if err != nil {
		return err
	}
	p := waitingPage{Frame: v.frame("Waiting list"), List: v.waitingList(views)}
	if v.Header("Haven-Part") == "waiting" {
		return v.part(http.StatusOK, "waiting", "part_waiting_list", p.List)
	}
	p.Wide, p.Live = true, v.liveWords()
	if p.Plan, err = v.planFor(views); err != nil {
		return err
	}
	return v.page(http.StatusOK, "waiting", p)
}

func (v *visit) waitingList(views []exchange.WaitingView) waitingList {
	list := waitingList{At: clock(v.now), More: len(views) == mostWaitingListed}
	for _, view := range views {
		row := v.waitingRow(view)
		list.Rows = append(list.Rows, row)
		if row.Fits {
			list.Found = append(list.Found, row)
		}
	}
	list.Summary = waitingSummary(len(list.Rows), len(list.Found))
	return list
}

func waitingSummary(waiting, found int) string {
	if waiting == 0 {
		return "Nobody waits."
	}
	words := plural(waiting, "request waits", "requests wait") + ". "
	switch found {
	case 0:
		return words + "No place that fits has come up yet."
	case 1:
		return words + "A place that fits came up for 1 of them."
	}
	return words + "Places that fit came up for " + strconv.Itoa(found) + " of them."
}

func (v *visit) waitingRow(view exchange.WaitingView) waitingRow {
	r := waitingRow{
		ID: string(view.ID), Reference: view.Reference, Household: householdSize(view.Need.Household), Since: when(view.WaitingSince, v.now),
		Urgency: urgencyWords(view.Need, view.WaitingSince, v.now), Ours: view.Organisation == v.account.Organisation, Once: newOnce(),
	}
	fits, check := 0, 0
	for _, m := range view.Matches {
		row, right := matchRowOf(m, v.now), m.Verdict == string(allocator.Fits)
		switch {
		case m.Known && m.Gone():
		case m.Known && right:
			fits++
		case m.Known:
			check++
		case m.Gone() && len(r.Gone) == mostGone:
			r.GoneMore++
		case m.Gone():
			r.Gone = append(r.Gone, row)
		case len(r.Here) == mostHere:
			r.HereMore++
		default:
			r.Here = append(r.Here, row)
		}
		r.Fits = r.Fits || right && !m.Known && !m.Gone()
	}
	r.Known = knownPlaces(fits, check)
	return r
}

func knownPlaces(fits, check int) string {
	var parts []string
	if fits > 0 {
		parts = append(parts, plural(fits, "place fits", "places fit"))
	}
	if check > 0 {
		parts = append(parts, strconv.Itoa(check)+" to check first")
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, " and ") + ", on the list when looking began."
}

func matchRowOf(m exchange.MatchView, now time.Time) matchRow {
	row := matchRow{Name: m.CodeName + ", " + m.Area, Verdict: verdictWords(allocator.Verdict(m.Verdict)), Found: "Found at " + when(m.FoundAt, now)}
	if m.Gone() {
		row.Gone = "Gone at " + when(m.GoneAt, now)
	}
	return row
}

func verdictWords(verdict allocator.Verdict) string {
	if verdict == allocator.Fits {
		return "Fits"
	}
	return "Check first"
}

// urgencyWords are what was said of tonight, and what makes it count for more: the words of the tier itself would say what nobody said.
func urgencyWords(need schema.Need, since, now time.Time) string {
	unraised := need
	unraised.Risk = schema.Risk{}
	said, waited, marked := plan.Urgency(unraised, now, now), plan.Urgency(unraised, since, now), plan.Urgency(need, since, now)
	words := said.Words()
	switch {
	case said == plan.Soon && need.Tonight.Sleeps == "":
		words = "Nobody has said where she sleeps tonight"
	case said == plan.Soon:
		words = "A roof tonight that cannot last"
	}
	var raised []string
	if waited < said {
		raised = append(raised, "she has waited 7 days")
	}
	if marked < waited {
		raised = append(raised, "the risk level is high")
	}
	if len(raised) > 0 {
		words += "; more urgent because " + strings.Join(raised, " and ")
	}
	return words
}
