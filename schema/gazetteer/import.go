package gazetteer

import (
	"fmt"
	"io"
	"slices"

	"haven/schema"
)

// Format is the kind of file an import reads.
type Format string

const (
	FormatNSPL       Format = "nspl"        // National Statistics Postcode Lookup, a row a postcode
	FormatONSPD      Format = "onspd"       // ONS Postcode Directory, a row a postcode
	FormatOutcodeCSV Format = "outcode-csv" // outcode,lat,lon,n,r90_km: a row an outward code
)

// ParseFormat reads the name of a format as typed on a command line.
func ParseFormat(s string) (Format, error) {
	if f := Format(s); slices.Contains([]Format{FormatNSPL, FormatONSPD, FormatOutcodeCSV}, f) {
		return f, nil
	}
	return "", fmt.Errorf("format: not one of nspl, onspd, outcode-csv")
}

// fewestHomes is how many postcodes a district needs before it counts as a place: fewer is a post-office box or a retired code.
const fewestHomes = 5

// Imported is what a postcode directory says of the outward codes, ready to be stored and handed to With. Vintage is found in the file
// where it can be; a caller who knows better sets it.
type Imported struct {
	Format      Format    `json:"format"`
	Vintage     string    `json:"vintage"` // "2025-05", or empty
	Attribution string    `json:"attribution"`
	Outcodes    []Outcode `json:"outcodes"` // by code, only those people live in
	Rows        int       `json:"rows"`     // read, besides the heading
	Skipped     int       `json:"skipped"`  // rows that are terminated, without a location, or no home
}

// Outcode is the middle of an outward code (median latitude and longitude of its postcodes) and how far they reach from it.
type Outcode struct {
	Code  string  `json:"code"`
	Lat   float64 `json:"lat"`
	Lon   float64 `json:"lon"`
	Count int     `json:"count"`            // postcodes
	R90Km float64 `json:"r90_km"`           // holds 90% of them
	MaxKm float64 `json:"max_km,omitempty"` // holds all; zero where the file does not tell
}

// usable is false for codes that must never be matched on: too few postcodes, or all of them at one point.
func (o Outcode) usable() bool { return o.Count >= fewestHomes && o.R90Km > 0 }

// area makes the circle: the largest radius where it is known, else twice the 90% radius, which is an assumption (S4).
func (o Outcode) area() schema.Area {
	a := assumed(schema.AreaOutcode, o.Code, o.Lat, o.Lon, 2*o.R90Km)
	if o.MaxKm > 0 {
		a.RadiusKm, a.Assumed = o.MaxKm, false
	}
	return a
}

// Import reads a postcode directory. It answers with all of it or with an *ImportError that names the lines in its way; nothing is
// half-imported.
func Import(r io.Reader, format Format) (Imported, error) {
	switch format {
	case FormatNSPL, FormatONSPD:
		return importPostcodes(r, format)
	case FormatOutcodeCSV:
		return importOutcodes(r)
	}
	return Imported{}, &ImportError{Rows: []RowError{{Problem: "format is not one of nspl, onspd, outcode-csv"}}}
}

// complete is the last check of any import and puts the codes in order.
func (i Imported) complete(s *sheet) (Imported, error) {
	if err := s.err(); err != nil {
		return Imported{}, err
	}
	if len(i.Outcodes) == 0 {
		return Imported{}, &ImportError{Rows: []RowError{{Problem: "no outward code in the file has five postcodes or more with a location"}}}
	}
	slices.SortFunc(i.Outcodes, func(a, b Outcode) int { return compareCodes(a.Code, b.Code) })
	return i, nil
}
