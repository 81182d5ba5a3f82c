package gazetteer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"haven/schema"
)

// named is an area with a name of its own and the region it lies in. within tells it from its namesakes.
type named struct {
	area    schema.Area
	within  string
	region  string
	council bool // a local authority, whichever Kind it is shown as
}

// names finds named areas by folded name. Exact holds full and qualified names and aliases; loose holds what people shorten them to.
type names struct {
	areas  []named
	byCode map[string]int
	exact  map[string][]int
	loose  map[string][]int
	sorted []key
}

// key is a spelling that begins a suggestion.
type key struct {
	text string
	area int
}

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

func (n *names) add(a named) {
	id := len(n.areas)
	n.areas = append(n.areas, a)
	full := fold(a.area.Name)
	n.spell(n.exact, full, id)
	n.spell(n.exact, fold(a.area.Name+" "+a.within), id)
	n.spell(n.loose, plainName(full), id)
	n.spell(n.loose, shortName(full), id)
}

func (n *names) spell(index map[string][]int, spelling string, id int) {
	if !slices.Contains(index[spelling], id) {
		index[spelling] = append(index[spelling], id)
	}
}

// finish gives each area the shortest code that finds it again, then adds the aliases, which name areas by code.
func (n *names) finish(aliases []alias) error {
	for id := range n.areas {
		a := &n.areas[id]
		if found := n.find(fold(a.area.Name)); len(found) != 1 || found[0] != id {
			a.area.Code = a.area.Name + ", " + a.within
			a.area.Name = a.area.Code
		} else if a.area.Kind == schema.AreaPlace {
			a.area.Name += ", " + a.within
		}
		if other, taken := n.byCode[a.area.Code]; taken {
			return fmt.Errorf("gazetteer: two areas have the code %s: %s and %s", a.area.Code, n.areas[other].area.Kind, a.area.Kind)
		}
		n.byCode[a.area.Code] = id
	}
	for _, a := range aliases {
		id, ok := n.byCode[a.code]
		if !ok {
			return fmt.Errorf("gazetteer: alias for no known area: %s", a.code)
		}
		n.spell(n.exact, fold(a.name), id)
	}
	for text, ids := range n.exact {
		for _, id := range ids {
			n.sorted = append(n.sorted, key{text, id})
		}
	}
	slices.SortFunc(n.sorted, func(a, b key) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.area, b.area))
	})
	return nil
}

// find returns the areas a folded name may mean. A region is never asked about: nobody who enters "Wales" means the village in Rotherham.
// Where only towns bear exactly that name, those that are merely called so are asked
// about too: "Newcastle" is a town in County Down, and seldom the one that was meant.
func (n *names) find(folded string) []int {
	found := n.exact[folded]
	if len(found) == 0 {
		found = n.exact[plainName(folded)]
	}
	onlyTowns := true
	for _, id := range found {
		switch n.areas[id].area.Kind {
		case schema.AreaRegion:
			return []int{id}
		case schema.AreaPlace:
		default:
			onlyTowns = false
		}
	}
	if !onlyTowns {
		return found
	}
	all := slices.Clone(found)
	for _, id := range n.loose[folded] {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

func (n *names) ofKind(kind schema.AreaKind) []schema.Area {
	return n.list(func(a named) bool { return a.area.Kind == kind })
}

func (n *names) councils() []schema.Area {
	return n.list(func(a named) bool { return a.council })
}

func (n *names) list(keep func(named) bool) []schema.Area {
	var areas []schema.Area
	for _, a := range n.areas {
		if keep(a) {
			areas = append(areas, a.area)
		}
	}
	slices.SortFunc(areas, byName)
	return areas
}

func byName(a, b schema.Area) int { return strings.Compare(fold(a.Name), fold(b.Name)) }
