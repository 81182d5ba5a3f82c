package allocator

import (
	"math"
	"strconv"

	"haven/schema"
)

// position of one area to another, both circles known only as far as they were published.
type position int

const (
	unsure position = iota // they touch, or one of them is not known
	inside                 // wholly within the other and its margin
	apart                  // wholly clear of the other and its margin
)

// lies says how area a lies to area b widened by a margin, in the exact formula of S4 with a as the place and b as the area to avoid. Anything
// that is not known, and anything that is not a number, is unsure: it is never treated as far away.
func lies(a, b schema.Area, marginKm float64) position {
	if !measurable(a) || !measurable(b) || !(marginKm >= 0) {
		return unsure
	}
	if leastKm(a, b)-a.RadiusKm > b.RadiusKm+marginKm {
		return apart
	}
	d := schema.DistanceKm(a, b)
	switch {
	case d+a.RadiusKm <= b.RadiusKm+marginKm:
		return inside
	case d-a.RadiusKm >= b.RadiusKm+marginKm:
		return apart
	}
	return unsure
}

// leastKm is a distance that two centres in these islands are certainly not nearer than, for the price of two subtractions: most places are far
// from most areas, and need no more to be found apart. A degree of longitude is shortest at the northern edge (measurable).
func leastKm(a, b schema.Area) float64 {
	const ofLatitude, ofLongitude = 111.19, 111.19 * 0.475 // km a degree: 2 pi 6371.0088 / 360, and that by less than cos 61.5°
	return max(math.Abs(a.Lat-b.Lat)*ofLatitude, math.Abs(a.Lon-b.Lon)*ofLongitude)
}

// measurable: the area has a centre in these islands and a size. A centre of 0,0 or a radius of 0 is a value somebody left out, not a point
// far away, so it fails closed (S4).
func measurable(a schema.Area) bool {
	return a.Located &&
		a.RadiusKm > 0 && !math.IsInf(a.RadiusKm, 1) &&
		a.Lat >= 49 && a.Lat <= 61.5 && a.Lon >= -14 && a.Lon <= 3
}

// same says whether two areas are one by name, which needs no coordinates.
func same(a, b schema.Area) bool { return a.Code != "" && a.Kind == b.Kind && a.Code == b.Code }

// within says whether a certainly lies in b.
func within(a, b schema.Area) bool {
	return same(a, b) || a.Region != "" && b.Kind == schema.AreaRegion && a.Region == b.Code || lies(a, b, 0) == inside
}

func areaName(a schema.Area) string {
	switch {
	case a.Name != "":
		return a.Name
	case a.Code != "":
		return a.Code
	}
	return "an area that was not named"
}

// publishedArea is the place's own value in a finding. Sizes that were not measured say so.
func publishedArea(a schema.Area) string {
	switch {
	case a.Name == "" && a.Code == "":
		return "Area not published"
	case a.Assumed:
		return areaName(a) + " (size assumed)"
	}
	return areaName(a)
}

func miles(m float64) string { return strconv.FormatFloat(math.Round(m*10)/10, 'f', -1, 64) }
