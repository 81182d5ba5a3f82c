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
	HoldMinutes int `json:"hold_minutes,omitempty"`
	// Setting is a Settings code: what it is like around; empty when not said.
	Setting   string    `json:"setting,omitempty"`
	Reception Reception `json:"reception,omitzero"`
	Lets      Lets      `json:"lets,omitzero"`
	Version   int64     `json:"version"`
}

// Check refuses a service that cannot be published.
func (s Service) Check() error {
	if len(s.CodeName) == 0 || len(s.CodeName) > 60 {
		return Invalid("code_name", "code_name must be 1 to 60 characters: a code name, never the project's real name")
	}
	if err := checkPublished("code_name", s.CodeName); err != nil {
		return err
	}
	if s.Area.Code == "" {
		return Invalid("area", "area must be named: the outward code, town, council, county or region that the service publishes")
	}
	for i := range s.ExcludesFrom {
		if s.ExcludesFrom[i].Code == "" {
			return Invalid(fmt.Sprintf("excludes_from[%d]", i), fmt.Sprintf("excludes_from[%d] must be named, or left out", i))
		}
	}
	p, ok := ProvisionOf(s.Provision)
	if !ok || p.Offer == OfferNever {
		return Invalid("provision", "provision must be one of the kinds a provider can publish")
	}
	if s.HoldMinutes != 0 && (s.HoldMinutes < 15 || s.HoldMinutes > 60) {
		return Invalid("hold_minutes", "hold_minutes must be 15 to 60, or left out for the default")
	}
	if s.Setting != "" && !Settings.Has(s.Setting) {
		return Invalid("setting", "setting must be city, town or country, or left out")
	}
	if err := s.Reception.check(); err != nil {
		return err
	}
	if err := s.Lets.check(); err != nil {
		return err
	}
	return s.Takes.Check()
}

// HoldFor is how many minutes a hold on this service lasts.
func (s Service) HoldFor() int {
	if s.HoldMinutes != 0 {
		return s.HoldMinutes
	}
	p, _ := ProvisionOf(s.Provision)
	return p.HoldMinutes
}
