package notifier

import (
	"context"
	"time"
)

// Sender carries a text to a telephone.
type Sender interface {
	// Send hands body over for number to and returns the provider's id for it. The provider drops it when it cannot be delivered within
	// validFor. A failure is a *SendError; any other error counts as Lost.
	Send(ctx context.Context, to, body string, validFor time.Duration) (providerID string, err error)
	// Find lists the provider ids of texts with exactly that body which the provider took for that number at or after since (it may
	// reach back a little further, for clocks that differ), newest first. None found is no error and no proof that none was taken.
	Find(ctx context.Context, to, body string, since time.Time) (providerIDs []string, err error)
}

// Failure is what is known to have become of a text that Send could not hand over.
type Failure string

const (
	Refused Failure = "refused"  // will never be taken: a bad number, opted out, not our account
	Busy    Failure = "busy"     // not taken now; safe to send again, not before RetryAfter
	NotSent Failure = "not_sent" // no request was written; safe to send again
	Lost    Failure = "lost"     // written, and no word of what became of it; never safe to send again
)

// SendError says what became of a text. Code is a provider's or transport's code for people; it never holds a number or a text.
type SendError struct {
	Failure    Failure
	Code       string
	RetryAfter time.Duration // with Busy; zero where the provider named none
}

func (e *SendError) Error() string {
	return "text message " + string(e.Failure) + " (" + e.Code + ")"
}
