package feed

import (
	"context"
	"slices"
	"sync"

	"haven/schema"
)

// HoldEvent is one thing Haven said of a hold: exactly one part is set.
type HoldEvent struct {
	Hold  *Hold
	Ended *HoldEnded
}

// MarshalJSON gives it as it went on the wire, so that what a program logs or prints reads like the protocol's document.
func (e HoldEvent) MarshalJSON() ([]byte, error) {
	if e.Hold != nil {
		return encode("hold", 0, e.Hold)
	}
	return encode("hold_ended", 0, e.Ended)
}

func (e HoldEvent) id() schema.HoldID {
	if e.Hold != nil {
		return e.Hold.Hold
	}
	return e.Ended.Hold
}

// mailbox keeps events until somebody takes them, so that a program that does not listen never holds up its own answers. It keeps one event
// a hold, the newest, which bounds it by the number of holds.
type mailbox struct {
	out  chan HoldEvent
	wake chan struct{}

	mu     sync.Mutex
	events []HoldEvent
}

func newMailbox() *mailbox {
	return &mailbox{out: make(chan HoldEvent), wake: make(chan struct{}, 1)}
}

func (m *mailbox) put(e HoldEvent) {
	m.mu.Lock()
	if i := slices.IndexFunc(m.events, func(o HoldEvent) bool { return o.id() == e.id() }); i >= 0 {
		m.events[i] = e
	} else {
		m.events = append(m.events, e)
	}
	m.mu.Unlock()
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

func (m *mailbox) take() (HoldEvent, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.events) == 0 {
		return HoldEvent{}, false
	}
	e := m.events[0]
	m.events = m.events[1:]
	return e, true
}

// deliver hands events out until ctx ends.
func (m *mailbox) deliver(ctx context.Context) {
	defer close(m.out)
	for {
		e, ok := m.take()
		if !ok {
			select {
			case <-m.wake:
				continue
			case <-ctx.Done():
				return
			}
		}
		select {
		case m.out <- e:
		case <-ctx.Done():
			return
		}
	}
}
