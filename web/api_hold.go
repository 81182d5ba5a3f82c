package web

import (
	"context"
	"net/http"
	"time"

	"haven/exchange"
	"haven/schema"
)

// apiHoldBody is a hold as both sides see it. What it was made on, and the accounts behind the answers, stay in the record.
type apiHoldBody struct {
	ID             schema.HoldID    `json:"id"`
	Code           string           `json:"code"`
	Request        schema.RequestID `json:"request"`
	Space          schema.SpaceID   `json:"space"`
	Service        schema.ServiceID `json:"service"`
	State          schema.HoldState `json:"state"`
	Ask            bool             `json:"ask"`
	ConfirmArea    bool             `json:"confirm_area"`
	HeldAt         time.Time        `json:"held_at"`
	ExpiresAt      time.Time        `json:"expires_at"`
	Extensions     int              `json:"extensions"`
	ServiceAnswer  *apiServiceSaid  `json:"service_answer,omitempty"`
	SurvivorAnswer *apiSurvivorSaid `json:"survivor_answer,omitempty"`
	ArriveBy       *time.Time       `json:"arrive_by,omitempty"`
	AgreedAt       *time.Time       `json:"agreed_at,omitempty"`
	EndedAt        *time.Time       `json:"ended_at,omitempty"`
	End            string           `json:"end,omitempty"`
	EndReason      string           `json:"end_reason,omitempty"`
	EndedBy        schema.EndedBy   `json:"ended_by,omitempty"`
	Version        int64            `json:"version"`
}

type apiServiceSaid struct {
	CanTake       bool      `json:"can_take"`
	Reason        string    `json:"reason,omitempty"`
	AreaConfirmed bool      `json:"area_confirmed,omitempty"`
	At            time.Time `json:"at"`
}

type apiSurvivorSaid struct {
	Takes  bool      `json:"takes"`
	Reason string    `json:"reason,omitempty"`
	At     time.Time `json:"at"`
}

// apiHoldView adds what the reader may see around the hold; exchange.Reader has already cut it to the actor's side.
type apiHoldView struct {
	apiHoldBody
	Reference   string  `json:"reference"`
	CodeName    string  `json:"code_name"`
	Area        string  `json:"area"`
	SpaceRef    string  `json:"space_ref,omitempty"`
	Need        apiNeed `json:"need"`
	NeedsShared bool    `json:"needs_shared"`
	Occupied    bool    `json:"occupied"`
}

type apiHoldList struct {
	Holds []apiHoldView `json:"holds"`
}

type apiHoldStart struct {
	Space schema.SpaceID `json:"space"`
}

// apiAnswerBody and apiChoiceBody: the yes or no is a pointer, because leaving it out must never be read as a no.
type apiAnswerBody struct {
	CanTake       *bool      `json:"can_take"`
	Reason        string     `json:"reason,omitempty"`
	AreaConfirmed bool       `json:"area_confirmed,omitempty"`
	ArriveBy      *time.Time `json:"arrive_by,omitempty"`
}

type apiChoiceBody struct {
	Takes  *bool  `json:"takes"`
	Reason string `json:"reason,omitempty"`
}

type apiPlacement struct {
	ID        schema.PlacementID   `json:"id"`
	Hold      schema.HoldID        `json:"hold"`
	Request   schema.RequestID     `json:"request"`
	Space     schema.SpaceID       `json:"space"`
	Service   schema.ServiceID     `json:"service"`
	Provision schema.ProvisionCode `json:"provision"`
	ArrivedAt time.Time            `json:"arrived_at"`
}

func toAPIHold(h schema.Hold) apiHoldBody {
	wire := apiHoldBody{
		ID: h.ID, Code: h.Code, Request: h.Request, Space: h.Space, Service: h.Service, State: h.State, Ask: h.Ask, ConfirmArea: h.ConfirmArea,
		HeldAt: h.HeldAt.UTC(), ExpiresAt: h.ExpiresAt.UTC(), Extensions: h.Extensions, ArriveBy: inUTC(h.ArriveBy), AgreedAt: inUTC(h.AgreedAt),
		EndedAt: inUTC(h.EndedAt), End: h.End, EndReason: h.EndReason, EndedBy: h.EndedBy, Version: h.Version,
	}
	if a := h.Provided; a != nil {
		wire.ServiceAnswer = &apiServiceSaid{a.Yes, a.Reason, a.AreaConfirmed, a.At.UTC()}
	}
	if a := h.Survivor; a != nil {
		wire.SurvivorAnswer = &apiSurvivorSaid{a.Yes, a.Reason, a.At.UTC()}
	}
	return wire
}

func toAPIHoldView(h exchange.HoldView) apiHoldView {
	return apiHoldView{
		apiHoldBody: toAPIHold(h.Hold), Reference: h.Reference, CodeName: h.CodeName, Area: h.Area, SpaceRef: h.SpaceRef,
		Need: toAPINeed(h.Need), NeedsShared: h.NeedsShared, Occupied: h.Occupied,
	}
}

func apiHolds(v *visit) error {
	holds, err := v.web.read.LiveHolds(v.Context(), v.actor())
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiHoldList{each(holds, toAPIHoldView)})
}

func apiHold(v *visit) error {
	h, err := v.web.read.Hold(v.Context(), v.actor(), v.holdID())
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, toAPIHoldView(h))
}

func (v *visit) holdID() schema.HoldID { return schema.HoldID(v.PathValue("id")) }

func apiMakeHold(v *visit) error {
	var body apiHoldStart
	if err := v.decode(&body); err != nil {
		return err
	}
	if body.Space == "" {
		return schema.Invalid("space", "space is missing: name the space to hold, as the search gave it")
	}
	h, err := v.web.exchange.Hold(v.Context(), v.actor(), schema.RequestID(v.PathValue("id")), body.Space)
	if err != nil {
		return err
	}
	return v.created("/api/v1/holds/"+string(h.ID), toAPIHold(h))
}

func apiExtend(v *visit) error       { return v.actOnHold(v.web.exchange.Extend) }
func apiRelease(v *visit) error      { return v.actOnHold(v.web.exchange.Release) }
func apiDidNotArrive(v *visit) error { return v.actOnHold(v.web.exchange.DidNotArrive) }

// actOnHold runs a command that says everything in its path.
func (v *visit) actOnHold(act func(context.Context, exchange.Actor, schema.HoldID) (schema.Hold, error)) error {
	if err := v.noBody(); err != nil {
		return err
	}
	h, err := act(v.Context(), v.actor(), v.holdID())
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, toAPIHold(h))
}

func apiAnswer(v *visit) error {
	var body apiAnswerBody
	if err := v.decode(&body); err != nil {
		return err
	}
	if err := saidYesOrNo("can_take", body.CanTake, body.Reason); err != nil {
		return err
	}
	return v.settle(v.web.exchange.Answer, exchange.Answering{
		Hold: v.holdID(), Answer: schema.Answer{Yes: *body.CanTake, Reason: body.Reason, AreaConfirmed: body.AreaConfirmed}, ArriveBy: inUTC(body.ArriveBy),
	})
}

func apiChoose(v *visit) error {
	var body apiChoiceBody
	if err := v.decode(&body); err != nil {
		return err
	}
	if err := saidYesOrNo("takes", body.Takes, body.Reason); err != nil {
		return err
	}
	return v.settle(v.web.exchange.Choose, exchange.Answering{Hold: v.holdID(), Answer: schema.Answer{Yes: *body.Takes, Reason: body.Reason}})
}

func saidYesOrNo(field string, yes *bool, reason string) error {
	if yes == nil {
		return schema.Invalid(field, field+" is missing: say true or false")
	}
	if *yes && reason != "" {
		return schema.Invalid("reason", "reason goes only with a no. Leave it out, or say "+field+" false")
	}
	return nil
}

func (v *visit) settle(act func(context.Context, exchange.Actor, exchange.Answering) (schema.Hold, error), a exchange.Answering) error {
	h, err := act(v.Context(), v.actor(), a)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, toAPIHold(h))
}

func apiArrive(v *visit) error {
	if err := v.noBody(); err != nil {
		return err
	}
	p, err := v.web.exchange.Arrive(v.Context(), v.actor(), v.holdID())
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiPlacement{p.ID, p.Hold, p.Request, p.Space, p.Service, p.Provision, p.ArrivedAt.UTC()})
}
