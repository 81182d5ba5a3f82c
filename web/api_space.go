package web

import (
	"net/http"
	"time"

	"haven/exchange"
	"haven/schema"
)

// apiSpace is a space on its own provider's board; no other role has a route to it.
type apiSpace struct {
	ID       schema.SpaceID   `json:"id"`
	Service  schema.ServiceID `json:"service"`
	CodeName string           `json:"code_name"`
	Ref      string           `json:"ref"`
	Rooms    []string         `json:"rooms"`
	apiSpaceFacts
	// State is the newest report; Status is what follows from it and from what is promised.
	State         schema.State     `json:"state"`
	Why           string           `json:"why,omitempty"`
	Status        schema.Status    `json:"status"`
	From          *time.Time       `json:"from,omitempty"`
	Until         *time.Time       `json:"until,omitempty"`
	ConfirmedAt   *time.Time       `json:"confirmed_at,omitempty"`
	Freshness     schema.Freshness `json:"freshness"`
	Published     bool             `json:"published"`
	Version       int64            `json:"version"`
	ReportVersion int64            `json:"report_version"`
	Overlaps      []schema.SpaceID `json:"overlaps,omitempty"`
	Hold          schema.HoldID    `json:"hold,omitempty"`
	Claims        []apiClaim       `json:"claims"`
}

// apiSpaceFacts are what was published of a space. They are named one by one, so that nothing leaves Haven because it was added elsewhere (S6);
// a test holds them to schema.SpaceFacts.
type apiSpaceFacts struct {
	BedSpaces       int         `json:"bed_spaces,omitempty"`
	Cots            *int        `json:"cots,omitempty"`
	Bedrooms        int         `json:"bedrooms,omitempty"`
	Wheelchair      schema.Fact `json:"wheelchair,omitempty"`
	LimitedMobility schema.Fact `json:"limited_mobility,omitempty"`
	Hearing         schema.Fact `json:"hearing,omitempty"`
	Sight           schema.Fact `json:"sight,omitempty"`
	SelfContained   schema.Fact `json:"self_contained,omitempty"`
	OwnKitchen      schema.Fact `json:"own_kitchen,omitempty"`
	OwnBathroom     schema.Fact `json:"own_bathroom,omitempty"`
	Slot            string      `json:"slot,omitempty"`
	SlotAt          *time.Time  `json:"slot_at,omitempty"`
}

func toAPISpaceFacts(s schema.Space) apiSpaceFacts {
	return apiSpaceFacts{
		BedSpaces: s.BedSpaces, Cots: s.Cots, Bedrooms: s.Bedrooms, Wheelchair: s.Wheelchair, LimitedMobility: s.LimitedMobility,
		Hearing: s.Hearing, Sight: s.Sight, SelfContained: s.SelfContained, OwnKitchen: s.OwnKitchen, OwnBathroom: s.OwnBathroom,
		Slot: s.Slot, SlotAt: inUTC(s.SlotAt),
	}
}

// apiClaim is what a report may have to name to be believed.
type apiClaim struct {
	ID       schema.ClaimID   `json:"id"`
	Kind     schema.ClaimKind `json:"kind"`
	HoldCode string           `json:"hold_code"`
	Next     bool             `json:"next"`
}

type apiSpaceList struct {
	Spaces []apiSpace `json:"spaces"`
}

// apiReported gives the version to name in the next report.
type apiReported struct {
	Space   schema.SpaceID `json:"space"`
	Ref     string         `json:"ref"`
	Version int64          `json:"version"`
}

// apiService is a service as its own provider sees it, with the areas it does not take from.
type apiService struct {
	ID           schema.ServiceID     `json:"id"`
	CodeName     string               `json:"code_name"`
	Provision    schema.ProvisionCode `json:"provision"`
	Area         apiArea              `json:"area"`
	ExcludesFrom []apiArea            `json:"excludes_from"`
	Takes        schema.Takes         `json:"takes"`
	Setting      string               `json:"setting,omitempty"`
	Reception    schema.Reception     `json:"reception,omitzero"`
	Lets         schema.Lets          `json:"lets,omitzero"`
	HoldMinutes  int                  `json:"hold_minutes"`
	Version      int64                `json:"version"`
}

type apiServiceList struct {
	Services []apiService `json:"services"`
}

type apiConfirmBody struct {
	Refs []string `json:"refs,omitempty"`
}

type apiConfirmed struct {
	Confirmed int `json:"confirmed"`
}

func toAPISpace(s exchange.SpaceView, now time.Time) apiSpace {
	wire := apiSpace{
		ID: s.Space.ID, Service: s.Service, CodeName: s.CodeName, Ref: s.Space.Ref, Rooms: append([]string{}, s.Space.Rooms...),
		apiSpaceFacts: toAPISpaceFacts(s.Space),
		State:         s.Report.State, Why: s.Report.Why, Status: s.Vacancy.Status, From: inUTC(s.Vacancy.From), Until: inUTC(s.Vacancy.Until),
		ConfirmedAt: inUTC(&s.Vacancy.ConfirmedAt), Freshness: s.Vacancy.Freshness(now), Published: s.Published, Version: s.Version,
		ReportVersion: s.ReportVersion, Overlaps: s.Overlaps,
		Claims: each(s.Claims, func(c exchange.ClaimNow) apiClaim { return apiClaim{c.ID, c.Kind, c.HoldCode, c.Next} }),
	}
	if s.Hold != nil {
		wire.Hold = s.Hold.ID
	}
	return wire
}

func apiSpaces(v *visit) error {
	spaces, err := v.web.read.Spaces(v.Context(), v.actor())
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiSpaceList{each(spaces, func(s exchange.SpaceView) apiSpace { return toAPISpace(s, v.now) })})
}

func apiReport(v *visit) error {
	var report schema.Report
	if err := v.decode(&report); err != nil {
		return err
	}
	report.From, report.Until = inUTC(report.From), inUTC(report.Until)
	out, err := v.web.exchange.Report(v.Context(), v.actor(), schema.SpaceID(v.PathValue("id")), report)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiReported{out.Space, out.Ref, out.Version})
}

func apiServices(v *visit) error {
	services, err := v.web.read.Services(v.Context(), v.actor())
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiServiceList{each(services, func(s schema.Service) apiService {
		return apiService{
			ID: s.ID, CodeName: s.CodeName, Provision: s.Provision, Area: toAPIArea(s.Area), ExcludesFrom: each(s.ExcludesFrom, toAPIArea),
			Takes: s.Takes, Setting: s.Setting, Reception: s.Reception, Lets: s.Lets, HoldMinutes: s.HoldFor(), Version: s.Version,
		}
	})})
}

func apiConfirm(v *visit) error {
	var body apiConfirmBody
	if err := v.decode(&body); err != nil {
		return err
	}
	n, err := v.web.exchange.Confirm(v.Context(), v.actor(), exchange.Confirming{Service: schema.ServiceID(v.PathValue("id")), Refs: body.Refs})
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiConfirmed{n})
}
