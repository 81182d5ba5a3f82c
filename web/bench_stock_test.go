package web

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"haven/schema"
)

// benchNeed is the median request of the targets: a mother of two, two areas that are not safe, and eight things she needs. It passes about 0.5%
// of benchStock.
const benchNeed = `{"household":{"adults":[{"as":"woman"}],"children":[{"age":13,"sex":"boy"},{"age":4,"sex":"girl"}]},` +
	`"avoid":[{"area":"Birmingham"},{"area":"Leeds"}],"now_in":"B11","limited_mobility":"yes","recourse":"yes","pets":"yes","carer_visits":"yes",` +
	`"support":{"mental_health":"yes"},"wishes":[{"code":"self_contained","tier":"must"},{"code":"near","tier":"nice"}]}`

// benchStock is made up from one seed: services of six spaces across the country, most facts stated, one space in eight getting ready.
func benchStock(n int, now time.Time) []schema.Place {
	r := rand.New(rand.NewPCG(20261122, uint64(n)))
	places := make([]schema.Place, 0, n)
	for i := 0; len(places) < n; i++ {
		service := benchService(r, i)
		for range min(6, n-len(places)) {
			places = append(places, benchPlace(r, len(places), service, now))
		}
	}
	return places
}

func benchService(r *rand.Rand, i int) schema.Service {
	boys := []int{10, 12, 12, 14, 14, 16, 17, 17}[r.IntN(8)]
	t := schema.Takes{Words: "Women and their children", Adults: map[schema.Described]schema.Fact{schema.Woman: schema.Yes}, BoysTo: &boys, Languages: []string{"english"}}
	for _, row := range schema.TakesFacts() {
		*row.Of(&t) = saidOf(r, 0.5)
	}
	t.Children, t.Pregnant, t.Pets, t.CarerVisits = saidOf(r, 0.9), saidOf(r, 0.9), saidOf(r, 0.3), saidOf(r, 0.7)
	t.Support, t.Funding = map[string]schema.Fact{}, map[string]schema.Fact{}
	for _, s := range schema.SupportNeeds {
		t.Support[s.Code] = saidOf(r, 0.6)
	}
	for _, f := range schema.FundingRoutes {
		t.Funding[f.Code] = saidOf(r, 0.5)
	}
	area := schema.Area{Kind: schema.AreaOutcode, Code: fmt.Sprint("Z", i), Name: fmt.Sprint("Z", i), Lat: 50.5 + 6*r.Float64(), Lon: -4.5 + 5*r.Float64(), RadiusKm: 2 + 4*r.Float64(), Located: true}
	if i%10 == 0 {
		area.Kind, area.RadiusKm = schema.AreaCouncil, 15
	}
	kinds := []schema.ProvisionCode{schema.Refuge, schema.Refuge, schema.Refuge, schema.Specialist, schema.Dispersed, schema.OtherEmergency, schema.SecondStage}
	return schema.Service{
		ID: schema.ServiceID(fmt.Sprintf("7d4e2a10-5b1c-4f0e-9a66-%012d", i)), Provider: schema.OrganisationID(fmt.Sprintf("2f0c9a7b-1d35-4c48-8a11-%012d", i/3)),
		CodeName: fmt.Sprint("Alder ", i), Provision: kinds[r.IntN(len(kinds))], Area: area, Takes: t, Setting: []string{"city", "town", "country"}[r.IntN(3)],
		// Day and night, so that no figure depends on the hour it is taken at.
		Reception: schema.Reception{From: "00:00", To: "24:00", AfterHours: schema.Yes}, Version: 1,
	}
}

func benchPlace(r *rand.Rand, i int, service schema.Service, now time.Time) schema.Place {
	cots, ref := r.IntN(3), fmt.Sprint(1+i%6)
	p := schema.Place{
		Space: schema.Space{
			ID: schema.SpaceID(fmt.Sprintf("0b54f1de-6c3d-4a2b-9f50-%012d", i)), Service: service.ID, Ref: ref, Rooms: []string{ref}, BedSpaces: 1 + r.IntN(6), Cots: &cots,
			Wheelchair: saidOf(r, 0.25), LimitedMobility: saidOf(r, 0.4), SelfContained: saidOf(r, 0.4), OwnKitchen: saidOf(r, 0.5), OwnBathroom: saidOf(r, 0.6),
		},
		Service: service, Vacancy: schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: now.Add(-time.Duration(r.IntN(20*60)) * time.Minute)}, Version: 1,
	}
	if p.Space.SelfContained == schema.Yes {
		p.Space.OwnKitchen, p.Space.OwnBathroom = schema.Yes, schema.Yes
	}
	switch r.IntN(8) {
	case 0, 1, 2:
		p.Vacancy.Status = schema.StatusTaken
	case 3:
		from := now.Add(time.Duration(r.IntN(14*24*60)) * time.Minute)
		p.Vacancy.Status, p.Vacancy.From = schema.StatusGettingReady, &from
	}
	return p
}

// saidOf is a fact that one in ten leaves out, and that of the others so many answer with yes.
func saidOf(r *rand.Rand, yes float64) schema.Fact {
	switch x := r.Float64(); {
	case x < 0.1:
		return schema.Unknown
	case x < 0.1+0.9*yes:
		return schema.Yes
	}
	return schema.No
}

// benchTags are what a peer knows of a place: the twelve things that benchNeed turns on, each as a tag. The peers have them worked out beforehand.
func benchTags(p *schema.Place, now time.Time) []string {
	kind, _ := schema.ProvisionOf(p.Service.Provision)
	t := &p.Service.Takes
	var tags []string
	for _, tag := range []struct {
		name string
		has  bool
	}{
		{"free", p.Vacancy.Free()}, {"tonight", kind.Offer == schema.OfferTonight}, {"woman", t.Adults[schema.Woman] != schema.No}, {"children", t.Children != schema.No},
		{"mobility", p.Space.LimitedMobility != schema.No}, {"pets", t.Pets != schema.No}, {"own", p.Space.SelfContained != schema.No},
		{"support", t.Support["mental_health"] != schema.No}, {"visits", t.CarerVisits != schema.No},
		{"soon", p.Vacancy.From == nil || p.Vacancy.From.Sub(now) <= 12*time.Hour}, {"three", p.Space.BedSpaces >= 3}, {"thirteen", *t.BoysTo >= 13},
	} {
		if tag.has {
			tags = append(tags, tag.name)
		}
	}
	return tags
}

// allTags of benchTags: a place that has them all passes, but for areas.
var allTags = []string{"free", "tonight", "woman", "children", "mobility", "pets", "own", "support", "visits", "soon", "three", "thirteen"}

// benchPasses counts what passes the tags and is not surely in an area to avoid.
func benchPasses(places []schema.Place, avoid []schema.Avoid, now time.Time) int {
	n := 0
	for i := range places {
		area := places[i].Service.Area
		if len(benchTags(&places[i], now)) == len(allTags) && !slices.ContainsFunc(avoid, func(a schema.Avoid) bool {
			return schema.DistanceKm(area, a.Area)+area.RadiusKm <= a.Area.RadiusKm+a.MarginKm()
		}) {
			n++
		}
	}
	return n
}
