package allocator

import "haven/schema"

// wishesMet counts the wishes a place certainly meets.
func wishesMet(wishes []schema.Wish, place *schema.Place) int {
	met := 0
	for _, w := range wishes {
		if meets(w, place) {
			met++
		}
	}
	return met
}

func meets(w schema.Wish, place *schema.Place) bool {
	switch w.Code {
	case schema.WishRegions:
		for _, region := range w.Areas {
			if within(place.Service.Area, region) {
				return true
			}
		}
	case schema.WishSelfContained:
		return place.Space.SelfContained == schema.Yes
	case schema.WishShared:
		return place.Space.SelfContained == schema.No
	}
	return false
}
