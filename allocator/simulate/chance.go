package simulate

import "math"

// at gives the dice of one event. Each event (how long the third stay in room 40 lasts) has dice of its own, named by what it is and whom it
// concerns, so that two policies meet the same world: what one of them does never changes what another would have met.
func at(seed uint64, what string, who ...int) *dice {
	d := roll(seed)
	for i := range len(what) {
		d.state = d.next() ^ uint64(what[i])
	}
	for _, n := range who {
		d.state = d.next() ^ uint64(n)
	}
	return d
}

// unit is between 0 and 1, neither included.
func (d *dice) unit() float64 { return (float64(d.next()>>11) + 0.5) / (1 << 53) }

func (d *dice) chance(of float64) bool { return d.unit() < of }

// exponential waits: what happens at a constant rate, with this mean.
func (d *dice) exponential(mean float64) float64 { return -mean * math.Log(d.unit()) }

func (d *dice) normal() float64 {
	return math.Sqrt(-2*math.Log(d.unit())) * math.Cos(2*math.Pi*d.unit())
}

// logNormal with a mean, not a median: means are what is published.
func (d *dice) logNormal(mean, sigma float64) float64 {
	return math.Exp(math.Log(mean) - sigma*sigma/2 + sigma*d.normal())
}

// around a median, as people's own limits are spread.
func (d *dice) around(median, sigma float64) float64 {
	return math.Exp(math.Log(median) + sigma*d.normal())
}

// lengthBiased is the log-normal as somebody meets it who looks in on a day: long stays are likelier to be under way.
func (d *dice) lengthBiased(mean, sigma float64) float64 {
	return math.Exp(math.Log(mean) + sigma*sigma/2 + sigma*d.normal())
}

// dealShare hands out yes to a share of n, at least once where the share is not nothing, in a shuffled order.
func dealShare(d *dice, n int, of float64) []bool {
	yes := int(math.Round(float64(n) * of))
	if of > 0 {
		yes = max(yes, 1)
	}
	out := make([]bool, n)
	for i := range min(yes, n) {
		out[i] = true
	}
	shuffle(d, out)
	return out
}
