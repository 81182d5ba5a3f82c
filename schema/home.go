package schema

// Home is what is known of the home she would leave or stay in. No address, ever.
type Home struct {
	// SafeToStay: the police or the scheme agree that staying is safe. One of the three conditions of a sanctuary scheme.
	SafeToStay Fact `json:"safe_to_stay,omitempty"`
	// AbuserLivesThere, and AbuserMayReturn: a legal right to be there. A scheme needs a no to both.
	AbuserLivesThere Fact `json:"abuser_lives_there,omitempty"`
	AbuserMayReturn  Fact `json:"abuser_may_return,omitempty"`
	// LandlordAgrees to the works; yes where she owns the home.
	LandlordAgrees Fact `json:"landlord_agrees,omitempty"`
	// SocialTenant: her landlord is a council or housing association.
	SocialTenant Fact `json:"social_tenant,omitempty"`
	// LandlordPartner: that landlord has signed the protocol.
	LandlordPartner Fact `json:"landlord_partner,omitempty"`
	// LifetimeTenancy: secure or assured for life, which a council must not lose her (Housing Act 1985 section 81ZA).
	LifetimeTenancy Fact `json:"lifetime_tenancy,omitempty"`
	// TenureWaived: she chose that a tenancy that is not for life is all right. Only a yes counts, and it makes nobody's tenancy less.
	TenureWaived Fact `json:"tenure_waived,omitempty"`
}

// MovingOn is what second stage accommodation asks (SI 2021/991 regulation 2): moving on from other relevant accommodation, or no longer
// needing intensive support.
type MovingOn struct {
	FromRelevant     Fact `json:"from_relevant,omitempty"`
	IntensiveSupport Fact `json:"intensive_support,omitempty"`
}

// Lets is how a landlord lets its homes; only of provisions that are let.
type Lets struct {
	// Partner: has signed the protocol.
	Partner Fact `json:"partner,omitempty"`
	// KeepsTenure: gives a lifetime tenancy to who had one.
	KeepsTenure Fact `json:"keeps_tenure,omitempty"`
	// BedroomRules is a BedroomRules code: which rule set gives the number of bedrooms.
	BedroomRules string `json:"bedroom_rules,omitempty"`
	// SpareRoom: lets a home with one bedroom more than the rule set gives.
	SpareRoom Fact `json:"spare_room,omitempty"`
}

// BedroomRules name the rule sets that landlords use. They differ, so a number of bedrooms is nothing without its rule set.
var BedroomRules = Codes{
	{Code: "bedroom_standard", Words: "Bedroom standard (English Housing Survey)"},
	{Code: "size_criteria", Words: "Size criteria (Housing Benefit and Universal Credit)"},
	{Code: "own_room_at_16", Words: "Own room from 16"},
}

func (l Lets) check() error {
	if l.BedroomRules != "" && !BedroomRules.Has(l.BedroomRules) {
		return Invalid("lets.bedroom_rules", "lets.bedroom_rules must be one of the rule sets in the list, or left out")
	}
	if err := l.Partner.Check("lets.partner"); err != nil {
		return err
	}
	if err := l.KeepsTenure.Check("lets.keeps_tenure"); err != nil {
		return err
	}
	return l.SpareRoom.Check("lets.spare_room")
}
