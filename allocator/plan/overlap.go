package plan

import (
	"cmp"
	"slices"

	"haven/schema"
)

// overlapping gives, for each place, the others that share a room with it: room refs mean the same within one service only. A space that lists no
// rooms is one room of its own ref.
func overlapping(places []schema.Place) [][]int32 {
	type room struct {
		service schema.ServiceID
		ref     string
	}
	in := map[room][]int32{}
	for i := range places {
		for _, ref := range roomsOf(places[i].Space) {
			r := room{cmp.Or(places[i].Space.Service, places[i].Service.ID), ref}
			in[r] = append(in[r], int32(i))
		}
	}
	out := make([][]int32, len(places))
	for _, sharing := range in {
		if len(sharing) < 2 {
			continue
		}
		for _, a := range sharing {
			for _, b := range sharing {
				if a != b {
					out[a] = append(out[a], b)
				}
			}
		}
	}
	for i := range out {
		slices.Sort(out[i])
		out[i] = slices.Compact(out[i])
	}
	return out
}

func roomsOf(s schema.Space) []string {
	if len(s.Rooms) == 0 {
		return []string{s.Ref}
	}
	return s.Rooms
}

// group of places that overlap, one after another, with the ways to use them.
type group struct {
	places []int32
	// ways are the largest sets of its places of which no two overlap, each named by the places it leaves out. Whatever part of the group a plan uses
	// lies in one of them.
	ways [][]int32
	// all: the ways are complete.
	all bool
}

const (
	// mostWays of one group, so that a service that reports nonsense cannot make a plan take for ever.
	mostWays = 64
	// mostInGroup so that a set of its places is one word.
	mostInGroup = 64
)

// groupsOf a graph's overlapping places.
func groupsOf(overlaps [][]int32) []group {
	var out []group
	seen := make([]bool, len(overlaps))
	for c := range overlaps {
		if seen[c] || len(overlaps[c]) == 0 {
			continue
		}
		seen[c] = true
		places := []int32{int32(c)}
		for at := 0; at < len(places); at++ {
			for _, next := range overlaps[places[at]] {
				if !seen[next] {
					seen[next] = true
					places = append(places, next)
				}
			}
		}
		slices.Sort(places)
		out = append(out, group{places: places})
		out[len(out)-1].list(overlaps)
	}
	return out
}

// list the ways by Bron and Kerbosch's search, over the places that do not overlap.
func (g *group) list(overlaps [][]int32) {
	if len(g.places) > mostInGroup {
		return
	}
	apart := make([]uint64, len(g.places))
	everything := ^uint64(0) >> (64 - len(g.places))
	for i, c := range g.places {
		apart[i] = everything &^ (1 << i)
		for j, d := range g.places {
			if slices.Contains(overlaps[c], d) {
				apart[i] &^= 1 << j
			}
		}
	}
	g.all = true
	var extend func(chosen, open, done uint64)
	extend = func(chosen, open, done uint64) {
		if open|done == 0 {
			if len(g.ways) == mostWays {
				g.all = false
				return
			}
			g.ways = append(g.ways, g.without(chosen))
			return
		}
		for i := range g.places {
			if open&(1<<i) == 0 || !g.all {
				continue
			}
			extend(chosen|1<<i, open&apart[i], done&apart[i])
			open &^= 1 << i
			done |= 1 << i
		}
	}
	extend(0, everything, 0)
}

func (g *group) without(chosen uint64) []int32 {
	var out []int32
	for i, c := range g.places {
		if chosen&(1<<i) == 0 {
			out = append(out, c)
		}
	}
	return out
}

// unused places of the group there must be in every plan.
func (g *group) unused() int {
	if !g.all {
		return 1 // two of them overlap
	}
	least := len(g.places)
	for _, out := range g.ways {
		least = min(least, len(out))
	}
	return least
}

// around gives the way that uses some places of the group, and of the rest whatever does not overlap, lowest first.
func (g *group) around(overlaps [][]int32, used func(place int32) bool) []int32 {
	var chosen, out []int32
	clear := func(c int32) bool {
		return !slices.ContainsFunc(chosen, func(d int32) bool { return slices.Contains(overlaps[c], d) })
	}
	for _, first := range []bool{true, false} {
		for _, c := range g.places {
			if used(c) == first && clear(c) {
				chosen = append(chosen, c)
			}
		}
	}
	for _, c := range g.places {
		if !slices.Contains(chosen, c) {
			out = append(out, c)
		}
	}
	return out
}
