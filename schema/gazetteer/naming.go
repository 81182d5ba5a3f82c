package gazetteer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"haven/schema"
)

// nameAreas builds every named area. A town whose council, district or region carries its name is the same thing to the person who types it,
// so only the wider one is kept; two towns of one name in one authority become one circle round both.
func nameAreas(t tables) (names, error) {
	n := names{byCode: map[string]int{}, exact: map[string][]int{}, loose: map[string][]int{}}
	byAuthority, byRegion := map[string][]place{}, map[string][]place{}
	for _, p := range t.places {
		byAuthority[p.authority.name] = append(byAuthority[p.authority.name], p)
		byRegion[p.authority.region] = append(byRegion[p.authority.region], p)
	}
	shadowed := map[string]bool{}
	for _, region := range slices.Sorted(maps.Keys(byRegion)) {
		n.add(named{area: around(schema.AreaRegion, region, byRegion[region], authorityMargin), within: "region", region: region})
	}
	for _, a := range t.authorities {
		shadowed[fold(a.name)+"|"+a.name] = true
		if a.kind == "region" {
			continue
		}
		kind := schema.AreaCounty
		if a.kind == "council" {
			kind = schema.AreaCouncil
		}
		area := around(kind, a.name, byAuthority[a.name], authorityMargin)
		n.add(named{area: area, within: a.region, region: a.region, council: a.kind != "former"})
	}
	for _, u := range t.unions {
		var places []place
		for _, council := range u.councils {
			if len(byAuthority[council]) == 0 {
				return n, fmt.Errorf("gazetteer: county %s names a council without places: %s", u.name, council)
			}
			places = append(places, byAuthority[council]...)
		}
		region := places[0].authority.region
		n.add(named{area: around(schema.AreaCounty, u.name, places, authorityMargin), within: region, region: region})
	}
	for _, d := range t.districts {
		in := d.centre.authority
		shadowed[fold(d.name)+"|"+in.name] = true
		n.add(named{area: assumed(schema.AreaCouncil, d.name, d.centre.lat, d.centre.lon, d.reachKm), within: in.name, region: in.region, council: true})
	}
	for _, twins := range twinsOf(t.places) {
		p := twins[0]
		full := fold(p.name)
		if shadowed[full+"|"+p.authority.name] || shadowed[plainName(full)+"|"+p.authority.name] {
			continue
		}
		n.add(named{area: around(schema.AreaPlace, p.name, twins, townReach), within: p.authority.name, region: p.authority.region})
	}
	return n, n.finish(t.aliases)
}

// twinsOf groups places that share name and authority, in a fixed order.
func twinsOf(places []place) [][]place {
	sorted := slices.Clone(places)
	slices.SortStableFunc(sorted, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.authority.name, b.authority.name))
	})
	var groups [][]place
	for i, p := range sorted {
		if i > 0 && p.name == sorted[i-1].name && p.authority == sorted[i-1].authority {
			groups[len(groups)-1] = append(groups[len(groups)-1], p)
			continue
		}
		groups = append(groups, []place{p})
	}
	return groups
}
