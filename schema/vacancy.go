package schema

import "time"

// Status is derived from the newest reports and the live claims on a space's rooms; "on hold" is never published by anybody.
type Status string

const (
	StatusAvailable    Status = "available"
	StatusGettingReady Status = "getting_ready"
	StatusOnHold       Status = "on_hold"
	StatusTaken        Status = "taken"
	StatusOutOfUse     Status = "out_of_use"
)

// Vacancy is whether a space is free, and how fresh the word is.
type Vacancy struct {
	Status Status     `json:"status"`
	From   *time.Time `json:"from,omitempty"`  // getting ready
	Until  *time.Time `json:"until,omitempty"` // on hold or out of use
	// ConfirmedAt is when the provider last said, or by acting showed, that this is right.
	ConfirmedAt time.Time `json:"confirmed_at"`
}

// Free says whether a household can be put forward for it.
func (v Vacancy) Free() bool { return v.Status == StatusAvailable || v.Status == StatusGettingReady }

// Freshness bands. The limits are the network's setting; these are the defaults.
type Freshness string

const (
	Fresh       Freshness = "fresh"       // up to FreshFor
	Ageing      Freshness = "ageing"      // up to AgeingFor: check when you call
	Unconfirmed Freshness = "unconfirmed" // older: call before you offer it
)

const (
	FreshFor  = 4 * time.Hour
	AgeingFor = 12 * time.Hour
	// ClockSlack: a confirmation may lie this far in the future before it is treated as unknown.
	ClockSlack = time.Minute
)

// Freshness of the vacancy at a time. A confirmation from the future is no confirmation.
func (v Vacancy) Freshness(now time.Time) Freshness {
	age := now.Sub(v.ConfirmedAt)
	switch {
	case v.ConfirmedAt.IsZero() || age < -ClockSlack:
		return Unconfirmed
	case age <= FreshFor:
		return Fresh
	case age <= AgeingFor:
		return Ageing
	}
	return Unconfirmed
}

// Place is a space with its service and vacancy as published: all that the engine and the board know of it.
type Place struct {
	Space   Space   `json:"space"`
	Service Service `json:"service"`
	Vacancy Vacancy `json:"vacancy"`
	// Version rises by at least one with every change of the space, its claims or an overlapping space. Older loses.
	Version int64 `json:"version"`
}
