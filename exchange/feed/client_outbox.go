package feed

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// outbox keeps what Haven has not answered yet, in the order of the numbers.
type outbox struct {
	room chan struct{} // one token for each message that waits
	wake chan struct{} // something was put in

	mu      sync.Mutex
	next    int64 // the number of the next new message
	waiting []*pending
	over    error // set when the client has ended
}

// pending is a numbered message: its frames, several for a snapshot in parts, and where its answer goes.
type pending struct {
	seq    int64
	frames [][]byte
	answer chan answered
}

type answered struct {
	ack Ack
	err error
}

func newOutbox(most int) *outbox {
	return &outbox{room: make(chan struct{}, most), wake: make(chan struct{}, 1)}
}

// put numbers a message. A message that cannot be sent gets no number.
func (o *outbox) put(ctx context.Context, m Message, frameBytes int) (*pending, error) {
	select {
	case o.room <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("feed: too many messages are not answered yet: %w", ctx.Err())
	}
	p, err := o.number(m, frameBytes)
	if err != nil {
		<-o.room
		return nil, err
	}
	select {
	case o.wake <- struct{}{}:
	default:
	}
	return p, nil
}

func (o *outbox) number(m Message, frameBytes int) (*pending, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.over != nil {
		return nil, o.over
	}
	frames, err := framesOf(m, o.next, frameBytes)
	if err != nil {
		return nil, err
	}
	p := &pending{seq: o.next, frames: frames, answer: make(chan answered, 1)}
	o.next++
	o.waiting = append(o.waiting, p)
	return p, nil
}

// after gives the first waiting message with a number above seq.
func (o *outbox) after(seq int64) (*pending, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, p := range o.waiting {
		if p.seq > seq {
			return p, true
		}
	}
	return nil, false
}

// answer settles a number. Answers that come twice, after a message was sent twice, are dropped.
func (o *outbox) answer(seq int64, a answered) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, p := range o.waiting {
		if p.seq == seq {
			o.waiting = append(o.waiting[:i], o.waiting[i+1:]...)
			p.answer <- a
			<-o.room
			return
		}
	}
}

// resume compares the numbers with the last that Haven has answered. What waits is sent again only where they follow on: else it could get
// the answers of somebody else's messages.
func (o *outbox) resume(last int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.waiting) > 0 && o.waiting[0].seq <= last+1 && last < o.next {
		return
	}
	for _, p := range o.waiting {
		p.answer <- answered{err: ErrNumbers}
		<-o.room
	}
	o.waiting, o.next = nil, last+1
}

// end gives everything that waits up.
func (o *outbox) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = errors.New("feed: the client has ended")
	for _, p := range o.waiting {
		p.answer <- answered{err: ErrEnded}
		<-o.room
	}
	o.waiting = nil
}

// framesOf encodes a message, a large snapshot in parts.
func framesOf(m Message, seq int64, frameBytes int) ([][]byte, error) {
	raw, err := encode(m.kind(), seq, m)
	if err != nil {
		return nil, fmt.Errorf("feed: write a message: %w", err)
	}
	if len(raw) <= frameBytes {
		return [][]byte{raw}, nil
	}
	s, ok := m.(Snapshot)
	if !ok {
		return nil, fmt.Errorf("feed: this %s has %d bytes and Haven takes %d: send fewer spaces a message", m.kind(), len(raw), frameBytes)
	}
	parts := len(raw)/frameBytes + 1
	for ; parts <= mostParts; parts++ {
		frames, err := inParts(s, seq, parts)
		if err != nil {
			return nil, err
		}
		if fit(frames, frameBytes) {
			return frames, nil
		}
	}
	return nil, fmt.Errorf("feed: this snapshot has %d bytes and does not fit %d parts of %d", len(raw), mostParts, frameBytes)
}

func inParts(s Snapshot, seq int64, parts int) ([][]byte, error) {
	frames := make([][]byte, 0, parts)
	for i := range parts {
		part := s
		part.Spaces, part.Part, part.Parts = s.Spaces[i*len(s.Spaces)/parts:(i+1)*len(s.Spaces)/parts], i+1, parts
		raw, err := encode(part.kind(), seq, part)
		if err != nil {
			return nil, fmt.Errorf("feed: write a message: %w", err)
		}
		frames = append(frames, raw)
	}
	return frames, nil
}

func fit(frames [][]byte, most int) bool {
	for _, f := range frames {
		if len(f) > most {
			return false
		}
	}
	return true
}
