package allocator

import (
	"slices"

	"haven/schema"
)

// Group is the places of a search that got one verdict, the first to offer first. How many there are is known at once; they are put in order and
// into words only as far as somebody asks. It belongs to one goroutine, like the search it comes from.
type Group struct{ line lineup }

// lineup is how a group comes by its places: from all of them judged one by one, or from an index.
type lineup interface {
	size() int
	first(n int) []Assessment
	without(spaces []schema.SpaceID) lineup
	onlyFor(rule string) int
	// unmet adds to each code of schema.UnmetReasons how many places it rules out.
	unmet(count map[string]int)
}

// Len is how many places there are.
func (g Group) Len() int {
	if g.line == nil {
		return 0
	}
	return g.line.size()
}

// Top gives the first n, or all where there are fewer.
func (g Group) Top(n int) []Assessment {
	if n = min(n, g.Len()); n <= 0 {
		return nil
	}
	return g.line.first(n)
}

// All gives every place.
func (g Group) All() []Assessment { return g.Top(g.Len()) }

// Without leaves some spaces out.
func (g Group) Without(spaces ...schema.SpaceID) Group {
	if g.Len() == 0 || len(spaces) == 0 {
		return g
	}
	return Group{g.line.without(spaces)}
}

// OnlyFor counts the places that a rule rules out and no other does.
func (g Group) OnlyFor(rule string) int {
	if g.Len() == 0 {
		return 0
	}
	return g.line.onlyFor(rule)
}

// assessed is a lineup of places judged one by one, in order.
type assessed []Assessment

func (all assessed) size() int                { return len(all) }
func (all assessed) first(n int) []Assessment { return all[:n] }

func (all assessed) without(spaces []schema.SpaceID) lineup {
	return slices.DeleteFunc(slices.Clone(all), func(a Assessment) bool { return slices.Contains(spaces, a.Place.Space.ID) })
}

func (all assessed) onlyFor(rule string) int {
	n := 0
	for _, a := range all {
		if f := a.Failing(); len(f) == 1 && f[0].Rule == rule {
			n++
		}
	}
	return n
}

func (all assessed) unmet(count map[string]int) {
	for _, a := range all {
		seen := map[string]bool{}
		for _, f := range a.Findings {
			if f.Unmet != "" && !seen[f.Unmet] {
				seen[f.Unmet] = true
				count[f.Unmet]++
			}
		}
	}
}
