package schema

import (
	"fmt"
	"time"
)

// DefaultMarginMiles is how far a place must be from the edge of an area to avoid unless the helpline sets it. An assumption, labelled so on the page (S4).
const DefaultMarginMiles = 10

// Avoid is an area where the person causing harm has connections.
type Avoid struct {
	Area Area `json:"area"`
	// MarginMiles beyond the edge of the area, 0 to 200; nil means DefaultMarginMiles.
	MarginMiles *float64 `json:"margin_miles,omitempty"`
}

// MarginKm is the margin in kilometres.
func (a Avoid) MarginKm() float64 {
	if a.MarginMiles == nil {
		return DefaultMarginMiles * KmPerMile
	}
	return *a.MarginMiles * KmPerMile
}

// Wishes order what is already safe. They never bar a place.
type Wishes struct {
	Regions       []Area `json:"regions,omitempty"`
	SelfContained Fact   `json:"self_contained,omitempty"`
}

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

// Need is what one request asks for: facts only, no identity. It is what the engine sees.
type Need struct {
	Household Household `json:"household"`
	// Offers says what is looked for; empty means somewhere to go tonight.
	Offers []Offer `json:"offers,omitempty"`
	// Provisions narrows the kinds; empty means all of the offers'.
	Provisions []ProvisionCode `json:"provisions,omitempty"`
	// Avoid are the areas that are not safe for her.
	Avoid []Avoid `json:"avoid,omitempty"`
	// NowIn is where she is now, for services that do not take from there. Unknown when not Located.
	NowIn           *Area  `json:"now_in,omitempty"`
	Wheelchair      Fact   `json:"wheelchair,omitempty"`
	LimitedMobility Fact   `json:"limited_mobility,omitempty"`
	Recourse        Fact   `json:"recourse,omitempty"` // recourse to public funds
	Wishes          Wishes `json:"wishes,omitzero"`
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
	if err := n.Household.Check(); err != nil {
		return err
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
	if len(n.Avoid) > 40 {
		return Invalid("avoid", "At most 40 areas to avoid; name a council or a region instead of its parts")
	}
	for i, a := range n.Avoid {
		if a.Area.Code == "" {
			return Invalid(fmt.Sprintf("avoid[%d]", i), fmt.Sprintf("Area to avoid %d is empty", i+1))
		}
		if a.MarginMiles != nil && (*a.MarginMiles < 0 || *a.MarginMiles > 200 || *a.MarginMiles != *a.MarginMiles) {
			return Invalid(fmt.Sprintf("avoid[%d].margin_miles", i), "The margin must be 0 to 200 miles")
		}
	}
	for field, f := range map[string]Fact{
		"wheelchair": n.Wheelchair, "limited_mobility": n.LimitedMobility, "recourse": n.Recourse, "share_needs": n.ShareNeeds,
		"tonight.abuser_present": n.Tonight.AbuserPresent, "tonight.leaving_now": n.Tonight.LeavingNow, "wishes.self_contained": n.Wishes.SelfContained,
	} {
		if err := f.Check(field); err != nil {
			return err
		}
	}
	if n.Tonight.Sleeps != "" && !Sleeps.Has(string(n.Tonight.Sleeps)) {
		return Invalid("tonight.sleeps", "Choose where she would sleep tonight from the list, or leave it empty")
	}
	return n.Risk.check()
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
