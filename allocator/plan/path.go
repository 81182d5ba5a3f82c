package plan

// path is what a search for a shortest path keeps; it is used again by the next.
type path struct {
	heap    []step
	near    []int32 // places as near as the last one settled
	reached []int32 // places settled
	touched []int32 // and all whose distance has to be forgotten
}

func (p *path) clear() {
	p.heap, p.near, p.reached, p.touched = p.heap[:0], p.near[:0], p.reached[:0], p.touched[:0]
}

// step to a place and how far it is.
type step struct {
	dist  int64
	place int32
}

func (p *path) push(s step) {
	p.heap = append(p.heap, s)
	h := p.heap
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 4
		if h[up].dist <= s.dist {
			break
		}
		h[i], i = h[up], up
	}
	h[i] = s
}

func (p *path) pop() step {
	h := p.heap
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	p.heap = h
	if len(h) == 0 {
		return top
	}
	i := 0
	for {
		least, dist := -1, last.dist
		for c := 4*i + 1; c < min(4*i+5, len(h)); c++ {
			if h[c].dist < dist {
				least, dist = c, h[c].dist
			}
		}
		if least < 0 {
			break
		}
		h[i], i = h[least], least
	}
	h[i] = last
	return top
}
