package schema

import "fmt"

// Service is one project a provider runs, as far as it chose to publish. Nothing in it is finer than Area; there is no address anywhere in Haven (S6).
type Service struct {
	ID       ServiceID      `json:"id"`
	Provider OrganisationID `json:"provider"`
	// CodeName is what staff see: never the project's real name.
	CodeName  string        `json:"code_name"`
	Provision ProvisionCode `json:"provision"`
	Area      Area          `json:"area"`
	// ExcludesFrom are areas the service does not take people from. Shown only as "does not take from where she is now".
	ExcludesFrom []Area `json:"excludes_from,omitempty"`
	Takes        Takes  `json:"takes"`
	// HoldMinutes is how long a hold on one of its spaces lasts, 15 to 60; 0 means the provision's default.
	HoldMinutes int   `json:"hold_minutes,omitempty"`
	Version     int64 `json:"version"`
}

// Takes is what a service states about whom it takes, applied as stated and never inferred (S8).
type Takes struct {
	// Words is the service's own statement, shown beside every verdict that rests on it.
	Words string `json:"words,omitempty"`
	// Adults answers for each way an adult may describe herself; a description that is missing is unknown.
	Adults map[Described]Fact `json:"adults,omitempty"`
	// Children: takes households with children.
	Children Fact `json:"children,omitempty"`
	// BoysTo is the oldest age, in completed years, a boy may be on arrival; nil when the service has not said. No limit is 17.
	BoysTo *int `json:"boys_to,omitempty"`
	// NoRecourse: takes people with no recourse to public funds. A service that "would consider" says nothing, which reads check first.
	NoRecourse Fact `json:"no_recourse,omitempty"`
}

// Check refuses a service that cannot be published.
func (s Service) Check() error {
	if len(s.CodeName) == 0 || len(s.CodeName) > 60 {
		return Invalid("code_name", "code_name must be 1 to 60 characters: a code name, never the project's real name")
	}
	p, ok := ProvisionOf(s.Provision)
	if !ok || p.Offer == OfferNever {
		return Invalid("provision", "provision must be one of the kinds a provider can publish")
	}
	if s.HoldMinutes != 0 && (s.HoldMinutes < 15 || s.HoldMinutes > 60) {
		return Invalid("hold_minutes", "hold_minutes must be 15 to 60, or left out for the default")
	}
	return s.Takes.Check()
}

// Check refuses a statement that cannot be applied.
func (t Takes) Check() error {
	if len(t.Words) > 500 {
		return Invalid("takes.words", "takes.words must be at most 500 characters")
	}
	for d, f := range t.Adults {
		if !d.known() || d == NotSaid {
			return Invalid("takes.adults", fmt.Sprintf("takes.adults has a description that is not in the list: use one of %s", describedList()))
		}
		if err := f.Check("takes.adults"); err != nil {
			return err
		}
	}
	if t.BoysTo != nil && (*t.BoysTo < 0 || *t.BoysTo > 17) {
		return Invalid("takes.boys_to", "takes.boys_to must be an age from 0 to 17; 17 means no limit")
	}
	if err := t.Children.Check("takes.children"); err != nil {
		return err
	}
	return t.NoRecourse.Check("takes.no_recourse")
}

// HoldFor is how many minutes a hold on this service lasts.
func (s Service) HoldFor() int {
	if s.HoldMinutes != 0 {
		return s.HoldMinutes
	}
	p, _ := ProvisionOf(s.Provision)
	return p.HoldMinutes
}
