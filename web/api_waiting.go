package web

import (
	"net/http"
	"time"

	"haven/allocator"
	"haven/exchange"
	"haven/schema"
)

// apiWaitingRequest is a request that waits, with what was found for it in this waiting.
type apiWaitingRequest struct {
	apiRequestBody
	Urgency string     `json:"urgency"`
	Matches []apiMatch `json:"matches"`
}

// apiMatch is what a helpline may see of a place that came up. Known: it was on the list when looking began.
type apiMatch struct {
	Space    schema.SpaceID    `json:"space"`
	CodeName string            `json:"code_name"`
	Area     string            `json:"area"`
	Verdict  allocator.Verdict `json:"verdict"`
	Known    bool              `json:"known"`
	FoundAt  time.Time         `json:"found_at"`
	GoneAt   *time.Time        `json:"gone_at,omitempty"`
}

type apiWaitingList struct {
	Requests []apiWaitingRequest `json:"requests"`
}

func apiWaiting(v *visit) error {
	views, err := v.web.read.Waiting(v.Context(), v.actor())
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiWaitingList{each(views, func(view exchange.WaitingView) apiWaitingRequest {
		return apiWaitingRequest{toAPIRequest(view.Request), urgencyWords(view.Need, view.WaitingSince, v.now), each(view.Matches, toAPIMatch)}
	})})
}

func toAPIMatch(m exchange.MatchView) apiMatch {
	return apiMatch{m.Space, m.CodeName, m.Area, allocator.Verdict(m.Verdict), m.Known, m.FoundAt.UTC(), inUTC(&m.GoneAt)}
}

func apiWait(v *visit) error        { return v.apiWait(true) }
func apiStopWaiting(v *visit) error { return v.apiWait(false) }

func (v *visit) apiWait(on bool) error {
	if err := v.noBody(); err != nil {
		return err
	}
	r, err := v.web.exchange.Wait(v.Context(), v.actor(), schema.RequestID(v.PathValue("id")), on)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, toAPIRequest(r))
}
