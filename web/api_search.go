package web

import (
	"net/http"
	"time"

	"haven/allocator"
	"haven/schema"
)

// apiShortlist is a search's answer: every free place of the kinds sought, in one group each, with every reason.
type apiShortlist struct {
	At          time.Time      `json:"at"`
	Rules       string         `json:"rules"`
	Current     bool           `json:"current"`
	Fits        []apiCandidate `json:"fits"`
	CheckFirst  []apiCandidate `json:"check_first"`
	Unconfirmed []apiCandidate `json:"unconfirmed"`
	DoesNotFit  []apiCandidate `json:"does_not_fit"`
	NotFree     int            `json:"not_free"`
	NotSought   int            `json:"not_sought"`
	Total       int            `json:"total"`
	// UnmetReasons are put forward for a request that ends with no place.
	UnmetReasons []string `json:"unmet_reasons"`
	// Openings are single changes that would open places, and AskNext the facts nobody said that decide most.
	Openings []allocator.Opening  `json:"openings"`
	AskNext  []allocator.Question `json:"ask_next"`
}

// apiCandidate is a place as a helpline may see it: what was published, without the provider's name for the space and without the areas the
// service itself excludes (S6).
type apiCandidate struct {
	Space     schema.SpaceID       `json:"space"`
	Version   int64                `json:"version"`
	Service   schema.ServiceID     `json:"service"`
	CodeName  string               `json:"code_name"`
	Provision schema.ProvisionCode `json:"provision"`
	Area      apiArea              `json:"area"`
	Distance  string               `json:"distance,omitempty"`
	Takes     string               `json:"takes,omitempty"`
	apiSpaceFacts
	HoldMinutes int                 `json:"hold_minutes"`
	Status      schema.Status       `json:"status"`
	From        *time.Time          `json:"from,omitempty"`
	ConfirmedAt *time.Time          `json:"confirmed_at,omitempty"`
	Freshness   schema.Freshness    `json:"freshness"`
	Verdict     allocator.Verdict   `json:"verdict"`
	ConfirmArea bool                `json:"confirm_area"`
	WishesMet   int                 `json:"wishes_met"`
	Findings    []allocator.Finding `json:"findings"`
}

// apiArea is an area as published: a name and how coarse it is, never where its middle lies.
type apiArea struct {
	Kind schema.AreaKind `json:"kind"`
	Code string          `json:"code"`
	Name string          `json:"name"`
	// Assumed: how far the area reaches is an assumption and not measured.
	Assumed bool `json:"assumed,omitempty"`
}

func toAPIArea(a schema.Area) apiArea { return apiArea{a.Kind, a.Code, a.Name, a.Assumed} }

// apiSearch answers from memory. It changes nothing, so it needs no key.
func apiSearch(v *visit) error {
	need, err := v.need()
	if err != nil {
		return err
	}
	list, err := v.web.exchange.Search(v.actor(), need, v.now)
	if err != nil {
		return err
	}
	current, _ := v.web.board()
	index := v.web.exchange.Index()
	return v.answerJSON(http.StatusOK, apiShortlist{
		At: list.At.UTC(), Rules: allocator.Version(), Current: current,
		Fits: each(list.Fits.All(), toCandidate), CheckFirst: each(list.Check.All(), toCandidate),
		Unconfirmed: each(list.Unconfirmed.All(), toCandidate), DoesNotFit: each(list.No.All(), toCandidate),
		NotFree: list.NotFree, NotSought: list.NotSought, Total: list.Total,
		UnmetReasons: each(allocator.UnmetReasons(list), func(code string) string { return code }),
		Openings:     each(index.OneChange(need, v.now), func(o allocator.Opening) allocator.Opening { return o }),
		AskNext:      each(index.AskNext(need, v.now), func(q allocator.Question) allocator.Question { return q }),
	})
}

func toCandidate(a allocator.Assessment) apiCandidate {
	space, service, vacancy := a.Place.Space, a.Place.Service, a.Place.Vacancy
	return apiCandidate{
		Space: space.ID, Version: a.Place.Version, Service: service.ID, CodeName: service.CodeName, Provision: service.Provision,
		Area: toAPIArea(service.Area), Distance: a.Band, Takes: service.Takes.Words,
		apiSpaceFacts: toAPISpaceFacts(space), HoldMinutes: service.HoldFor(),
		Status: vacancy.Status, From: inUTC(vacancy.From), ConfirmedAt: inUTC(&vacancy.ConfirmedAt), Freshness: a.Freshness,
		Verdict: a.Verdict, ConfirmArea: a.ConfirmArea, WishesMet: a.Wishes.Count(), Findings: a.Findings,
	}
}
