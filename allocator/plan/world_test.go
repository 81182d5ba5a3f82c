package plan_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"haven/allocator/plan"
	"haven/schema"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

func area(code string, lat, lon, radius float64) schema.Area {
	return schema.Area{Kind: schema.AreaCouncil, Code: code, Name: code, Lat: lat, Lon: lon, RadiusKm: radius, Located: true}
}

var (
	birmingham = area("Birmingham", 52.481, -1.899, 14)
	leeds      = area("Leeds", 53.800, -1.549, 18)
	cardiff    = area("Cardiff", 51.482, -3.179, 9)
)

// aWoman waits alone and said nothing but that.
func aWoman(id string) plan.Household {
	return plan.Household{
		Request: schema.RequestID(id), Since: noon.Add(-time.Hour),
		Need: schema.Need{Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman}}}, SaidAt: noon},
	}
}

// aRoom for one, in a refuge in Leeds that takes women and children.
func aRoom(id string) schema.Place {
	return schema.Place{
		Space: schema.Space{ID: schema.SpaceID(id), Service: "service-1", Ref: id, BedSpaces: 1, Wheelchair: schema.No, SelfContained: schema.No},
		Service: schema.Service{
			ID: "service-1", CodeName: "Alder", Provision: schema.Refuge, Area: leeds,
			Takes:     schema.Takes{Adults: map[schema.Described]schema.Fact{schema.Woman: schema.Yes}, Children: schema.Yes, BoysTo: ptr(14), NoRecourse: schema.Yes},
			Reception: schema.Reception{AfterHours: schema.Yes},
		},
		Vacancy: schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: noon.Add(-time.Hour)},
		Version: 1,
	}
}

func children(n int) []schema.Child {
	return slices.Repeat([]schema.Child{{Age: 7, Sex: schema.Girl}}, n)
}

func high(on time.Time) schema.Risk {
	return schema.Risk{Level: schema.RiskHigh, Source: "checklist", On: on.Format(time.DateOnly)}
}

func genRisk() *rapid.Generator[schema.Risk] {
	return rapid.Custom(func(t *rapid.T) schema.Risk {
		return schema.Risk{
			Level:  rapid.SampledFrom([]schema.RiskLevel{schema.RiskNone, schema.RiskStandard, schema.RiskMedium, schema.RiskHigh, schema.RiskHigh, schema.RiskHigh, "HIGH"}).Draw(t, "level"),
			Source: rapid.SampledFrom([]string{"checklist", "judgement", "escalation", "repeat", "", "hearsay"}).Draw(t, "source"),
			On:     rapid.SampledFrom([]string{"2026-11-20", "2026-11-01", "2026-05-20", "2026-05-19", "2025-01-01", "2027-01-01", "", "yesterday"}).Draw(t, "on"),
		}
	})
}

func genHousehold(id string) *rapid.Generator[plan.Household] {
	return rapid.Custom(func(t *rapid.T) plan.Household {
		h := aWoman(id)
		h.Need.Household.Children = children(rapid.SampledFrom([]int{0, 0, 1, 2, 4}).Draw(t, "children"))
		fact := rapid.SampledFrom([]schema.Fact{schema.No, schema.No, schema.Yes, schema.Unknown})
		h.Need.Wheelchair = fact.Draw(t, "wheelchair")
		h.Need.Recourse = rapid.SampledFrom([]schema.Fact{schema.Yes, schema.Yes, schema.No, schema.Unknown}).Draw(t, "recourse")
		if rapid.IntRange(0, 3).Draw(t, "avoids") == 0 {
			h.Need.Avoid = []schema.Avoid{{Area: rapid.SampledFrom([]schema.Area{birmingham, leeds, cardiff, {Code: "?"}}).Draw(t, "avoid")}}
		}
		for _, tier := range []schema.Tier{schema.Strong, schema.Nice} {
			if rapid.Bool().Draw(t, "wishes") {
				h.Need.Wishes = append(h.Need.Wishes, rapid.SampledFrom([]schema.Wish{
					{Code: schema.WishSelfContained, Tier: tier}, {Code: schema.WishShared, Tier: tier}, {Code: schema.WishRegions, Tier: tier, Areas: []schema.Area{leeds}},
				}).Draw(t, "wish"))
			}
		}
		h.Need.Tonight = schema.Tonight{
			Sleeps:     schema.SleepsCode(rapid.SampledFrom([]string{"", "with_abuser", "nowhere", "friends", "safe_tonight"}).Draw(t, "sleeps")),
			LeavingNow: fact.Draw(t, "leaving"),
		}
		h.Need.Risk = genRisk().Draw(t, "risk")
		h.Since = noon.Add(-time.Duration(rapid.IntRange(-24, 20*24).Draw(t, "waited")) * time.Hour)
		return h
	})
}

// genService gives a service's places: rooms, some also offered together as a unit.
func genService(id string, rooms int) *rapid.Generator[[]schema.Place] {
	return rapid.Custom(func(t *rapid.T) []schema.Place {
		base := aRoom(id)
		base.Service.ID, base.Space.Service = schema.ServiceID(id), schema.ServiceID(id)
		base.Service.Area = rapid.SampledFrom([]schema.Area{birmingham, leeds, cardiff, {}}).Draw(t, "area")
		fact := rapid.SampledFrom([]schema.Fact{schema.Unknown, schema.Yes, schema.Yes, schema.No})
		base.Service.Takes.NoRecourse = fact.Draw(t, "no recourse")
		var out []schema.Place
		for i := range rapid.IntRange(1, rooms).Draw(t, "rooms") {
			p := base
			p.Space.Ref = fmt.Sprint(i + 1)
			p.Space.BedSpaces = rapid.IntRange(1, 3).Draw(t, "sleeps")
			p.Space.Wheelchair = fact.Draw(t, "wheelchair")
			p.Space.SelfContained = fact.Draw(t, "self-contained")
			out = append(out, p)
		}
		if len(out) > 1 && rapid.Bool().Draw(t, "unit") {
			p := base
			p.Space.Ref, p.Space.Rooms, p.Space.BedSpaces = "F1", []string{"1", "2"}, 5
			out = append(out, p)
		}
		for i := range out {
			out[i].Space.ID = schema.SpaceID(id + "-" + out[i].Space.Ref)
			out[i].Vacancy.Status = rapid.SampledFrom([]schema.Status{schema.StatusAvailable, schema.StatusAvailable, schema.StatusAvailable, schema.StatusOnHold}).Draw(t, "status")
			out[i].Vacancy.ConfirmedAt = noon.Add(-time.Duration(rapid.SampledFrom([]int{1, 1, 6, 11, 13}).Draw(t, "confirmed")) * time.Hour)
		}
		return out
	})
}

type world struct {
	households []plan.Household
	places     []schema.Place
}

func genWorld(households, services int) *rapid.Generator[world] {
	return rapid.Custom(func(t *rapid.T) world {
		var w world
		for i := range rapid.IntRange(min(3, households), households).Draw(t, "households") {
			w.households = append(w.households, genHousehold(fmt.Sprintf("request-%d", i)).Draw(t, "household"))
		}
		for i := range rapid.IntRange(min(2, services), services).Draw(t, "services") {
			w.places = append(w.places, genService(fmt.Sprintf("service-%d", i), 3).Draw(t, "service")...)
		}
		return w
	})
}
