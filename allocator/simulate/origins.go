package simulate

import (
	"cmp"
	"fmt"
	"slices"

	"haven/schema"
)

// origins are where households flee from: the councils around the services, each as often as it has services. Every area is one that some flee from
// and others to (Bowstead); how often is assumed.
type origins struct {
	areas  []schema.Area
	around [][]int // the nearest others of each
}

// mostAround is how many councils nearby a second area to avoid is taken from.
const mostAround = 8

func newOrigins(find func(string) (schema.Area, error)) (*origins, error) {
	o := &origins{}
	for _, organisation := range organisations() {
		for _, site := range organisation.sites {
			a, err := find(site.council)
			if err != nil {
				return nil, fmt.Errorf("council %q is not in the gazetteer: %w", site.council, err)
			}
			o.areas = append(o.areas, a)
		}
	}
	for _, from := range o.areas {
		var around []int
		for _, i := range nearestTo(from, o.areas) {
			if o.areas[i].Code != from.Code && len(around) < mostAround {
				around = append(around, i)
			}
		}
		o.around = append(o.around, around)
	}
	return o, nil
}

// nearestTo orders areas by distance.
func nearestTo(from schema.Area, areas []schema.Area) []int {
	order := make([]int, len(areas))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(schema.DistanceKm(from, areas[a]), schema.DistanceKm(from, areas[b]))
	})
	return order
}
