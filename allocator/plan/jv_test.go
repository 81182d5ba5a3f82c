package plan

// jv is the anchor of the benchmark: the sparse assignment of Jonker and Volgenant (1987), small and plain. Rows take the column that is cheapest for
// them and raise its price twice round (augmenting row reduction), then each row left finds its shortest augmenting path. A row may stay alone,
// which is a column of its own.
type jv struct {
	start, to  []int32
	cost       []int64
	u, v       []int64
	colOf      []int32 // of each row; columns from len(v)-rows on are rows alone
	rowOf      []int32 // of each column
	dist       []int64 // of each column, in the search under way
	from       []int32
	seen, done []int32 // the search that last reached the column, and settled it
	search     int32
	queue      []step
}

// newJV reads a graph with its pairs' prices.
func newJV(g *graph, p pricing) *jv {
	rows := g.households()
	x := &jv{start: []int32{0}, u: make([]int64, rows), v: make([]int64, g.places+rows)}
	for r := range int32(rows) {
		for _, pair := range g.of(r) {
			x.to, x.cost = append(x.to, pair.place), append(x.cost, p.of(&pair.score))
		}
		x.to, x.cost = append(x.to, int32(g.places)+r), append(x.cost, p.alone(g.tier[r]))
		x.start = append(x.start, int32(len(x.to)))
	}
	for range rows {
		x.colOf = append(x.colOf, nowhere)
	}
	for range x.v {
		x.rowOf = append(x.rowOf, nobody)
	}
	x.dist, x.from, x.seen, x.done = make([]int64, len(x.v)), make([]int32, len(x.v)), make([]int32, len(x.v)), make([]int32, len(x.v))
	return x
}

func (x *jv) solve() {
	var free []int32
	for r := range x.colOf {
		free = append(free, int32(r))
	}
	for range 2 {
		free = x.reduce(free)
	}
	for _, r := range free {
		x.augment(r)
	}
}

func (x *jv) reduce(free []int32) (left []int32) {
	for at := 0; at < len(free); {
		r := free[at]
		at++
		var c1, c2 int32 = -1, -1
		var u1, u2 int64
		for i := x.start[r]; i < x.start[r+1]; i++ {
			switch d := x.cost[i] - x.v[x.to[i]]; {
			case c1 < 0 || d < u1:
				c1, c2, u1, u2 = x.to[i], c1, d, u1
			case c2 < 0 || d < u2:
				c2, u2 = x.to[i], d
			}
		}
		was := x.rowOf[c1]
		if c2 >= 0 && u1 < u2 {
			x.v[c1] -= u2 - u1
		} else if was >= 0 && c2 >= 0 {
			c1, was = c2, x.rowOf[c2]
		}
		if c2 < 0 {
			u2 = u1
		}
		x.u[r], x.colOf[r], x.rowOf[c1] = u2, c1, r
		if was >= 0 {
			x.colOf[was] = nowhere
			if u1 < u2 {
				at--
				free[at] = was
			} else {
				left = append(left, was)
			}
		}
	}
	return left
}

func (x *jv) augment(s int32) {
	x.search++
	x.queue = x.queue[:0]
	var settled []int32
	var end int32
	for r, base := s, int64(0); ; {
		for i := x.start[r]; i < x.start[r+1]; i++ {
			c, d := x.to[i], base+x.cost[i]-x.v[x.to[i]]
			if x.seen[c] != x.search || d < x.dist[c] {
				x.seen[c], x.dist[c], x.from[c] = x.search, d, r
				x.push(step{d, c})
			}
		}
		for end = x.pop(); x.done[end] == x.search; {
			end = x.pop()
		}
		if x.rowOf[end] < 0 {
			break
		}
		x.done[end] = x.search
		settled = append(settled, end)
		r = x.rowOf[end]
		base = x.dist[end] - x.u[r]
	}
	for _, c := range settled {
		x.u[x.rowOf[c]] += x.dist[end] - x.dist[c]
		x.v[c] += x.dist[c] - x.dist[end]
	}
	x.u[s] = x.dist[end]
	for c := end; ; {
		r := x.from[c]
		x.rowOf[c] = r
		c, x.colOf[r] = x.colOf[r], c
		if r == s {
			return
		}
	}
}

func (x *jv) push(s step) {
	x.queue = append(x.queue, s)
	for i := len(x.queue) - 1; i > 0 && x.queue[(i-1)/2].dist > x.queue[i].dist; i = (i - 1) / 2 {
		x.queue[i], x.queue[(i-1)/2] = x.queue[(i-1)/2], x.queue[i]
	}
}

func (x *jv) pop() int32 {
	q := x.queue
	top := q[0].place
	q[0] = q[len(q)-1]
	q = q[:len(q)-1]
	for i := 0; 2*i+1 < len(q); {
		c := 2*i + 1
		if c+1 < len(q) && q[c+1].dist < q[c].dist {
			c++
		}
		if q[i].dist <= q[c].dist {
			break
		}
		q[i], q[c], i = q[c], q[i], c
	}
	x.queue = q
	return top
}
