package allocator

import (
	"slices"

	"haven/schema"
)

// found is a lineup of places that nothing rules out, as an index keeps them.
type found struct {
	*search
	rows []*row[stored]
}

func (f *found) size() int                { return len(f.rows) }
func (f *found) onlyFor(string) int       { return 0 }
func (f *found) unmet(map[string]int)     {}
func (f *found) first(n int) []Assessment { return f.describe(f.inLine(f.rows, 0, n)) }

func (f *found) without(spaces []schema.SpaceID) lineup {
	return &found{f.search, slices.DeleteFunc(slices.Clone(f.rows), func(r *row[stored]) bool { return slices.Contains(spaces, r.of.space.ID) })}
}

// ranked is a row with its standing.
type ranked struct {
	standing
	row *row[stored]
}

// inLine gives the first n of rows with so many rules against them.
func (s *search) inLine(rows []*row[stored], failing, n int) []ranked {
	line := make([]ranked, 0, len(rows))
	for _, r := range rows {
		p := ranked{standing{
			failing: failing, scarce: s.rare.step(r.of.rare), readiness: readiness(&r.of.vacancy), staleness: staleness(&r.of.vacancy, s.now),
			id: r.of.space.ID, version: r.version,
		}, r}
		if len(s.need.Wishes) > 0 {
			p.wishes = wishesMet(s.need, s.load(r).place)
		}
		line = append(line, p)
	}
	slices.SortFunc(line, func(a, b ranked) int { return a.order(&b.standing) })
	return line[:min(n, len(line))]
}

// describe puts a line into words.
func (s *search) describe(line []ranked) []Assessment {
	out := make([]Assessment, len(line))
	var behind heldBack
	for i := range line {
		p := &line[i]
		out[i] = s.assess(s.load(p.row).place)
		out[i].Scarcity.Step = p.scarce
		if behind.next(&p.standing) && out[i].Verdict != DoesNotFit {
			out[i].Scarcity.Words = s.rare.words(p.row.of.rare)
		}
	}
	return out
}
