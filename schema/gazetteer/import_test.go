package gazetteer_test

import (
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"haven/schema/gazetteer"
)

const outcodeHeading = "outcode,lat,lon,n,r90_km\n"

func TestImportOutcodeFile(t *testing.T) {
	t.Parallel()
	file := "\ufeffOutcode , LAT,lon,n,r90_km,note\r\n" +
		"\"EH1\",55.9504,-3.1899,845,0.9,\"old, \"\"town\"\"\"\r\n" +
		"B11,52.4557,-1.8642,1033,2.0,\r\n" +
		"B22,52.4117,-1.9288,10,0.0,a box\r\n" +
		"B2,52.4806,-1.8966,4,1.7,too few\r\n" +
		"NPT,51.5877,-2.9943,2417,3.4,retired\r\n"
	got := mustImport(t, file, gazetteer.FormatOutcodeCSV)
	if len(got.Outcodes) != 2 || got.Rows != 5 || got.Skipped != 3 || got.Vintage != "" {
		t.Fatalf("imported %+v", got)
	}
	want := gazetteer.Outcode{Code: "B11", Lat: 52.4557, Lon: -1.8642, Count: 1033, R90Km: 2}
	if got.Outcodes[0] != want {
		t.Errorf("first is %+v, want %+v", got.Outcodes[0], want)
	}
	g := embedded(t).With(got)
	if b11 := find(t, g, "B11"); b11.RadiusKm != 4 || !b11.Assumed || b11.Lat != 52.4557 {
		t.Errorf("B11 = %+v, want twice the 90%% radius, labelled assumed", b11)
	}
	if before, after := find(t, embedded(t), "B2"), find(t, g, "B2"); before != after {
		t.Errorf("B2 has four postcodes in the file and must stay %+v, is %+v", before, after)
	}
}

func TestImportPostcodeDirectory(t *testing.T) {
	t.Parallel()
	// Ten living postcodes on a meridian a hundredth of a degree apart, 1.112 km each: the median is between the fifth and sixth.
	var b strings.Builder
	b.WriteString("\ufeffpcd,pcd2,pcds,dointr,doterm,lat,long\r\n")
	for i := range 10 {
		lat := strconv.FormatFloat(52.40+0.01*float64(i), 'f', 2, 64)
		b.WriteString("\"B11 4A" + string(rune('A'+i)) + "\",\"B11  4AA\",\"B11 4A" + string(rune('A'+i)) + "\",198001,,\"" + lat + "\",-1.86\r\n")
	}
	b.WriteString("\"B11 1ZZ\",x,\"B11 1ZZ\",198001,202502,57.00,-1.86\r\n")       // terminated
	b.WriteString("\"B11 2ZZ\",x,\"B11 2ZZ\",202505,,99.999999,0.000000\r\n")      // no grid reference
	b.WriteString("\"GIR 0AA\",x,\"GIR 0AA\",198001,,53.44,-2.98\r\n")             // Girobank
	b.WriteString("\"B99 1ZZ\",x,\"B99 1ZZ\",198001,,52.49,-1.89\r\n")             // one postcode is no place
	b.WriteString("\"JE2 3AA\",x,\"JE2 3AA\",198001,,99.999999,0.000000\r\n")      // not in the United Kingdom
	b.WriteString(strings.Repeat("B98 8BB,x,B98 8BB,198001,,52.30,-1.92\r\n", 20)) // all at one point
	for _, format := range []gazetteer.Format{gazetteer.FormatNSPL, gazetteer.FormatONSPD} {
		got := mustImport(t, b.String(), format)
		if len(got.Outcodes) != 1 || got.Rows != 35 || got.Skipped != 25 || got.Vintage != "2025-05" || got.Format != format {
			t.Fatalf("%s: imported %+v", format, got)
		}
		o := got.Outcodes[0]
		if o.Code != "B11" || o.Count != 10 || math.Abs(o.Lat-52.445) > 1e-9 || o.Lon != -1.86 {
			t.Errorf("%s: %+v", format, o)
		}
		// From 52.445 the furthest are 0.045 degrees away, 5.004 km; the ninth of ten is as far as the tenth.
		if math.Abs(o.MaxKm-5.004) > 0.001 || math.Abs(o.R90Km-5.004) > 0.001 {
			t.Errorf("%s: r90 %.4f max %.4f, want 5.004 both", format, o.R90Km, o.MaxKm)
		}
		if b11 := find(t, embedded(t).With(got), "B11"); b11.Assumed || b11.RadiusKm != o.MaxKm {
			t.Errorf("%s: B11 = %+v, want the measured radius", format, b11)
		}
		if !strings.Contains(got.Attribution, "Open Government Licence") || !strings.Contains(got.Attribution, "2025") {
			t.Errorf("%s: attribution %q", format, got.Attribution)
		}
	}
}

// pcd alone comes in seven or eight characters with the blanks where they fall.
func TestImportReadsEverySpellingOfAPostcode(t *testing.T) {
	t.Parallel()
	for _, column := range []string{"pcd", "pcd7", "pcd8", "PCDS"} {
		file := column + ",doterm,lat,long\n"
		for i := range 5 {
			lat := strconv.FormatFloat(57.1+0.01*float64(i), 'f', 2, 64)
			file += "AB101AA,," + lat + ",-2.1\nB1  1AA,,52.4" + strconv.Itoa(i) + ",-1.9\n"
		}
		got := mustImport(t, file, gazetteer.FormatNSPL)
		if len(got.Outcodes) != 2 || got.Outcodes[0].Code != "AB10" || got.Outcodes[1].Code != "B1" {
			t.Errorf("%s: %+v", column, got.Outcodes)
		}
	}
}

func TestImportRefusesTheWholeOfABadFile(t *testing.T) {
	t.Parallel()
	const good = "B11,52.4557,-1.8642,1033,2.0\n"
	const postcodes = "pcds,lat,long,doterm\n"
	for name, c := range map[string]struct {
		file   string
		format gazetteer.Format
		words  []string
	}{
		"empty":              {"", gazetteer.FormatOutcodeCSV, []string{"empty"}},
		"only a mark":        {"\ufeff", gazetteer.FormatNSPL, []string{"empty"}},
		"only a heading":     {outcodeHeading, gazetteer.FormatOutcodeCSV, []string{"no outward code"}},
		"another format":     {outcodeHeading + good, gazetteer.FormatNSPL, []string{"no column long"}},
		"no postcodes":       {"lat,long,doterm\n52,-1,\n", gazetteer.FormatONSPD, []string{"no column pcds"}},
		"no such format":     {outcodeHeading + good, "xlsx", []string{"nspl, onspd, outcode-csv"}},
		"doubled column":     {"outcode,lat,lon,n,r90_km,LAT\n", gazetteer.FormatOutcodeCSV, []string{"column 6 twice"}},
		"south of Scilly":    {outcodeHeading + good + "B12,48.99,-1.9,10,1\n", gazetteer.FormatOutcodeCSV, []string{"line 3: lat must be from 49 to 61.5"}},
		"north of Shetland":  {outcodeHeading + "B12,61.51,-1.9,10,1\n" + good, gazetteer.FormatOutcodeCSV, []string{"line 2: lat"}},
		"swapped":            {outcodeHeading + "B12,-1.9,52.4,10,1\n", gazetteer.FormatOutcodeCSV, []string{"line 2: lat"}},
		"in the Atlantic":    {outcodeHeading + "B12,52.4,-41,10,1\n", gazetteer.FormatOutcodeCSV, []string{"line 2: lon must be"}},
		"not a number":       {outcodeHeading + "B12,NaN,-1.9,10,1\nB13,52.4,Inf,10,1\nB14,x,-1,10,1\n", gazetteer.FormatOutcodeCSV, []string{"line 2: lat", "line 3: lon", "line 4: lat is not a number"}},
		"negative radius":    {outcodeHeading + "B12,52.4,-1.9,10,-1\n", gazetteer.FormatOutcodeCSV, []string{"line 2: r90_km"}},
		"endless radius":     {outcodeHeading + "B12,52.4,-1.9,10,1e300\n", gazetteer.FormatOutcodeCSV, []string{"line 2: r90_km"}},
		"half a postcode":    {outcodeHeading + "B12,52.4,-1.9,10.5,1\n", gazetteer.FormatOutcodeCSV, []string{"line 2: n is not a whole number"}},
		"no outward code":    {outcodeHeading + "B12 4AA,52.4,-1.9,10,1\n", gazetteer.FormatOutcodeCSV, []string{"line 2: outcode"}},
		"listed twice":       {outcodeHeading + good + good, gazetteer.FormatOutcodeCSV, []string{"line 3: outcode is on line 2 already"}},
		"short row":          {outcodeHeading + "B12,52.4\n" + good, gazetteer.FormatOutcodeCSV, []string{"line 2: has not as many fields"}},
		"stray quote":        {outcodeHeading + good + "B\"12,52.4,-1.9,10,1\n", gazetteer.FormatOutcodeCSV, []string{"line 3: has a quote out of place"}},
		"quote never closed": {outcodeHeading + "\"B12,52.4,-1.9,10,1\n" + strings.Repeat(good, 100_000), gazetteer.FormatOutcodeCSV, []string{"never closed"}},
		"endless line":       {outcodeHeading + strings.Repeat("9", 5<<20), gazetteer.FormatOutcodeCSV, []string{"longer than any line"}},
		"a program":          {"\x7fELF\x02\x01\x01\x00\x00\n\x00\x00", gazetteer.FormatNSPL, []string{"no column lat"}},
		"not a postcode":     {postcodes + "B12,52.4,-1.9,\nHELLO,52.4,-1.9,\n", gazetteer.FormatNSPL, []string{"line 3: pcds is not a UK postcode"}},
		"postcode at sea":    {postcodes + "B12 4AA,48,-1.9,\n", gazetteer.FormatNSPL, []string{"line 2: lat must be from 49 to 61.5"}},
	} {
		got, err := gazetteer.Import(strings.NewReader(c.file), c.format)
		var refused *gazetteer.ImportError
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v, want an import error", name, err)
			continue
		}
		for _, words := range append(c.words, "nothing was imported") {
			if !strings.Contains(err.Error(), words) {
				t.Errorf("%s: %q does not say %q", name, err, words)
			}
		}
		if len(got.Outcodes) != 0 || got.Rows != 0 {
			t.Errorf("%s: half-imported %+v", name, got)
		}
	}
}

func TestImportStopsListingErrors(t *testing.T) {
	t.Parallel()
	_, err := gazetteer.Import(strings.NewReader(outcodeHeading+strings.Repeat("x,1,2,3,4\n", 1000)), gazetteer.FormatOutcodeCSV)
	var refused *gazetteer.ImportError
	if !errors.As(err, &refused) || len(refused.Rows) != 20 || !refused.More || refused.Rows[19].Line != 21 {
		t.Errorf("%v", err)
	}
}

func TestImportReportsABrokenRead(t *testing.T) {
	t.Parallel()
	broken := io.MultiReader(strings.NewReader(outcodeHeading+"B11,52.4557,-1.8642,1033,2.0\n"), failing{})
	got, err := gazetteer.Import(broken, gazetteer.FormatOutcodeCSV)
	if err == nil || !strings.Contains(err.Error(), "could not be read") || len(got.Outcodes) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func TestParseFormat(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"nspl", "onspd", "outcode-csv"} {
		if f, err := gazetteer.ParseFormat(name); err != nil || string(f) != name {
			t.Errorf("%s: %v, %v", name, f, err)
		}
	}
	if _, err := gazetteer.ParseFormat("csv"); err == nil || !strings.Contains(err.Error(), "nspl") {
		t.Errorf("csv: %v", err)
	}
}

func mustImport(t testing.TB, file string, format gazetteer.Format) gazetteer.Imported {
	t.Helper()
	imported, err := gazetteer.Import(strings.NewReader(file), format)
	if err != nil {
		t.Fatal(err)
	}
	return imported
}
