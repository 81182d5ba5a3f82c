package gazetteer

import (
	"io"
	"math"
	"slices"
	"strings"

	"haven/schema"
)

// nowhere begins the latitude the ONS writes for a postcode without a grid reference, 99.999999.
const nowhere = "99.9999"

// cloud is the living postcodes of one outward code.
type cloud struct {
	lats, lons []float64
}

// importPostcodes aggregates a directory with a row a postcode: median middle, the radius of 90% and of all. The postcodes themselves
// are forgotten.
func importPostcodes(r io.Reader, format Format) (Imported, error) {
	s := openSheet(r, "lat", "long", "doterm")
	column := postcodeColumn(s)
	clouds := map[string]*cloud{}
	result := Imported{Format: format}
	newest := ""
	for s.next() {
		newest = max(newest, month(s.text("dointr")), month(s.text("doterm")))
		postcode := strings.ToUpper(s.text(column))
		if s.text("doterm") != "" || unlocated(s.text("lat")) || len(postcode) >= 3 && isRetired(postcode[:3]) {
			result.Skipped++
			continue
		}
		o, ok := outwardOf(postcode)
		if !ok {
			s.fail(column, "is not a UK postcode")
			continue
		}
		lat, lon, ok := s.point("lat", "long")
		if !ok {
			continue
		}
		c := clouds[o.String()]
		if c == nil {
			c = &cloud{}
			clouds[o.String()] = c
		}
		c.lats, c.lons = append(c.lats, lat), append(c.lons, lon)
	}
	if s.err() == nil {
		for code, c := range clouds {
			if o := c.outcode(code); o.usable() {
				result.Outcodes = append(result.Outcodes, o)
			} else {
				result.Skipped += o.Count
			}
		}
	}
	result.Rows, result.Vintage, result.Attribution = s.rows, newest, attribution(newest)
	return result.complete(s)
}

// postcodeColumn is the fullest spelling of the postcode the file has; editions name it differently.
func postcodeColumn(s *sheet) string {
	for _, name := range []string{"pcds", "pcd", "pcd8", "pcd7", "pcd2"} {
		if s.has(name) {
			return name
		}
	}
	if !s.stopped {
		s.stop("the heading has no column pcds or pcd; check the file and the format")
	}
	return "pcds"
}

func (c *cloud) outcode(code string) Outcode {
	o := Outcode{Code: code, Lat: median(c.lats), Lon: median(c.lons), Count: len(c.lats)}
	middle := schema.Area{Lat: o.Lat, Lon: o.Lon, Located: true}
	away := make([]float64, o.Count)
	for i := range away {
		away[i] = schema.DistanceKm(middle, schema.Area{Lat: c.lats[i], Lon: c.lons[i], Located: true})
	}
	slices.Sort(away)
	o.R90Km = away[int(math.Ceil(0.9*float64(o.Count)))-1]
	o.MaxKm = away[o.Count-1]
	return o
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func unlocated(lat string) bool { return lat == "" || strings.HasPrefix(lat, nowhere) }

// month turns the directories' yyyymm into yyyy-mm, and anything else into nothing.
func month(s string) string {
	if len(s) != 6 || strings.Trim(s, "0123456789") != "" || s[4:] < "01" || s[4:] > "12" {
		return ""
	}
	return s[:4] + "-" + s[4:]
}
