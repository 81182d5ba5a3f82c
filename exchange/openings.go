package exchange

import (
	"context"
	"time"

	"haven/allocator"
	"haven/schema"
)

// Openings is what services could change, and for how many households that wait that would open a place that is free today. It counts over every
// organisation's requests and tells none of them.
type Openings struct {
	Waiting int // requests that wait
	// Weighed of them: those for which nothing free fits, as far as mostWeighed goes.
	Weighed int
	Cut     bool // there were more than could be weighed
	Rows    []allocator.ProviderOpening
}

const (
	// mostWeighed pairs of a household and a place keep one answer within seconds.
	mostWeighed = 200_000
	// waitingAtOnce is how many requests are read at once.
	waitingAtOnce = 500
)

// Openings answers a manager for the own services only, and those who see the figures for all.
func (x *Exchange) Openings(ctx context.Context, actor Actor, now time.Time) (Openings, error) {
	var out Openings
	switch actor.Role {
	case schema.RoleManager, schema.RoleCommissioner, schema.RoleAdministrator:
	default:
		return out, schema.Refuse(schema.KindForbidden, "forbidden", "What would open places is for services and commissioners. Ask your administrator.")
	}
	var places []schema.Place
	for p := range x.index.Places() {
		if p.Vacancy.Free() && (actor.Role != schema.RoleManager || p.Service.Provider == actor.Organisation) {
			places = append(places, *p)
		}
	}
	var needs []schema.Need
	after := schema.RequestID("")
	for {
		requests, err := x.ledger.WaitingNeeds(ctx, Clock(), after, waitingAtOnce)
		if err != nil {
			return out, err
		}
		for _, r := range requests {
			after = r.ID
			out.Waiting++
			switch {
			case len(places) == 0, x.index.Search(r.Need, now).Fits.Len() > 0:
			case (len(needs)+1)*len(places) > mostWeighed:
				out.Cut = true
			default:
				needs = append(needs, r.Need)
			}
		}
		if len(requests) < waitingAtOnce {
			break
		}
	}
	out.Weighed = len(needs)
	out.Rows = allocator.ProviderOpenings(needs, places, now)
	return out, nil
}
