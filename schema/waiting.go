package schema

import "time"

// Waits says whether Haven keeps looking for this request: every place that opens is put to it, and its workers are told.
func (r Request) Waits() bool { return !r.WaitingSince.IsZero() }

// Wait asks Haven to keep looking. A hold does not end the waiting, for it may come to nothing; an agreed place, an arrival and the end of the
// request do. Asking again changes nothing: the household has waited since the first time.
func (r Request) Wait(now time.Time) (Request, error) {
	if r.State != RequestOpen {
		return r, r.over()
	}
	if !r.Waits() {
		r.WaitingSince = now
		r.Version++
	}
	return r, nil
}

// StopWaiting ends the looking, not the request.
func (r Request) StopWaiting() Request {
	if r.Waits() {
		r.WaitingSince = time.Time{}
		r.Version++
	}
	return r
}

// Decline keeps what was tried and did not come about, so that it is not put forward again. The facts were said when they were said.
func (r Request) Decline(d Declined) Request {
	r.Need = r.Need.WithDeclined(d)
	r.Version++
	return r
}

// Match is a place that opened for a request that waits, from when it was found until it is gone. The same place opening again is another match.
type Match struct {
	Request RequestID
	Space   SpaceID
	Verdict string // as it is now: the engine's fits or check_first
	FoundAt time.Time
	// Known: it was there before they began to wait, on the list that they saw. Nobody is texted about it.
	Known  bool
	ToldAt time.Time // when a text to those on duty counted it; zero before
	GoneAt time.Time // when it was no longer free, no longer right, or no longer waited for; zero while it is there
}
