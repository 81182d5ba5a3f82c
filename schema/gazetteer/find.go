package gazetteer

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"haven/schema"
)

// longestName is more than any name in the tables with its authority; longer text is a paste into the wrong field.
const longestName = 120

// Find is the area a person means: an outward code, or a whole postcode of which only the outward code is kept; a town, a council, a
// county or a region. The error is a *NotFoundError or an *AmbiguousError, or nil.
//
// No name in the country holds a digit, so text with one is a postcode or a mistake.
func (g *Gazetteer) Find(text string) (schema.Area, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return schema.Area{}, &NotFoundError{adviceEmpty}
	case len(text) > longestName || !utf8.ValidString(text):
		return schema.Area{}, &NotFoundError{adviceName}
	case strings.ContainsAny(text, "0123456789"):
		o, ok := outwardOf(text)
		if !ok {
			return schema.Area{}, &NotFoundError{adviceShape}
		}
		area, err := g.postal.locate(o)
		return g.inRegion(area), err
	}
	return g.findName(fold(text))
}

func (g *Gazetteer) findName(folded string) (schema.Area, error) {
	var found []schema.Area
	for _, id := range g.names.find(folded) {
		found = append(found, g.names.areas[id].area)
	}
	if len(found) == 0 {
		for _, code := range g.postal.byLabel(func(label string) bool { return label == folded }) {
			found = append(found, g.inRegion(g.postal.entries[code].area))
		}
	}
	switch len(found) {
	case 0:
		return schema.Area{}, &NotFoundError{adviceName}
	case 1:
		return found[0], nil
	}
	slices.SortFunc(found, widestFirst)
	return schema.Area{}, &AmbiguousError{found}
}

// widestFirst lists a region before a council before a town before an outward code, each by name.
func widestFirst(a, b schema.Area) int {
	return cmp.Or(cmp.Compare(breadth(a.Kind), breadth(b.Kind)), byCode(a, b))
}

func breadth(kind schema.AreaKind) int {
	return slices.Index([]schema.AreaKind{schema.AreaRegion, schema.AreaCounty, schema.AreaCouncil, schema.AreaPlace, schema.AreaOutcode}, kind)
}

func byCode(a, b schema.Area) int {
	if a.Kind == schema.AreaOutcode && b.Kind == schema.AreaOutcode {
		return compareCodes(a.Code, b.Code)
	}
	return cmp.Or(byName(a, b), strings.Compare(a.Code, b.Code))
}
