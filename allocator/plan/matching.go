package plan

import "slices"

// matching assigns households to places as if none overlapped, at the least cost, and keeps the prices that prove it: a household more, or a place
// less, is then one shortest path and not a new solution.
//
// The proof is that of every assignment: no pair costs less than what its household bears plus its place's price; a pair that is used costs
// exactly that; a place that nobody has is priced 0, and no household bears more than it costs to leave it without a place.
type matching struct {
	g     *graph
	price pricing
	cost  []int64 // of each pair
	alone []int64 // of each household
	bears []int64
	place []int32 // of each household, or nowhere
	seats []seat
	path  path
}

// seat is a place with its price and, for the search under way, how it was reached.
type seat struct {
	price, dist int64
	by          int32 // the household that has it, or nobody
	from        int32 // the household it was reached from
	seen        uint32
	shut        bool // not to be used
	settled     bool
}

const nobody int32 = -1

func newMatching(g *graph, p pricing) *matching {
	m := &matching{g: g, price: p, seats: make([]seat, g.places)}
	for c := range m.seats {
		m.seats[c].by = nobody
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
		m.cost = append(m.cost, m.price.of(&pairs[i].score))
	}
	m.alone = append(m.alone, m.price.alone(m.g.tier[r]))
	m.bears = append(m.bears, 0)
	m.place = append(m.place, nowhere)
}

// clone for a branch. What never changes is shared.
func (m *matching) clone() *matching {
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
		best, first, second := nowhere, m.alone[r], m.alone[r]
		pairs, costs := m.g.of(r), m.cost[m.g.start[r]:m.g.start[r+1]]
		for i := range pairs {
			s := &m.seats[pairs[i].place]
			if s.shut {
				continue
			}
			switch c := costs[i] - s.price; {
			case c < first:
				best, first, second = pairs[i].place, c, first
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
	m.path.round++
	m.path.heap, m.path.reached = m.path.heap[:0], m.path.reached[:0]
	round := m.path.round
	least, without := m.alone[r], r
	end, at := nowhere, int64(0)
	for row, base := r, int64(0); ; {
		pairs, costs := m.g.of(row), m.cost[m.g.start[row]:m.g.start[row+1]]
		for i := range pairs {
			s := &m.seats[pairs[i].place]
			d := base + costs[i] - s.price
			if d >= least || s.shut || s.seen == round && d >= s.dist {
				continue
			}
			s.seen, s.dist, s.from, s.settled = round, d, row, false
			m.path.push(step{d, pairs[i].place})
		}
		next, ok := m.nearest(least)
		if !ok {
			at = least
			break
		}
		s := &m.seats[next]
		if s.by == nobody {
			end, at = next, s.dist
			break
		}
		s.settled = true
		m.path.reached = append(m.path.reached, next)
		row, base = s.by, s.dist-m.bears[s.by]
		if d := base + m.alone[row]; d < least {
			least, without = d, row
		}
	}
	for _, c := range m.path.reached {
		s := &m.seats[c]
		m.bears[s.by] += at - s.dist
		s.price -= at - s.dist
	}
	m.bears[r] = at
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
	for len(m.path.heap) > 0 {
		next := m.path.pop()
		if s := &m.seats[next.place]; !s.settled && s.dist == next.dist {
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
		s.shut = true
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
