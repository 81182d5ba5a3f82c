package allocator

import "haven/schema"

// protocol is the social landlords' agreement to move one another's tenants who are not safe: her landlord and the new one have both signed it.
// Who is no social tenant is outside it and held to nothing in it: a landlord that has not signed lets to her as it lets to anybody, and one that
// has is asked, for it may keep the home for a tenant's move.
func protocol() Rule {
	return Rule{
		Code:        "protocol",
		Words:       "Social landlords protocol",
		Fact:        "whether she is a social tenant and her landlord has signed the protocol, against whether this landlord has",
		WhenUnknown: "check first, for homes that are let only",
		Source:      "social landlords protocol: a tenant of a partner landlord moves to a partner landlord",
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
			return bars(hers, places, "This landlord has not signed the protocol for moves between social landlords.")
		case home.LandlordPartner == schema.No:
			return bars(hers, places, "The landlord of her home now has not signed the protocol for moves between social landlords.")
		case partner == schema.Yes && home.LandlordPartner == schema.Yes:
			return fits(hers, places, "Both landlords have signed the protocol.")
		case partner == schema.Yes:
			return check(hers, places, "Ask whether the landlord of her home now has signed the protocol.")
		}
		return check(hers, places, "Ask the landlord whether it has signed the protocol.")
	case schema.No:
		if partner == schema.No {
			return fits("Not a social tenant", places, "The landlord lets outside the protocol.")
		}
		return check("Not a social tenant", places, "Outside the protocol: ask the landlord whether it lets this home to others than tenants of its partners.")
	}
	return check("Not said", places, "Ask whether her landlord is a council or housing association: the protocol is for their tenants.")
}
