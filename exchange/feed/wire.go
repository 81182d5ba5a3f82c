package feed

import (
	"time"

	"haven/exchange"
	"haven/schema"
)

// Message is what a provider's system can say: a Publish, Snapshot, Confirm or Answer. On the wire each also has its type and seq.
type Message interface {
	// kind is the type on the wire.
	kind() string
}

// Publish reports on named spaces of one service.
type Publish struct {
	Service schema.ServiceID `json:"service" feed:"required"`
	Spaces  []Space          `json:"spaces" feed:"required"`
}

// Snapshot is the complete list of a service's spaces: what it does not name is unpublished. It may come in parts under one number; then
// only the last is answered, and a reconnect starts it again from part 1.
type Snapshot struct {
	Service schema.ServiceID `json:"service" feed:"required"`
	Spaces  []Space          `json:"spaces" feed:"required"`
	Part    int              `json:"part,omitempty"`  // 1 when left out
	Parts   int              `json:"parts,omitempty"` // 1 when left out
	// DropConfirmed must be true, in any part, when more than half of the published spaces would go.
	DropConfirmed bool `json:"drop_confirmed,omitempty"`
}

// Confirm says that the newest reports are still right: of the refs given, or of every published space of the service.
type Confirm struct {
	Service schema.ServiceID `json:"service" feed:"required"`
	Refs    []string         `json:"refs,omitempty"`
}

// Answer is the service's yes or no to a hold.
type Answer struct {
	Hold   schema.HoldID `json:"hold" feed:"required"`
	Yes    bool          `json:"yes" feed:"required"`
	Reason string        `json:"reason,omitempty"` // with a no: a schema.CannotTake code
	// ArriveBy, with a yes: when the household should be there.
	ArriveBy *time.Time `json:"arrive_by,omitempty"`
	// AreaConfirmed: the areas that are not safe, listed on the hold, were checked and this one is safe.
	AreaConfirmed bool `json:"area_confirmed,omitempty"`
}

// Space is one space of a publish or snapshot: its facts and its report in one flat object. The facts, rooms to slot, are a group: where any
// is given they replace all that was known of the space, and those left out become unknown; where none is given, none changes.
type Space struct {
	Ref             string       `json:"ref" feed:"required"`
	Rooms           []string     `json:"rooms,omitempty"`
	BedSpaces       *int         `json:"bed_spaces,omitempty"`
	Cots            *int         `json:"cots,omitempty"`
	Wheelchair      *schema.Fact `json:"wheelchair,omitempty"`
	LimitedMobility *schema.Fact `json:"limited_mobility,omitempty"`
	Hearing         *schema.Fact `json:"hearing,omitempty"`
	Sight           *schema.Fact `json:"sight,omitempty"`
	SelfContained   *schema.Fact `json:"self_contained,omitempty"`
	OwnKitchen      *schema.Fact `json:"own_kitchen,omitempty"`
	OwnBathroom     *schema.Fact `json:"own_bathroom,omitempty"`
	Bedrooms        *int         `json:"bedrooms,omitempty"`
	SlotAt          *time.Time   `json:"slot_at,omitempty"`
	Slot            *string      `json:"slot,omitempty"`

	State   schema.State   `json:"state" feed:"required"`
	From    *time.Time     `json:"from,omitempty"`
	Until   *time.Time     `json:"until,omitempty"`
	Why     string         `json:"why,omitempty"`
	Claim   schema.ClaimID `json:"claim,omitempty"`
	Version *int64         `json:"version,omitempty"`
}

func (Publish) kind() string  { return "publish" }
func (Snapshot) kind() string { return "snapshot" }
func (Confirm) kind() string  { return "confirm" }
func (Answer) kind() string   { return "answer" }

// SpaceOf gives a space with all its facts and a report as it goes on the wire.
func SpaceOf(facts schema.Space, r schema.Report) Space {
	return Space{
		Ref: facts.Ref, Rooms: facts.Rooms, BedSpaces: &facts.BedSpaces, Cots: facts.Cots,
		Wheelchair: &facts.Wheelchair, LimitedMobility: &facts.LimitedMobility, Hearing: &facts.Hearing, Sight: &facts.Sight,
		SelfContained: &facts.SelfContained, OwnKitchen: &facts.OwnKitchen, OwnBathroom: &facts.OwnBathroom,
		Bedrooms: &facts.Bedrooms, SlotAt: facts.SlotAt, Slot: &facts.Slot,
		State: r.State, From: r.From, Until: r.Until, Why: r.Why, Claim: r.Claim, Version: r.Version,
	}
}

func (s Space) report() exchange.SpaceReport {
	return exchange.SpaceReport{
		Ref: s.Ref, Facts: s.facts(),
		Report: schema.Report{State: s.State, From: utc(s.From), Until: utc(s.Until), Why: s.Why, Claim: s.Claim, Version: s.Version},
	}
}

func (s Space) facts() *schema.Space {
	given := s.Rooms != nil || s.BedSpaces != nil || s.Cots != nil || s.Wheelchair != nil || s.LimitedMobility != nil || s.Hearing != nil ||
		s.Sight != nil || s.SelfContained != nil || s.OwnKitchen != nil || s.OwnBathroom != nil || s.Bedrooms != nil || s.SlotAt != nil || s.Slot != nil
	if !given {
		return nil
	}
	return &schema.Space{
		Ref: s.Ref, Rooms: s.Rooms, BedSpaces: or(s.BedSpaces), Cots: s.Cots, Wheelchair: or(s.Wheelchair),
		LimitedMobility: or(s.LimitedMobility), Hearing: or(s.Hearing), Sight: or(s.Sight), SelfContained: or(s.SelfContained),
		OwnKitchen: or(s.OwnKitchen), OwnBathroom: or(s.OwnBathroom), Bedrooms: or(s.Bedrooms), SlotAt: utc(s.SlotAt), Slot: or(s.Slot),
	}
}

func reports(spaces []Space) []exchange.SpaceReport {
	out := make([]exchange.SpaceReport, 0, len(spaces))
	for _, s := range spaces {
		out = append(out, s.report())
	}
	return out
}

func (a Answer) answering() exchange.Answering {
	return exchange.Answering{
		Hold: a.Hold, ArriveBy: utc(a.ArriveBy),
		Answer: schema.Answer{Yes: a.Yes, Reason: a.Reason, AreaConfirmed: a.AreaConfirmed},
	}
}

// or is the value, or the zero that stands for "not said".
func or[T any](v *T) T {
	if v == nil {
		return *new(T)
	}
	return *v
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	in := t.UTC()
	return &in
}
