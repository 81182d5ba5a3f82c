package allocator_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"haven/schema"
)

// noon of a winter's day: London and UTC agree, and no test depends on the hour.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

func area(kind schema.AreaKind, code string, lat, lon, radius float64) schema.Area {
	return schema.Area{Kind: kind, Code: code, Name: code, Lat: lat, Lon: lon, RadiusKm: radius, Located: true}
}

var (
	b11        = area(schema.AreaOutcode, "B11", 52.457, -1.857, 2)
	birmingham = area(schema.AreaCouncil, "Birmingham", 52.481, -1.899, 14)
	solihull   = area(schema.AreaCouncil, "Solihull", 52.413, -1.778, 11)
	leeds      = area(schema.AreaCouncil, "Leeds", 53.800, -1.549, 18)
	cardiff    = area(schema.AreaCouncil, "Cardiff", 51.482, -3.179, 9)
	glasgow    = area(schema.AreaCouncil, "Glasgow", 55.864, -4.252, 12)
	plymouth   = area(schema.AreaCouncil, "Plymouth", 50.376, -4.143, 9) // far from every place of these tests
	yorkshire  = area(schema.AreaRegion, "Yorkshire and the Humber", 53.900, -1.200, 110)
)

// aWoman asks for somewhere to go tonight and said nothing else.
func aWoman() schema.Need {
	return schema.Need{Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman}}}, SaidAt: noon}
}

// aRoom is free, freshly confirmed, far from Birmingham and takes everybody: no rule rules it out for anybody who fits in a family room.
func aRoom() schema.Place {
	p := schema.Place{
		Space: schema.Space{ID: "space-1", Service: "service-1", Ref: "3", BedSpaces: 6, Cots: ptr(2), Wheelchair: schema.Yes, LimitedMobility: schema.Yes, SelfContained: schema.No},
		Service: schema.Service{
			ID: "service-1", CodeName: "Alder", Provision: schema.Refuge, Area: leeds,
			Takes: schema.Takes{
				Adults: map[schema.Described]schema.Fact{
					schema.Woman: schema.Yes, schema.Man: schema.Yes, schema.TransWoman: schema.Yes, schema.TransMan: schema.Yes, schema.NonBinary: schema.Yes,
				},
				Children: schema.Yes, BoysTo: ptr(17), NoRecourse: schema.Yes,
				Couples: schema.Yes, AdultChildren: schema.Yes, Pregnant: schema.Yes,
			},
		},
		Vacancy: schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: noon.Add(-time.Hour)},
		Version: 1,
	}
	welcoming(&p)
	return p
}

// welcoming states that a place has whatever may be required of access, support and money, and lets people in at all hours.
func welcoming(p *schema.Place) {
	p.Space.Hearing, p.Space.Sight = schema.Yes, schema.Yes
	takes := &p.Service.Takes
	takes.Pregnant = schema.Yes
	takes.Carers, takes.CarerVisits, takes.AssistanceAnimal, takes.Pets = schema.Yes, schema.Yes, schema.Yes, schema.Yes
	takes.Interpreters, takes.Support, takes.NightStaff = schema.Yes, everySupport(), schema.Yes
	takes.WeeklyCost = ptr(0)
	p.Service.Reception.AfterHours = schema.Yes
}

func genFact() *rapid.Generator[schema.Fact] {
	return rapid.SampledFrom([]schema.Fact{schema.Unknown, schema.Yes, schema.No})
}

func genArea() *rapid.Generator[schema.Area] {
	return rapid.Custom(func(t *rapid.T) schema.Area {
		if rapid.IntRange(0, 9).Draw(t, "named") < 4 {
			return rapid.SampledFrom([]schema.Area{b11, birmingham, solihull, leeds, cardiff, glasgow, yorkshire}).Draw(t, "area")
		}
		n := rapid.IntRange(0, 30).Draw(t, "code")
		return schema.Area{
			Kind: schema.AreaPlace, Code: fmt.Sprintf("P%d", n), Name: fmt.Sprintf("Place %d", n),
			Lat: rapid.Float64Range(50, 58).Draw(t, "lat"), Lon: rapid.Float64Range(-5, 1.5).Draw(t, "lon"),
			RadiusKm: rapid.Float64Range(0.5, 60).Draw(t, "radius"),
			Located:  rapid.IntRange(0, 9).Draw(t, "located") > 0,
		}
	})
}

func genNeed() *rapid.Generator[schema.Need] {
	return rapid.Custom(func(t *rapid.T) schema.Need {
		n := schema.Need{
			Household: schema.Household{
				Adults: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) schema.Adult {
					return schema.Adult{As: rapid.SampledFrom([]schema.Described{
						schema.Woman, schema.Woman, schema.Woman, schema.Man, schema.TransWoman, schema.TransMan, schema.NonBinary, schema.NotSaid,
					}).Draw(t, "as")}
				}), 1, 3).Draw(t, "adults"),
				Children: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) schema.Child {
					return schema.Child{Age: rapid.IntRange(0, 17).Draw(t, "age"), Sex: rapid.SampledFrom([]schema.Sex{schema.SexNotSaid, schema.Girl, schema.Boy}).Draw(t, "sex")}
				}), 0, 4).Draw(t, "children"),
			},
			Offers:          rapid.SampledFrom([][]schema.Offer{nil, {schema.OfferTonight}, {schema.OfferStayHome}, {schema.OfferTonight, schema.OfferSettle}}).Draw(t, "offers"),
			Wheelchair:      genFact().Draw(t, "wheelchair"),
			LimitedMobility: genFact().Draw(t, "mobility"),
			Recourse:        genFact().Draw(t, "recourse"),
			SaidAt:          noon.Add(-time.Duration(rapid.IntRange(0, 48).Draw(t, "said")) * time.Hour),
		}
		for range rapid.IntRange(0, 3).Draw(t, "avoids") {
			a := schema.Avoid{Area: genArea().Draw(t, "avoid")}
			if rapid.Bool().Draw(t, "margin given") {
				a.MarginMiles = ptr(rapid.Float64Range(0, 60).Draw(t, "margin"))
			}
			n.Avoid = append(n.Avoid, a)
		}
		if rapid.Bool().Draw(t, "where") {
			n.NowIn = ptr(genArea().Draw(t, "now in"))
		}
		if rapid.Bool().Draw(t, "wishes region") {
			n.Wishes = append(n.Wishes, schema.Wish{Code: schema.WishRegions, Tier: schema.Nice, Areas: []schema.Area{yorkshire}})
		}
		if rapid.Bool().Draw(t, "later") {
			n.ArriveBy = noon.Add(time.Duration(rapid.IntRange(1, 72).Draw(t, "arrive by")) * time.Hour)
		}
		for _, g := range ruleGroups() {
			g.need(t, &n)
		}
		return n
	})
}

func genPlace() *rapid.Generator[schema.Place] {
	return rapid.Custom(func(t *rapid.T) schema.Place {
		p := schema.Place{Version: int64(rapid.IntRange(1, 9).Draw(t, "version"))}
		p.Space = schema.Space{
			ID: schema.SpaceID(fmt.Sprintf("space-%02d", rapid.IntRange(0, 40).Draw(t, "id"))), Ref: "1",
			BedSpaces: rapid.IntRange(0, 6).Draw(t, "beds"), Cots: rapid.Ptr(rapid.IntRange(0, 2), true).Draw(t, "cots"),
			Wheelchair: genFact().Draw(t, "wheelchair"), LimitedMobility: genFact().Draw(t, "mobility"), SelfContained: genFact().Draw(t, "self contained"),
		}
		p.Service = schema.Service{
			CodeName:  "Alder",
			Provision: rapid.SampledFrom([]schema.ProvisionCode{schema.Refuge, schema.Refuge, schema.Refuge, schema.Specialist, schema.Dispersed, schema.Sanctuary, schema.SocialTenancy}).Draw(t, "provision"),
			Area:      genArea().Draw(t, "area"),
			Takes: schema.Takes{
				Adults: map[schema.Described]schema.Fact{}, Children: genFact().Draw(t, "children"), NoRecourse: genFact().Draw(t, "no recourse"),
			},
		}
		for _, row := range schema.Descriptions() {
			if row.Code != schema.NotSaid {
				p.Service.Takes.Adults[row.Code] = genFact().Draw(t, "takes")
			}
		}
		if rapid.Bool().Draw(t, "boys said") {
			p.Service.Takes.BoysTo = ptr(rapid.IntRange(8, 17).Draw(t, "boys to"))
		}
		if p.Service.Provision != schema.Sanctuary && rapid.IntRange(0, 3).Draw(t, "excludes") == 0 {
			p.Service.ExcludesFrom = []schema.Area{genArea().Draw(t, "excluded")}
		}
		p.Vacancy = schema.Vacancy{
			Status:      rapid.SampledFrom([]schema.Status{schema.StatusAvailable, schema.StatusAvailable, schema.StatusGettingReady, schema.StatusOnHold, schema.StatusTaken, schema.StatusOutOfUse}).Draw(t, "status"),
			ConfirmedAt: noon.Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "confirmed")) * time.Hour),
		}
		if p.Vacancy.Status == schema.StatusGettingReady && rapid.Bool().Draw(t, "from said") {
			p.Vacancy.From = ptr(noon.Add(time.Duration(rapid.IntRange(-4, 72).Draw(t, "from")) * time.Hour))
		}
		if p.Service.Provision == schema.Sanctuary && rapid.Bool().Draw(t, "slot said") {
			p.Space.SlotAt = ptr(noon.Add(time.Duration(rapid.IntRange(-4, 72).Draw(t, "slot")) * time.Hour))
		}
		for _, g := range ruleGroups() {
			g.place(t, &p)
		}
		return p
	})
}

// genWorld gives places with different ids.
func genWorld() *rapid.Generator[[]schema.Place] {
	return rapid.SliceOfNDistinct(genPlace(), 0, 25, func(p schema.Place) schema.SpaceID { return p.Space.ID })
}
