package web

import (
	"net/http"
	"time"

	"haven/exchange"
	"haven/schema"
)

// apiStay is nights in bed and breakfast. Nights are dates in London.
type apiStay struct {
	ID         schema.StayID    `json:"id"`
	Request    schema.RequestID `json:"request"`
	Reference  string           `json:"reference"`
	Family     bool             `json:"family"`
	FirstNight string           `json:"first_night"`
	LastNight  string           `json:"last_night,omitempty"`
	LookedAt   *time.Time       `json:"looked_at,omitempty"`
	SafeFound  int              `json:"safe_found"`
	// Nights are in the list only: they add up over the household's earlier stays, which a command does not read.
	Nights *apiNights `json:"nights,omitempty"`
}

type apiNights struct {
	Used   int `json:"used"`
	Before int `json:"before"`
	// Limit and LimitDate are a family's six weeks.
	Limit     int    `json:"limit,omitempty"`
	LimitDate string `json:"limit_date,omitempty"`
}

type apiStayList struct {
	Stays []apiStay `json:"stays"`
	// CanStart are requests that ended with no safe place and have no stay going on.
	CanStart []apiRequestBody `json:"can_start"`
}

type apiStayStart struct {
	Request    schema.RequestID `json:"request"`
	FirstNight string           `json:"first_night"`
}

type apiStayEnd struct {
	LastNight string `json:"last_night"`
}

func toAPIStay(s schema.Stay) apiStay {
	wire := apiStay{
		ID: s.ID, Request: s.Request, Reference: s.Reference, Family: s.Family, FirstNight: s.FirstNight.Format(time.DateOnly),
		LookedAt: inUTC(s.LookedAt), SafeFound: s.SafeFound,
	}
	if s.LastNight != nil {
		wire.LastNight = s.LastNight.Format(time.DateOnly)
	}
	return wire
}

func toAPIStayView(s exchange.StayView, now time.Time) apiStay {
	wire := toAPIStay(s.Stay)
	wire.Nights = &apiNights{Used: s.NightsBefore + s.Stay.Nights(schema.Night(now, london)), Before: s.NightsBefore}
	if s.Family {
		wire.Nights.Limit = schema.BBLimitNights
		wire.Nights.LimitDate = s.LimitDate(s.NightsBefore).Format(time.DateOnly)
	}
	return wire
}

func apiStays(v *visit) error {
	stays, err := v.web.read.Stays(v.Context(), v.actor())
	if err != nil {
		return err
	}
	waiting, err := v.web.read.UnmetRequests(v.Context(), v.actor(), mostRequests)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiStayList{
		Stays:    each(stays, func(s exchange.StayView) apiStay { return toAPIStayView(s, v.now) }),
		CanStart: each(waiting, toAPIRequest),
	})
}

func apiStartStay(v *visit) error {
	var body apiStayStart
	if err := v.decode(&body); err != nil {
		return err
	}
	first, err := parseDate("first_night", body.FirstNight)
	if err != nil {
		return err
	}
	stay, err := v.web.exchange.StartStay(v.Context(), v.actor(), exchange.Starting{Request: body.Request, FirstNight: first})
	if err != nil {
		return err
	}
	return v.created("/api/v1/stays", toAPIStay(stay))
}

func apiEndStay(v *visit) error {
	var body apiStayEnd
	if err := v.decode(&body); err != nil {
		return err
	}
	last, err := parseDate("last_night", body.LastNight)
	if err != nil {
		return err
	}
	stay, err := v.web.exchange.EndStay(v.Context(), v.actor(), exchange.Ending{Stay: schema.StayID(v.PathValue("id")), LastNight: last})
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, toAPIStay(stay))
}
