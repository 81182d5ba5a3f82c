package feed

import (
	"errors"
	"fmt"
	"time"
)

// NackError is a message that Haven did not keep, for ever: correct it and send it again, it gets the next number.
type NackError struct{ Nack }

func (e *NackError) Error() string {
	if e.Field != "" {
		return fmt.Sprintf("%s (%s): %s", e.Code, e.Field, e.Words)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Words)
}

// ClosedError is how a connection ended, or why it was not opened. Code is a CloseCode, or an HTTP status for an upgrade that was turned down.
type ClosedError struct {
	Code  int
	Name  string
	Words string
	// Never: connecting again is of no use without a change.
	Never bool
	after time.Duration
}

func (e *ClosedError) Error() string { return fmt.Sprintf("%s (%d): %s", e.Name, e.Code, e.Words) }

// ErrEnded is given for messages that were not answered when the client ended. Haven may have kept them.
var ErrEnded = errors.New("feed: the client ended before Haven answered; the message may have been kept")

// ErrNumbers is given for messages that cannot be sent again under their numbers: another system used the key, or Haven went back to an
// earlier record. A snapshot puts things right.
var ErrNumbers = errors.New("feed: the numbers of this key do not follow on: give every system a key of its own, and send a snapshot of each service")

// final says whether connecting again cannot mend an error.
func final(err error) bool {
	var closed *ClosedError
	return errors.As(err, &closed) && closed.Never
}

// afterOf is how long Haven asked to stay away.
func afterOf(err error) time.Duration {
	var closed *ClosedError
	if errors.As(err, &closed) {
		return closed.after
	}
	return 0
}
