package allocator

import (
	"cmp"
	"slices"
	"time"

	"haven/schema"
)

// Opening is one change that a household may choose, and how many free places it would open.
type Opening struct {
	Code  string `json:"code"`
	Words string `json:"words"` // about services, never about her: "If other kinds of place are all right"
	Fits  int    `json:"fits"`
	Check int    `json:"check"` // opened, with something to ask first
	// Offer is what would be looked for besides, where the change is that.
	Offer schema.Offer `json:"offer,omitempty"`
	// Regions say where the opened places lie, most first, where the change is of area.
	Regions []OpeningRegion `json:"regions,omitempty"`
}

// OpeningRegion is how many of the places that a change opens lie in a region.
type OpeningRegion struct {
	Region string `json:"region"`
	Places int    `json:"places"` // those to check first too
}

// change of what is asked for. It says no where nothing would change.
type change struct {
	code, words string
	offer       schema.Offer
	apply       func(schema.Need, time.Time) (schema.Need, bool)
}

// changes lists every change that is ever suggested. A row may touch what is looked for, when, and what she may do without, and nothing else: who
// comes, areas that are not safe, access and money are facts of her life and no choice. Staying at home is not in the list: who asked for somewhere to
// go is not told to stay.
func changes() []change {
	return append([]change{
		{code: "kinds", words: "If other kinds of place are all right", apply: anyKind},
		{code: "tonight", words: "If somewhere to go tonight is all right", offer: schema.OfferTonight, apply: also(schema.OfferTonight)},
		{code: "settle", words: "If second stage or a settled home is all right", offer: schema.OfferSettle, apply: also(schema.OfferSettle)},
		{code: "day_later", words: "If a space ready a day later is all right, with somewhere safe until then", apply: dayLater},
		// A whole day later is night again: doors that open by day stay shut to her.
		{code: "tomorrow_morning", words: "If arriving at 10 in the morning is all right, with somewhere safe until then", apply: tomorrowMorning},
	}, relaxations()...)
}

// Change applies the change of a code to a need. It says no, and changes nothing, for a code that is not in the list or that is met already.
func Change(code string, need schema.Need, now time.Time) (schema.Need, bool) {
	for _, c := range changes() {
		if c.code == code {
			return c.apply(need, now)
		}
	}
	return need, false
}

// OneChange says which single change would open places, what opens most first. Only places that do not fit as things are count.
func (x *Index) OneChange(need schema.Need, now time.Time) []Opening {
	w := x.whatIf(&need, now, true)
	openings, changed := possibleOpenings(need, now)
	reads := make([][]int, len(changed))
	for i := range changed {
		reads[i] = w.reads(changed[i])
	}
	w.prepare(reads)
	for i := range openings {
		others := w.without(reads[i])
		left := slices.Clone(others.left)
		left.minus(w.asIs.left)
		checked := w.ask(&changed[i], reads[i], left)
		for at := range left.all() {
			verdict := Fits
			if others.checked.has(at) || checked.has(at) {
				verdict = CheckFirst
			}
			openings[i].count(verdict, w.at(at).of.service.Area.Region)
		}
	}
	return mostFirst(openings)
}

// OneChange does the same over places in any order, one by one.
func OneChange(need schema.Need, places []schema.Place, now time.Time) []Opening {
	asked := newEvaluator(&need, now)
	openings, changed := possibleOpenings(need, now)
	for i := range places {
		p := &places[i]
		if !p.Vacancy.Free() || asked.verdict(p) != DoesNotFit {
			continue
		}
		for j := range changed {
			openings[j].count(asked.with(&changed[j]).verdict(p), p.Service.Area.Region)
		}
	}
	return mostFirst(openings)
}

// possibleOpenings lists the changes that would change a need, with the need that each makes.
func possibleOpenings(need schema.Need, now time.Time) (openings []Opening, changed []schema.Need) {
	for _, c := range changes() {
		if n, ok := c.apply(need, now); ok {
			openings = append(openings, Opening{Code: c.code, Words: c.words, Offer: c.offer})
			changed = append(changed, n)
		}
	}
	return openings, changed
}

func mostFirst(openings []Opening) []Opening {
	for _, o := range openings {
		slices.SortFunc(o.Regions, func(a, b OpeningRegion) int {
			return cmp.Or(cmp.Compare(b.Places, a.Places), cmp.Compare(a.Region, b.Region))
		})
	}
	openings = slices.DeleteFunc(openings, func(o Opening) bool { return o.Fits+o.Check == 0 })
	slices.SortFunc(openings, func(a, b Opening) int {
		return cmp.Or(cmp.Compare(b.Fits, a.Fits), cmp.Compare(b.Check, a.Check), cmp.Compare(a.Code, b.Code))
	})
	return openings
}

func (o *Opening) count(v Verdict, region string) {
	switch v {
	case Fits:
		o.Fits++
	case CheckFirst:
		o.Check++
	case DoesNotFit:
		return
	}
	if o.Code == mustCode(schema.WishRegions) && region != "" {
		at := slices.IndexFunc(o.Regions, func(r OpeningRegion) bool { return r.Region == region })
		if at < 0 {
			at, o.Regions = len(o.Regions), append(o.Regions, OpeningRegion{Region: region})
		}
		o.Regions[at].Places++
	}
}

// anyKind drops a choice of kinds and keeps every offer they belong to, so that nothing looked for before is lost.
func anyKind(need schema.Need, _ time.Time) (schema.Need, bool) {
	if len(need.Provisions) == 0 {
		return need, false
	}
	offers := slices.Clone(need.Offers)
	for _, code := range need.Provisions {
		if kind, ok := schema.ProvisionOf(code); ok && kind.Offer != schema.OfferNever && !slices.Contains(offers, kind.Offer) {
			offers = append(offers, kind.Offer)
		}
	}
	need.Provisions, need.Offers = nil, offers
	return need, true
}

// also looks for an offer besides what is looked for already.
func also(offer schema.Offer) func(schema.Need, time.Time) (schema.Need, bool) {
	return func(need schema.Need, _ time.Time) (schema.Need, bool) {
		var kinds, missing []schema.ProvisionCode
		var offers []schema.Offer
		for _, kind := range schema.Provisions() {
			switch {
			case need.Looks(kind):
				kinds = append(kinds, kind.Code)
				if !slices.Contains(offers, kind.Offer) {
					offers = append(offers, kind.Offer)
				}
			case kind.Offer == offer:
				missing = append(missing, kind.Code)
			}
		}
		if len(missing) == 0 || slices.Contains(offers, offer) {
			return need, false // some of the offer's kinds were chosen: the others are another change
		}
		if len(need.Provisions) > 0 {
			need.Provisions = append(kinds, missing...)
			return need, true
		}
		need.Offers = append(offers, offer)
		return need, true
	}
}

func dayLater(need schema.Need, now time.Time) (schema.Need, bool) {
	need.ArriveBy = later(now.UTC(), need.ArriveBy).Add(24 * time.Hour)
	return need, true
}

// tomorrowMorning is the next one, which is today's before 10.
func tomorrowMorning(need schema.Need, now time.Time) (schema.Need, bool) {
	comes := later(now.UTC(), need.ArriveBy)
	morning := nextInLondon(10*time.Hour, comes)
	if morning.Equal(comes) {
		return need, false
	}
	need.ArriveBy = morning
	return need, true
}
