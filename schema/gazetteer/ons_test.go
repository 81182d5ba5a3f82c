package gazetteer_test

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"haven/schema"
	"haven/schema/gazetteer"
)

// onsFile is the directory of outward codes the embedded tables are judged by. It lies beside the repository, never in it.
func onsFile(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test: run it inside the repository")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "data", "uk_outcodes_2025-05.csv")
	if _, err := os.Stat(path); err != nil {
		t.Fatal("the outward codes to compare with are missing: put uk_outcodes_2025-05.csv into shared/data beside the repository")
	}
	return path
}

func importONS(t testing.TB) gazetteer.Imported {
	t.Helper()
	file, err := os.Open(onsFile(t))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	imported, err := gazetteer.Import(file, gazetteer.FormatOutcodeCSV)
	if err != nil {
		t.Fatal(err)
	}
	imported.Vintage = "2025-05"
	return imported
}

func TestImportedCodesStandWhereTheyAre(t *testing.T) {
	t.Parallel()
	imported := importONS(t)
	if imported.Rows != 3077 || len(imported.Outcodes)+imported.Skipped != imported.Rows || imported.Skipped < 100 {
		t.Errorf("read %d rows, took %d, skipped %d; want 3077 rows, all accounted for, over a hundred skipped",
			imported.Rows, len(imported.Outcodes), imported.Skipped)
	}
	g := embedded(t).With(imported)
	for code, want := range map[string][2]float64{
		"B1": {52.478, -1.907}, "CV1": {52.410, -1.511}, "WV1": {52.588, -2.115}, "SW1A": {51.505, -0.137}, "EH1": {55.950, -3.190}, "BT1": {54.599, -5.929},
	} {
		got := find(t, g, code)
		if math.Abs(got.Lat-want[0]) > 0.001 || math.Abs(got.Lon-want[1]) > 0.001 {
			t.Errorf("%s is at %.4f, %.4f, want about %v", code, got.Lat, got.Lon, want)
		}
	}
	if km := schema.DistanceKm(find(t, g, "B1"), find(t, g, "CV1")); math.Abs(km-27.9) > 0.05 {
		t.Errorf("B1 to CV1 is %.2f km, want 27.9", km)
	}
	if b1 := find(t, g, "b1 2nd"); b1.RadiusKm != 2 || !b1.Assumed || b1.Name != "B1 (Birmingham city centre)" {
		t.Errorf("B1 = %+v; want twice its 90%% radius of 1.0 km, labelled assumed, under its everyday name", b1)
	}
	if eh1 := find(t, g, "EH1"); eh1.Name != "EH1 (Edinburgh)" {
		t.Errorf("EH1 is called %q", eh1.Name)
	}
	if b22 := find(t, g, "B22"); b22.RadiusKm < 40 {
		t.Errorf("B22 holds no homes, yet the file's row was matched: %+v", b22)
	}
}

// The embedded table against the ONS medians: near enough to stand on, and never narrower than the truth.
func TestEmbeddedTableAgreesWithONS(t *testing.T) {
	t.Parallel()
	g, truth := embedded(t), onsRows(t)
	listed := 0
	for code, row := range truth {
		got, err := g.Find(code)
		if err != nil || !hasOwnEntry(got) {
			continue
		}
		listed++
		off := schema.DistanceKm(got, row.middle)
		if off > 6 {
			t.Errorf("%s is %.1f km from its ONS middle, want at most 6", code, off)
		}
		if off+2*row.r90 > got.RadiusKm {
			t.Errorf("%s: %.1f km off and twice %.1f km wide, but its radius is only %.1f km", code, off, row.r90, got.RadiusKm)
		}
	}
	if listed < 146 {
		t.Errorf("only %d codes of the embedded table are in the ONS file", listed)
	}
}

// Every outward code people live in is either refused or lies wholly inside the circle given for it.
func TestEmbeddedCirclesCoverEveryCode(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	homeless := strings.Fields(retired + boxes)
	for code, row := range onsRows(t) {
		got, err := g.Find(code)
		if known := slices.Contains(homeless, code); known != errors.Is(err, gazetteer.ErrNotFound) {
			t.Errorf("%s: %v; known as a code without homes: %t", code, err, known)
		}
		if err != nil {
			continue
		}
		if off := schema.DistanceKm(got, row.middle); off+row.r90 > got.RadiusKm {
			t.Errorf("%s lies %.1f km off and %.1f km wide, outside its radius of %.1f km", code, off, row.r90, got.RadiusKm)
		}
	}
}

// An outward code's middle lies inside the circle of the council its nearest town belongs to: the margins are wide enough.
func TestCouncilCirclesHoldTheirCodes(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	imported := g.With(importONS(t))
	byRegion := map[string][]schema.Area{}
	for _, c := range g.Councils() {
		region, ok := g.RegionOf(c)
		if !ok {
			t.Fatalf("no region for %s", c.Code)
		}
		byRegion[region.Code] = append(byRegion[region.Code], c)
	}
	for code, row := range onsRows(t) {
		area, err := imported.Find(code)
		if err != nil {
			continue
		}
		region, ok := imported.RegionOf(area)
		if !ok {
			t.Errorf("no region for imported %s", code)
			continue
		}
		if off := schema.DistanceKm(region, row.middle); off > region.RadiusKm {
			t.Errorf("%s is %.1f km from the middle of %s, beyond its radius of %.1f km", code, off, region.Code, region.RadiusKm)
		}
		inside := region.Code == "London"
		for _, council := range byRegion[region.Code] {
			inside = inside || schema.DistanceKm(council, row.middle) <= council.RadiusKm
		}
		if !inside {
			t.Errorf("%s is in no council circle of %s", code, region.Code)
		}
	}
}

// Where a postcode area is said to lie in one region, its codes lie there.
func TestPostcodeAreasOfOneRegion(t *testing.T) {
	t.Parallel()
	g := embedded(t)
	for code, row := range onsRows(t) {
		area, err := g.Find(code)
		if err != nil {
			continue
		}
		region, ok := g.RegionOf(area)
		if !ok {
			continue
		}
		if off := schema.DistanceKm(region, row.middle); off > region.RadiusKm {
			t.Errorf("%s is said to be in %s, but lies %.1f km from its middle (radius %.1f km)", code, region.Code, off, region.RadiusKm)
		}
	}
}

const (
	// retired codes were renumbered in the last century; directories keep their rows.
	retired = " AB1 AB2 AB3 AB4 AB5 AB9 CF1 CF2 L41 L42 L43 L44 L45 L46 L47 L48 L49 L60 L61 L62 L63 L64 L65 L66 NP1 NP2 NP3 NPT" +
		" PA80 PA81 PA82 PA83 PA84 PA85 PA86 PA87 PA88 SO1 SO2 SO3 SO4 SO5 SO9 "
	// boxes are post-office boxes, banks, tax offices and other large users.
	boxes = " BD98 BD99 BL78 BN88 BN99 BS80 BS98 CA95 CF91 CH88 CH99 CM98 CM99 CR9 CR90 CT50 DE99 DH99 E22 EC88 EH91 G90 IP98 KY99" +
		" L67 L68 L69 L70 L71 L72 L75 LE87 LS88 LS98 LU95 M99 N81 NE82 NE85 NE98 NE99 NG80 NG90 NR99 NW26 PE99 S95 S96 S97 SA80 SL95" +
		" SN38 SN99 SR9 SS22 SS99 ST55 SY99 WA55 WF90 WR78 WR99 WV98 YO90 YO91 "
)

type onsRow struct {
	middle schema.Area
	r90    float64
}

// onsRows reads the file without the importer, so that the two can be compared, and leaves out what must never be matched on.
func onsRows(t testing.TB) map[string]onsRow {
	t.Helper()
	file, err := os.Open(onsFile(t))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]onsRow{}
	for _, r := range records[1:] {
		n, err := strconv.Atoi(r[3])
		if err != nil {
			t.Fatal(err)
		}
		row := onsRow{schema.Area{Lat: number(t, r[1]), Lon: number(t, r[2]), Located: true}, number(t, r[4])}
		if n >= 5 && row.r90 > 0 {
			rows[r[0]] = row
		}
	}
	return rows
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// hasOwnEntry tells a code with a circle of its own from one that got the circle of its postcode area.
func hasOwnEntry(area schema.Area) bool { return !strings.Contains(area.Name, "somewhere") }
