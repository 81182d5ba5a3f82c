package gazetteer

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed data/*.csv
var data embed.FS

// place is a row of the GeoNames slice: a point with a name, and no size.
type place struct {
	name      string
	authority *authority
	lat, lon  float64
}

// authority is a local authority under its plain name. Its kind is council, county (two tiers: districts below it), former (a county
// whose council is gone) or region (Greater London, which is one). marginKm is how far its land may reach beyond its outermost place: GeoNames has
// no villages under a thousand people, so the margin is wide where the country is empty or made of islands.
type authority struct {
	name     string
	kind     string
	region   string
	marginKm float64
}

// district is a council inside a county or London. GeoNames does not tell which places are in it, so a hand-set reach round its main
// place stands for it.
type district struct {
	name    string
	centre  place
	reachKm float64
}

// union is a county without a council, made of councils.
type union struct {
	name     string
	councils []string
}

// localCode is an outward code of the hand-made table, placed on a row of the GeoNames slice.
type localCode struct {
	code   string
	label  string
	anchor place
	ground string
}

// postcodeArea is the letters of a postcode: its post town, how far its furthest home is from there, and which districts people live
// in. Numbers beyond last are post-office boxes and large users. oneRegion is false where the area crosses a regional border.
type postcodeArea struct {
	letters     string
	town        string
	anchor      place
	reachKm     float64
	first, last int
	oneRegion   bool
}

// alias is another name for the area with that code.
type alias struct {
	name string
	code string
}

type tables struct {
	places      []place
	authorities []*authority
	districts   []district
	unions      []union
	outcodes    []localCode
	areas       []postcodeArea
	aliases     []alias
}

func readTables() (tables, error) {
	var t tables
	upstream := make(map[string]*authority) // by the name GeoNames gives it
	rows := tableReader{}
	rows.each("authorities", func(r row) {
		a := &authority{name: r.text("name"), kind: r.text("kind"), region: r.text("region"), marginKm: r.number("margin_km")}
		t.authorities = append(t.authorities, a)
		upstream[r.text("authority")] = a
	})
	rows.each("places", func(r row) {
		a := upstream[r.text("authority")]
		if a == nil {
			r.fail("unknown authority")
			return
		}
		t.places = append(t.places, place{r.text("place"), a, r.number("lat"), r.number("lon")})
	})
	anchors := make(map[string]place, len(t.places))
	for _, p := range t.places {
		anchors[p.name+"|"+p.authority.name] = p
	}
	anchor := func(r row, council string) place {
		p, ok := anchors[r.text("place")+"|"+r.text(council)]
		if !ok {
			r.fail("no such place in that authority")
		}
		return p
	}
	rows.each("districts", func(r row) {
		t.districts = append(t.districts, district{r.text("district"), anchor(r, "within"), r.number("reach_km")})
	})
	rows.each("counties", func(r row) {
		t.unions = append(t.unions, union{r.text("county"), strings.Split(r.text("councils"), ";")})
	})
	rows.each("outcodes", func(r row) {
		t.outcodes = append(t.outcodes, localCode{r.text("outcode"), r.text("label"), anchor(r, "council"), r.text("ground")})
	})
	rows.each("postcode_areas", func(r row) {
		t.areas = append(t.areas, postcodeArea{letters: r.text("area"), town: r.text("town"), anchor: anchor(r, "council"), reachKm: r.number("reach_km"),
			first: int(r.number("first")), last: int(r.number("last")), oneRegion: r.text("one_region") == "yes"})
	})
	rows.each("aliases", func(r row) {
		t.aliases = append(t.aliases, alias{r.text("alias"), r.text("code")})
	})
	return t, rows.err
}

// tableReader walks the embedded tables and keeps the first thing wrong with any of them.
type tableReader struct {
	err error
}

type row struct {
	reader *tableReader
	where  string
	fields map[string]string
}

func (t *tableReader) each(table string, use func(row)) {
	name := "data/" + table + ".csv"
	file, err := data.Open(name)
	if err != nil {
		t.fail(name, err.Error())
		return
	}
	r := csv.NewReader(file)
	r.Comment = '#'
	all, err := r.ReadAll()
	if err != nil || len(all) == 0 {
		t.fail(name, fmt.Sprint("unreadable: ", err))
		return
	}
	fields := make(map[string]string, len(all[0]))
	for i, record := range all[1:] {
		for j, heading := range all[0] {
			fields[heading] = record[j]
		}
		use(row{t, name + " row " + strconv.Itoa(i+1), fields})
	}
}

func (t *tableReader) fail(where, problem string) {
	if t.err == nil {
		t.err = fmt.Errorf("gazetteer: %s: %s", where, problem)
	}
}

func (r row) fail(problem string) { r.reader.fail(r.where, problem) }

func (r row) text(heading string) string {
	value, ok := r.fields[heading]
	if !ok || value == "" {
		r.fail("no " + heading)
	}
	return value
}

func (r row) number(heading string) float64 {
	n, err := strconv.ParseFloat(r.text(heading), 64)
	if err != nil {
		r.fail(heading + " is not a number")
	}
	return n
}
