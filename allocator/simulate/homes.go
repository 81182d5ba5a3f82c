package simulate

import "haven/schema"

// open kinds are homes that nobody shares, so that there is nobody there whom a household could disturb.
func open(kind schema.ProvisionCode) bool {
	switch kind {
	case schema.Dispersed, schema.OtherEmergency, schema.Sanctuary, schema.SocialTenancy:
		return true
	}
	return false
}

// openToAll is what comes with a home of one's own.
func openToAll(t *schema.Takes) {
	t.Couples, t.AdultChildren, t.Pregnant = schema.Yes, schema.Yes, schema.Yes
	t.Carers, t.CarerVisits, t.AssistanceAnimal = schema.Yes, schema.Yes, schema.Yes
}

// dealLets says how each landlord lets. Most have signed the protocol; the shares are assumed.
func dealLets(d *dice, services []*Service) {
	var landlords []*Service
	for _, s := range services {
		if s.Provision == schema.SocialTenancy {
			landlords = append(landlords, s)
		}
	}
	n := len(landlords)
	partner, tenure, spare := dealFacts(d, n, 80, 0), dealFacts(d, n, 60, 20), dealFacts(d, n, 40, 40)
	rules := deal(d, n, share[string]{"bedroom_standard", 60}, share[string]{"size_criteria", 20}, share[string]{"", 20})
	for i, s := range landlords {
		s.Lets = schema.Lets{Partner: partner[i], KeepsTenure: tenure[i], BedroomRules: rules[i], SpareRoom: spare[i]}
	}
}

// settingOf is what it is like around, as far as the area that is published says so already; a service that publishes only its region or nation would
// give away more than its area by saying it.
func settingOf(area schema.Area, council string) string {
	switch area.Kind {
	case schema.AreaRegion:
		return ""
	case schema.AreaCounty:
		return "country"
	}
	for _, town := range []string{"Rugby", "Warwick", "Nuneaton and Bedworth", "Walsall", "Dudley", "Luton", "Middlesbrough", "Swindon", "Solihull", "Sandwell", "Wrexham"} {
		if council == town {
			return "town"
		}
	}
	for _, country := range []string{"Wyre Forest", "Shropshire", "Lincolnshire", "Norfolk", "Cambridgeshire", "Lancashire", "Kent", "Derry City and Strabane"} {
		if council == country {
			return "country"
		}
	}
	return "city"
}
