package plan

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"haven/schema"
)

// prices says what using a place costs the others who wait: what is scarce about it and how many need that, and for how many it is the only place
// that fits. Every number is counted over the households and places of the plan, none is estimated.
type prices struct {
	p    *Planner
	fits [][]int32 // the households that fit each place
	like map[like]int
}

// like counts places: those that have a set, and may lie where another does.
type like struct {
	set offered
	in  scope
}

func newPrices(p *Planner) *prices {
	x := &prices{p: p, fits: make([][]int32, len(p.places)), like: map[like]int{}}
	for r := range int32(p.g.households()) {
		for _, pair := range p.g.of(r) {
			x.fits[pair.place] = append(x.fits[pair.place], r)
		}
	}
	return x
}

// words for a place that is suggested for a household; nil where using it costs nobody else anything.
func (x *prices) words(r, place int32) []string {
	var out []string
	if set, needing := x.scarce(r, place); set != 0 {
		out = append(out, x.which(set, place)+"; "+households(needing, "other waiting household needs one", "other waiting households need one")+".")
	}
	if n := x.stuck(r, place); n > 0 {
		out = append(out, "No other free place fits "+households(n, "other waiting household", "other waiting households")+" that it would fit.")
	}
	if n := len(x.p.g.overlaps[place]); n > 0 {
		out = append(out, "It shares rooms with "+households(n, "other free space", "other free spaces")+", which would go with it.")
	}
	return out
}

// scarce finds what the place offers that others need and are fewest: sets that some other household needs whole. It is scarce where as many
// others need it as such places are free, or more: one of them would go without.
func (x *prices) scarce(r, place int32) (set offered, needing int) {
	needs := map[offered]int{}
	for _, other := range x.fits[place] {
		if other != r {
			needs[x.p.asked[other]&x.p.offers.has[place]] = 0
		}
	}
	delete(needs, 0)
	least := 1 // free places less those who need one: at most 0 is scarce
	sets := make([]offered, 0, len(needs))
	for s := range needs {
		sets = append(sets, s)
	}
	slices.SortFunc(sets, func(a, b offered) int {
		return cmp.Or(bits.OnesCount64(uint64(b))-bits.OnesCount64(uint64(a)), cmp.Compare(a, b))
	})
	for _, s := range sets {
		n := 0
		for _, other := range x.fits[place] {
			if other != r && x.p.asked[other]&s == s {
				n++
			}
		}
		if left := x.free(like{s, scopeOf(x.p.places[place].Service.Area)}) - n; left < least {
			set, needing, least = s, n, left
		}
	}
	return set, needing
}

// free counts the places like one.
func (x *prices) free(l like) int {
	if n, ok := x.like[l]; ok {
		return n
	}
	n := 0
	for c := range x.p.places {
		if x.p.offers.has[c]&l.set == l.set && l.in.mayHold(x.p.places[c].Service.Area) {
			n++
		}
	}
	x.like[l] = n
	return n
}

func (x *prices) stuck(r, place int32) int {
	n := 0
	for _, other := range x.fits[place] {
		if other != r && len(x.p.g.of(other)) == 1 {
			n++
		}
	}
	return n
}

// which place this is: "The only step-free family room free in Yorkshire and the Humber".
func (x *prices) which(set offered, place int32) string {
	in := scopeOf(x.p.places[place].Service.Area)
	n, where := x.free(like{set: set}), "anywhere"
	if there := x.free(like{set, in}); there < n {
		n, where = there, "in "+in.words()
	}
	if n == 1 {
		return "The only " + x.kind(set, place, "") + " free " + where
	}
	return "One of " + strconv.Itoa(n) + " " + x.kind(set, place, "s") + " free " + where
}

func (x *prices) kind(set offered, place int32, plural string) string {
	var before, after []string
	for i, o := range x.p.offers.table {
		if set&(1<<i) == 0 || x.said(set, i) {
			continue
		}
		if o.Before != "" {
			before = append(before, o.Before)
		}
		if o.After != "" {
			after = append(after, o.After)
		}
	}
	words := append(before, noun(&x.p.places[place])+plural)
	if len(after) > 0 {
		words = append(words, strings.Join(after, " and "))
	}
	return strings.Join(words, " ")
}

// said: an earlier row of the set says more than this one.
func (x *prices) said(set offered, row int) bool {
	for i := range row {
		if set&(1<<i) != 0 && i+x.p.offers.table[i].Within >= row {
			return true
		}
	}
	return false
}

func noun(p *schema.Place) string {
	kind, _ := schema.ProvisionOf(p.Service.Provision)
	switch {
	case kind.Slot:
		return "appointment"
	case kind.Let || kind.Code == schema.Dispersed || p.Space.SelfContained == schema.Yes:
		return "home"
	}
	return "room"
}

func households(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
