package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"haven/allocator"
	"haven/schema"
)

// apiSearchBody is a need, and how much of the answer is wanted.
type apiSearchBody struct {
	apiNeed
	// Limit is how many places of each group are given in words; shownToScripts when it was not said.
	Limit *int `json:"limit,omitempty"`
	// Also names what is given besides, of alsoKnown. Each costs many times what the rest does, so nobody gets it unasked.
	Also []string `json:"also,omitempty"`
}

const (
	shownToScripts     = 20
	mostShownToScripts = 500

	alsoEveryRule    = "every_rule"
	alsoDoesNotFit   = "does_not_fit"
	alsoUnmetReasons = "unmet_reasons"
	alsoOpenings     = "openings"
	alsoAskNext      = "ask_next"
)

var alsoKnown = []string{alsoEveryRule, alsoDoesNotFit, alsoUnmetReasons, alsoOpenings, alsoAskNext}

// apiShortlist is a search's answer: every free place of the kinds sought counted in one group, and the first of each group with every reason.
// What has to be asked for is not there where nobody did, and a list where there is none of it.
type apiShortlist struct {
	At          time.Time      `json:"at"`
	Rules       string         `json:"rules"`
	Current     bool           `json:"current"`
	Counts      apiGroupCounts `json:"counts"`
	Fits        []apiCandidate `json:"fits"`
	CheckFirst  []apiCandidate `json:"check_first"`
	Unconfirmed []apiCandidate `json:"unconfirmed"`
	DoesNotFit  []apiCandidate `json:"does_not_fit,omitzero"` // where asked for
	NotFree     int            `json:"not_free"`
	NotSought   int            `json:"not_sought"`
	Total       int            `json:"total"`
	// UnmetReasons are put forward for a request that ends with no place.
	UnmetReasons []string `json:"unmet_reasons,omitzero"`
	// Openings are single changes that would open places, and AskNext the facts nobody said that decide most.
	Openings []allocator.Opening  `json:"openings,omitzero"`
	AskNext  []allocator.Question `json:"ask_next,omitzero"`
}

// apiGroupCounts says how many places there are in each group, those that are not given too.
type apiGroupCounts struct {
	Fits        int `json:"fits"`
	CheckFirst  int `json:"check_first"`
	Unconfirmed int `json:"unconfirmed"`
	DoesNotFit  int `json:"does_not_fit"`
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
	HoldMinutes int               `json:"hold_minutes"`
	Status      schema.Status     `json:"status"`
	From        *time.Time        `json:"from,omitempty"`
	ConfirmedAt *time.Time        `json:"confirmed_at,omitempty"`
	Freshness   schema.Freshness  `json:"freshness"`
	Verdict     allocator.Verdict `json:"verdict"`
	ConfirmArea bool              `json:"confirm_area"`
	WishesMet   int               `json:"wishes_met"`
	// Findings that rule it out or are to be checked first; what every rule says where that was asked for.
	Findings []allocator.Finding `json:"findings"`
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
	var body apiSearchBody
	if err := v.decode(&body); err != nil {
		return err
	}
	limit, err := body.limit()
	if err != nil {
		return err
	}
	need, err := body.check(v.web.places)
	if err != nil {
		return err
	}
	list, err := v.web.exchange.Search(v.actor(), need, v.now)
	if err != nil {
		return err
	}
	also := func(what string) bool { return slices.Contains(body.Also, what) }
	first := func(g allocator.Group) []apiCandidate {
		return each(g.Top(limit), func(a allocator.Assessment) apiCandidate { return toCandidate(a, also(alsoEveryRule)) })
	}
	current, _ := v.web.board()
	answer := apiShortlist{
		At: list.At.UTC(), Rules: allocator.Version(), Current: current,
		Counts: apiGroupCounts{list.Fits.Len(), list.Check.Len(), list.Unconfirmed.Len(), list.No.Len()},
		Fits:   first(list.Fits), CheckFirst: first(list.Check), Unconfirmed: first(list.Unconfirmed),
		NotFree: list.NotFree, NotSought: list.NotSought, Total: list.Total,
	}
	if also(alsoDoesNotFit) {
		answer.DoesNotFit = first(list.No)
	}
	if also(alsoUnmetReasons) {
		answer.UnmetReasons = append([]string{}, allocator.UnmetReasons(list)...)
	}
	if also(alsoOpenings) {
		answer.Openings = append([]allocator.Opening{}, v.web.exchange.Index().OneChange(need, v.now)...)
	}
	if also(alsoAskNext) {
		answer.AskNext = append([]allocator.Question{}, v.web.exchange.Index().AskNext(need, v.now)...)
	}
	return v.answerJSON(http.StatusOK, answer)
}

// limit of the places given, once what was said of the answer is known to be possible.
func (b apiSearchBody) limit() (int, error) {
	for i, what := range b.Also {
		if !slices.Contains(alsoKnown, what) {
			return 0, schema.Invalid(fmt.Sprintf("also[%d]", i), "also may name "+strings.Join(alsoKnown, ", "))
		}
	}
	switch {
	case b.Limit == nil:
		return shownToScripts, nil
	case *b.Limit < 1 || *b.Limit > mostShownToScripts:
		return 0, schema.Invalid("limit", fmt.Sprintf("limit must be from 1 to %d; leave it out for %d of each group", mostShownToScripts, shownToScripts))
	}
	return *b.Limit, nil
}

func toCandidate(a allocator.Assessment, everyRule bool) apiCandidate {
	findings := a.Findings
	if !everyRule {
		findings = append(append([]allocator.Finding{}, a.Failing()...), a.Checking()...)
	}
	space, service, vacancy := a.Place.Space, a.Place.Service, a.Place.Vacancy
	return apiCandidate{
		Space: space.ID, Version: a.Place.Version, Service: service.ID, CodeName: service.CodeName, Provision: service.Provision,
		Area: toAPIArea(service.Area), Distance: a.Band, Takes: service.Takes.Words,
		apiSpaceFacts: toAPISpaceFacts(space), HoldMinutes: service.HoldFor(),
		Status: vacancy.Status, From: inUTC(vacancy.From), ConfirmedAt: inUTC(&vacancy.ConfirmedAt), Freshness: a.Freshness,
		Verdict: a.Verdict, ConfirmArea: a.ConfirmArea, WishesMet: a.Wishes.Count(), Findings: findings,
	}
}
