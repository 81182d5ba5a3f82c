package feed

import (
	"haven/exchange"
	"haven/schema"
)

// Reset comes when changes may have been missed: every session compares its holds with the ledger.
func (h *Handler) Reset(at exchange.Snapshot) {
	h.epoch.Store(at.Epoch)
	for _, s := range h.sessions.all() {
		select {
		case s.again <- struct{}{}:
		default: // one is waiting already
		}
	}
}

// Apply passes a change of a hold to the sessions of the organisations it concerns. It never waits: a session that cannot take one more is
// closed, and gets its open holds again when it comes back.
func (h *Handler) Apply(c exchange.Change) {
	if c.Topic != exchange.TopicHold {
		return
	}
	news := changed{hold: schema.HoldID(c.ID), version: c.Version}
	for _, s := range h.sessions.of(c.To) {
		select {
		case s.changes <- news:
		default:
			s.stop(CloseSlow, 0)
		}
	}
}
