package plan

import (
	"strings"

	"haven/schema"
)

// scope is what is said of where a place is: the region it surely lies in, or else its published area. The zero scope is anywhere.
type scope struct {
	region string
	area   schema.Area
}

func scopeOf(a schema.Area) scope {
	if region := regionOf(a); region != "" {
		return scope{region: region}
	}
	return scope{area: a}
}

func regionOf(a schema.Area) string {
	if a.Kind == schema.AreaRegion {
		return a.Code
	}
	return a.Region
}

// mayHold says whether a place with a published area may lie here: "the only one" is never said of one of two. Where nothing is known of either,
// it may.
func (s scope) mayHold(a schema.Area) bool {
	if s.region != "" {
		region := regionOf(a)
		return region == "" || region == s.region
	}
	return !a.Located || !s.area.Located || schema.DistanceKm(a, s.area) <= a.RadiusKm+s.area.RadiusKm
}

func (s scope) words() string {
	if s.region == "" {
		return s.area.Name
	}
	for _, part := range []string{"North ", "South ", "East ", "West "} {
		if strings.HasPrefix(s.region, part) {
			return "the " + s.region
		}
	}
	return s.region
}
