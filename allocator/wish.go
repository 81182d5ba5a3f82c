package allocator

import (
	"cmp"
	"slices"

	"haven/schema"
)

// Met is how far a place meets her wishes, a tier at a time: tiers are an order and never weights, so nothing here adds one to the other.
type Met struct{ Strong, Nice MetTier }

// MetTier is what a place meets of one tier.
type MetTier struct {
	// Count of the wishes it certainly meets. A place that might meet one is not put before a place that does.
	Count int
	// Band is how well it does as near, or as far, as she wishes: 1 to the number of bands, 0 where the distance is not known or nobody wished.
	Band int
}

// Count of the wishes met, of either tier.
func (m Met) Count() int { return m.Strong.Count + m.Nice.Count }

func (m Met) compare(other Met) int {
	return cmp.Or(m.Strong.compare(other.Strong), m.Nice.compare(other.Nice))
}

// compare puts what meets more of a tier first. Near and far speak after the others of their tier: a wish that is met outweighs no distance, and
// a distance is a matter of degree.
func (t MetTier) compare(other MetTier) int {
	return cmp.Or(cmp.Compare(other.Count, t.Count), cmp.Compare(other.Band, t.Band))
}

// wishesMet reads the distance only as the band that staff see: an order finer than that would tell where a place is (S6).
func wishesMet(need *schema.Need, place *schema.Place) Met {
	var m Met
	for i := range need.Wishes {
		w := &need.Wishes[i]
		tier := &m.Nice
		switch w.Tier {
		case schema.Must: // a rule, not an order
			continue
		case schema.Strong:
			tier = &m.Strong
		}
		switch w.Code {
		case schema.WishNear, schema.WishFar:
			tier.Band += nearness(need.NowIn, place.Service.Area, w.Code)
		default:
			if meets(w, place) == schema.Yes {
				tier.Count++
			}
		}
	}
	return m
}

// nearness of a place by bands, higher the better she would like it.
func nearness(from *schema.Area, to schema.Area, wish schema.WishCode) int {
	if from == nil {
		return 0
	}
	words := Bands()
	at := slices.Index(words, Band(*from, to))
	switch {
	case at < 0:
		return 0
	case wish == schema.WishFar:
		return at + 1
	}
	return len(words) - at
}

// meets says whether a place has what is wished for, as its service states it. Unknown is a value: nobody said.
func meets(w *schema.Wish, place *schema.Place) schema.Fact {
	space, service := &place.Space, &place.Service
	switch w.Code {
	case schema.WishSelfContained:
		return space.SelfContained
	case schema.WishShared:
		return opposite(space.SelfContained)
	case schema.WishOwnKitchen:
		return ownOf(space, space.OwnKitchen)
	case schema.WishOwnBathroom:
		return ownOf(space, space.OwnBathroom)
	case schema.WishRegions:
		return inAny(service.Area, w.Areas)
	case schema.WishSetting:
		if service.Setting == "" {
			return schema.Unknown
		}
		return fact(service.Setting == w.Which)
	case schema.WishRunFor:
		return runBy(service, w.Which)
	case schema.WishSpoken:
		return speaks(service.Takes.Languages, w.Which)
	case schema.WishChildrens:
		return service.Takes.ChildrensWorker
	}
	return schema.Unknown
}

// ownOf: a self-contained space shares nothing with another household.
func ownOf(space *schema.Space, own schema.Fact) schema.Fact {
	if space.SelfContained == schema.Yes {
		return schema.Yes
	}
	return own
}

// runBy: a specialist service that names no group has not said whom it is for. Any other is then for nobody in particular.
func runBy(service *schema.Service, group string) schema.Fact {
	switch {
	case slices.Contains(service.Takes.RunFor, group):
		return schema.Yes
	case len(service.Takes.RunFor) == 0 && service.Provision == schema.Specialist:
		return schema.Unknown
	}
	return schema.No
}

// speaks: a service that lists no language has not said which; English goes without saying.
func speaks(languages []string, which string) schema.Fact {
	switch {
	case which == schema.OtherLanguage && (len(languages) == 0 || slices.Contains(languages, which)):
		return schema.Unknown // two others need not be one
	case which == english || slices.Contains(languages, which):
		return schema.Yes
	case len(languages) == 0:
		return schema.Unknown
	}
	return schema.No
}

// inAny is no only where the place surely lies outside all the areas.
func inAny(place schema.Area, areas []schema.Area) schema.Fact {
	outside := true
	for _, a := range areas {
		if within(place, a) {
			return schema.Yes
		}
		outside = outside && (other(place, a) || lies(place, a, 0) == apart)
	}
	if outside {
		return schema.No
	}
	return schema.Unknown
}

// other says whether two areas are different parts of one division of the country, which their circles, drawn around them, cannot tell: circles
// of neighbours overlap. Towns and counties are named in more ways than one.
func other(a, b schema.Area) bool {
	if b.Kind == schema.AreaRegion && a.Region != "" {
		return a.Region != b.Code
	}
	if a.Kind != b.Kind || a.Code == "" || b.Code == "" || a.Code == b.Code {
		return false
	}
	return a.Kind == schema.AreaOutcode || a.Kind == schema.AreaCouncil || a.Kind == schema.AreaRegion
}

func fact(yes bool) schema.Fact {
	if yes {
		return schema.Yes
	}
	return schema.No
}

func opposite(f schema.Fact) schema.Fact {
	switch f {
	case schema.Yes:
		return schema.No
	case schema.No:
		return schema.Yes
	}
	return schema.Unknown
}
