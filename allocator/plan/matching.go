package plan

import (
	"math"
	"slices"
)

// matching assigns households to places as if none overlapped, at the least cost, and keeps the prices that prove it: a household more, or a place
// less, is then one shortest path and not a new solution.
//
// The proof is that of every assignment: no pair costs less than what its household bears plus its place's price; a pair that is used costs
// exactly that; a place that nobody has is priced 0, and no household bears more than it costs to leave it without a place.
type matching struct {
	g     *graph
	price pricing
	to    []int32 // the place of each pair of the graph, side by side for the searches
	cost  []int64 // and what it costs
	alone []int64 // of each household
	bears []int64
	place []int32 // of each household, or nowhere
	seats []seat
	path  path
	work  *int // pairs looked at, by all clones together
}

// seat is a place with its price and, for the search under way, how it was reached.
type seat struct {
	price int64
	// dist is unreached between searches, and closed where the place is not to be used.
	dist int64
	by   int32 // the household that has it, or nobody
	from int32 // the household it was reached from
}

const (
	unreached = math.MaxInt64
	closed    = math.MinInt64
)

const nobody int32 = -1

func newMatching(g *graph, p pricing) *matching {
	m := &matching{g: g, price: p, seats: make([]seat, g.places), to: make([]int32, 0, len(g.pairs)), cost: make([]int64, 0, len(g.pairs)), work: new(int)}
	for c := range m.seats {
		m.seats[c].by, m.seats[c].dist = nobody, unreached
	}
	for r := range g.households() {
		m.know(int32(r))
	}
	return m
}

// know a household of the graph: it has no place yet.
func (m *matching) know(r int32) {
	pairs := m.g.of(r)
	for i := range pairs {
		m.to = append(m.to, pairs[i].place)
		m.cost = append(m.cost, m.price.of(&pairs[i].score))
	}
	m.alone = append(m.alone, m.price.alone(m.g.tier[r]))
	m.bears = append(m.bears, 0)
	m.place = append(m.place, nowhere)
}

// pairs of a household: places and costs.
func (m *matching) pairs(r int32) (to []int32, cost []int64) {
	from, end := m.g.start[r], m.g.start[r+1]
	return m.to[from:end], m.cost[from:end]
}

// clone for a branch. What never changes is shared.
func (m *matching) clone() *matching {
	*m.work += len(m.place) + len(m.seats)
	c := *m
	c.bears, c.place, c.seats = slices.Clone(m.bears), slices.Clone(m.place), slices.Clone(m.seats)
	return &c
}

// settle places households that have no place yet.
func (m *matching) settle(households []int32) {
	for _, r := range m.bid(households) {
		m.augment(r)
	}
}

// bid lets each household take the place it does best with and raises its price as far as the second best allows; who loses a place so bids
// again. It settles most of them for little and leaves prices that speed up the rest, which it gives back.
func (m *matching) bid(households []int32) []int32 {
	const turns = 4 // of each household, on average: price wars between equals are the searches' to end
	queue, left := slices.Clone(households), []int32(nil)
	for at := 0; at < len(queue); at++ {
		r := queue[at]
		if at >= turns*len(households) {
			left = append(left, r)
			continue
		}
		best, first, second, open := nowhere, m.alone[r], m.alone[r], false
		to, costs := m.pairs(r)
		for i, place := range to {
			s := &m.seats[place]
			if s.dist == closed {
				continue
			}
			switch c := costs[i] - s.price; {
			case c < first:
				best, first, second, open = place, c, first, s.by == nobody
			case c == first && best != nowhere:
				second = c
				if !open && s.by == nobody {
					best, open = place, true
				}
			case c < second:
				second = c
			}
		}
		if best == nowhere {
			m.bears[r] = m.alone[r]
			continue
		}
		s := &m.seats[best]
		if s.by != nobody && first == second {
			left = append(left, r)
			continue
		}
		if s.by != nobody {
			m.place[s.by] = nowhere
			queue = append(queue, s.by)
		}
		s.by, s.price = r, s.price-(second-first)
		m.place[r], m.bears[r] = best, second
	}
	slices.Sort(left)
	return left
}

// augment finds the cheapest way to take one more household in: others may move, and one of them, or she, goes without. It is Dijkstra's search
// over what pairs cost beyond the prices.
func (m *matching) augment(r int32) {
	m.path.clear()
	// The best end so far: a place nobody has, or a household that goes without.
	least, end, without := m.alone[r], nowhere, r
	far := int64(math.MinInt64) // how far the search has come
	for row, base := r, int64(0); ; {
		to, costs := m.pairs(row)
		*m.work += len(to)
		for i, c := range to {
			s := &m.seats[c]
			d := base + costs[i] - s.price
			if d >= min(least, s.dist) { // one question, for nearly all answer it alike
				continue
			}
			s.dist, s.from = d, row
			m.path.touched = append(m.path.touched, c)
			switch {
			case s.by == nobody:
				least, end = d, c
			case d > far:
				m.path.push(step{d, c})
			default:
				m.path.near = append(m.path.near, c)
			}
		}
		if least <= far {
			break // nothing can be nearer
		}
		next, ok := m.nearest(least)
		if !ok {
			break
		}
		s := &m.seats[next]
		far = s.dist
		m.path.reached = append(m.path.reached, next)
		row, base = s.by, s.dist-m.bears[s.by]
		if d := base + m.alone[row]; d < least {
			least, end, without = d, nowhere, row
		}
	}
	for _, c := range m.path.reached {
		s := &m.seats[c]
		m.bears[s.by] += least - s.dist
		s.price -= least - s.dist
	}
	for _, c := range m.path.touched {
		m.seats[c].dist = unreached
	}
	m.bears[r] = least
	if end == nowhere {
		end = m.place[without]
		m.place[without] = nowhere
	}
	for end != nowhere {
		s := &m.seats[end]
		s.by = s.from
		end, m.place[s.from] = m.place[s.from], end
	}
}

// nearest takes the place nearest to the search that is nearer than a limit.
func (m *matching) nearest(limit int64) (int32, bool) {
	if n := len(m.path.near); n > 0 {
		c := m.path.near[n-1]
		m.path.near = m.path.near[:n-1]
		return c, true
	}
	for len(m.path.heap) > 0 {
		next := m.path.pop()
		if m.seats[next.place].dist == next.dist { // or it was reached again, nearer
			return next.place, next.dist < limit
		}
	}
	return 0, false
}

// shut places, and find others for the households that had them.
func (m *matching) shut(places []int32) {
	var lost []int32
	for _, c := range places {
		s := &m.seats[c]
		s.dist = closed
		if s.by != nobody {
			lost = append(lost, s.by)
			m.place[s.by], s.by = nowhere, nobody
		}
	}
	slices.Sort(lost)
	for _, r := range lost {
		m.augment(r)
	}
}
