package plan

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"haven/schema"
)

// Household waits for a place. One request is one household, and it moves together.
type Household struct {
	Request schema.RequestID
	Need    schema.Need
	// Since is when she began to wait; zero when that is not known, which counts as just now.
	Since time.Time
	// Version of the request, so that whoever takes a suggestion up can tell that her needs changed meanwhile; 0 when none is kept.
	Version int64
}

// order of households: longest waiting first. It is the same for every order of the argument, so that a plan is.
func order(a, b Household) int {
	return cmp.Or(
		cmp.Compare(known(a.Since), known(b.Since)),
		a.Since.Compare(b.Since),
		cmp.Compare(a.Request, b.Request),
	)
}

func known(since time.Time) int {
	if since.IsZero() {
		return 1
	}
	return 0
}

// waiting gives each household once, in order.
func waiting(households []Household) ([]Household, error) {
	out, err := newest(households, func(h Household) (schema.RequestID, int64) { return h.Request, h.Version },
		schema.Invalid("households.request", "Every household needs the id of its request"),
		schema.Invalid("households.version", "Two households have one request and one version but say different things: send each request once"))
	slices.SortFunc(out, order)
	return out, err
}

// free gives each free place once, by id.
func free(places []schema.Place) ([]schema.Place, error) {
	out, err := newest(places, func(p schema.Place) (schema.SpaceID, int64) { return p.Space.ID, p.Version },
		schema.Invalid("places.space.id", "Every place needs the id of its space"),
		schema.Invalid("places.version", "Two places have one space and one version but say different things: send each space once"))
	return slices.DeleteFunc(out, func(p schema.Place) bool { return !p.Vacancy.Free() }), err
}

// newest keeps, of those with one id, the one with the newest version; which of two with the same version is right cannot be known.
func newest[T any, ID cmp.Ordered](all []T, key func(T) (ID, int64), nameless, torn error) ([]T, error) {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b T) int {
		idA, vA := key(a)
		idB, vB := key(b)
		return cmp.Or(cmp.Compare(idA, idB), cmp.Compare(vB, vA))
	})
	var none ID
	out := sorted[:0]
	var last ID
	var version int64
	for _, x := range sorted {
		id, v := key(x)
		if id == none {
			return nil, nameless
		}
		if len(out) > 0 && id == last {
			if v == version && !reflect.DeepEqual(x, out[len(out)-1]) {
				return nil, torn
			}
			continue
		}
		out, last, version = append(out, x), id, v
	}
	return out, nil
}
