package gazetteer

import (
	"fmt"
	"io"
)

const (
	// widestCodeKm is more than any district reaches; the widest are islands and Highland glens.
	widestCodeKm = 250

	onsAttribution = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. " +
		"Contains OS data © Crown copyright and database right%[1]s. Contains Royal Mail data © Royal Mail copyright and database right%[1]s."
)

// attribution is the notice the ONS licences ask for, with the year of the data where it is known.
func attribution(vintage string) string {
	if len(vintage) < 4 {
		return fmt.Sprintf(onsAttribution, "")
	}
	return fmt.Sprintf(onsAttribution, " "+vintage[:4])
}

// importOutcodes reads a file that is already a row an outward code. It knows the 90% radius at most, so its circles are assumptions.
func importOutcodes(r io.Reader) (Imported, error) {
	s := openSheet(r, "outcode", "lat", "lon", "n", "r90_km")
	result := Imported{Format: FormatOutcodeCSV, Attribution: attribution("")}
	firstSeen := map[string]int{}
	for s.next() {
		if isRetired(s.text("outcode")) {
			result.Skipped++
			continue
		}
		o, ok := parseOutcode(s.text("outcode"))
		if !ok {
			s.fail("outcode", "is not an outward code such as B11")
			continue
		}
		if line, twice := firstSeen[o.String()]; twice {
			s.fail("outcode", fmt.Sprintf("is on line %d already", line))
			continue
		}
		firstSeen[o.String()] = s.line()
		lat, lon, ok := s.point("lat", "lon")
		if !ok {
			continue
		}
		count, ok := s.number("n", 0, maxRows)
		if !ok {
			continue
		}
		if count != float64(int(count)) {
			s.fail("n", "is not a whole number")
			continue
		}
		r90, ok := s.number("r90_km", 0, widestCodeKm)
		if !ok {
			continue
		}
		code := Outcode{Code: o.String(), Lat: lat, Lon: lon, Count: int(count), R90Km: r90}
		if !code.usable() {
			result.Skipped++
			continue
		}
		result.Outcodes = append(result.Outcodes, code)
	}
	result.Rows = s.rows
	return result.complete(s)
}

// isRetired knows the two codes of no modern shape that directories still list: Girobank's, and Newport's before it became NP.
func isRetired(code string) bool {
	return code == "NPT" || code == "GIR"
}
