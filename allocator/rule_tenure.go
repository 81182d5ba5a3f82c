package allocator

import "haven/schema"

// tenure: who has a tenancy for life must not lose it by fleeing. A council owes them another one; an association may promise it. They alone may
// choose to do without.
func tenure() Rule {
	return Rule{
		Code:        "tenure",
		Words:       "Tenancy for life",
		Fact:        "whether they have a lifetime tenancy and would do without, against whether the landlord gives one to who had one",
		WhenUnknown: "check first where they have one, or are social tenants and nobody said; for homes that are let only",
		Relax:       "tenure",
		Source:      "DA Act 2021 s79, Housing Act 1985 s81ZA",
		Unmet:       "protocol",
		onlyIfSaid:  true,
		judge:       judgeTenure,
		place: func(p *schema.Place) any {
			if kind, _ := schema.ProvisionOf(p.Service.Provision); kind.Let {
				return letPlace{true, p.Service.Lets.KeepsTenure}
			}
			return letPlace{}
		},
		need: func(n *schema.Need) any {
			return [...]schema.Fact{n.Home.SocialTenant, n.Home.LifetimeTenancy, n.Home.TenureWaived}
		},
	}
}

func judgeTenure(q *question) Finding {
	if !q.kind.Let {
		return fits("Not asked for", "Not let by a landlord", "A tenancy is only given with a home that is let.")
	}
	home, keeps := &q.need.Home, q.place.Service.Lets.KeepsTenure
	hers := said(home.LifetimeTenancy, "Lifetime tenancy", "No lifetime tenancy", "Not said")
	places := said(keeps, "Gives a lifetime tenancy to who had one", "Gives no lifetime tenancy", "Not said")
	had := home.LifetimeTenancy
	if had != schema.Yes && had != schema.No && home.SocialTenant != schema.Yes {
		had = schema.No // only a social tenant can have one; where that was not said either, the protocol rule asks
	}
	switch {
	case had == schema.No:
		return fits(hers, places, "No lifetime tenancy has to be kept.")
	case keeps == schema.Yes:
		return fits(hers, places, "The landlord gives a lifetime tenancy to who had one.")
	case home.TenureWaived == schema.Yes:
		return fits(hers+", any tenancy is all right", places, "A tenancy that is not for life is all right for this household.")
	case had == schema.Yes && keeps == schema.No:
		return bars(hers, places, "The landlord does not give a lifetime tenancy, and theirs must not be lost.")
	case had == schema.Yes:
		return check(hers, places, "Ask the landlord whether it gives a lifetime tenancy to who had one.")
	}
	return check(hers, places, "Ask whether they have a lifetime tenancy: the landlord has not said that it gives one.")
}
