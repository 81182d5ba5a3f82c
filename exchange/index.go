package exchange

import (
	"haven/allocator"
	"haven/schema"
)

// indexed keeps the live places that searches read in step with the board.
type indexed struct{ index *allocator.Index }

// Indexed is the follower that feeds searches.
func (x *Exchange) Indexed() Follower { return indexed{x.index} }

// Index is the live places themselves.
func (x *Exchange) Index() *allocator.Index { return x.index }

// Reset replaces all places by a snapshot.
func (f indexed) Reset(s Snapshot) { f.index.Reset(s.Places) }

// Apply keeps one change; an older version loses.
func (f indexed) Apply(c Change) {
	if c.Topic != TopicSpace {
		return
	}
	if c.Place == nil {
		f.index.Remove(schema.SpaceID(c.ID), c.Version)
		return
	}
	f.index.Put(*c.Place)
}
