package web

import (
	"net/http"
	"time"

	"haven/allocator/plan"
	"haven/schema"
)

// apiPlan is the suggestion for everybody who waits at this organisation. It holds nothing: a hold is made like any other, and may be too late.
type apiPlan struct {
	At          time.Time       `json:"at"`
	Exact       bool            `json:"exact"`
	Gap         int             `json:"gap"`
	Holding     int             `json:"holding"`
	Suggestions []apiSuggestion `json:"suggestions"`
	Unplaced    []apiUnplaced   `json:"unplaced"`
}

type apiSuggestion struct {
	Request        schema.RequestID `json:"request"`
	RequestVersion int64            `json:"request_version"`
	Reference      string           `json:"reference"`
	Space          schema.SpaceID   `json:"space"`
	SpaceVersion   int64            `json:"space_version"`
	CodeName       string           `json:"code_name"`
	Area           apiArea          `json:"area"`
	Urgency        string           `json:"urgency"`
	Price          []string         `json:"price"`
}

type apiUnplaced struct {
	Request        schema.RequestID `json:"request"`
	RequestVersion int64            `json:"request_version"`
	Reference      string           `json:"reference"`
	Urgency        string           `json:"urgency"`
	Why            []string         `json:"why"`
}

func apiMakePlan(v *visit) error {
	views, err := v.web.read.Waiting(v.Context(), v.actor())
	if err != nil {
		return err
	}
	made, err := v.waitingPlan(views)
	if err != nil {
		return err
	}
	urgency := func(id schema.RequestID) string {
		r := made.requests[id]
		return urgencyWords(r.Need, r.WaitingSince, v.now)
	}
	return v.answerJSON(http.StatusOK, apiPlan{
		At: made.At.UTC(), Exact: made.Exact(), Gap: made.Gap(), Holding: made.held,
		Suggestions: each(made.Suggestions, func(s plan.Suggestion) apiSuggestion {
			service := made.places[s.Space].Service
			return apiSuggestion{s.Request, s.RequestVersion, made.requests[s.Request].Reference, s.Space, s.Version, service.CodeName, toAPIArea(service.Area), urgency(s.Request), append([]string{}, s.Words...)}
		}),
		Unplaced: each(made.Unplaced, func(u plan.Unplaced) apiUnplaced {
			return apiUnplaced{u.Request, u.RequestVersion, made.requests[u.Request].Reference, urgency(u.Request), append([]string{}, u.Words...)}
		}),
	})
}
