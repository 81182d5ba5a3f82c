package gazetteer_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"haven/schema"
	"haven/schema/gazetteer"
)

// Whatever is typed: an area that finds itself again, or one of the two errors; never an inward half, never a guess beside an error.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"b11", "B11 4AA", "sw1a1aa", "Newport", "St. Albans", "Yorkshire", "B99999", "ZZ99", "GIR 0AA", "Ynys Môn", "King’s Cross",
		"not B11", "\xff", "1", "É", "NEWPORT, WALES", "the city of london council"} {
		f.Add(seed)
	}
	g := embedded(f)
	outward := regexp.MustCompile(`^[A-Z]{1,2}[0-9][0-9A-Z]?$`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := g.Find(text)
		if err != nil {
			if !errors.Is(err, gazetteer.ErrNotFound) && !errors.Is(err, gazetteer.ErrAmbiguous) {
				t.Fatalf("Find(%q): %v", text, err)
			}
			if got != (schema.Area{}) {
				t.Fatalf("Find(%q) = %v beside %v", text, got, err)
			}
		} else {
			if !got.Located || got.RadiusKm <= 0 {
				t.Fatalf("Find(%q) = %+v", text, got)
			}
			if got.Kind == schema.AreaOutcode && !outward.MatchString(got.Code) {
				t.Fatalf("Find(%q) kept %q", text, got.Code)
			}
			if got.Kind == schema.AreaOutcode && strings.ContainsAny(text, "0123456789") && !strings.HasPrefix(squeeze(text), got.Code) {
				t.Fatalf("Find(%q) = %q, which was not typed", text, got.Code)
			}
			if again, err := g.Find(got.Code); err != nil || again != got {
				t.Fatalf("Find(%q) = %v, but its code finds %v, %v", text, got, again, err)
			}
			if _, ok := g.RegionOf(got); !ok && got.Kind != schema.AreaOutcode {
				t.Fatalf("Find(%q): no region for %s", text, got.Code)
			}
		}
		if n := len(g.Suggest(text, 5)); n > 5 {
			t.Fatalf("Suggest(%q, 5) offers %d", text, n)
		}
	})
}

// Whatever the file: all of it as usable circles inside the country, or nothing and an import error.
func FuzzImport(f *testing.F) {
	f.Add("outcode-csv", "outcode,lat,lon,n,r90_km\nB11,52.4557,-1.8642,1033,2.0\n")
	f.Add("outcode-csv", "\ufeffoutcode,lat,lon,n,r90_km\r\n\"B11\",52.4,-1.8,10,NaN\r\n")
	f.Add("nspl", "pcds,dointr,doterm,lat,long\n"+strings.Repeat("B11 4AA,202001,,52.4,-1.8\nB11 4AB,202001,,52.5,-1.8\n", 3))
	f.Add("onspd", "pcd,doterm,lat,long\nAB101AA,,99.999999,0\nNPT 1AA,199601,51,-3\n\"")
	g := embedded(f)
	f.Fuzz(func(t *testing.T, format, file string) {
		got, err := gazetteer.Import(strings.NewReader(file), gazetteer.Format(format))
		if err != nil {
			var refused *gazetteer.ImportError
			if !errors.As(err, &refused) || len(refused.Rows) == 0 || len(got.Outcodes) != 0 {
				t.Fatalf("%+v, %v", got, err)
			}
			return
		}
		if len(got.Outcodes) == 0 || got.Rows < len(got.Outcodes) {
			t.Fatalf("nothing imported and no error: %+v", got)
		}
		with := g.With(got)
		for _, o := range got.Outcodes {
			if !(o.Lat >= 49 && o.Lat <= 61.5) || o.Count < 5 || !(o.R90Km > 0) || o.MaxKm != 0 && o.MaxKm < o.R90Km {
				t.Fatalf("imported %+v", o)
			}
			area, err := with.Find(o.Code)
			if err != nil || area.Lat != o.Lat || area.RadiusKm < o.R90Km || area.Assumed != (o.MaxKm == 0) {
				t.Fatalf("%+v is found as %+v, %v", o, area, err)
			}
		}
	})
}

func squeeze(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }
