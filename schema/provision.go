package schema

import "slices"

// ProvisionCode is permanent: kept, exported and counted. Never rename one.
type ProvisionCode string

const (
	Refuge         ProvisionCode = "refuge"
	Specialist     ProvisionCode = "specialist"
	Dispersed      ProvisionCode = "dispersed"
	SecondStage    ProvisionCode = "second_stage"
	Sanctuary      ProvisionCode = "sanctuary"
	OtherEmergency ProvisionCode = "other_emergency"
	SocialTenancy  ProvisionCode = "social_tenancy"
	BedBreakfast   ProvisionCode = "bed_and_breakfast"
)

// Offer says for which wish a provision comes up in a search.
type Offer string

const (
	// OfferTonight: somewhere to go today.
	OfferTonight Offer = "tonight"
	// OfferStayHome: makes her own home safe; never an emergency measure.
	OfferStayHome Offer = "stay_home"
	// OfferSettle: a settled home or a step on from a refuge; planned, not tonight's answer.
	OfferSettle Offer = "settle"
	// OfferNever: not published and never suggested by a search.
	OfferNever Offer = "never"
)

// Provision is one kind of accommodation. Forms, feed validation, search, figures and the ledger's list all range over Provisions.
type Provision struct {
	Code  ProvisionCode
	Label string
	Help  string
	// Relevant accommodation under SI 2021/991 regulation 2; bed and breakfast is excluded by regulation 2(2)(c).
	Relevant bool
	// Safe: an arrival there counts as placed. Everything but bed and breakfast.
	Safe  bool
	Offer Offer
	// HoldMinutes is how long a hold lasts where the service did not choose (15 to 60).
	HoldMinutes int
	// Slot: its spaces are dated slots (a survey, a fitting), consumed when used.
	Slot bool
	// Let: a home that is let, so that the protocol, the tenure and the bedroom rules apply.
	Let bool
	// MovesOn: for people who move on from other relevant accommodation or no longer need intensive support.
	MovesOn bool
}

// Provisions lists every kind, in the order people see them. A new kind is one row here.
func Provisions() []Provision { return slices.Clone(provisions) }

var provisions = []Provision{
	{Code: Refuge, Label: "Refuge", Help: "Accommodation with intensive support tied to it", Offer: OfferTonight, Relevant: true, Safe: true, HoldMinutes: 30},
	{Code: Specialist, Label: "Specialist safe accommodation", Help: "Dedicated support for people who share a protected characteristic or have complex needs, including services run by and for them", Offer: OfferTonight, Relevant: true, Safe: true, HoldMinutes: 30},
	{Code: Dispersed, Label: "Dispersed accommodation", Help: "A self-contained home with support like that of a refuge", Offer: OfferTonight, Relevant: true, Safe: true, HoldMinutes: 30},
	{Code: OtherEmergency, Label: "Other designated emergency accommodation", Help: "Self-contained, safe, with support, designated by the council, a landlord or a charity", Offer: OfferTonight, Relevant: true, Safe: true, HoldMinutes: 30},
	{Code: SecondStage, Label: "Second stage accommodation", Help: "For people moving on from a refuge or no longer needing intensive support", Offer: OfferSettle, Relevant: true, Safe: true, HoldMinutes: 60, MovesOn: true},
	{Code: Sanctuary, Label: "Sanctuary scheme", Help: "Works that make her own home safe, where the person causing harm does not live", Offer: OfferStayHome, Relevant: true, Safe: true, HoldMinutes: 60, Slot: true},
	{Code: SocialTenancy, Label: "Social tenancy", Help: "A home let by a council or housing association", Offer: OfferSettle, Safe: true, HoldMinutes: 60, Let: true},
	{Code: BedBreakfast, Label: "Bed and breakfast", Help: "Not safe accommodation in law. The last resort, counted by the night", Offer: OfferNever},
}

// ProvisionOf finds a kind by its code.
func ProvisionOf(code ProvisionCode) (Provision, bool) {
	for i := range provisions {
		if provisions[i].Code == code {
			return provisions[i], true
		}
	}
	return Provision{}, false
}
