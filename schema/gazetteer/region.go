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
	if entry, ok := g.postal.entries[area.Code]; ok {
		if entry.region != "" {
			return g.region(entry.region)
		}
		return g.region(nearest(g.places, entry.area).authority.region)
	}
	if a, ok := g.postal.areas[o.area]; ok && a.oneRegion {
		return g.region(a.anchor.authority.region)
	}
	return schema.Area{}, false
}

func (g *Gazetteer) region(name string) (schema.Area, bool) {
	id, ok := g.names.byCode[name]
	if !ok {
		return schema.Area{}, false
	}
	return g.names.areas[id].area, true
}
