package schema

// NeedFact is one fact of a household that is said with yes or no. Forms, the API and "ask next" range over NeedFacts, so a new one is one row
// here, one field of Need, and the rule that reads it.
type NeedFact struct {
	// Code names it in forms and refusals: the JSON path in Need with dots.
	Code string
	// Question is how a helpline worker asks it aloud. It asks for no proof.
	Question string
	// Short is the chip: "Wheelchair". ShortNo is the chip of a no, empty where a no is not worth one.
	Short, ShortNo string
	Section        NeedSection
	// Of gives the field.
	Of func(*Need) *Fact
}

// NeedSection groups the facts on a form.
type NeedSection string

const (
	SectionWho     NeedSection = "who"
	SectionAccess  NeedSection = "access"
	SectionMoney   NeedSection = "money"
	SectionHome    NeedSection = "home"
	SectionTonight NeedSection = "tonight"
)

// NeedFacts lists every fact that is said with yes or no, in the order a form asks.
func NeedFacts() []NeedFact {
	return []NeedFact{
		{"household.pregnant", "Is anybody pregnant?", "Pregnant", "", SectionWho, func(n *Need) *Fact { return &n.Household.Pregnant }},
		{"pets", "Does a pet come too?", "With a pet", "", SectionWho, func(n *Need) *Fact { return &n.Pets }},
		{"assistance_animal", "Does an assistance animal come too?", "Assistance animal", "", SectionWho, func(n *Need) *Fact { return &n.AssistanceAnimal }},
		{"wheelchair", "Does anybody use a wheelchair?", "Wheelchair", "No wheelchair", SectionAccess, func(n *Need) *Fact { return &n.Wheelchair }},
		{"limited_mobility", "Does anybody find stairs or walking hard?", "Limited mobility", "No limited mobility", SectionAccess, func(n *Need) *Fact { return &n.LimitedMobility }},
		{"hearing", "Is anybody Deaf or hard of hearing?", "Deaf or hard of hearing", "", SectionAccess, func(n *Need) *Fact { return &n.Hearing }},
		{"sight", "Is anybody blind or partially sighted?", "Blind or partially sighted", "", SectionAccess, func(n *Need) *Fact { return &n.Sight }},
		{"carer_visits", "Does a carer visit?", "A carer visits", "", SectionAccess, func(n *Need) *Fact { return &n.CarerVisits }},
		{"night_staff", "Does she need staff there at night?", "Staff at night", "", SectionAccess, func(n *Need) *Fact { return &n.NightStaff }},
		{"recourse", "Does she have recourse to public funds?", "Recourse to public funds", "No recourse to public funds", SectionMoney, func(n *Need) *Fact { return &n.Recourse }},
		{"funding.works", "Is she in work?", "In work", "", SectionMoney, func(n *Need) *Fact { return &n.Funding.Works }},
		{"home.safe_to_stay", "Do the police or the scheme agree that staying is safe?", "Agreed safe to stay", "Not agreed safe to stay", SectionHome, func(n *Need) *Fact { return &n.Home.SafeToStay }},
		{"home.abuser_lives_there", "Does the person causing harm live there?", "Person causing harm lives there", "Person causing harm lives elsewhere", SectionHome, func(n *Need) *Fact { return &n.Home.AbuserLivesThere }},
		{"home.abuser_may_return", "Do they have a legal right to be there?", "Person causing harm has a right to return", "No right to return", SectionHome, func(n *Need) *Fact { return &n.Home.AbuserMayReturn }},
		{"home.landlord_agrees", "Does the landlord agree to the works?", "Landlord agrees to works", "Landlord does not agree to works", SectionHome, func(n *Need) *Fact { return &n.Home.LandlordAgrees }},
		{"home.social_tenant", "Is her landlord a council or housing association?", "Social tenant", "", SectionHome, func(n *Need) *Fact { return &n.Home.SocialTenant }},
		{"home.landlord_partner", "Is her landlord part of the protocol?", "Landlord in the protocol", "Landlord not in the protocol", SectionHome, func(n *Need) *Fact { return &n.Home.LandlordPartner }},
		{"home.lifetime_tenancy", "Does she have a lifetime tenancy?", "Lifetime tenancy", "", SectionHome, func(n *Need) *Fact { return &n.Home.LifetimeTenancy }},
		{"home.tenure_waived", "Is a tenancy that is not for life all right?", "Any tenancy", "", SectionHome, func(n *Need) *Fact { return &n.Home.TenureWaived }},
		{"moving_on.from_relevant", "Is she in a refuge or other safe accommodation now?", "In safe accommodation now", "", SectionHome, func(n *Need) *Fact { return &n.MovingOn.FromRelevant }},
		{"moving_on.intensive_support", "Does she still need intensive support?", "Needs intensive support", "No longer needs intensive support", SectionHome, func(n *Need) *Fact { return &n.MovingOn.IntensiveSupport }},
		{"tonight.abuser_present", "Is the person causing harm there now?", "Person causing harm is there now", "", SectionTonight, func(n *Need) *Fact { return &n.Tonight.AbuserPresent }},
		{"tonight.leaving_now", "Is she leaving now?", "Leaving now", "", SectionTonight, func(n *Need) *Fact { return &n.Tonight.LeavingNow }},
		{"share_needs", "Does she agree that services see her needs?", "Needs may be shown to services", "", SectionTonight, func(n *Need) *Fact { return &n.ShareNeeds }},
	}
}
