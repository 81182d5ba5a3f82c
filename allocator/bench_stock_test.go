package allocator_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"haven/schema"
)

// Stock for the benchmarks: services of six spaces, most facts stated, one in eight spaces getting ready, areas from an outward code to a region.
// A median request (askedMost) passes about 0.5% of it. Everything is drawn from one seed.
const (
	stockSeed        = 20261122
	spacesOfAService = 6
)

func stock(n int) []schema.Place {
	r := rand.New(rand.NewPCG(stockSeed, uint64(n)))
	areas := stockAreas(r)
	places := make([]schema.Place, 0, n)
	for i := 0; len(places) < n; i++ {
		service := stockService(r, i, areas)
		for range min(spacesOfAService, n-len(places)) {
			places = append(places, stockPlace(r, len(places), service))
		}
	}
	return places
}

// stockAreas are 3,000 outward codes, 300 councils and 12 regions.
func stockAreas(r *rand.Rand) []schema.Area {
	var areas []schema.Area
	for _, row := range []struct {
		kind   schema.AreaKind
		n      int
		radius float64
	}{{schema.AreaOutcode, 3000, 4}, {schema.AreaCouncil, 300, 15}, {schema.AreaRegion, 12, 90}} {
		for i := range row.n {
			areas = append(areas, area(row.kind, fmt.Sprintf("%s %d", row.kind, i), 50.5+6*r.Float64(), -4.5+5*r.Float64(), row.radius*(0.5+r.Float64())))
		}
	}
	return areas
}

func stockService(r *rand.Rand, i int, areas []schema.Area) schema.Service {
	kinds := schema.Provisions()
	adults := map[schema.Described]schema.Fact{schema.Woman: schema.Yes}
	for _, d := range schema.Descriptions() {
		if d.Code != schema.Woman && d.Code != schema.NotSaid {
			adults[d.Code] = said(r, 0.4)
		}
	}
	boys := []int{10, 12, 12, 14, 14, 16, 17, 17}[r.IntN(8)]
	t := schema.Takes{
		Words: "Women and their children", Adults: adults, Couples: said(r, 0.2), AdultChildren: said(r, 0.4), Children: said(r, 0.9), BoysTo: &boys,
		Pregnant: said(r, 0.9), Carers: said(r, 0.3), CarerVisits: said(r, 0.7), AssistanceAnimal: said(r, 0.7), Pets: said(r, 0.3),
		Languages: []string{"english"}, Interpreters: said(r, 0.7), Support: map[string]schema.Fact{}, NightStaff: said(r, 0.5),
		ChildrensWorker: said(r, 0.6), NoRecourse: said(r, 0.3), Funding: map[string]schema.Fact{},
	}
	for _, s := range schema.SupportNeeds {
		t.Support[s.Code] = said(r, 0.6)
	}
	for _, f := range schema.FundingRoutes {
		t.Funding[f.Code] = said(r, 0.5)
	}
	if r.IntN(6) == 0 {
		t.RunFor, t.OnlyThem = []string{schema.Groups[r.IntN(len(schema.Groups))].Code}, said(r, 0.5)
	}
	s := schema.Service{
		ID: schema.ServiceID(fmt.Sprintf("7d4e2a10-5b1c-4f0e-9a66-%012d", i)), Provider: schema.OrganisationID(fmt.Sprintf("2f0c9a7b-1d35-4c48-8a11-%012d", i/3)),
		CodeName: fmt.Sprintf("Alder %d", i), Provision: []schema.ProvisionCode{schema.Refuge, schema.Refuge, schema.Refuge, schema.Specialist, schema.Dispersed, schema.OtherEmergency, kinds[r.IntN(len(kinds)-1)].Code}[r.IntN(7)],
		Area: areas[r.IntN(len(areas))], Takes: t, Setting: []string{"city", "town", "country"}[r.IntN(3)],
		Reception: schema.Reception{From: "09:00", To: "17:30", AfterHours: said(r, 0.6)}, Version: 1,
	}
	if r.IntN(4) == 0 {
		s.ExcludesFrom = []schema.Area{areas[r.IntN(len(areas))]}
	}
	return s
}

func stockPlace(r *rand.Rand, i int, service schema.Service) schema.Place {
	cots := r.IntN(3)
	p := schema.Place{
		Space: schema.Space{
			ID: schema.SpaceID(fmt.Sprintf("0b54f1de-6c3d-4a2b-9f50-%012d", i)), Service: service.ID, Ref: fmt.Sprint(1 + i%spacesOfAService), BedSpaces: 1 + r.IntN(6), Cots: &cots,
			Wheelchair: said(r, 0.25), LimitedMobility: said(r, 0.4), Hearing: said(r, 0.2), Sight: said(r, 0.2), SelfContained: said(r, 0.4),
			OwnKitchen: said(r, 0.5), OwnBathroom: said(r, 0.6),
		},
		Service: service,
		Vacancy: schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: noon.Add(-time.Duration(r.IntN(20*60)) * time.Minute)},
		Version: 1,
	}
	p.Space.Rooms = []string{p.Space.Ref}
	if p.Space.SelfContained == schema.Yes {
		p.Space.OwnKitchen, p.Space.OwnBathroom = schema.Yes, schema.Yes
	}
	switch r.IntN(8) {
	case 0, 1, 2:
		p.Vacancy.Status = schema.StatusTaken
	case 3:
		p.Vacancy.Status, p.Vacancy.From = schema.StatusGettingReady, ptr(noon.Add(time.Duration(r.IntN(14*24*60))*time.Minute))
	}
	return p
}

// said is a fact that one in ten leaves out, and that of the others so many answer with yes.
func said(r *rand.Rand, yes float64) schema.Fact {
	switch x := r.Float64(); {
	case x < 0.1:
		return schema.Unknown
	case x < 0.1+0.9*yes:
		return schema.Yes
	}
	return schema.No
}

// askedMost is the median request: a mother with two children, two areas that are not safe, and eight things she needs.
func askedMost() schema.Need {
	n := aWoman()
	n.Household.Children = []schema.Child{{Age: 13, Sex: schema.Boy}, {Age: 4, Sex: schema.Girl}}
	n.Avoid, n.NowIn = []schema.Avoid{{Area: birmingham}, {Area: leeds}}, &b11
	n.LimitedMobility, n.Recourse = schema.Yes, schema.Yes
	n.Pets, n.CarerVisits = schema.Yes, schema.Yes
	n.Support = map[string]schema.Fact{"mental_health": schema.Yes}
	n.Wishes = []schema.Wish{{Code: schema.WishSelfContained, Tier: schema.Must}, {Code: schema.WishNear, Tier: schema.Nice}}
	return n
}

// waitingNeed is a household that found nothing, so it needs much: a place passes about as small a part of them as askedMost passes of the stock.
func waitingNeed(r *rand.Rand, places []schema.Place) schema.Need {
	n := aWoman()
	n.SaidAt = noon.Add(-time.Duration(r.IntN(72)) * time.Hour)
	for range 1 + r.IntN(5) {
		n.Household.Children = append(n.Household.Children, schema.Child{Age: r.IntN(17), Sex: []schema.Sex{schema.Girl, schema.Boy}[r.IntN(2)]})
	}
	for range 1 + r.IntN(2) {
		n.Avoid = append(n.Avoid, schema.Avoid{Area: places[r.IntN(len(places))].Service.Area})
	}
	n.NowIn = &n.Avoid[0].Area
	n.Wheelchair, n.LimitedMobility, n.Pets, n.NightStaff, n.CarerVisits, n.Recourse = said(r, 0.4), said(r, 0.5), said(r, 0.5), said(r, 0.5), said(r, 0.5), said(r, 0.5)
	n.Hearing, n.Sight, n.AssistanceAnimal = said(r, 0.3), said(r, 0.3), said(r, 0.3)
	n.Support = map[string]schema.Fact{}
	for range 2 + r.IntN(3) {
		n.Support[schema.SupportNeeds[r.IntN(len(schema.SupportNeeds))].Code] = schema.Yes
	}
	if r.IntN(2) == 0 {
		n.Wishes = []schema.Wish{{Code: schema.WishSelfContained, Tier: schema.Must}}
	}
	return n
}
