package schema

import "math"

// AreaKind says how coarse a named area is. A service chooses how fine an area it publishes; nothing finer is ever kept.
type AreaKind string

const (
	AreaOutcode AreaKind = "outcode" // outward code, such as B11
	AreaPlace   AreaKind = "place"   // town, suburb or village
	AreaCouncil AreaKind = "council" // local authority
	AreaCounty  AreaKind = "county"
	AreaRegion  AreaKind = "region" // English region, or Scotland, Wales, Northern Ireland
)

// Area is a named part of the country as a circle. RadiusKm is the largest known distance from the centre to a point of the area, in kilometres.
// The zero Area, and any area with Located false, is unknown: it is never treated as far away (S4).
type Area struct {
	Kind AreaKind `json:"kind"`
	Code string   `json:"code"` // "B11", "Solihull", "West Midlands"
	Name string   `json:"name"` // what people read: "B11 (Sparkhill)"
	// Region is the code of the region it surely lies in; empty when that is not known. Circles of neighbours overlap and cannot tell.
	Region   string  `json:"region,omitempty"`
	Lat      float64 `json:"lat,omitempty"`
	Lon      float64 `json:"lon,omitempty"`
	RadiusKm float64 `json:"radius_km,omitempty"`
	Located  bool    `json:"located"`
	// Assumed is set where RadiusKm is not a measured bound (twice the 90% radius, or a stand-in); pages must label it an assumption.
	Assumed bool `json:"assumed,omitempty"`
}

const (
	// KmPerMile converts the statute miles people speak in to the kilometres the gazetteer keeps.
	KmPerMile     = 1.609344
	earthRadiusKm = 6371.0088 // mean radius, IUGG
)

// DistanceKm is the great-circle (haversine) distance between two centres in kilometres. Callers must have checked Located on both.
func DistanceKm(a, b Area) float64 {
	const rad = math.Pi / 180
	dLat, dLon := (b.Lat-a.Lat)*rad, (b.Lon-a.Lon)*rad
	h := math.Sin(dLat/2)*math.Sin(dLat/2) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Sin(dLon/2)*math.Sin(dLon/2)
	return 2 * earthRadiusKm * math.Asin(math.Min(1, math.Sqrt(h)))
}
