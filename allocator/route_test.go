package allocator_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// TestRouteFollowsTheFormula is S4 for routes: with d from the place's middle to the line between the middles, and the half-width h the larger of
// the two radii and the margin, d + r_place <= h does not fit, d - r_place >= h may fit, anything else and any unknown is check first. Here d is
// found by walking along the line, so a metre to either side of an edge is left to the rule, which must not clear it.
func TestRouteFollowsTheFormula(t *testing.T) {
	t.Parallel()
	said := map[allocator.Verdict]int{}
	rapid.Check(t, func(t *rapid.T) {
		need, place := aWoman(), aRoom()
		place.Service.Area = genArea().Draw(t, "place")
		route := genRoute().Draw(t, "route")
		need.Routes = []schema.Route{route}
		here := place.Service.Area
		d := walked(here, route.From, route.To)
		half := max(route.From.RadiusKm, route.To.RadiusKm) + route.MarginKm()
		if rapid.Bool().Draw(t, "at an edge") && math.Abs(d-half) > 0.5 {
			place.Service.Area.RadiusKm = math.Abs(d-half) + rapid.Float64Range(-0.1, 0.1).Draw(t, "off the edge")
			here = place.Service.Area
		}
		want, near := allocator.CheckFirst, false
		if here.Located && route.From.Located && route.To.Located {
			inside, clear := half-d-here.RadiusKm, d-here.RadiusKm-half
			near = math.Abs(inside) < 0.002 || math.Abs(clear) < 0.002
			switch {
			case inside >= 0:
				want = allocator.DoesNotFit
			case clear >= 0:
				want = allocator.Fits
			}
		}
		a := allocator.Evaluate(need, place, noon)
		got := finding(a, "route_to_avoid").Verdict
		if got != want && !(near && got == allocator.CheckFirst) {
			t.Fatalf("got %s, want %s: %v km from the line, %v wide", got, want, d, half)
		}
		if a.ConfirmArea != (got == allocator.CheckFirst) || a.AreaClear() != (got == allocator.Fits) {
			t.Fatalf("got ConfirmArea %v and AreaClear %v for %s", a.ConfirmArea, a.AreaClear(), got)
		}
		said[got]++
	})
	for _, v := range []allocator.Verdict{allocator.Fits, allocator.CheckFirst, allocator.DoesNotFit} {
		if said[v] == 0 {
			t.Errorf("no route said %s", v)
		}
	}
}

// walked is the distance to a line by going along it: first in long steps, then in ever shorter ones about the nearest.
func walked(p, a, b schema.Area) float64 {
	from, width := 0.5, 0.5
	best := math.Inf(1)
	for range 12 {
		at := from
		for i := -50; i <= 50; i++ {
			f := min(1, max(0, from+width*float64(i)/50))
			if d := schema.DistanceKm(p, between(a, b, f)); d < best {
				best, at = d, f
			}
		}
		from, width = at, width/20
	}
	return best
}

// between is a point a share of the way along the great circle from a to b.
func between(a, b schema.Area, share float64) schema.Area {
	const rad = math.Pi / 180
	angle := schema.DistanceKm(a, b) / 6371.0088
	if angle < 1e-12 {
		return a
	}
	p, q := math.Sin((1-share)*angle)/math.Sin(angle), math.Sin(share*angle)/math.Sin(angle)
	x := p*math.Cos(a.Lat*rad)*math.Cos(a.Lon*rad) + q*math.Cos(b.Lat*rad)*math.Cos(b.Lon*rad)
	y := p*math.Cos(a.Lat*rad)*math.Sin(a.Lon*rad) + q*math.Cos(b.Lat*rad)*math.Sin(b.Lon*rad)
	z := p*math.Sin(a.Lat*rad) + q*math.Sin(b.Lat*rad)
	return schema.Area{Lat: math.Atan2(z, math.Hypot(x, y)) / rad, Lon: math.Atan2(y, x) / rad}
}

// TestEndsOfARouteAreAvoided: whoever keeps clear of a route keeps clear of both its ends.
func TestEndsOfARouteAreAvoided(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		route, place := genRoute().Draw(t, "route"), aRoom()
		place.Service.Area = genArea().Draw(t, "place")
		need := aWoman()
		need.Routes = []schema.Route{route}
		if !allocator.Evaluate(need, place, noon).AreaClear() {
			return
		}
		need.Routes = nil
		need.Avoid = []schema.Avoid{{Area: route.From, MarginMiles: route.MarginMiles}, {Area: route.To, MarginMiles: route.MarginMiles}}
		if got := finding(allocator.Evaluate(need, place, noon), "area_to_avoid"); got.Verdict != allocator.Fits {
			t.Fatalf("clear of the route and not of its ends: %s", got.Words)
		}
	})
}

// TestWhereFailsClosed: whatever is broken in an area, no route is cleared by it and nothing is near enough.
func TestWhereFailsClosed(t *testing.T) {
	t.Parallel()
	for name, breakIt := range brokenAreas() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broken := glasgow
			breakIt(&broken)
			nowhere := aRoom()
			breakIt(&nowhere.Service.Area)
			for _, c := range []struct {
				what  string
				route schema.Route
				near  schema.Area
				place schema.Place
			}{
				{"the start", schema.Route{From: broken, To: glasgow}, broken, aRoom()},
				{"the end", schema.Route{From: glasgow, To: broken}, broken, aRoom()},
				{"the place", schema.Route{From: glasgow, To: cardiff}, leeds, nowhere},
			} {
				need := aWoman()
				need.Routes, need.Near = []schema.Route{c.route}, []schema.Near{{Area: c.near, WithinMiles: 500}}
				a := allocator.Evaluate(need, c.place, noon)
				for _, rule := range []string{"route_to_avoid", "too_far"} {
					if got := finding(a, rule).Verdict; got != allocator.CheckFirst {
						t.Errorf("%s is broken: %s says %s", c.what, rule, got)
					}
				}
				if !a.ConfirmArea {
					t.Errorf("%s is broken: the service is not asked to confirm its area", c.what)
				}
			}
		})
	}
	for name, miles := range map[string]float64{"not a number": math.NaN(), "below zero": -1, "none": 0, "without end": math.Inf(1)} {
		need := aWoman()
		need.Near = []schema.Near{{Area: leeds, WithinMiles: miles}}
		if got := finding(allocator.Evaluate(need, aRoom(), noon), "too_far").Verdict; got != allocator.CheckFirst {
			t.Errorf("within miles %s: got %s", name, got)
		}
		if miles == 0 || miles > 0 {
			continue // a margin of none is one, and a margin without end leaves nothing clear
		}
		need = aWoman()
		need.Routes = []schema.Route{{From: glasgow, To: cardiff, MarginMiles: &miles}}
		if got := finding(allocator.Evaluate(need, aRoom(), noon), "route_to_avoid").Verdict; got != allocator.CheckFirst {
			t.Errorf("margin %s: got %s", name, got)
		}
	}
}

// TestTooFarFollowsTheFormula: d - r_place - r_near > within does not fit, d + r_place + r_near <= within fits, anything else and any unknown is
// check first; the worst of them decides.
func TestTooFarFollowsTheFormula(t *testing.T) {
	t.Parallel()
	said := map[allocator.Verdict]int{}
	rapid.Check(t, func(t *rapid.T) {
		need, place := aWoman(), aRoom()
		place.Service.Area = genArea().Draw(t, "place")
		here := place.Service.Area
		want := allocator.Fits
		for range rapid.IntRange(1, 3).Draw(t, "near") {
			n := schema.Near{Area: genArea().Draw(t, "near to"), WithinMiles: rapid.Float64Range(1, 500).Draw(t, "within")}
			d, r := schema.DistanceKm(here, n.Area), here.RadiusKm+n.Area.RadiusKm
			if edge := rapid.SampledFrom([]float64{0, d - r, d + r}).Draw(t, "edge"); edge > 10 {
				n.WithinMiles = edge/schema.KmPerMile + rapid.Float64Range(-1e-9, 1e-9).Draw(t, "off the edge")
			}
			need.Near = append(need.Near, n)
			one := allocator.CheckFirst
			if here.Located && n.Area.Located {
				if d-here.RadiusKm-n.Area.RadiusKm > n.WithinMiles*schema.KmPerMile {
					one = allocator.DoesNotFit
				} else if d+here.RadiusKm+n.Area.RadiusKm <= n.WithinMiles*schema.KmPerMile {
					one = allocator.Fits
				}
			}
			if one == allocator.DoesNotFit || one == allocator.CheckFirst && want == allocator.Fits {
				want = one
			}
		}
		got := finding(allocator.Evaluate(need, place, noon), "too_far")
		if got.Verdict != want {
			t.Fatalf("got %s, want %s: %s", got.Verdict, want, got.Words)
		}
		said[want]++
	})
	for _, v := range []allocator.Verdict{allocator.Fits, allocator.CheckFirst, allocator.DoesNotFit} {
		if said[v] == 0 {
			t.Errorf("nothing said %s", v)
		}
	}
}
