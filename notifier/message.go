package notifier

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// State is where a message stands. Accepted means the provider took it over, not that a telephone showed it.
type State string

const (
	Ready      State = "ready"      // waits for a worker
	Sending    State = "sending"    // committed before the request is written; may have gone
	Accepted   State = "accepted"   // the provider has it, ProviderID names it
	Rejected   State = "rejected"   // the provider will never take it; people are told
	Unknown    State = "unknown"    // may have gone; looked for, never sent again by a program
	Expired    State = "expired"    // its time passed before it went
	Suppressed State = "suppressed" // it may not be sent; Code says why
)

// settles lists the states in which a turn may leave a message that was in the state named. Accepted, Rejected, Expired and
// Suppressed have no row because nothing follows them; Unknown never leads back to Ready, which would be a blind second text.
var settles = map[State][]State{
	Ready:   {Ready, Expired, Suppressed},
	Sending: {Ready, Accepted, Rejected, Unknown, Expired},
	Unknown: {Unknown, Accepted},
}

// ErrState is wrapped by the error of every verb that refuses.
var ErrState = errors.New("message is not in a state that allows this")

// Message is one text to one number. What is fixed when it is written comes first; the rest is moved by the verbs only.
type Message struct {
	ID        string    // opaque
	Wording   string    // code of its Wording
	To        string    // E.164, as ParseMobile gives it; never logged
	HoldID    string    // opaque; the hold it is about
	At        time.Time // the clock time its words name: the deadline of a waiting request, the moment of a release
	NotBefore time.Time
	NotAfter  time.Time // never sent at or after it

	State      State
	Attempts   int       // requests begun
	BegunAt    time.Time // when the latest request was begun; a lost message is looked for from here
	NextAt     time.Time // when a worker is to take it up; zero with Unknown: left to people
	ProviderID string    // the provider's id, once accepted
	Code       string    // why it stands where it stands, for people

	Token   string  // of the lease it is held under; set by Outbox.Lease
	Grounds Grounds // what is recorded about its number now; set by Outbox.Lease
	// Reference of the request it is about, like 7K4Q; empty where its words name none; set by Outbox.Lease.
	Reference string
}

// Outcome is how a worker's turn with a message ended.
type Outcome struct {
	State      State
	ProviderID string    // with Accepted
	Code       string    // with every other state
	NextAt     time.Time // with Ready and Unknown; zero with Unknown leaves it to people
}

// Begin marks that a request is about to be written. It refuses a message that is not ready, not due, or out of time.
func (m Message) Begin(now time.Time) (Message, error) {
	switch {
	case m.State != Ready:
		return m, fmt.Errorf("begin message %s, which is %s: %w", m.ID, m.State, ErrState)
	case now.Before(m.NotBefore), now.Before(m.NextAt):
		return m, fmt.Errorf("begin message %s before its time: %w", m.ID, ErrState)
	case !now.Before(m.NotAfter):
		return m, fmt.Errorf("begin message %s after its time: %w", m.ID, ErrState)
	}
	m.State, m.BegunAt, m.Attempts, m.Code = Sending, now, m.Attempts+1, ""
	return m, nil
}

// Settle records an outcome. Said again of a message that already stands so it changes nothing, so a settlement whose own
// acknowledgement was lost may be repeated.
func (m Message) Settle(o Outcome) (Message, error) {
	if m.Final() && m.State == o.State && m.ProviderID == o.ProviderID {
		return m, nil
	}
	if !slices.Contains(settles[m.State], o.State) {
		return m, fmt.Errorf("settle message %s, which is %s, as %s: %w", m.ID, m.State, o.State, ErrState)
	}
	if (o.State == Accepted) != (o.ProviderID != "") {
		return m, fmt.Errorf("settle message %s as %s: a provider id goes with accepted, and only with it: %w", m.ID, o.State, ErrState)
	}
	if o.State == Ready && o.NextAt.IsZero() {
		return m, fmt.Errorf("settle message %s as ready without saying when: %w", m.ID, ErrState)
	}
	m.State, m.ProviderID, m.Code, m.NextAt = o.State, o.ProviderID, o.Code, o.NextAt
	return m, nil
}

// Lapse takes a message from a worker that fell silent in the middle of a request: it may have gone, so it is looked for, at once.
func (m Message) Lapse(now time.Time) (Message, error) {
	if m.State != Sending {
		return m, fmt.Errorf("lapse message %s, which is %s: %w", m.ID, m.State, ErrState)
	}
	m.State, m.Code, m.NextAt = Unknown, CodeWorkerLost, now
	return m, nil
}

// Final says that nothing follows: no worker takes the message up again.
func (m Message) Final() bool {
	return len(settles[m.State]) == 0
}
