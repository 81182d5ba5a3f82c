package allocator

import "haven/schema"

// protocol is the social landlords' agreement to move one another's tenants who are not safe. It opens a way and closes none: a landlord outside it lets
// to a social tenant as it lets to anybody, so where either landlord has not signed, the new one is asked. Who is no social tenant is held to
// nothing in it; a landlord that has signed is asked, for it may keep the home for a tenant's move.
func protocol() Rule {
	return Rule{
		Code:        "protocol",
		Words:       "Social landlords protocol",
		Fact:        "whether they are social tenants whose landlord has signed the protocol, against whether this landlord has",
		WhenUnknown: "check first, for homes that are let only",
		AsksOnly:    true,
		Source:      "the landlords' own agreement, in the shape of the Pan-London Housing Reciprocal (2017): partner landlords rehouse one another's tenants",
		Unmet:       "protocol",
		judge:       judgeProtocol,
		place: func(p *schema.Place) any {
			if kind, _ := schema.ProvisionOf(p.Service.Provision); kind.Let {
				return letPlace{true, p.Service.Lets.Partner}
			}
			return letPlace{}
		},
		need: func(n *schema.Need) any { return [...]schema.Fact{n.Home.SocialTenant, n.Home.LandlordPartner} },
	}
}

// letPlace is one fact of a landlord, and nothing of any other place.
type letPlace struct {
	let  bool
	fact schema.Fact
}

func judgeProtocol(q *question) Finding {
	if !q.kind.Let {
		return fits("Not asked for", "Not let by a landlord", "The protocol is about homes that are let.")
	}
	home, partner := &q.need.Home, q.place.Service.Lets.Partner
	places := said(partner, "Landlord in the protocol", "Landlord not in the protocol", "Not said")
	switch home.SocialTenant {
	case schema.Yes:
		hers := said(home.LandlordPartner, "Social tenant, landlord in the protocol", "Social tenant, landlord not in the protocol", "Social tenant, landlord not said")
		switch {
		case partner == schema.No:
			return check(hers, places, "This landlord is outside the protocol: ask whether it lets this home to a tenant of another social landlord.")
		case home.LandlordPartner == schema.No:
			return check(hers, places, "The landlord of their home now is outside the protocol: ask this landlord whether it lets this home to others than tenants of its partners.")
		case partner == schema.Yes && home.LandlordPartner == schema.Yes:
			return fits(hers, places, "Both landlords have signed the protocol.")
		case partner == schema.Yes:
			return check(hers, places, "Ask whether the landlord of their home now has signed the protocol.")
		}
		return check(hers, places, "Ask the landlord whether it has signed the protocol.")
	case schema.No:
		if partner == schema.No {
			return fits("Not a social tenant", places, "The landlord lets outside the protocol.")
		}
		return check("Not a social tenant", places, "Outside the protocol: ask the landlord whether it lets this home to others than tenants of its partners.")
	}
	return check("Not said", places, "Ask whether their landlord is a council or housing association: the protocol is for their tenants.")
}
