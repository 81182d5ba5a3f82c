package gazetteer

import (
	"cmp"
	"slices"
	"strings"

	"haven/schema"
)

// Suggest lists the areas a half-typed text may become, at most limit, for a form to offer. Nothing it returns was typed beyond the
// outward code.
func (g *Gazetteer) Suggest(prefix string, limit int) []schema.Area {
	prefix = strings.TrimSpace(prefix)
	if limit <= 0 || len(prefix) > longestName {
		return nil
	}
	var areas []schema.Area
	if strings.ContainsAny(prefix, "0123456789") {
		areas = g.suggestCodes(prefix)
	} else if folded := fold(prefix); folded != "" {
		areas = g.suggestNames(folded)
	}
	areas = areas[:min(limit, len(areas))]
	for i := range areas {
		areas[i] = g.inRegion(areas[i])
	}
	return areas
}

// suggestCodes puts the code that is already complete first, entry of its own or not, then those it may still grow into.
func (g *Gazetteer) suggestCodes(prefix string) []schema.Area {
	var areas []schema.Area
	for code, entry := range g.postal.entries {
		if strings.HasPrefix(code, strings.ToUpper(prefix)) {
			areas = append(areas, entry.area)
		}
	}
	slices.SortFunc(areas, byCode)
	if o, ok := outwardOf(prefix); ok {
		if exact, err := g.postal.locate(o); err == nil {
			areas = slices.DeleteFunc(areas, func(a schema.Area) bool { return a.Code == exact.Code })
			areas = slices.Insert(areas, 0, exact)
		}
	}
	return areas
}

// suggestNames orders what is typed out in full first, then the widest areas, so that three letters offer the council before its
// villages.
func (g *Gazetteer) suggestNames(folded string) []schema.Area {
	type hit struct {
		area schema.Area
		full bool
	}
	var hits []hit
	seen := map[int]bool{}
	first, _ := slices.BinarySearchFunc(g.names.sorted, folded, func(k key, text string) int { return strings.Compare(k.text, text) })
	for _, k := range g.names.sorted[first:] {
		if !strings.HasPrefix(k.text, folded) {
			break
		}
		if !seen[k.area] {
			seen[k.area] = true
			hits = append(hits, hit{g.names.areas[k.area].area, k.text == folded})
		}
	}
	for _, code := range g.postal.byLabel(func(label string) bool { return strings.HasPrefix(label, folded) }) {
		hits = append(hits, hit{area: g.postal.entries[code].area})
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(order(a.full), order(b.full)), widestFirst(a.area, b.area))
	})
	areas := make([]schema.Area, 0, len(hits))
	for _, h := range hits {
		areas = append(areas, h.area)
	}
	return areas
}

func order(first bool) int {
	if first {
		return 0
	}
	return 1
}
