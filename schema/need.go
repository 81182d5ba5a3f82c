package schema

import "time"

// Tonight is what makes a request urgent. It never changes which places fit (S5).
type Tonight struct {
	// Sleeps: where she would sleep tonight without a place.
	Sleeps        SleepsCode `json:"sleeps,omitempty"`
	AbuserPresent Fact       `json:"abuser_present,omitempty"`
	LeavingNow    Fact       `json:"leaving_now,omitempty"`
}

// RiskLevel as a helpline records it. It may raise urgency and nothing else (S5).
type RiskLevel string

const (
	RiskNone     RiskLevel = ""
	RiskStandard RiskLevel = "standard"
	RiskMedium   RiskLevel = "medium"
	RiskHigh     RiskLevel = "high"
)

// Risk is a level with who assessed it and when: it changes with events, so it is nothing without its date.
type Risk struct {
	Level  RiskLevel `json:"level,omitempty"`
	Source string    `json:"source,omitempty"` // a RiskSources code
	On     string    `json:"on,omitempty"`     // YYYY-MM-DD
}

// Need is what one request asks for: facts only, no identity. It is what the engine sees. A fact that is missing was not said.
type Need struct {
	Household Household `json:"household"`
	// Offers says what is looked for; empty means somewhere to go tonight.
	Offers []Offer `json:"offers,omitempty"`
	// Provisions narrows the kinds; empty means all of the offers'.
	Provisions []ProvisionCode `json:"provisions,omitempty"`

	// Avoid are the areas, and Routes the ways, that are not safe for her; Harm says how many people they are kept from.
	Avoid  []Avoid `json:"avoid,omitempty"`
	Routes []Route `json:"routes,omitempty"`
	Harm   Harm    `json:"harm,omitzero"`
	// Near is what she must be able to reach.
	Near []Near `json:"near,omitempty"`
	// NowIn is where she is now, for services that do not take from there. Unknown when not Located.
	NowIn *Area `json:"now_in,omitempty"`

	Wheelchair       Fact `json:"wheelchair,omitempty"`
	LimitedMobility  Fact `json:"limited_mobility,omitempty"`
	Hearing          Fact `json:"hearing,omitempty"` // Deaf or hard of hearing
	Sight            Fact `json:"sight,omitempty"`   // blind or partially sighted
	CarerVisits      Fact `json:"carer_visits,omitempty"`
	AssistanceAnimal Fact `json:"assistance_animal,omitempty"`
	Pets             Fact `json:"pets,omitempty"`
	// Language she wants to be spoken to in: a Languages code; empty when nobody said.
	Language string `json:"language,omitempty"`
	// Support that is required, by SupportNeeds code; a code that is missing was not said.
	Support    map[string]Fact `json:"support,omitempty"`
	NightStaff Fact            `json:"night_staff,omitempty"`
	// RunFor is whether she would choose a service run by and for a group, by Groups code. By her choice only: it is never worked out.
	RunFor map[string]Fact `json:"run_for,omitempty"`

	Recourse Fact     `json:"recourse,omitempty"` // recourse to public funds
	Funding  Funding  `json:"funding,omitzero"`
	Home     Home     `json:"home,omitzero"`
	MovingOn MovingOn `json:"moving_on,omitzero"`
	// Declined is what was tried for this request; Haven keeps it.
	Declined []Declined `json:"declined,omitempty"`
	Wishes   []Wish     `json:"wishes,omitempty"`

	// ArriveBy is when she can be there; zero means now.
	ArriveBy time.Time `json:"arrive_by,omitzero"`
	// SaidAt is when the facts were said; ages count from it. Haven sets it.
	SaidAt  time.Time `json:"said_at,omitzero"`
	Tonight Tonight   `json:"tonight,omitzero"`
	Risk    Risk      `json:"risk,omitzero"`
	// ShareNeeds: she agreed that services see her needs. Without a yes a hold goes to the service with household size only.
	ShareNeeds Fact `json:"share_needs,omitempty"`
}

// Check refuses a need that cannot be true, naming the field.
func (n Need) Check() error {
	household := n.Household.Check
	if !n.SaidAt.IsZero() {
		household = func() error { return n.Household.CheckOn(n.SaidAt) }
	}
	if err := household(); err != nil {
		return err
	}
	if len(n.Offers) > len(Provisions()) || len(n.Provisions) > len(Provisions()) {
		return Invalid("provisions", "Name each kind of place once")
	}
	for _, o := range n.Offers {
		if o != OfferTonight && o != OfferStayHome && o != OfferSettle {
			return Invalid("offers", "offers must be tonight, stay_home or settle")
		}
	}
	for _, p := range n.Provisions {
		if row, ok := ProvisionOf(p); !ok || row.Offer == OfferNever {
			return Invalid("provisions", "provisions has a kind that cannot be searched for")
		}
	}
	for _, row := range NeedFacts() {
		if err := row.Of(&n).Check(row.Code); err != nil {
			return err
		}
	}
	for _, check := range []func() error{n.checkAreas, n.checkSupport, n.checkWishes, n.Funding.check, n.Risk.check} {
		if err := check(); err != nil {
			return err
		}
	}
	if n.Tonight.Sleeps != "" && !Sleeps.Has(string(n.Tonight.Sleeps)) {
		return Invalid("tonight.sleeps", "Choose where she would sleep tonight from the list, or leave it empty")
	}
	return nil
}

func (n Need) checkSupport() error {
	if n.Language != "" && !Languages.Has(n.Language) {
		return Invalid("language", "Choose the language from the list, or leave it empty")
	}
	if err := checkFacts("support", n.Support, SupportNeeds); err != nil {
		return err
	}
	return checkFacts("run_for", n.RunFor, Groups)
}

// checkFacts of a list: every code in it, every value yes, no or empty.
func checkFacts(field string, facts map[string]Fact, list Codes) error {
	for code, f := range facts {
		if !list.Has(code) {
			return Invalid(field, field+" has a code that is not in the list")
		}
		if err := f.Check(field + "." + code); err != nil {
			return err
		}
	}
	return nil
}

func (r Risk) check() error {
	switch r.Level {
	case RiskNone:
		return nil
	case RiskStandard, RiskMedium, RiskHigh:
	default:
		return Invalid("risk.level", "The risk level must be standard, medium or high, or left empty")
	}
	if !RiskSources.Has(r.Source) {
		return Invalid("risk.source", "Say where the risk level comes from")
	}
	if _, err := time.Parse(time.DateOnly, r.On); err != nil {
		return Invalid("risk.on", "Say on which day the risk level was given, like 2026-03-27")
	}
	return nil
}

// Looks says whether a search for this need brings up a kind of provision at all. Nothing brings up what is never offered: bed and breakfast is
// the last resort, started by hand (S10).
func (n Need) Looks(p Provision) bool {
	if p.Offer == OfferNever {
		return false
	}
	if len(n.Provisions) > 0 {
		for _, code := range n.Provisions {
			if code == p.Code {
				return true
			}
		}
		return false
	}
	if len(n.Offers) == 0 {
		return p.Offer == OfferTonight
	}
	for _, o := range n.Offers {
		if o == p.Offer {
			return true
		}
	}
	return false
}
