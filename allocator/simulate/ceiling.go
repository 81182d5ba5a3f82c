package simulate

// Ceiling is a bound with hindsight: no policy whatever, not even one that knows who will come and when each place will be free, places more. It may not
// be reachable. It is the largest matching of households with turns of places, from which these are left out: that a place stands free until a household
// comes, that a service takes time to answer, that reports are stale, that referrals fail. Each only makes it larger.
func (w *World) Ceiling(in func(group []bool) bool) int {
	turns, first := w.turns()
	var edges [][]int32
	for h := range w.households {
		if in(w.households[h].groups) && !w.cannotBe(h) {
			edges = append(edges, w.usable(h, turns, first))
		}
	}
	return newMatching(edges, len(turns)).size()
}

// turns of every place: the earliest hour at which its next household could come, if every one before came at once. first is where each place's begin.
func (w *World) turns() (earliest []int, first []int) {
	for place := range w.places {
		first = append(first, len(earliest))
		for at, turn := w.firstFree(place), 0; at < w.hours; turn++ {
			earliest = append(earliest, at)
			at += w.stay(place, turn) + w.ready(place, turn)
		}
	}
	return earliest, append(first, len(earliest))
}

// cannotBe placed by any policy: who finds services from a list is put forward, waits for that answer, and does not.
func (w *World) cannotBe(h int) bool {
	who := &w.households[h]
	after, waits := w.answerAfter(h, 0)
	return !who.direct && (!waits || who.at+after >= min(who.until, w.hours))
}

func (w *World) usable(h int, turns, first []int) []int32 {
	var out []int32
	possible := w.possible(h)
	for place := range w.places {
		if !possible.has(place) || w.choice(h, place) != accepted {
			continue
		}
		for t := first[place]; t < first[place+1] && turns[t] < w.households[h].until; t++ {
			out = append(out, int32(t))
		}
	}
	return out
}

// matching of households with turns: one each, as many as can be (Kuhn: a household takes a turn whose household can take another).
type matching struct {
	edges [][]int32
	of    []int32 // the household that has each turn, -1 where none
	seen  []int32 // the household on whose behalf each turn was last tried
	try   int32
}

func newMatching(edges [][]int32, turns int) *matching {
	m := &matching{edges: edges, of: make([]int32, turns), seen: make([]int32, turns)}
	for i := range m.of {
		m.of[i] = -1
	}
	return m
}

func (m *matching) size() int {
	n := 0
	for h := range m.edges {
		m.try++
		if m.place(int32(h)) {
			n++
		}
	}
	return n
}

func (m *matching) place(h int32) bool {
	for _, t := range m.edges[h] {
		if m.of[t] < 0 {
			m.of[t] = h
			return true
		}
	}
	for _, t := range m.edges[h] {
		if m.seen[t] == m.try {
			continue
		}
		m.seen[t] = m.try
		if m.place(m.of[t]) {
			m.of[t] = h
			return true
		}
	}
	return false
}
