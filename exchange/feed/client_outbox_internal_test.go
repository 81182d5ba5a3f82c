package feed

import (
	"errors"
	"testing"
)

// A message is sent again only under a number that is still its own. Else it would be told somebody else's answer, and believe it.
func TestOutboxGoesOnOnlyWhereNumbersFollow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		first          int64 // answered before, so that the first message is first+1
		sent, answered int
		last           int64 // what the next hello says
		kept           bool
		next           int64
	}{
		{"nothing was answered meanwhile", 4, 3, 0, 4, true, 8},
		{"some were, and their answers lost", 4, 3, 0, 6, true, 8},
		{"all were", 4, 3, 0, 7, true, 8},
		{"one was told", 4, 3, 1, 5, true, 8},
		{"another system used the key", 4, 3, 0, 8, false, 9},
		{"Haven went back to an earlier record", 4, 3, 1, 2, false, 3},
		{"nothing waits", 4, 2, 2, 6, true, 7},
		{"nothing waits, another system used the key", 4, 2, 2, 9, true, 10},
	} {
		o := newOutbox(8)
		o.resume(c.first)
		var all []*pending
		for range c.sent {
			p, err := o.put(t.Context(), Confirm{Service: someID}, 1000)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, p)
		}
		for _, p := range all[:c.answered] {
			o.answer(p.seq, answered{})
		}
		o.resume(c.last)
		for _, p := range all[c.answered:] {
			select {
			case a := <-p.answer:
				if c.kept || !errors.Is(a.err, ErrNumbers) {
					t.Errorf("%s: number %d was given up with %v", c.name, p.seq, a.err)
				}
			default:
				if !c.kept {
					t.Errorf("%s: number %d would be sent again", c.name, p.seq)
				}
			}
		}
		if o.next != c.next {
			t.Errorf("%s: the next number is %d, want %d", c.name, o.next, c.next)
		}
	}
}

// However a client ends, nobody waits for ever for an answer or for room.
func TestOutboxEnds(t *testing.T) {
	t.Parallel()
	o := newOutbox(1)
	o.resume(0)
	p, err := o.put(t.Context(), Confirm{Service: someID}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	late := make(chan error)
	go func() {
		_, err := o.put(t.Context(), Confirm{Service: someID}, 1000)
		late <- err
	}()
	o.end()
	if a := <-p.answer; !errors.Is(a.err, ErrEnded) {
		t.Errorf("what waited got %v", a.err)
	}
	if err := <-late; err == nil {
		t.Error("a client that has ended took a message")
	}
}
