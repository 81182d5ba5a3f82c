package schema

import "time"

// RequestState: a request is open until somebody records how it ended.
type RequestState string

const (
	RequestOpen   RequestState = "open"
	RequestPlaced RequestState = "placed" // the household arrived
	RequestUnmet  RequestState = "unmet"  // ended with no safe place
)

// Request is one household's present need. Reference is what people say aloud; it identifies nobody.
type Request struct {
	ID           RequestID
	Household    HouseholdID
	Organisation OrganisationID
	// Council it was passed to when no place was found, with her agreement; empty otherwise.
	Council   OrganisationID
	Reference string // like 7K4Q, unique among open requests
	Need      Need
	State     RequestState
	OpenedAt  time.Time
	OpenedBy  AccountID
	EndedAt   time.Time
	// WaitingSince is when its workers asked Haven to keep looking; zero when nobody did, and once the request ended or a place was agreed.
	WaitingSince time.Time
	// Version rises with each change, of the facts or of how the request stands: followers drop what is not newer.
	Version int64
}

// MostLiveHolds a request may have at once, so that places are not hoarded.
const MostLiveHolds = 2

// Change replaces the facts of an open request.
func (r Request) Change(n Need, now time.Time) (Request, error) {
	if r.State != RequestOpen {
		return r, r.over()
	}
	if err := n.Check(); err != nil {
		return r, err
	}
	// What was tried is Haven's to keep: no form carries it, and none can take it back.
	n.SaidAt, n.Declined = now, r.Need.Declined
	r.Need = n
	r.Version++
	return r, nil
}

// TryAgain keeps of what was tried only these: a place that the household decided against may be put forward once more when they say so.
func (r Request) TryAgain(kept []Declined) (Request, error) {
	if r.State != RequestOpen {
		return r, r.over()
	}
	r.Need.Declined = kept
	r.Version++
	return r, nil
}

// Place ends the request because the household arrived.
func (r Request) Place(now time.Time) (Request, error) {
	if r.State != RequestOpen {
		return r, r.over()
	}
	r.State, r.EndedAt, r.WaitingSince = RequestPlaced, now, time.Time{}
	r.Version++
	return r, nil
}

// Unmet ends the request with no safe place.
func (r Request) Unmet(reasons []string, now time.Time) (Request, error) {
	if r.State != RequestOpen {
		return r, r.over()
	}
	if len(reasons) == 0 {
		return r, Invalid("reasons", "Choose at least one reason why no place was found")
	}
	for _, code := range reasons {
		if !UnmetReasons.Has(code) {
			return r, Invalid("reasons", "Choose the reasons from the list")
		}
	}
	r.State, r.EndedAt, r.WaitingSince = RequestUnmet, now, time.Time{}
	r.Version++
	return r, nil
}

func (r Request) over() error {
	return Refuse(KindEnded, "request_ended", "This request has been closed. Start a new request for the household.")
}

// UnmetNeed is the record of a request that ended with no safe place.
type UnmetNeed struct {
	Request RequestID
	Reasons []string // UnmetReasons codes, the main one first
	By      EndedBy
	At      time.Time
}
