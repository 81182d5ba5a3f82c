package web

import (
	"time"

	"haven/exchange"
	"haven/schema"
)

// likelyActs are the one or two acts a card shows as buttons, most likely first, and what somebody should know before.
func likelyActs(v exchange.SpaceView, named map[schema.SpaceID]string, now time.Time) ([]boardAct, []boardNote) {
	promise, home := liveOn(v)
	if v.Hold != nil {
		return holdActs(v, home, named, now)
	}
	if part := elsewhere(v, promise, home); part != "" {
		return nil, []boardNote{{"Shares rooms with a household in", "#space-" + string(part), spaceName(named[part])}}
	}
	free := boardAct{Label: "Available now", Report: reportValue(schema.Report{State: schema.Available})}
	if home != nil {
		// The button names the resident's move, so the tap is the confirmation.
		free = boardAct{Label: "Moved on – available now", Report: reportValue(schema.Report{State: schema.Available, Claim: home.ID})}
	}
	switch v.Vacancy.Status {
	case schema.StatusAvailable:
		return []boardAct{{Label: "Taken", Report: reportValue(schema.Report{State: schema.Taken})}}, nil
	case schema.StatusOnHold:
		// Its time has passed and nobody has met it yet: whatever comes next ends it.
		return []boardAct{{Label: "Taken", Report: reportValue(schema.Report{State: schema.Taken})}}, []boardNote{{Words: "The request on it has just ended. Nobody answered in time"}}
	case schema.StatusGettingReady:
		if home == nil {
			free.Label = "Ready now"
		}
		return []boardAct{free, readyFrom("Ready later – tomorrow 9am", nextMorning(now), true)}, nil
	case schema.StatusOutOfUse:
		if v.Report.State != schema.OutOfUseFor {
			return nil, []boardNote{{Words: "A room of it is out of use"}}
		}
		free.Label = "Back in use"
		return []boardAct{free}, nil
	}
	if v.Report.Free() && home == nil {
		return nil, []boardNote{{Words: "A room of it is taken"}}
	}
	leaving, words := leavingBy(now)
	return []boardAct{readyFrom(words, leaving, false), second(free)}, nil
}

// holdActs of a space that is promised to a household.
func holdActs(v exchange.SpaceView, home *exchange.ClaimNow, named map[schema.SpaceID]string, now time.Time) ([]boardAct, []boardNote) {
	h := v.Hold
	request := "/referrals/" + string(h.ID)
	switch {
	case h.State == schema.Held && h.Provided == nil:
		return []boardAct{{Label: "Answer request", Href: request}}, []boardNote{{Words: "Request " + h.Code + ": answer by " + when(h.ExpiresAt, now)}}
	case h.State == schema.Held:
		return []boardAct{{Label: "See request", Href: request, Second: true}}, []boardNote{{Words: "Request " + h.Code + ": you can take them. They decide by " + when(h.ExpiresAt, now)}}
	}
	note := boardNote{Words: "Agreed: " + h.Code}
	if h.ArriveBy != nil {
		note.Words += ", arriving by " + when(*h.ArriveBy, now)
	}
	if part := elsewhere(v, home); part != "" {
		notes := []boardNote{note, {"They can come when the resident has moved on from", "#space-" + string(part), spaceName(named[part])}}
		return []boardAct{{Label: "See request", Href: request, Second: true}}, notes
	}
	if home != nil {
		note.Words += ". The resident before them has not moved on yet"
		return []boardAct{
			{Label: "Moved on – ready for them", Report: reportValue(schema.Report{State: schema.Available, Claim: home.ID})},
			{Label: "See request", Href: request, Second: true},
		}, []boardNote{note}
	}
	return []boardAct{{Label: "Arrived", Arrive: h.ID}, {Label: "See request", Href: request, Second: true}}, []boardNote{note}
}

// moreActs are the plain states that no button of the card sets already.
func moreActs(v exchange.SpaceView, shown []boardAct) []boardAct {
	var more []boardAct
	for _, s := range []struct {
		state schema.State
		label string
	}{{schema.Available, "Available"}, {schema.Taken, "Taken"}} {
		value := reportValue(schema.Report{State: s.state})
		if v.Report.State == s.state {
			continue
		}
		already := false
		for _, act := range shown {
			already = already || act.Report == value
		}
		if !already {
			more = append(more, boardAct{Label: s.label, Report: value, Second: true})
		}
	}
	return more
}

// liveOn finds the live promise on a space's rooms and who lives there.
func liveOn(v exchange.SpaceView) (promise, home *exchange.ClaimNow) {
	for i := range v.Claims {
		if v.Claims[i].Kind == schema.Promise {
			promise = &v.Claims[i]
		} else {
			home = &v.Claims[i]
		}
	}
	return promise, home
}

// elsewhere names the space that one of these rooms is promised or lived in with: acts belong on that card.
func elsewhere(v exchange.SpaceView, on ...*exchange.ClaimNow) schema.SpaceID {
	for _, c := range on {
		if c != nil && c.Space != v.Space.ID {
			return c.Space
		}
	}
	return ""
}

func readyFrom(label string, at time.Time, less bool) boardAct {
	return boardAct{Label: label, Report: reportValue(schema.Report{State: schema.GettingReady, From: &at}), Second: less}
}

func second(a boardAct) boardAct { a.Second = true; return a }

// leavingBy is when a space is ready whose resident leaves today: 6pm, or midday tomorrow once the afternoon is over.
func leavingBy(now time.Time) (time.Time, string) {
	y, m, d := now.In(london).Date()
	if at := time.Date(y, m, d, 18, 0, 0, 0, london); at.Sub(now) >= 2*time.Hour {
		return at, "Leaving today – ready 6pm"
	}
	return time.Date(y, m, d+1, 12, 0, 0, 0, london), "Leaving – ready tomorrow midday"
}

func nextMorning(now time.Time) time.Time {
	y, m, d := now.In(london).Date()
	return time.Date(y, m, d+1, 9, 0, 0, 0, london)
}
