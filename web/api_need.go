package web

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"haven/schema"
	"haven/schema/gazetteer"
)

// apiNeed is a need on the wire: every fact as schema.Need has it, so that a new one is here at once, but for areas. They are written as people
// write them, "B11" or "Solihull", and come back as the code that finds the same area again, so that what was read can be sent.
type apiNeed struct {
	schema.Need
	Avoid  []apiAvoid `json:"avoid,omitempty"`
	Routes []apiRoute `json:"routes,omitempty"`
	Near   []apiNear  `json:"near,omitempty"`
	NowIn  string     `json:"now_in,omitempty"`
	Wishes []apiWish  `json:"wishes,omitempty"`
	// What only the ledger writes is hidden by name: it cannot be sent, and toAPINeed leaves it out.
	Declined struct{} `json:"-"`
	SaidAt   struct{} `json:"-"`
}

type apiAvoid struct {
	Area        string   `json:"area"`
	MarginMiles *float64 `json:"margin_miles,omitempty"`
	Because     string   `json:"because,omitempty"`
	Person      int      `json:"person,omitempty"`
}

type apiRoute struct {
	From        string   `json:"from"`
	To          string   `json:"to"`
	MarginMiles *float64 `json:"margin_miles,omitempty"`
}

type apiNear struct {
	Area        string  `json:"area"`
	WithinMiles float64 `json:"within_miles"`
	Because     string  `json:"because"`
}

type apiWish struct {
	Code  schema.WishCode `json:"code"`
	Tier  schema.Tier     `json:"tier"`
	Areas []string        `json:"areas,omitempty"`
	Which string          `json:"which,omitempty"`
}

// need reads the body of a request.
func (v *visit) need() (schema.Need, error) {
	var wire apiNeed
	if err := v.decode(&wire); err != nil {
		return schema.Need{}, err
	}
	return wire.check(v.web.places)
}

// check gives the need, once it is known that it can be true.
func (wire apiNeed) check(places *gazetteer.Gazetteer) (schema.Need, error) {
	n, err := wire.need(places)
	if err != nil {
		return n, err
	}
	return n, inNeed(n.Check())
}

func (wire apiNeed) need(places *gazetteer.Gazetteer) (schema.Need, error) {
	n := wire.Need
	n.ArriveBy = n.ArriveBy.UTC()
	if err := wire.countAreas(); err != nil {
		return n, err
	}
	look := areaFinder{places: places}
	for i, a := range wire.Avoid {
		area := look.find(fmt.Sprintf("avoid[%d].area", i), a.Area)
		n.Avoid = append(n.Avoid, schema.Avoid{Area: area, MarginMiles: a.MarginMiles, Because: a.Because, Person: a.Person})
	}
	for i, r := range wire.Routes {
		from, to := look.find(fmt.Sprintf("routes[%d].from", i), r.From), look.find(fmt.Sprintf("routes[%d].to", i), r.To)
		n.Routes = append(n.Routes, schema.Route{From: from, To: to, MarginMiles: r.MarginMiles})
	}
	for i, a := range wire.Near {
		area := look.find(fmt.Sprintf("near[%d].area", i), a.Area)
		n.Near = append(n.Near, schema.Near{Area: area, WithinMiles: a.WithinMiles, Because: a.Because})
	}
	for i, w := range wire.Wishes {
		wish := schema.Wish{Code: w.Code, Tier: w.Tier, Which: w.Which}
		for j, text := range w.Areas {
			wish.Areas = append(wish.Areas, look.find(fmt.Sprintf("wishes[%d].areas[%d]", i, j), text))
		}
		n.Wishes = append(n.Wishes, wish)
	}
	if wire.NowIn != "" {
		area := look.find("now_in", wire.NowIn)
		n.NowIn = &area
	}
	return n, look.err
}

// countAreas keeps a long list from being looked up at all.
func (wire apiNeed) countAreas() error {
	wished := 0
	for _, w := range wire.Wishes {
		wished += len(w.Areas)
	}
	for _, list := range []struct {
		field string
		n     int
	}{{"avoid", len(wire.Avoid)}, {"routes", len(wire.Routes)}, {"near", len(wire.Near)}, {"wishes", wished}} {
		if list.n > schema.MostAreas {
			return schema.Invalid(list.field, fmt.Sprintf("At most %d areas in %s; name a council or a region instead of its parts", schema.MostAreas, list.field))
		}
	}
	return nil
}

// areaFinder looks areas up until one cannot be found: its err is the first thing wrong.
type areaFinder struct {
	places *gazetteer.Gazetteer
	err    error
}

// find never guesses: where several areas have the name, the answer lists what to write for each.
func (f *areaFinder) find(field, text string) schema.Area {
	if f.err != nil {
		return schema.Area{}
	}
	area, err := f.places.Find(text)
	var several *gazetteer.AmbiguousError
	switch {
	case errors.As(err, &several):
		codes := each(several.Candidates, func(a schema.Area) string { return a.Code })
		f.err = &schema.Refusal{
			Kind: schema.KindInvalid, Code: "several_areas", Field: field,
			Words: field + " can mean several areas. Write one of: " + strings.Join(codes, "; "),
		}
	case err != nil:
		f.err = schema.Invalid(field, field+": "+err.Error())
	}
	return area
}

// inNeed names the field as the document has it: the people stand in household.
func inNeed(err error) error {
	r, ok := schema.AsRefusal(err)
	if !ok {
		return err
	}
	for _, part := range []string{"adults", "children", "pregnant", "expecting", "due"} {
		if strings.HasPrefix(r.Field, part) {
			in := *r
			in.Field = "household." + r.Field
			return &in
		}
	}
	return err
}

func toAPINeed(n schema.Need) apiNeed {
	n.ArriveBy, n.SaidAt, n.Declined = n.ArriveBy.UTC(), time.Time{}, nil
	wire := apiNeed{Need: n}
	for _, a := range n.Avoid {
		wire.Avoid = append(wire.Avoid, apiAvoid{a.Area.Code, a.MarginMiles, a.Because, a.Person})
	}
	for _, r := range n.Routes {
		wire.Routes = append(wire.Routes, apiRoute{r.From.Code, r.To.Code, r.MarginMiles})
	}
	for _, a := range n.Near {
		wire.Near = append(wire.Near, apiNear{a.Area.Code, a.WithinMiles, a.Because})
	}
	for _, w := range n.Wishes {
		wish := apiWish{Code: w.Code, Tier: w.Tier, Which: w.Which}
		for _, a := range w.Areas {
			wish.Areas = append(wish.Areas, a.Code)
		}
		wire.Wishes = append(wire.Wishes, wish)
	}
	if n.NowIn != nil {
		wire.NowIn = n.NowIn.Code
	}
	return wire
}
