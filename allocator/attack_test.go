package allocator_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"haven/allocator"
	"haven/schema"
)

// questions is how many an attacker asks. He may be the person causing harm with a stolen sign-in, and has all night.
const questions = 1000

// TestAThousandAreasToldNothing: an attacker moves an area to avoid a thousand times, with its margin, a route and an area to stay near, and writes
// down every verdict. Whatever he learns, each point of the published circle stays as possible as before: no verdict is ever true of some of its
// points and false of others.
func TestAThousandAreasToldNothing(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(7, 11))
	for _, published := range []schema.Area{b11, solihull, yorkshire} {
		place := aRoom()
		place.Service.Area = published
		possible := pointsOf(published, dice, 400)
		said := map[allocator.Verdict]int{}
		for range questions {
			avoid := schema.Avoid{Area: near(published, dice), MarginMiles: ptr(dice.Float64() * 30)}
			need := aWoman()
			need.Avoid = []schema.Avoid{avoid}
			v := allocator.Evaluate(need, place, noon).Findings[0].Verdict
			said[v]++
			for _, at := range possible {
				in := schema.DistanceKm(at, avoid.Area) < avoid.Area.RadiusKm+avoid.MarginKm()
				if v == allocator.DoesNotFit && !in || v == allocator.Fits && in {
					t.Fatalf("%s: the verdict %s rules a point of the published circle out", published.Name, v)
				}
			}

			need = aWoman()
			to := near(published, dice)
			need.Near = []schema.Near{{Area: to, WithinMiles: 1 + dice.Float64()*60, Because: "court_order"}}
			v = verdictOf(t, allocator.Evaluate(need, place, noon), "too_far")
			for _, at := range possible {
				apart := schema.DistanceKm(at, to) - to.RadiusKm
				within := need.Near[0].WithinMiles * schema.KmPerMile
				if v == allocator.DoesNotFit && apart <= within || v == allocator.Fits && apart > within {
					t.Fatalf("%s: to be near says %s, which rules a point of the published circle out", published.Name, v)
				}
			}
		}
		if len(said) != 3 {
			t.Errorf("%s: the questions only drew %v: they prove little", published.Name, said)
		}
	}
}

// TestOrderTellsNothing: two services that publish the same area and state the same, and differ in all that is theirs alone, change places in no
// answer, however the areas move. Between them only the id decides.
func TestOrderTellsNothing(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(3, 5))
	west := area(schema.AreaRegion, "West Midlands", 52.48, -2.29, 75)
	one, other := aRoom(), aRoom()
	for i, p := range []*schema.Place{&one, &other} {
		p.Service.Area = west
		p.Space.ID = schema.SpaceID(fmt.Sprintf("space-%d", i))
		p.Space.Ref = []string{"Attic", "Garden room"}[i]
	}
	for range questions {
		need := aWoman()
		need.Avoid = []schema.Avoid{{Area: near(west, dice), MarginMiles: ptr(dice.Float64() * 30)}}
		need.NowIn = ptr(near(west, dice))
		need.Wishes = []schema.Wish{{Code: schema.WishNear, Tier: schema.Strong}}
		list := allocator.List(need, []schema.Place{other, one}, noon)
		for _, group := range [][]allocator.Assessment{list.Fits.All(), list.Check.All(), list.No.All()} {
			if len(group) == 1 || len(group) == 2 && group[0].Place.Space.ID != "space-0" {
				t.Fatal("two services that publish the same were told apart")
			}
		}
	}
}

// TestWhereSheIsTellsNothing: a service that publishes its region and does not take from its own council must not be found by moving where she
// is now from council to council: the answers are those of another service of the region that leaves out another council.
func TestWhereSheIsTellsNothing(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(13, 17))
	west := area(schema.AreaRegion, "West Midlands", 52.48, -2.29, 75)
	dudley := area(schema.AreaCouncil, "Dudley", 52.49, -2.11, 9)
	one, other := aRoom(), aRoom()
	one.Service.Area, other.Service.Area = west, west
	one.Service.ExcludesFrom, other.Service.ExcludesFrom = []schema.Area{solihull}, []schema.Area{dudley}
	for i := range questions {
		need := aWoman()
		need.NowIn = ptr(near(west, dice))
		if i < 2 {
			need.NowIn = []*schema.Area{&solihull, &dudley}[i]
		}
		a, b := allocator.Evaluate(need, one, noon), allocator.Evaluate(need, other, noon)
		if !reflect.DeepEqual(a.Findings, b.Findings) {
			t.Fatalf("from %s: %s for one and %s for the other", need.NowIn.Name, a.Verdict, b.Verdict)
		}
	}
}

// TestWhereSheIsTellsNothingUnmeasured: nor where the gazetteer does not know the published area, or the one that the service does not take from.
func TestWhereSheIsTellsNothingUnmeasured(t *testing.T) {
	t.Parallel()
	west := area(schema.AreaRegion, "West Midlands", 52.48, -2.29, 75)
	dudley := area(schema.AreaCouncil, "Dudley", 52.49, -2.11, 9)
	lost := func(a schema.Area) schema.Area { return schema.Area{Kind: a.Kind, Code: a.Code, Name: a.Name} }
	for name, c := range map[string]struct{ published, one, other schema.Area }{
		"published":         {lost(west), solihull, dudley},
		"excluded":          {west, lost(solihull), lost(dudley)},
		"both":              {lost(west), lost(solihull), lost(dudley)},
		"nothing published": {schema.Area{}, solihull, dudley},
	} {
		one, other := aRoom(), aRoom()
		one.Service.Area, other.Service.Area = c.published, c.published
		one.Service.ExcludesFrom, other.Service.ExcludesFrom = []schema.Area{c.one}, []schema.Area{c.other}
		for _, from := range []schema.Area{solihull, dudley, lost(solihull), lost(dudley), b11, west, lost(west), leeds, glasgow, {}} {
			need := aWoman()
			need.NowIn = &from
			a, b := allocator.Evaluate(need, one, noon), allocator.Evaluate(need, other, noon)
			if !reflect.DeepEqual(a.Findings, b.Findings) {
				t.Errorf("%s not measurable, from %q: %s for one and %s for the other", name, from.Name, a.Verdict, b.Verdict)
			}
			if v := verdictOf(t, a, "excluded_area"); v == allocator.Fits {
				t.Errorf("%s not measurable, from %q: it is said to take from there", name, from.Name)
			}
		}
	}
}

// near gives an area of any size whose middle lies within twice the reach of another.
func near(a schema.Area, dice *rand.Rand) schema.Area {
	n := pointsOf(schema.Area{Lat: a.Lat, Lon: a.Lon, RadiusKm: 2*a.RadiusKm + 40}, dice, 1)[0]
	n.Kind, n.Code, n.Name, n.RadiusKm = schema.AreaPlace, "moved", "moved", 0.5+dice.Float64()*a.RadiusKm
	return n
}

// pointsOf a circle, spread over its surface; the rim is among them.
func pointsOf(a schema.Area, dice *rand.Rand, n int) []schema.Area {
	var out []schema.Area
	for i := range n {
		r, angle := a.RadiusKm*math.Sqrt(dice.Float64()), 2*math.Pi*dice.Float64()
		if i%4 == 3 {
			r = a.RadiusKm * 0.999
		}
		lat := a.Lat + r*math.Cos(angle)/111.195
		lon := a.Lon + r*math.Sin(angle)/(111.195*math.Cos(a.Lat*math.Pi/180))
		p := schema.Area{Lat: lat, Lon: lon, Located: true}
		if i%4 != 3 || schema.DistanceKm(p, a) <= a.RadiusKm {
			out = append(out, p)
		}
	}
	return out
}

func verdictOf(t *testing.T, a allocator.Assessment, rule string) allocator.Verdict {
	t.Helper()
	for _, f := range a.Findings {
		if f.Rule == rule {
			return f.Verdict
		}
	}
	t.Fatalf("no finding of %s", rule)
	return ""
}
