package simulate

// dice is splitmix64. It is written out here so that a seed means the same network in every release of Go.
type dice struct{ state uint64 }

func roll(seed uint64) *dice { return &dice{state: seed} }

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below gives 0 to n-1.
func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

// between gives low to high, both included.
func (d *dice) between(low, high int) int { return low + d.below(high-low+1) }

func (d *dice) oneIn(n int) bool { return d.below(n) == 0 }

func shuffle[T any](d *dice, s []T) {
	for i := len(s) - 1; i > 0; i-- {
		j := d.below(i + 1)
		s[i], s[j] = s[j], s[i]
	}
}

// share is a value and how much of a hundred it gets.
type share[T any] struct {
	of    T
	parts int
}

// deal hands out n values in exactly these shares (the first takes what rounding leaves) in a shuffled order. A small network so keeps the few
// places that matter most whatever the seed; with chance alone, one in five networks would have no room for a wheelchair at all.
func deal[T any](d *dice, n int, shares ...share[T]) []T {
	out := make([]T, 0, n)
	for _, s := range shares[1:] {
		for range (n*s.parts + 50) / 100 {
			out = append(out, s.of)
		}
	}
	for len(out) < n {
		out = append(out, shares[0].of)
	}
	shuffle(d, out)
	return out
}
