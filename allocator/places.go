package allocator

import (
	"iter"

	"haven/schema"
)

// Places gives every live place of one snapshot, for what looks at all of them: a plan, and what would open places. Each is good only until the next:
// whoever keeps one copies it.
func (x *Index) Places() iter.Seq[*schema.Place] { return x.current.Load().places() }
