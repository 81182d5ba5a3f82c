package allocator

import "haven/schema"

// wishesMet counts the wishes a place certainly meets. Regions are alternatives: lying in any of them is one wish met.
func wishesMet(w schema.Wishes, place *schema.Place) int {
	met := 0
	for _, region := range w.Regions {
		if within(place.Service.Area, region) {
			met++
			break
		}
	}
	if w.SelfContained != schema.Unknown && w.SelfContained == place.Space.SelfContained {
		met++
	}
	return met
}
