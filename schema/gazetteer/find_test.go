package gazetteer_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"haven/schema"
	"haven/schema/gazetteer"
)

func embedded(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFindReadsWhatPeopleType(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	for _, c := range []struct {
		text string
		kind schema.AreaKind
		code string
		name string
	}{
		{"b11", schema.AreaOutcode, "B11", "B11 (Sparkhill)"},
		{"B11 4AA", schema.AreaOutcode, "B11", "B11 (Sparkhill)"},
		{"b114aa", schema.AreaOutcode, "B11", "B11 (Sparkhill)"},
		{"  b11  4 ", schema.AreaOutcode, "B11", "B11 (Sparkhill)"},
		{"B 11 4AA", schema.AreaOutcode, "B11", "B11 (Sparkhill)"},
		{"b11aa", schema.AreaOutcode, "B1", "B1 (Birmingham city centre)"},
		{"cv12", schema.AreaOutcode, "CV12", "CV12 (Bedworth)"},
		{"sw1a1aa", schema.AreaOutcode, "SW1A", "SW1A (somewhere in the London SW postcode area)"},
		{"Sparkhill", schema.AreaOutcode, "B11", "B11 (Sparkhill)"},
		{"SOLIHULL", schema.AreaCouncil, "Solihull", "Solihull"},
		{"Birmingham City Council", schema.AreaCouncil, "Birmingham", "Birmingham"},
		{"london borough of hackney", schema.AreaCouncil, "Hackney", "Hackney"},
		{"City of London", schema.AreaCouncil, "City of London", "City of London"},
		{"Hull", schema.AreaCouncil, "Kingston upon Hull", "Kingston upon Hull"},
		{"Ynys Mon", schema.AreaCouncil, "Anglesey", "Anglesey"},
		{"newport, wales", schema.AreaCouncil, "Newport, Wales", "Newport, Wales"},
		{"Newport (Isle of Wight)", schema.AreaPlace, "Newport, Isle of Wight", "Newport, Isle of Wight"},
		{"Staffordshire County Council", schema.AreaCounty, "Staffordshire", "Staffordshire"},
		{"Merseyside", schema.AreaCounty, "Merseyside", "Merseyside"},
		{"St. Albans", schema.AreaPlace, "St Albans", "St Albans, Hertfordshire"},
		{"saint albans", schema.AreaPlace, "St Albans", "St Albans, Hertfordshire"},
		{"st. helens, north west", schema.AreaCouncil, "St Helens, North West", "St Helens, North West"},
		{"kings cross", schema.AreaPlace, "King's Cross", "King's Cross, London"},
		{"King’s Cross", schema.AreaPlace, "King's Cross", "King's Cross, London"},
		{"brighton & hove", schema.AreaCouncil, "Brighton and Hove", "Brighton and Hove"},
		{"Weston super mare", schema.AreaPlace, "Weston-super-Mare", "Weston-super-Mare, North Somerset"},
		{"west midlands", schema.AreaRegion, "West Midlands", "West Midlands"},
		{"Yorkshire and the Humber", schema.AreaRegion, "Yorkshire and the Humber", "Yorkshire and the Humber"},
		{"Yorkshire", schema.AreaRegion, "Yorkshire and the Humber", "Yorkshire and the Humber"},
		{"London", schema.AreaRegion, "London", "London"},
		{"scotland", schema.AreaRegion, "Scotland", "Scotland"},
		{"Wales", schema.AreaRegion, "Wales", "Wales"},
		{"Northern Ireland", schema.AreaRegion, "Northern Ireland", "Northern Ireland"},
	} {
		got, err := g.Find(c.text)
		if err != nil {
			t.Errorf("Find(%q): %v", c.text, err)
			continue
		}
		if got.Kind != c.kind || got.Code != c.code || got.Name != c.name {
			t.Errorf("Find(%q) = %s %q %q, want %s %q %q", c.text, got.Kind, got.Code, got.Name, c.kind, c.code, c.name)
		}
	}
}

func TestFindKnowsRoughlyWhereCodesAre(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	for _, c := range []struct {
		code     string
		lat, lon float64
		offKm    float64
	}{
		{"B1", 52.478, -1.907, 6},
		{"CV1", 52.410, -1.511, 6},
		{"WV1", 52.588, -2.115, 6},
		{"SW1A", 51.505, -0.137, 20},
		{"EH1", 55.950, -3.190, 20},
		{"BT1", 54.599, -5.929, 20},
	} {
		got := find(t, g, c.code)
		off := schema.DistanceKm(got, schema.Area{Lat: c.lat, Lon: c.lon, Located: true})
		if off > c.offKm || off > got.RadiusKm {
			t.Errorf("%s is %.1f km off with a radius of %.1f km, want at most %.0f km", c.code, off, got.RadiusKm, c.offKm)
		}
	}
}

func TestFindRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	for _, c := range []struct {
		text  string
		words string
	}{
		{"", "Enter the first half of a postcode"},
		{" \t\n", "Enter the first half of a postcode"},
		{"ZZ99", "starts with those letters"},
		{"ZZ99 9ZZ", "starts with those letters"},
		{"JE2", "starts with those letters"},
		{"B99999", "not a UK postcode"},
		{"B111", "not a UK postcode"},
		{"B011", "not a UK postcode"},
		{"B11 4AAA", "not a UK postcode"},
		{"B11 AAA", "not a UK postcode"},
		{"B11, Sparkhill", "not a UK postcode"},
		{"not B11", "not a UK postcode"},
		{"GIR 0AA", "not a UK postcode"},
		{"B11\x00", "not a UK postcode"},
		{"Ｂ１１", "No town"},
		{"B99 1AA", "Nobody lives"},
		{"B0", "Nobody lives"},
		{"CV48", "Nobody lives"},
		{"B1A", "Nobody lives"},
		{"GIR", "No town"},
		{"Atlantis", "No town"},
		{"...", "No town"},
		{"\xff\xfe", "No town"},
		{strings.Repeat("a", 1<<16), "No town"},
	} {
		got, err := g.Find(c.text)
		var notFound *gazetteer.NotFoundError
		if !errors.As(err, &notFound) || !errors.Is(err, gazetteer.ErrNotFound) {
			t.Errorf("Find(%.40q) = %v, %v; want not found", c.text, got, err)
			continue
		}
		if !strings.Contains(err.Error(), c.words) {
			t.Errorf("Find(%.40q): %q does not say %q", c.text, err, c.words)
		}
		if got != (schema.Area{}) {
			t.Errorf("Find(%.40q) guessed %v beside its error", c.text, got)
		}
	}
}

func TestFindAsksWhereANameIsNotEnough(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	for text, want := range map[string][]string{
		"Newport": {"Newport, Wales", "Newport, East Riding of Yorkshire", "Newport, Essex", "Newport, Isle of Wight", "Newport, Pembrokeshire",
			"Newport, Telford and Wrekin"},
		"newcastle": {"Newcastle upon Tyne", "Newcastle-under-Lyme", "Newcastle, Newry, Mourne and Down"},
		"Stratford": {"Stratford-on-Avon", "Stratford-upon-Avon", "Stratford, London"},
		"Durham":    {"County Durham", "Durham, County Durham"},
		"Erdington": {"B23", "B24"},
	} {
		_, err := g.Find(text)
		var ambiguous *gazetteer.AmbiguousError
		if !errors.As(err, &ambiguous) || !errors.Is(err, gazetteer.ErrAmbiguous) {
			t.Errorf("Find(%q): %v, want ambiguous", text, err)
			continue
		}
		var got []string
		for _, c := range ambiguous.Candidates {
			got = append(got, c.Code)
			again, err := g.Find(c.Code)
			if err != nil || again != c {
				t.Errorf("Find(%q) offers %q, which finds %v, %v", text, c.Code, again, err)
			}
			if strings.Contains(ambiguous.Error(), c.Name) {
				t.Errorf("Find(%q): the error names a candidate", text)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("Find(%q) offers %q, want %q", text, got, want)
		}
	}
}

func TestErrorsKeepWhatWasTypedToThemselves(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	for _, text := range []string{"12 Acacia Avenue", "Acacia Avenue", "ZZ99 9ZZ", "B99 4XY", "Newcastle"} {
		_, err := g.Find(text)
		if err == nil {
			t.Fatalf("Find(%q) found something", text)
		}
		for _, word := range strings.Fields(text) {
			if strings.Contains(strings.ToLower(err.Error()), strings.ToLower(word)) {
				t.Errorf("the error for %q repeats %q: %v", text, word, err)
			}
		}
	}
}

func TestACodeFindsItsArea(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	letters := "abcdefghijklmnopqrstuvwxyz"
	seen := 0
	for _, first := range letters {
		for _, area := range g.Suggest(string(first), 10_000) {
			seen++
			got, err := g.Find(area.Code)
			if err != nil || got != area {
				t.Errorf("Find(%q) = %v, %v; want %v", area.Code, got, err, area)
			}
			if area.RadiusKm <= 0 || !area.Located || !area.Assumed {
				t.Errorf("%s has no honest circle: %+v", area.Code, area)
			}
		}
	}
	if seen < 4500 {
		t.Errorf("only %d areas were offered under all letters", seen)
	}
}

// An unlisted code of a known postcode area is somewhere in that area, and the circle says so.
func TestAnUnlistedCodeGetsTheWholePostcodeArea(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	got := find(t, g, "B22")
	if got.Kind != schema.AreaOutcode || got.Code != "B22" || got.RadiusKm < 40 || !got.Assumed {
		t.Errorf("B22 = %+v", got)
	}
	for _, inside := range []string{"B1", "B50", "B79"} {
		if km := schema.DistanceKm(got, find(t, g, inside)); km > got.RadiusKm {
			t.Errorf("%s is %.1f km from the middle of the Birmingham area, whose radius is %.1f km", inside, km, got.RadiusKm)
		}
	}
}

func find(t testing.TB, g *gazetteer.Gazetteer, text string) schema.Area {
	t.Helper()
	area, err := g.Find(text)
	if err != nil {
		t.Fatalf("Find(%q): %v", text, err)
	}
	return area
}
