package schema

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Space is what one household occupies: a room, a family unit made of rooms, a flat, a tenancy, or a dated slot of a sanctuary scheme.
type Space struct {
	ID      SpaceID   `json:"id"`
	Service ServiceID `json:"service"`
	// Ref is the provider's own name for it, unique in its service: "3", "Room 3", "F1". Staff of the provider see it; helplines do not.
	Ref string `json:"ref"`
	// Rooms are the refs of the atomic rooms it is made of, sorted. A space that lists none is one room of its own ref.
	Rooms []string `json:"rooms"`
	// BedSpaces is how many people it sleeps, cots not counted; 0 when the provider has not said.
	BedSpaces int `json:"bed_spaces,omitempty"`
	// Cots for children under CotAge that can stand in it, 0 to 10; nil when the provider has not said.
	Cots            *int `json:"cots,omitempty"`
	Wheelchair      Fact `json:"wheelchair,omitempty"`
	LimitedMobility Fact `json:"limited_mobility,omitempty"`
	// Hearing: an alarm and a doorbell that can be seen or felt. Sight: suits somebody who is blind or partially sighted.
	Hearing       Fact `json:"hearing,omitempty"`
	Sight         Fact `json:"sight,omitempty"`
	SelfContained Fact `json:"self_contained,omitempty"`
	// OwnKitchen and OwnBathroom: shared with no other household. A self-contained space has both.
	OwnKitchen  Fact `json:"own_kitchen,omitempty"`
	OwnBathroom Fact `json:"own_bathroom,omitempty"`
	// Bedrooms of a home let by a landlord; 0 when not said.
	Bedrooms int `json:"bedrooms,omitempty"`
	// SlotAt is when a sanctuary survey or fitting can be done; only for provisions with slots.
	SlotAt *time.Time `json:"slot_at,omitempty"`
	// Slot is what is done then: survey or fitting.
	Slot string `json:"slot,omitempty"`
}

// Check refuses a space that cannot be true.
func (s Space) Check() error {
	if !nameable(s.Ref) {
		return Invalid("ref", "ref must be 1 to 40 characters on one line: the name your staff use for the space")
	}
	if s.BedSpaces < 0 || s.BedSpaces > 30 {
		return Invalid("bed_spaces", "bed_spaces must be 0 to 30; 0 when it is not known")
	}
	if s.Cots != nil && (*s.Cots < 0 || *s.Cots > 10) {
		return Invalid("cots", "cots must be 0 to 10, or left out when it is not known")
	}
	if s.Bedrooms < 0 || s.Bedrooms > 12 {
		return Invalid("bedrooms", "bedrooms must be 0 to 12; 0 when it is not known")
	}
	if len(s.Rooms) > 12 {
		return Invalid("rooms", "rooms can name at most 12 rooms")
	}
	seen := map[string]bool{}
	for _, r := range s.Rooms {
		if !nameable(r) || seen[r] {
			return Invalid("rooms", "rooms must be different names of 1 to 40 characters")
		}
		seen[r] = true
	}
	if s.Slot != "" && s.Slot != "survey" && s.Slot != "fitting" {
		return Invalid("slot", "slot must be survey or fitting")
	}
	for _, row := range SpaceFacts() {
		if err := row.Of(&s).Check(row.Code); err != nil {
			return err
		}
	}
	if s.SelfContained == Yes && (s.OwnKitchen == No || s.OwnBathroom == No) {
		return Invalid("self_contained", "self_contained means a kitchen and a bathroom of their own: change own_kitchen or own_bathroom, or self_contained")
	}
	return nil
}

// SpaceFact is one thing that is said of a space with yes or no.
type SpaceFact struct {
	Code  string // the JSON name in Space
	Label string
	Of    func(*Space) *Fact
}

// SpaceFacts lists them, in the order people see them.
func SpaceFacts() []SpaceFact {
	return []SpaceFact{
		{"wheelchair", "Wheelchair accessible", func(s *Space) *Fact { return &s.Wheelchair }},
		{"limited_mobility", "Suits limited mobility", func(s *Space) *Fact { return &s.LimitedMobility }},
		{"hearing", "Alarm that can be seen or felt", func(s *Space) *Fact { return &s.Hearing }},
		{"sight", "Suits somebody blind or partially sighted", func(s *Space) *Fact { return &s.Sight }},
		{"self_contained", "Self-contained", func(s *Space) *Fact { return &s.SelfContained }},
		{"own_kitchen", "A kitchen of its own", func(s *Space) *Fact { return &s.OwnKitchen }},
		{"own_bathroom", "A bathroom of its own", func(s *Space) *Fact { return &s.OwnBathroom }},
	}
}

// nameable says whether people can read a name aloud: 1 to 40 characters, none of them a control character.
func nameable(name string) bool {
	return name != "" && utf8.RuneCountInString(name) <= 40 && utf8.ValidString(name) && !strings.ContainsFunc(name, unicode.IsControl)
}

// State is what a provider reports of a space.
type State string

const (
	Available    State = "available"
	GettingReady State = "getting_ready"
	Taken        State = "taken"
	OutOfUseFor  State = "out_of_use"
	Closed       State = "closed"
)

// Report is what the provider says of a space. By itself it never creates or ends a claim.
type Report struct {
	State State `json:"state"`
	// From: when a space that is getting ready can be used.
	From *time.Time `json:"from,omitempty"`
	// Until: when a space out of use is expected back.
	Until *time.Time `json:"until,omitempty"`
	// Why a space is out of use: an OutOfUse code.
	Why string `json:"why,omitempty"`
	// Claim names the claim this report ends, when it contradicts one.
	Claim ClaimID `json:"claim,omitempty"`
	// Version is the newest report version the sender had seen; nil when it keeps no versions. An older one is stale.
	Version *int64 `json:"version,omitempty"`
}

// Check refuses an impossible report. It takes now to refuse a time that cannot be meant: over a year away.
func (r Report) Check(now time.Time) error {
	far := now.AddDate(1, 0, 0)
	switch r.State {
	case Available, Taken, Closed:
		if r.From != nil || r.Until != nil || r.Why != "" {
			return Invalid("from", fmt.Sprintf("a space that is %s has no from, until or why", r.State))
		}
	case GettingReady:
		if r.From == nil {
			return Invalid("from", "a space that is getting ready needs from: when it can be used")
		}
		if r.From.After(far) || r.From.Before(now.AddDate(0, 0, -1)) {
			return Invalid("from", "from must be between yesterday and a year from now")
		}
		if r.Until != nil || r.Why != "" {
			return Invalid("until", "a space that is getting ready has no until or why")
		}
	case OutOfUseFor:
		if !OutOfUse.Has(r.Why) {
			return Invalid("why", "a space out of use needs why: repair, safety, staffing or other")
		}
		if r.Until != nil && (r.Until.After(far) || r.Until.Before(now.AddDate(0, 0, -1))) {
			return Invalid("until", "until must be between yesterday and a year from now")
		}
		if r.From != nil {
			return Invalid("from", "a space out of use has no from")
		}
	default:
		return Invalid("state", "state must be available, getting_ready, taken, out_of_use or closed")
	}
	return nil
}

// Free says whether a report lets the space be offered, now or from a time.
func (r Report) Free() bool { return r.State == Available || r.State == GettingReady }
