package feed

import (
	"haven/exchange"
	"haven/schema"
)

// mostParts bounds a snapshot; with the limit on spaces it bounds what a session keeps in memory.
const mostParts = 100

// assembly gathers the parts of one snapshot. A session has one; a new part 1 starts it again.
type assembly struct {
	seq   int64
	got   int // parts so far; 0 when nothing is being gathered
	parts int
	whole exchange.Complete
}

// add takes the next part. It gives the whole when it is complete, nil while parts are missing. A refusal ends the assembly.
func (a *assembly) add(seq int64, s Snapshot) (*exchange.Complete, *schema.Refusal) {
	part, parts := max(s.Part, 1), max(s.Parts, 1)
	if s.Part < 0 || s.Parts < 0 || part > parts || parts > mostParts {
		return nil, a.fail("part must be 1 to parts, and parts at most 100")
	}
	if part == 1 {
		*a = assembly{seq: seq, parts: parts, whole: exchange.Complete{Publish: exchange.Publish{Service: s.Service}}}
	}
	switch {
	case a.got == 0 && part != 1, a.seq != seq, a.got+1 != part:
		return nil, a.fail("the parts of a snapshot must come in order, from 1, under one seq; send all of them again under the next seq")
	case a.parts != parts:
		return nil, a.fail("every part must say the same parts")
	case a.whole.Service != s.Service:
		return nil, a.fail("every part must name the same service")
	}
	if len(a.whole.Spaces)+len(s.Spaces) > exchange.MostSpacesAMessage {
		*a = assembly{}
		return nil, schema.Invalid("spaces", "a snapshot can name at most 500 spaces")
	}
	a.got = part
	a.whole.Spaces = append(a.whole.Spaces, reports(s.Spaces)...)
	a.whole.DropConfirmed = a.whole.DropConfirmed || s.DropConfirmed
	if part < parts {
		return nil, nil
	}
	whole := a.whole
	*a = assembly{}
	return &whole, nil
}

func (a *assembly) fail(words string) *schema.Refusal {
	*a = assembly{}
	return refusal(codeSnapshotPart, "part", words)
}
