package notifier

import (
	"errors"
	"time"
)

const (
	retryFirst = 2 * time.Second
	retryMost  = time.Minute
	lookFirst  = 10 * time.Second
	lookUntil  = 10 * time.Minute
)

// Next is the retry policy: what follows from a request for m, begun, that ended with providerID or err. Jitter in [0,1) spreads
// workers that failed together. Only what surely did not go is tried again, and only while there is time.
func Next(m Message, providerID string, err error, now time.Time, jitter float64) Outcome {
	if err == nil && providerID != "" {
		return Outcome{State: Accepted, ProviderID: providerID}
	}
	failed := &SendError{Failure: Lost, Code: CodeNoAnswer}
	errors.As(err, &failed)
	switch failed.Failure {
	case Refused:
		return Outcome{State: Rejected, Code: failed.Code}
	case Busy, NotSent:
		at := now.Add(max(backoff(m.Attempts, jitter), failed.RetryAfter))
		if !at.Before(m.NotAfter) {
			return Outcome{State: Expired, Code: failed.Code}
		}
		return Outcome{State: Ready, Code: failed.Code, NextAt: at}
	default:
		return Outcome{State: Unknown, Code: failed.Code, NextAt: now.Add(lookFirst)}
	}
}

// LookAgain is what follows from asking the provider for a lost message in vain: asked again after ever longer pauses, because a
// provider may list a text late, and in the end left to people. It is never sent again, for not listed is not proof of not gone.
func LookAgain(m Message, code string, now time.Time) Outcome {
	waited := now.Sub(m.BegunAt)
	if waited >= lookUntil {
		return Outcome{State: Unknown, Code: code}
	}
	return Outcome{State: Unknown, Code: code, NextAt: now.Add(max(lookFirst, 3*waited))}
}

// backoff doubles from retryFirst to retryMost and takes between half and the whole of it, so that Retry-After (always the longer
// where it is given) and the doubling both keep their meaning.
func backoff(attempts int, jitter float64) time.Duration {
	wait := retryMost
	if attempts < 6 {
		wait = min(retryMost, retryFirst<<max(0, attempts-1))
	}
	return wait/2 + time.Duration(jitter*float64(wait/2))
}
