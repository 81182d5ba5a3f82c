package gazetteer

import (
	"fmt"
	"maps"
	"strings"

	"haven/schema"
)

// postal is the outward codes: entries of their own, and the postcode areas behind them.
type postal struct {
	areas   map[string]postcodeArea
	labels  map[string]string      // the district's everyday name, kept when an import brings a better circle
	table   map[string]postalEntry // as embedded, what every import starts from
	entries map[string]postalEntry
}

// postalEntry is an outward code that is known by itself. region is empty where it follows from the circle.
type postalEntry struct {
	area   schema.Area
	region string
}

func newPostal(t tables) (postal, error) {
	p := postal{areas: map[string]postcodeArea{}, labels: map[string]string{}, table: map[string]postalEntry{}}
	for _, a := range t.areas {
		p.areas[a.letters] = a
	}
	for _, c := range t.outcodes {
		o, ok := parseOutcode(c.code)
		if _, known := p.areas[o.area]; !ok || !known || o.String() != c.code {
			return p, fmt.Errorf("gazetteer: impossible outward code in the table: %s", c.code)
		}
		p.labels[c.code] = c.label
		area := assumed(schema.AreaOutcode, c.code, c.anchor.lat, c.anchor.lon, groundReachKm(c.ground))
		area.Name = p.title(o)
		p.table[c.code] = postalEntry{area: area, region: c.anchor.authority.region}
	}
	p.entries = p.table
	return p, nil
}

// with puts imported codes before the embedded ones. An import need not be complete: what it lacks keeps its embedded circle.
func (p postal) with(codes []Outcode) postal {
	next := p
	next.entries = maps.Clone(p.table)
	for _, c := range codes {
		o, ok := parseOutcode(c.Code)
		if !ok || !c.usable() {
			continue
		}
		area := c.area()
		area.Name = p.title(o)
		entry := postalEntry{area: area}
		if a, ok := p.areas[o.area]; ok && a.oneRegion {
			entry.region = a.anchor.authority.region
		}
		next.entries[area.Code] = entry
	}
	return next
}

// locate gives the area of an outward code. A code without an entry in an area that has one like it lies somewhere round the post
// town, and its circle says so by its size. A code that cannot exist is an error, never a guess.
func (p postal) locate(o outcode) (schema.Area, error) {
	if e, ok := p.entries[o.String()]; ok {
		return e.area, nil
	}
	a, ok := p.areas[o.area]
	if !ok {
		return schema.Area{}, &NotFoundError{adviceArea}
	}
	if o.district < a.first || o.district > a.last || o.suffix != "" && !splits(o.area) {
		return schema.Area{}, &NotFoundError{adviceDistrict}
	}
	area := assumed(schema.AreaOutcode, o.String(), a.anchor.lat, a.anchor.lon, a.reachKm)
	area.Name = o.String() + " (somewhere in the " + a.town + " postcode area)"
	return area, nil
}

// title is an outward code with the name people know it by: the district's where there is one, else the post town's.
func (p postal) title(o outcode) string {
	name := p.labels[o.String()]
	if name == "" {
		name = p.areas[o.area].town
	}
	if name == "" {
		return o.String()
	}
	return o.String() + " (" + name + ")"
}

// byLabel finds the outward codes whose everyday name folds to that: Sparkhill has no row among the places, but it is B11.
func (p postal) byLabel(match func(folded string) bool) []string {
	var codes []string
	for code, label := range p.labels {
		if match(fold(label)) {
			codes = append(codes, code)
		}
	}
	return codes
}

// splits is true for the London areas whose districts are lettered, as in SW1A.
func splits(area string) bool {
	return strings.Contains(" E EC N NW SE SW W WC ", " "+area+" ")
}
