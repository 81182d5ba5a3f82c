package plan

// The levels that order plans which place equally many households of each tier, first to last. Strong and nice count wishes met; near and far
// speak after the others of their tier, as they do in a shortlist.
const (
	strong = iota
	strongBand
	nice
	niceBand
	rare // what the place offers beyond her need, by how few offer it: the one level that is a cost
	waited
	levels
)

// score of a pair of household and place, a number for each level.
type score [levels]uint16

// pair of a household with a place that fits it.
type pair struct {
	place int32
	score score
}

// graph is what a plan is made from, without the people: households and places are numbers. Pairs of household r are pairs[start[r]:start[r+1]],
// places rising.
type graph struct {
	tier  []Tier
	start []int32
	pairs []pair
	// places is how many there are; overlaps gives, for each, those that share a room with it.
	places   int
	overlaps [][]int32
}

func newGraph(places int, overlaps [][]int32) *graph {
	return &graph{start: []int32{0}, places: places, overlaps: overlaps}
}

func (g *graph) households() int { return len(g.tier) }

func (g *graph) of(r int32) []pair { return g.pairs[g.start[r]:g.start[r+1]] }

// add a household after the others.
func (g *graph) add(t Tier, pairs []pair) int32 {
	g.tier = append(g.tier, t)
	g.pairs = append(g.pairs, pairs...)
	g.start = append(g.start, int32(len(g.pairs)))
	return int32(len(g.tier) - 1)
}

func (g *graph) find(r, place int32) (pair, bool) {
	for _, p := range g.of(r) {
		if p.place == place {
			return p, true
		}
	}
	return pair{}, false
}

// nowhere: the household has no place in the plan.
const nowhere int32 = -1

// Value of a plan, in the order in which plans are compared.
type Value struct {
	// Placed households of each tier, the most urgent first.
	Placed [Tiers]int
	// Wishes met by strong and by nice wishes, each followed by how well the plan does as near, or as far, as households wish.
	Strong, StrongBand, Nice, NiceBand int
	// Rare adds up how rare the places are in what their households did not ask for: less is better.
	Rare int
}

// Households placed.
func (v Value) Households() int {
	n := 0
	for _, placed := range v.Placed {
		n += placed
	}
	return n
}

// Compare is below 0 where v is the better plan.
func (v Value) Compare(w Value) int {
	for t := range v.Placed {
		if d := w.Placed[t] - v.Placed[t]; d != 0 {
			return d
		}
	}
	for _, d := range []int{w.Strong - v.Strong, w.StrongBand - v.StrongBand, w.Nice - v.Nice, w.NiceBand - v.NiceBand, v.Rare - w.Rare} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// count a household as placed.
func (v *Value) count(t Tier, s score) {
	v.Placed[t-1]++
	v.Strong += int(s[strong])
	v.StrongBand += int(s[strongBand])
	v.Nice += int(s[nice])
	v.NiceBand += int(s[niceBand])
	v.Rare += int(s[rare])
}
