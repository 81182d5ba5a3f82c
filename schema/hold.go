package schema

import (
	"encoding/json"
	"time"
)

// HoldState: held → agreed → arrived, or ended at any point before arrival.
type HoldState string

const (
	Held    HoldState = "held"   // exclusive until ExpiresAt
	Agreed  HoldState = "agreed" // both said yes; the household is on its way; nothing expires
	Arrived HoldState = "arrived"
	Ended   HoldState = "ended"
)

// Hold is a helpline worker's exclusive, timed promise of one space for one request, put to the service.
type Hold struct {
	ID           HoldID
	Request      RequestID
	Space        SpaceID
	Service      ServiceID
	Provider     OrganisationID // whose service it is
	Organisation OrganisationID // the helpline's
	By           AccountID
	Code         string // like 7K4Q-2: what people say aloud and text
	Claim        ClaimID
	State        HoldState
	// Ask: the verdict was check first, so the button read "Ask the refuge".
	Ask bool
	// ConfirmArea: an area to avoid could not be decided from what is published, so the refuge must confirm it before it says yes (S4).
	ConfirmArea bool
	HeldAt      time.Time
	ExpiresAt   time.Time
	Extensions  int
	Provided    *Answer // the service's
	Survivor    *Answer
	ArriveBy    *time.Time
	AgreedAt    *time.Time
	EndedAt     *time.Time
	End         string // a HoldEnds code
	EndReason   string // a CannotTake or DecidedNot code
	EndedBy     EndedBy
	Version     int64
	Made        Basis
}

// Answer is one side's yes or no to a hold.
type Answer struct {
	Yes    bool      `json:"yes"`
	Reason string    `json:"reason,omitempty"` // CannotTake or DecidedNot code, for a no
	At     time.Time `json:"at"`
	By     string    `json:"by"` // account or key id
	// AreaConfirmed: the refuge checked the areas that are not safe and says this one is.
	AreaConfirmed bool `json:"area_confirmed,omitempty"`
}

// Basis keeps what a hold was made on, so that a review can rebuild it (S9).
type Basis struct {
	Need     Need            `json:"need"`
	Place    Place           `json:"place"`
	Findings json.RawMessage `json:"findings"` // the engine's findings, as they were
	Verdict  string          `json:"verdict"`
	Rules    string          `json:"rules"`    // rules version
	Position int64           `json:"position"` // last event id of the ledger seen
}

const (
	// ExtendBy is what one extension adds.
	ExtendBy = 15 * time.Minute
	// MostExtensions a worker can make; WCAG 2.2.1 asks for at least ten.
	MostExtensions = 10
	// AfterYes is the least time a survivor has left once the refuge said yes.
	AfterYes = 30 * time.Minute
)

// Live says whether the hold still promises the space at a time.
func (h Hold) Live(now time.Time) bool {
	return h.State == Agreed || h.State == Held && now.Before(h.ExpiresAt)
}

// Expired says whether the hold is past its time and not yet ended.
func (h Hold) Expired(now time.Time) bool { return h.State == Held && !now.Before(h.ExpiresAt) }

// Expire ends a hold whose time has passed.
func (h Hold) Expire(now time.Time) (Hold, error) {
	if !h.Expired(now) {
		return h, Refuse(KindStale, "not_expired", "This hold still has time left.")
	}
	by := ByTime
	return h.end("expired", "", by, now), nil
}

// Answered by the service. A later answer than the first is refused with hold_ended or answered.
func (h Hold) Answered(a Answer, now time.Time) (Hold, error) {
	if err := h.open(now); err != nil {
		return h, err
	}
	if h.Provided != nil {
		if h.Provided.Yes == a.Yes {
			return h, nil
		}
		return h, Refuse(KindEnded, "answered", "This request has already been answered. Call the helpline to change it.")
	}
	a.At = now
	if !a.Yes {
		row, ok := CannotTake.Find(a.Reason)
		if !ok {
			return h, Invalid("reason", "Choose why you cannot take them")
		}
		h.Provided = &a
		return h.end("cannot_take", a.Reason, row.By, now), nil
	}
	if h.ConfirmArea && !a.AreaConfirmed {
		return h, Refuse(KindInvalid, "confirm_area", "Before you say yes, confirm that your area is safe for this household: the areas that are not safe are listed on the request.")
	}
	h.Provided = &a
	if least := now.Add(AfterYes); h.ExpiresAt.Before(least) {
		h.ExpiresAt = least
	}
	return h.agree(now), nil
}

// Chose records the survivor's answer. She may say no, at no cost, and need not say why.
func (h Hold) Chose(a Answer, now time.Time) (Hold, error) {
	if err := h.open(now); err != nil {
		return h, err
	}
	a.At = now
	if !a.Yes {
		if a.Reason == "" {
			a.Reason = "not_asked"
		}
		if !DecidedNot.Has(a.Reason) {
			return h, Invalid("reason", "Choose what was not right about the place, or leave it")
		}
		h.Survivor = &a
		return h.end("decided_not", a.Reason, BySurvivor, now), nil
	}
	if h.Survivor != nil {
		return h, nil
	}
	if err := h.areaSettled(); err != nil {
		return h, err
	}
	h.Survivor = &a
	return h.agree(now), nil
}

// Extend gives the hold another ExtendBy.
func (h Hold) Extend(now time.Time) (Hold, error) {
	if err := h.open(now); err != nil {
		return h, err
	}
	if h.State == Agreed {
		return h, Refuse(KindEnded, "agreed", "This place is agreed: it no longer runs out.")
	}
	if h.Extensions >= MostExtensions {
		return h, Refuse(KindTaken, "extended_enough", "This hold has been extended 10 times. Call the refuge and agree or release it.")
	}
	h.Extensions++
	h.ExpiresAt = h.ExpiresAt.Add(ExtendBy)
	return h, nil
}

// Finish ends a live hold for a HoldEnds code other than by an answer.
func (h Hold) Finish(end string, now time.Time) (Hold, error) {
	if err := h.open(now); err != nil {
		return h, err
	}
	row, ok := HoldEnds.Find(end)
	if !ok || end == "expired" || end == "cannot_take" || end == "decided_not" {
		return h, Invalid("end", "Choose how the hold ended from the list") // answers and the clock have verbs of their own
	}
	return h.end(end, "", row.By, now), nil
}

// Arrive records that the household is there. The refuge must have said yes; arriving is the survivor's yes.
func (h Hold) Arrive(now time.Time) (Hold, error) {
	if h.State == Arrived {
		return h, nil
	}
	if err := h.open(now); err != nil {
		return h, err
	}
	if h.Provided == nil || !h.Provided.Yes {
		return h, Refuse(KindEnded, "not_accepted", "The service has not said yes yet. Ask it to answer first.")
	}
	if err := h.areaSettled(); err != nil {
		return h, err
	}
	if h.Survivor == nil {
		h.Survivor = &Answer{Yes: true, At: now}
	}
	h = h.agree(now)
	h.State = Arrived
	return h, nil
}

// AskArea has the service confirm its area before a yes counts, because an area to avoid was added since. Asking twice changes nothing.
func (h Hold) AskArea(now time.Time) (Hold, error) {
	if err := h.open(now); err != nil {
		return h, err
	}
	h.ConfirmArea = true
	return h, nil
}

// areaSettled refuses to agree on a yes that was given before an area to avoid was known: the service has not confirmed that one.
func (h Hold) areaSettled() error {
	if h.ConfirmArea && h.Provided != nil && h.Provided.Yes && !h.Provided.AreaConfirmed {
		return Refuse(KindStale, "confirm_area", "An area that is not safe was added after the service said yes. Release this place and hold it again, so that the service can confirm that its area is safe.")
	}
	return nil
}

func (h Hold) agree(now time.Time) Hold {
	if h.State == Held && h.Provided != nil && h.Provided.Yes && h.Survivor != nil && h.Survivor.Yes {
		h.State, h.AgreedAt = Agreed, &now
	}
	return h
}

func (h Hold) open(now time.Time) error {
	if h.Live(now) {
		return nil
	}
	return Refuse(KindEnded, "hold_ended", "This hold has ended: "+HoldEnds.Words(h.endCode())+". Nothing was changed.")
}

func (h Hold) endCode() string {
	if h.State == Ended {
		return h.End
	}
	if h.State == Arrived {
		return "Arrived"
	}
	return "expired"
}

func (h Hold) end(code, reason string, by EndedBy, now time.Time) Hold {
	h.State, h.End, h.EndReason, h.EndedBy, h.EndedAt = Ended, code, reason, by, &now
	return h
}
