package gazetteer

import "haven/schema"

// Every radius below stands in for a boundary nobody gave us, so each is meant as an upper bound and each area that carries one is
// marked Assumed. They err wide: S4 turns too wide into "check first" and too narrow into a place offered next door.
const (
	// placeReachKm covers the widest towns that are not a council of their own (Northampton, Bournemouth, Norwich reach 7 to 9 km).
	placeReachKm = 10

	// An outward code of the embedded table stands on the nearest GeoNames place, at most 6 km from the true middle (a test holds
	// that), plus twice the radius of 90% of its homes: about 3 km in the cities, 5 km round the towns, 12 km in the country.
	cityCodeKm  = 6 + 2*3
	townCodeKm  = 6 + 2*5
	ruralCodeKm = 6 + 2*12
)

// groundReachKm is the assumed radius of an embedded outward code by the ground it covers. Unknown ground is taken as the widest.
func groundReachKm(ground string) float64 {
	switch ground {
	case "city":
		return cityCodeKm
	case "town":
		return townCodeKm
	}
	return ruralCodeKm
}

// assumed makes an area of an assumed circle round a point.
func assumed(kind schema.AreaKind, name string, lat, lon, radiusKm float64) schema.Area {
	return schema.Area{Kind: kind, Code: name, Name: name, Lat: lat, Lon: lon, RadiusKm: radiusKm, Located: true, Assumed: true}
}

// around is the smallest circle about the mean of some places that leaves each of them its reach.
func around(kind schema.AreaKind, name string, places []place, reachKm func(place) float64) schema.Area {
	var lat, lon float64
	for _, p := range places {
		lat += p.lat / float64(len(places))
		lon += p.lon / float64(len(places))
	}
	area := assumed(kind, name, lat, lon, 0)
	for _, p := range places {
		area.RadiusKm = max(area.RadiusKm, schema.DistanceKm(area, p.point())+reachKm(p))
	}
	return area
}

func authorityMargin(p place) float64 { return p.authority.marginKm }

func townReach(place) float64 { return placeReachKm }

func (p place) point() schema.Area { return schema.Area{Lat: p.lat, Lon: p.lon, Located: true} }

// nearest is the place closest to a point. A few thousand haversines: for an outward code once in a while, not for a search.
func nearest(places []place, to schema.Area) place {
	best, bestKm := places[0], schema.DistanceKm(places[0].point(), to)
	for _, p := range places[1:] {
		if km := schema.DistanceKm(p.point(), to); km < bestKm {
			best, bestKm = p, km
		}
	}
	return best
}
