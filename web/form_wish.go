package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haven/schema"
	"haven/schema/gazetteer"
)

// wishRow is one thing she would like of a place. Areas are a line each.
type wishRow struct{ Code, Tier, Which, Areas string }

// said: a row nobody touched is no wish.
func (r wishRow) said() bool { return r.Tier != "" || r.Which != "" || tidy(r.Areas) != "" }

func readWishes(posted url.Values) []wishRow {
	var out []wishRow
	for i, code := range posted["wish"] {
		row := wishRow{Code: code, Tier: at(posted["wish_tier"], i), Which: at(posted["wish_which"], i)}
		if i < len(posted["wish_areas"]) {
			row.Areas = strings.TrimSpace(posted["wish_areas"][i])
		}
		if row.said() {
			out = append(out, row)
		}
	}
	return out
}

// wishRows are in the order the form asks, so that saving what is shown changes nothing.
func wishRows(wishes []schema.Wish) []wishRow {
	var out []wishRow
	for _, w := range inOrder(wishes) {
		codes := each(w.Areas, func(a schema.Area) string { return a.Code })
		out = append(out, wishRow{string(w.Code), string(w.Tier), w.Which, strings.Join(codes, "\n")})
	}
	return out
}

// inOrder of the table. Wishes are ordered by their tiers alone, so how they stand in a list says nothing.
func inOrder(wishes []schema.Wish) []schema.Wish {
	at := func(code schema.WishCode) int {
		return slices.IndexFunc(schema.WishKinds(), func(k schema.WishKind) bool { return k.Code == code })
	}
	out := slices.Clone(wishes)
	slices.SortStableFunc(out, func(a, b schema.Wish) int { return at(a.Code) - at(b.Code) })
	return out
}

// wishes makes the facts. A wish without a word on how much it matters is a nice one: it rules nothing out.
func (f *needForm) wishes(places *gazetteer.Gazetteer) []schema.Wish {
	var out []schema.Wish
	for i, row := range f.Wishes {
		field := "wishes-" + strconv.Itoa(i)
		kind, ok := schema.WishKindOf(schema.WishCode(row.Code))
		if !ok {
			f.problem(field+"-tier", "Choose a wish from the list")
			continue
		}
		w := schema.Wish{Code: kind.Code, Tier: schema.Tier(row.Tier), Which: row.Which}
		if w.Tier == "" {
			w.Tier = schema.Nice
		}
		if kind.Of != nil && !kind.Of.Has(row.Which) {
			f.problem(field+"-which", "Choose from the list, or take the wish back: "+kind.Label)
			continue
		}
		for _, text := range splitAreas(row.Areas, places) {
			if area, ok := f.area(field+"-areas", &text, places); ok {
				w.Areas = append(w.Areas, area)
			}
		}
		if kind.Code == schema.WishRegions && tidy(row.Areas) == "" {
			f.problem(field+"-areas", "Enter the areas, one a line, or take the wish back")
			continue
		}
		out = append(out, w)
	}
	return out
}

type wishField struct {
	ID, Code, Label, Areas            string
	Tiers, Which                      []option
	AsksAreas                         bool
	TierError, WhichError, AreasError string
}

// WishFields has the rows of each kind in the table's order, and a spare one where there is none or where another of its list can be wished for.
func (f needForm) WishFields() []wishField {
	var out []wishField
	for _, kind := range schema.WishKinds() {
		wished := false
		for i, row := range f.Wishes {
			if row.Code == string(kind.Code) {
				out = append(out, f.wishField("wishes-"+strconv.Itoa(i), kind, row))
				wished = true
			}
		}
		if !wished || kind.Of != nil {
			out = append(out, f.wishField("wish-"+string(kind.Code), kind, wishRow{}))
		}
	}
	return out
}

func (f needForm) wishField(id string, kind schema.WishKind, row wishRow) wishField {
	w := wishField{
		ID: id, Code: string(kind.Code), Label: kind.Label, Areas: row.Areas, AsksAreas: kind.Code == schema.WishRegions, Which: codeOptions(kind.Of, row.Which),
		TierError: f.Problem(id + "-tier"), WhichError: f.Problem(id + "-which"), AreasError: f.Problem(id + "-areas"),
	}
	for _, o := range tierOptions {
		o.Chosen = row.Tier == o.Value
		if o.Value != string(schema.Must) || !kind.Orders {
			w.Tiers = append(w.Tiers, o)
		}
	}
	return w
}

// tierOptions in her words.
var tierOptions = []option{
	{Value: string(schema.Must), Label: "Must have"},
	{Value: string(schema.Strong), Label: "Strong wish"},
	{Value: string(schema.Nice), Label: "Nice to have"},
}

// Wishing says whether what is looked for and wished has something to see.
func (f needForm) Wishing() bool {
	return len(f.Offers)+len(f.Wishes) > 0 || f.said(sectionRunFor) || f.wrong("wishes", "offers")
}
