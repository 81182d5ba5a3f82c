package gazetteer

import "haven/schema"

// RegionOf is the English region or the nation an area lies in. False where that is not known: an area of no gazetteer, or an outward
// code known only by a postcode area that crosses a border. An imported code near a border goes with the town nearest to its middle.
func (g *Gazetteer) RegionOf(area schema.Area) (schema.Area, bool) {
	if area.Kind != schema.AreaOutcode {
		id, ok := g.names.byCode[area.Code]
		if !ok || g.names.areas[id].area.Kind != area.Kind {
			return schema.Area{}, false
		}
		return g.region(g.names.areas[id].region)
	}
	o, ok := parseOutcode(area.Code)
	if !ok {
		return schema.Area{}, false
	}
	if entry, ok := g.postal.entries[area.Code]; ok && entry.region == "" {
		return g.region(nearest(g.places, entry.area).authority.region)
	}
	return g.region(g.surely(o, area.Code))
}

// surely names the region an outward code lies in where that is no guess.
func (g *Gazetteer) surely(o outcode, code string) string {
	if entry, ok := g.postal.entries[code]; ok {
		return entry.region
	}
	if a, ok := g.postal.areas[o.area]; ok && a.oneRegion {
		return a.anchor.authority.region
	}
	return ""
}

// inRegion says of an outward code in which region it lies, where that is no guess: a wish or an exclusion may rest on it.
func (g *Gazetteer) inRegion(area schema.Area) schema.Area {
	if o, ok := parseOutcode(area.Code); ok && area.Kind == schema.AreaOutcode {
		area.Region = g.surely(o, area.Code)
	}
	return area
}

func (g *Gazetteer) region(name string) (schema.Area, bool) {
	id, ok := g.names.byCode[name]
	if !ok || name == "" {
		return schema.Area{}, false
	}
	return g.names.areas[id].area, true
}
