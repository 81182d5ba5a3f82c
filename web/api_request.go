package web

import (
	"net/http"
	"slices"
	"time"

	"haven/exchange"
	"haven/schema"
)

// apiRequestBody is a request as its helpline, or the council it was passed to, sees it. The household's own id stays inside.
type apiRequestBody struct {
	ID        schema.RequestID      `json:"id"`
	Reference string                `json:"reference"`
	State     schema.RequestState   `json:"state"`
	Need      apiNeed               `json:"need"`
	SaidAt    *time.Time            `json:"said_at,omitempty"`
	OpenedAt  time.Time             `json:"opened_at"`
	EndedAt   *time.Time            `json:"ended_at,omitempty"`
	Council   schema.OrganisationID `json:"council,omitempty"`
	// WaitingSince: Haven keeps looking for it.
	WaitingSince *time.Time `json:"waiting_since,omitempty"`
	Version      int64      `json:"version"`
}

// apiRequestWithHolds adds what was tried, newest first.
type apiRequestWithHolds struct {
	apiRequestBody
	Holds []apiHoldView `json:"holds"`
}

type apiRequestList struct {
	Requests []apiRequestBody `json:"requests"`
}

type apiUnmetBody struct {
	Reasons []string              `json:"reasons"`
	Council schema.OrganisationID `json:"council,omitempty"`
}

type apiCouncilList struct {
	Councils []schema.Organisation `json:"councils"`
}

func toAPIRequest(r schema.Request) apiRequestBody {
	return apiRequestBody{
		ID: r.ID, Reference: r.Reference, State: r.State, Need: toAPINeed(r.Need), SaidAt: inUTC(&r.Need.SaidAt),
		OpenedAt: r.OpenedAt.UTC(), EndedAt: inUTC(&r.EndedAt), Council: r.Council, WaitingSince: inUTC(&r.WaitingSince), Version: r.Version,
	}
}

// mostRequests an answer lists, newest first.
const mostRequests = 200

func apiRequests(v *visit) error {
	open, err := v.web.read.OpenRequests(v.Context(), v.actor(), mostRequests)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiRequestList{each(open, toAPIRequest)})
}

func apiRequest(v *visit) error {
	id := schema.RequestID(v.PathValue("id"))
	r, err := v.web.read.Request(v.Context(), v.actor(), id)
	if err != nil {
		return err
	}
	holds, err := v.web.read.HoldsOfRequest(v.Context(), v.actor(), id)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiRequestWithHolds{toAPIRequest(r), each(holds, toAPIHoldView)})
}

func apiOpenRequest(v *visit) error {
	need, err := v.need()
	if err != nil {
		return err
	}
	r, err := v.web.exchange.OpenRequest(v.Context(), v.actor(), need)
	if err != nil {
		return err
	}
	return v.created("/api/v1/requests/"+string(r.ID), toAPIRequest(r))
}

func apiOpenAgain(v *visit) error {
	r, err := v.web.exchange.OpenAgain(v.Context(), v.actor(), schema.RequestID(v.PathValue("id")))
	if err != nil {
		return err
	}
	return v.created("/api/v1/requests/"+string(r.ID), toAPIRequest(r))
}

func apiChangeRequest(v *visit) error {
	need, err := v.need()
	if err != nil {
		return err
	}
	r, err := v.web.exchange.ChangeRequest(v.Context(), v.actor(), schema.RequestID(v.PathValue("id")), need)
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, toAPIRequest(r))
}

func apiUnmet(v *visit) error {
	var body apiUnmetBody
	if err := v.decode(&body); err != nil {
		return err
	}
	if err := v.checkCouncil(body.Council); err != nil {
		return err
	}
	r, err := v.web.exchange.RecordUnmet(v.Context(), v.actor(), exchange.Unmet{
		Request: schema.RequestID(v.PathValue("id")), Reasons: body.Reasons, Council: body.Council,
	})
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, toAPIRequest(r))
}

// checkCouncil keeps a request from being passed to an organisation that is not there to act on it.
func (v *visit) checkCouncil(id schema.OrganisationID) error {
	if id == "" {
		return nil
	}
	councils, err := v.web.read.Councils(v.Context())
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(councils, func(o schema.Organisation) bool { return o.ID == id }) {
		return schema.Invalid("council", "council must be the id of a council in /api/v1/councils, or be left out")
	}
	return nil
}

func apiCouncils(v *visit) error {
	councils, err := v.web.read.Councils(v.Context())
	if err != nil {
		return err
	}
	return v.answerJSON(http.StatusOK, apiCouncilList{append([]schema.Organisation{}, councils...)})
}
