package simulate

import (
	"fmt"
	"time"

	"haven/schema"
)

// supply is every space that a household could sleep in tonight, twice: as it is published, and as it is once somebody asks. Each space is one room or
// one home of its own; family units made of two rooms are left out, so that a space is free or taken by itself.
type supply struct {
	places   []schema.Place // as published: available and confirmed; a run sets each vacancy anew
	asked    []schema.Place // as they turn out
	service  []int          // of each place
	services int
	spacesOf [][]int // of each service
}

func newSupply(p Params, seed uint64, start time.Time, find func(string) (schema.Area, error)) (*supply, error) {
	providers, err := Network(seed, start, find)
	if err != nil {
		return nil, err
	}
	var tonight []*Service
	for _, s := range all(providers) {
		if kind, _ := schema.ProvisionOf(s.Provision); kind.Offer == schema.OfferTonight {
			tonight = append(tonight, s)
		}
	}
	dealByFigures(at(seed, "figures"), p, tonight)
	out := &supply{services: len(tonight), spacesOf: make([][]int, len(tonight))}
	for i, s := range tonight {
		// The hour at which a household is let in is finer than the hours and days counted here.
		s.Reception = schema.Reception{AfterHours: schema.Yes}
		s.ID = schema.ServiceID(fmt.Sprintf("service-%03d", i))
		asked := s.Service
		asked.Takes = answered(at(seed, "service", i), p, s.Takes)
		for j, space := range s.Spaces {
			if len(space.Rooms) > 0 {
				continue
			}
			n := len(out.places)
			space.ID, space.Service = schema.SpaceID(fmt.Sprintf("space-%04d", n)), s.ID
			vacancy := schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: start}
			out.places = append(out.places, schema.Place{Space: space.Space, Service: s.Service, Vacancy: vacancy, Version: 1})
			out.asked = append(out.asked, schema.Place{Space: seen(at(seed, "space", i, j), p, space.Space), Service: asked, Vacancy: vacancy, Version: 1})
			out.service = append(out.service, i)
			out.spacesOf[i] = append(out.spacesOf[i], n)
		}
	}
	return out, nil
}

// dealByFigures puts the published shares in place of those that a trial network has on purpose (see dealAccess and dealReports).
func dealByFigures(d *dice, p Params, services []*Service) {
	var rooms, shared []*Space
	var houses []*Service
	for _, s := range services {
		if !open(s.Provision) {
			houses = append(houses, s)
		}
		for i := range s.Spaces {
			if space := &s.Spaces[i]; len(space.Rooms) == 0 {
				rooms = append(rooms, space)
				if !open(s.Provision) {
					shared = append(shared, space)
				}
			}
		}
	}
	for i, yes := range dealShare(d, len(services), p.OutOfRecourse) {
		services[i].Takes.NoRecourse = orNot(d, yes)
	}
	dealFunding(d, services)
	for i, yes := range dealShare(d, len(houses), p.Men) {
		if adults := houses[i].Takes.Adults; len(houses[i].Takes.RunFor) == 0 {
			adults[schema.Man], adults[schema.TransMan] = orNot(d, yes), orNot(d, yes)
		}
	}
	for i, yes := range dealShare(d, len(rooms), p.WheelchairSpaces) {
		rooms[i].Wheelchair = orNot(d, yes)
	}
	for i, yes := range dealShare(d, len(rooms), p.MobilitySpaces) {
		rooms[i].LimitedMobility = orNot(d, yes || rooms[i].Wheelchair == schema.Yes)
	}
	percent := func(share float64) int { return int(share*100 + 0.5) }
	two, three, four := percent(p.SleepsTwo), percent(p.SleepsThree), percent(p.SleepsFour)
	for i, sleeps := range deal(d, len(shared), share[int]{1, 100 - two}, share[int]{2, two - three}, share[int]{3, three - four}, share[int]{4, four * 2 / 3}, share[int]{5, four / 3}) {
		shared[i].BedSpaces = sleeps
	}
}

// orNot: who has not got it says so, mostly.
func orNot(d *dice, yes bool) schema.Fact {
	switch {
	case yes:
		return schema.Yes
	case d.chance(0.15):
		return schema.Unknown
	}
	return schema.No
}

// answered is what a service says once it is asked what it left unsaid.
func answered(d *dice, p Params, t schema.Takes) schema.Takes {
	for _, row := range schema.TakesFacts() {
		yes := p.UnsaidIsYes
		if row.Code == "no_recourse" {
			yes = p.WouldConsider
		}
		settle(d, row.Of(&t), yes)
	}
	adults, support, funding := t.Adults, t.Support, t.Funding
	t.Adults, t.Support, t.Funding = map[schema.Described]schema.Fact{}, map[string]schema.Fact{}, map[string]schema.Fact{}
	for _, row := range schema.Descriptions() {
		t.Adults[row.Code] = settled(d, adults[row.Code], p.UnsaidIsYes)
	}
	delete(t.Adults, schema.NotSaid)
	for _, row := range schema.SupportNeeds {
		t.Support[row.Code] = settled(d, support[row.Code], p.UnsaidIsYes)
	}
	for _, row := range schema.FundingRoutes {
		t.Funding[row.Code] = settled(d, funding[row.Code], p.WouldConsider)
	}
	if t.BoysTo == nil {
		to := 12 + 2*d.below(3)
		t.BoysTo = &to
	}
	if t.WeeklyCost == nil {
		cost := 60 + 20*d.below(14)
		t.WeeklyCost = &cost
	}
	return t
}

// seen is what a room turns out to be.
func seen(d *dice, p Params, s schema.Space) schema.Space {
	for _, row := range schema.SpaceFacts() {
		settle(d, row.Of(&s), p.UnsaidRoomIsYes)
	}
	if s.Cots == nil {
		cots := 0
		if d.chance(p.FindsCot) {
			cots = 1
		}
		s.Cots = &cots
	}
	return s
}

func settle(d *dice, f *schema.Fact, yes float64) { *f = settled(d, *f, yes) }

func settled(d *dice, f schema.Fact, yes float64) schema.Fact {
	is := schema.No
	if d.chance(yes) {
		is = schema.Yes
	}
	if f != schema.Unknown {
		return f
	}
	return is
}
