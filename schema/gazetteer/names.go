package gazetteer

import (
	"cmp"
	"fmt"
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

func (n *names) add(a named) {
	id := len(n.areas)
	a.area.Region = a.region
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
