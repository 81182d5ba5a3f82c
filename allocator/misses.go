package allocator

import (
	"slices"

	"haven/schema"
)

// misses is a lineup of places that are ruled out. Why is worked out only when somebody asks.
type misses struct {
	*search
	places set
	n      int
	counts *counts // how many rules are against each place; nil until it is asked for
}

func (m *misses) size() int { return m.n }

func (m *misses) without(spaces []schema.SpaceID) lineup {
	left := slices.Clone(m.places)
	for _, id := range spaces {
		if r, in, at := m.find(string(id)); r != nil {
			left.clear(in*blockRows + at)
		}
	}
	return &misses{search: m.search, places: left, n: left.count()}
}

// first takes the places with one rule against them, then those with two, until there are enough.
func (m *misses) first(n int) []Assessment {
	var line []ranked
	for failing := 1; len(line) < n; failing++ {
		var rows []*row[stored]
		for at := range m.against().exactly(failing).all() {
			rows = append(rows, m.at(at))
		}
		line = append(line, m.inLine(rows, failing, n-len(line))...)
	}
	return m.describe(line)
}

func (m *misses) onlyFor(rule string) int {
	i := slices.IndexFunc(m.rules, func(r Rule) bool { return r.Code == rule })
	one, barred := m.against().exactly(1), m.newSet()
	m.put(i, one, nil, barred)
	return barred.count()
}

func (m *misses) unmet(count map[string]int) {
	codes := make([]set, len(schema.UnmetReasons))
	for i := range codes {
		codes[i] = m.newSet()
	}
	for _, i := range m.barring() {
		barred := m.newSet()
		m.put(i, m.places, nil, barred)
		m.sift(i, barred, m.unmetClass, make([]uint8, len(m.values[i])), codes...)
	}
	for i, places := range codes {
		count[schema.UnmetReasons[i].Code] += places.count()
	}
}

// unmetClass of a place that a rule bars is the reason it puts forward.
func (m *misses) unmetClass(rule int, r *row[stored]) class {
	f := m.rules[rule].judge(m.load(r))
	code := f.unmet(&m.rules[rule])
	return class(1 + slices.IndexFunc(schema.UnmetReasons, func(c schema.Code) bool { return c.Code == code }))
}

// against counts the rules against each place.
func (m *misses) against() *counts {
	if m.counts == nil {
		m.counts = &counts{among: m.places}
		for _, i := range m.barring() {
			barred := m.newSet()
			m.put(i, m.places, nil, barred)
			m.counts.add(barred)
		}
	}
	return m.counts
}

// barring gives the rules that may rule something out.
func (m *misses) barring() []int {
	return slices.DeleteFunc(slices.Clone(m.loud), func(i int) bool { return m.rules[i].AsksOnly })
}
