package web

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"haven/schema"
	"haven/schema/gazetteer"
)

// apiNeed is a need on the wire. Areas are written as people write them, "B11" or "Solihull", and come back as the code that finds the same
// area again, so that what was read can be sent. When the facts were said is the ledger's to know.
type apiNeed struct {
	Household       schema.Household       `json:"household"`
	Offers          []schema.Offer         `json:"offers,omitempty"`
	Provisions      []schema.ProvisionCode `json:"provisions,omitempty"`
	Avoid           []apiAvoid             `json:"avoid,omitempty"`
	NowIn           string                 `json:"now_in,omitempty"`
	Wheelchair      schema.Fact            `json:"wheelchair,omitempty"`
	LimitedMobility schema.Fact            `json:"limited_mobility,omitempty"`
	Recourse        schema.Fact            `json:"recourse,omitempty"`
	Wishes          apiWishes              `json:"wishes,omitzero"`
	ArriveBy        *time.Time             `json:"arrive_by,omitempty"`
	Tonight         schema.Tonight         `json:"tonight,omitzero"`
	Risk            schema.Risk            `json:"risk,omitzero"`
	ShareNeeds      schema.Fact            `json:"share_needs,omitempty"`
}

type apiAvoid struct {
	Area        string   `json:"area"`
	MarginMiles *float64 `json:"margin_miles,omitempty"`
}

type apiWishes struct {
	Regions       []string    `json:"regions,omitempty"`
	SelfContained schema.Fact `json:"self_contained,omitempty"`
}

// IsZero leaves wishes out of the answer where there are none.
func (w apiWishes) IsZero() bool { return len(w.Regions) == 0 && w.SelfContained == schema.Unknown }

// mostAreas of a kind in one need; more are not looked up at all.
const mostAreas = 40

// need reads the body of a search or a request.
func (v *visit) need() (schema.Need, error) {
	var wire apiNeed
	if err := v.decode(&wire); err != nil {
		return schema.Need{}, err
	}
	n := schema.Need{
		Household: wire.Household, Offers: wire.Offers, Provisions: wire.Provisions, Wheelchair: wire.Wheelchair, LimitedMobility: wire.LimitedMobility,
		Recourse: wire.Recourse, Tonight: wire.Tonight, Risk: wire.Risk, ShareNeeds: wire.ShareNeeds,
	}
	if wire.ArriveBy != nil {
		n.ArriveBy = wire.ArriveBy.UTC()
	}
	if len(wire.Avoid) > mostAreas || len(wire.Wishes.Regions) > mostAreas {
		return n, schema.Invalid("avoid", fmt.Sprintf("At most %d areas to avoid and %d wished for; name a council or a region instead of its parts", mostAreas, mostAreas))
	}
	for i, a := range wire.Avoid {
		area, err := findArea(v.web.places, fmt.Sprintf("avoid[%d].area", i), a.Area)
		if err != nil {
			return n, err
		}
		n.Avoid = append(n.Avoid, schema.Avoid{Area: area, MarginMiles: a.MarginMiles})
	}
	switch wire.Wishes.SelfContained {
	case schema.Yes:
		n.Wishes = append(n.Wishes, schema.Wish{Code: schema.WishSelfContained, Tier: schema.Nice})
	case schema.No:
		n.Wishes = append(n.Wishes, schema.Wish{Code: schema.WishShared, Tier: schema.Nice})
	}
	regions := schema.Wish{Code: schema.WishRegions, Tier: schema.Nice}
	for i, text := range wire.Wishes.Regions {
		area, err := findArea(v.web.places, fmt.Sprintf("wishes.regions[%d]", i), text)
		if err != nil {
			return n, err
		}
		regions.Areas = append(regions.Areas, area)
	}
	if len(regions.Areas) > 0 {
		n.Wishes = append(n.Wishes, regions)
	}
	if wire.NowIn != "" {
		area, err := findArea(v.web.places, "now_in", wire.NowIn)
		if err != nil {
			return n, err
		}
		n.NowIn = &area
	}
	return n, inNeed(n.Check())
}

// findArea never guesses: where several areas have the name, the answer lists what to write for each.
func findArea(places *gazetteer.Gazetteer, field, text string) (schema.Area, error) {
	area, err := places.Find(text)
	if err == nil {
		return area, nil
	}
	var several *gazetteer.AmbiguousError
	if errors.As(err, &several) {
		codes := each(several.Candidates, func(a schema.Area) string { return a.Code })
		return area, &schema.Refusal{
			Kind: schema.KindInvalid, Code: "several_areas", Field: field,
			Words: field + " can mean several areas. Write one of: " + strings.Join(codes, "; "),
		}
	}
	return area, schema.Invalid(field, field+": "+err.Error())
}

// inNeed names the field as the document has it: the people stand in household.
func inNeed(err error) error {
	r, ok := schema.AsRefusal(err)
	if !ok {
		return err
	}
	for _, part := range []string{"adults", "children", "pregnant"} {
		if strings.HasPrefix(r.Field, part) {
			in := *r
			in.Field = "household." + r.Field
			return &in
		}
	}
	return err
}

func toAPINeed(n schema.Need) apiNeed {
	wire := apiNeed{
		Household: n.Household, Offers: n.Offers, Provisions: n.Provisions, Wheelchair: n.Wheelchair, LimitedMobility: n.LimitedMobility,
		Recourse: n.Recourse, ArriveBy: inUTC(&n.ArriveBy), Tonight: n.Tonight, Risk: n.Risk, ShareNeeds: n.ShareNeeds,
	}
	for _, a := range n.Avoid {
		wire.Avoid = append(wire.Avoid, apiAvoid{a.Area.Code, a.MarginMiles})
	}
	for _, w := range n.Wishes {
		switch w.Code {
		case schema.WishSelfContained:
			wire.Wishes.SelfContained = schema.Yes
		case schema.WishShared:
			wire.Wishes.SelfContained = schema.No
		case schema.WishRegions:
			for _, a := range w.Areas {
				wire.Wishes.Regions = append(wire.Wishes.Regions, a.Code)
			}
		}
	}
	if n.NowIn != nil {
		wire.NowIn = n.NowIn.Code
	}
	return wire
}
