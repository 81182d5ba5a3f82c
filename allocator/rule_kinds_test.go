package allocator_test

import (
	"haven/allocator"
	"haven/schema"
)

var provisionCases = []ruleCase{
	{"second stage tonight", barred, nil, of(schema.SecondStage), allocator.DoesNotFit, "", ""},
	{"sanctuary when she leaves", barred, nowIn(leeds), of(schema.Sanctuary), allocator.DoesNotFit, "", ""},
	{"sanctuary elsewhere", unknown, stayingHome(&cardiff), of(schema.Sanctuary), allocator.CheckFirst, "whether it covers their home", ""},
	{"bed and breakfast, asked for by name", barred, func(n *schema.Need) { n.Provisions = []schema.ProvisionCode{schema.BedBreakfast} }, of(schema.BedBreakfast), allocator.DoesNotFit, "", ""},
	{"narrowed to dispersed", barred, func(n *schema.Need) { n.Provisions = []schema.ProvisionCode{schema.Dispersed} }, nil, allocator.DoesNotFit, "", ""},
	{"refuge tonight", allowed, nil, nil, allocator.Fits, "", ""},
	{"a home to settle in", allowed, func(n *schema.Need) { n.Offers = []schema.Offer{schema.OfferSettle} }, of(schema.SocialTenancy), allocator.Fits, "", ""},
	{"sanctuary where she lives", allowed, stayingHome(&leeds), of(schema.Sanctuary), allocator.Fits, "", ""},
	{"sanctuary, home not said", unknown, stayingHome(nil), of(schema.Sanctuary), allocator.CheckFirst, "covers their home", ""},
	{"sanctuary, home near the edge", unknown, stayingHome(&b11), func(p *schema.Place) { of(schema.Sanctuary)(p); at(birmingham)(p) }, allocator.CheckFirst, "covers their home", ""},
	{"kind not in the list", unknown, nil, of("hostel"), allocator.CheckFirst, "", ""},
}

// agreed is a home for which everything that a scheme asks is met.
var agreed = schema.Home{SafeToStay: schema.Yes, AbuserLivesThere: schema.No, AbuserMayReturn: schema.No, LandlordAgrees: schema.Yes}

func herHome(change func(*schema.Home)) func(*schema.Need) {
	return func(n *schema.Need) {
		stayingHome(&leeds)(n)
		n.Home = agreed
		change(&n.Home)
	}
}

var sanctuaryCases = []ruleCase{
	{"not agreed to be safe", barred, herHome(func(h *schema.Home) { h.SafeToStay = schema.No }), of(schema.Sanctuary), allocator.DoesNotFit, "The scheme works only where the police or the scheme agree that staying is safe.", ""},
	{"the person causing harm lives there", barred, herHome(func(h *schema.Home) { h.AbuserLivesThere = schema.Yes }), of(schema.Sanctuary), allocator.DoesNotFit, "The scheme works only where the person causing harm does not live there.", ""},
	{"they may return", barred, herHome(func(h *schema.Home) { h.AbuserMayReturn = schema.Yes }), of(schema.Sanctuary), allocator.DoesNotFit, "has no legal right to be there", ""},
	{"the landlord does not agree", barred, herHome(func(h *schema.Home) { h.LandlordAgrees = schema.No }), of(schema.Sanctuary), allocator.DoesNotFit, "the landlord agrees to the works", ""},
	{"two are wrong and one is not said", barred, herHome(func(h *schema.Home) {
		h.SafeToStay, h.AbuserLivesThere, h.LandlordAgrees = schema.No, schema.Yes, schema.Unknown
	}), of(schema.Sanctuary), allocator.DoesNotFit, "staying is safe and the person causing harm does not live there.", "agrees to the works"},
	{"all four are met", allowed, herHome(func(*schema.Home) {}), of(schema.Sanctuary), allocator.Fits, "All that the scheme asks", ""},
	{"a refuge asks none of it", allowed, func(n *schema.Need) { n.Home = schema.Home{SafeToStay: schema.No, AbuserLivesThere: schema.Yes} }, nil, allocator.Fits, "not a sanctuary scheme", ""},
	{"nothing said", unknown, stayingHome(&leeds), of(schema.Sanctuary), allocator.CheckFirst, "the landlord agrees to the works: ask first", ""},
	{"safe to stay not said", unknown, herHome(func(h *schema.Home) { h.SafeToStay = schema.Unknown }), of(schema.Sanctuary), allocator.CheckFirst, "staying is safe: ask first", ""},
	{"who lives there not said", unknown, herHome(func(h *schema.Home) { h.AbuserLivesThere = schema.Unknown }), of(schema.Sanctuary), allocator.CheckFirst, "does not live there: ask first", ""},
	{"right to return not said", unknown, herHome(func(h *schema.Home) { h.AbuserMayReturn = schema.Unknown }), of(schema.Sanctuary), allocator.CheckFirst, "no legal right to be there: ask first", ""},
	{"landlord not said", unknown, herHome(func(h *schema.Home) { h.LandlordAgrees = schema.Unknown }), of(schema.Sanctuary), allocator.CheckFirst, "agrees to the works: ask first", ""},
}

func moving(from, intensive schema.Fact) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Offers, n.MovingOn = []schema.Offer{schema.OfferSettle}, schema.MovingOn{FromRelevant: from, IntensiveSupport: intensive}
	}
}

var secondStageCases = []ruleCase{
	{"from elsewhere, with intensive support", barred, moving(schema.No, schema.Yes), of(schema.SecondStage), allocator.DoesNotFit, "The service does not give intensive support", ""},
	{"from a refuge, with intensive support", allowed, moving(schema.Yes, schema.Yes), of(schema.SecondStage), allocator.Fits, "meant for this", ""},
	{"from a refuge, support not said", allowed, moving(schema.Yes, schema.Unknown), of(schema.SecondStage), allocator.Fits, "meant for this", ""},
	{"from elsewhere, without intensive support", allowed, moving(schema.No, schema.No), of(schema.SecondStage), allocator.Fits, "meant for this", ""},
	{"not said, without intensive support", allowed, moving(schema.Unknown, schema.No), of(schema.SecondStage), allocator.Fits, "meant for this", ""},
	{"a refuge asks none of it", allowed, moving(schema.No, schema.Yes), nil, allocator.Fits, "not second stage", ""},
	{"neither said", unknown, moving(schema.Unknown, schema.Unknown), of(schema.SecondStage), allocator.CheckFirst, "Ask whether they move on", ""},
	{"from elsewhere, support not said", unknown, moving(schema.No, schema.Unknown), of(schema.SecondStage), allocator.CheckFirst, "Ask whether they move on", ""},
	{"not said, with intensive support", unknown, moving(schema.Unknown, schema.Yes), of(schema.SecondStage), allocator.CheckFirst, "Ask whether they move on", ""},
}

func tenant(social, partner, lifetime schema.Fact) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Offers = []schema.Offer{schema.OfferSettle}
		n.Home = schema.Home{SocialTenant: social, LandlordPartner: partner, LifetimeTenancy: lifetime}
	}
}

// waiving a lifetime tenancy, without saying that there is none.
func waiving(need func(*schema.Need)) func(*schema.Need) {
	return func(n *schema.Need) {
		need(n)
		n.Home.TenureWaived = schema.Yes
	}
}

func let(partner, keeps schema.Fact) func(*schema.Place) {
	return func(p *schema.Place) {
		of(schema.SocialTenancy)(p)
		p.Service.Lets.Partner, p.Service.Lets.KeepsTenure = partner, keeps
	}
}

const yes, no, unsaid = schema.Yes, schema.No, schema.Unknown

// The protocol bars nothing: its "barred" are the social tenants whom it gives no claim to the home.
var protocolCases = []ruleCase{
	{"their landlord has not signed", barred, tenant(yes, no, unsaid), let(yes, yes), allocator.CheckFirst, "The landlord of their home now is outside the protocol: ask this landlord", ""},
	{"this landlord has not signed", barred, tenant(yes, yes, unsaid), let(no, yes), allocator.CheckFirst, "This landlord is outside the protocol: ask", ""},
	{"this landlord has not signed, theirs not said", barred, tenant(yes, unsaid, unsaid), let(no, yes), allocator.CheckFirst, "This landlord is outside the protocol", ""},
	{"theirs has not signed, this one not said", barred, tenant(yes, no, unsaid), let(unsaid, yes), allocator.CheckFirst, "The landlord of their home now", ""},
	{"both have signed", allowed, tenant(yes, yes, unsaid), let(yes, yes), allocator.Fits, "Both landlords have signed", ""},
	{"no tenant, and a landlord outside it", allowed, tenant(no, unsaid, unsaid), let(no, unsaid), allocator.Fits, "lets outside the protocol", ""},
	{"a refuge asks none of it", allowed, tenant(yes, no, unsaid), nil, allocator.Fits, "homes that are let", ""},
	{"whether she is a tenant not said", unknown, tenant(unsaid, unsaid, unsaid), let(no, unsaid), allocator.CheckFirst, "Ask whether their landlord is a council or housing association", ""},
	{"her landlord not said", unknown, tenant(yes, unsaid, unsaid), let(yes, yes), allocator.CheckFirst, "Ask whether the landlord of their home now", ""},
	{"this landlord not said", unknown, tenant(yes, yes, unsaid), let(unsaid, yes), allocator.CheckFirst, "Ask the landlord whether it has signed", ""},
	{"no tenant, and a landlord in it", unknown, tenant(no, unsaid, unsaid), let(yes, yes), allocator.CheckFirst, "ask the landlord whether it lets this home to others", ""},
	{"no tenant, and a landlord not said", unknown, tenant(no, unsaid, unsaid), let(unsaid, yes), allocator.CheckFirst, "ask the landlord whether it lets this home to others", ""},
}

var tenureCases = []ruleCase{
	{"a lifetime tenancy would be lost", barred, tenant(yes, yes, yes), let(yes, no), allocator.DoesNotFit, "The landlord does not give a lifetime tenancy", ""},
	{"lost, though her landlord was not said", barred, tenant(unsaid, unsaid, yes), let(yes, no), allocator.DoesNotFit, "theirs must not be lost", ""},
	{"any tenancy is all right, and theirs would be lost", allowed, waiving(tenant(yes, yes, yes)), let(yes, no), allocator.Fits, "A tenancy that is not for life is all right", ""},
	{"any tenancy is all right, and the landlord has not said", allowed, waiving(tenant(yes, yes, yes)), let(yes, unsaid), allocator.Fits, "is all right", ""},
	{"any tenancy is all right, and theirs was not said", allowed, waiving(tenant(yes, yes, unsaid)), let(yes, no), allocator.Fits, "is all right", ""},
	{"it is kept", allowed, tenant(yes, yes, yes), let(yes, yes), allocator.Fits, "gives a lifetime tenancy to who had one", ""},
	{"she has none", allowed, tenant(yes, yes, no), let(yes, no), allocator.Fits, "No lifetime tenancy has to be kept", ""},
	{"nothing said", allowed, tenant(unsaid, unsaid, unsaid), let(yes, no), allocator.Fits, "No lifetime tenancy has to be kept", ""},
	{"no social tenant", allowed, tenant(no, unsaid, unsaid), let(yes, unsaid), allocator.Fits, "No lifetime tenancy has to be kept", ""},
	{"not said, and it would be kept", allowed, tenant(yes, yes, unsaid), let(yes, yes), allocator.Fits, "to who had one", ""},
	{"a refuge asks none of it", allowed, tenant(yes, yes, yes), nil, allocator.Fits, "only given with a home that is let", ""},
	{"the landlord has not said", unknown, tenant(yes, yes, yes), let(yes, unsaid), allocator.CheckFirst, "Ask the landlord whether it gives a lifetime tenancy", ""},
	{"a social tenant, not said", unknown, tenant(yes, yes, unsaid), let(yes, no), allocator.CheckFirst, "Ask whether they have a lifetime tenancy", ""},
	{"a social tenant, neither said", unknown, tenant(yes, yes, unsaid), let(yes, unsaid), allocator.CheckFirst, "Ask whether they have a lifetime tenancy", ""},
}
