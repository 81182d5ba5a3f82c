package allocator

import (
	"slices"

	"haven/schema"
)

// Group is the places of a search that got one verdict, the first to offer first. How many there are is known at once; they are put in order and
// into words only as far as somebody asks.
type Group struct{ places []Assessment }

// Len is how many places there are.
func (g Group) Len() int { return len(g.places) }

// Top gives the first n, or all where there are fewer.
func (g Group) Top(n int) []Assessment { return g.places[:min(max(n, 0), len(g.places))] }

// All gives every place.
func (g Group) All() []Assessment { return g.Top(g.Len()) }

// Without leaves some spaces out.
func (g Group) Without(out func(schema.SpaceID) bool) Group {
	return Group{slices.DeleteFunc(slices.Clone(g.places), func(a Assessment) bool { return out(a.Place.Space.ID) })}
}

// OnlyFor counts the places that a rule rules out and no other does.
func (g Group) OnlyFor(rule string) int {
	n := 0
	for _, a := range g.places {
		if f := a.Failing(); len(f) == 1 && f[0].Rule == rule {
			n++
		}
	}
	return n
}
