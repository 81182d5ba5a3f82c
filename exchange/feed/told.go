package feed

import (
	"encoding/json"
	"time"

	"haven/exchange"
	"haven/schema"
)

// Hello is the first thing Haven says: which numbers were answered, how often to expect a ping, and what is allowed.
type Hello struct {
	Protocol string `json:"protocol"`
	Session  string `json:"session"`
	// Epoch of the board that holds are told from; another one than before means that it was rebuilt. Missing where no board is followed yet.
	Epoch string `json:"epoch,omitempty"`
	// LastSeq was answered last; the next new message is LastSeq+1. What was sent and not answered is sent again from there.
	LastSeq          int64  `json:"last_seq"`
	HeartbeatSeconds int    `json:"heartbeat_seconds"`
	Limits           Limits `json:"limits"`
}

// Limits of a session.
type Limits struct {
	FrameBytes        int `json:"frame_bytes"`
	MessagesPerSecond int `json:"messages_per_second"`
	Burst             int `json:"burst"` // how many may come at once
	SpacesPerMessage  int `json:"spaces_per_message"`
	SnapshotParts     int `json:"snapshot_parts"`
}

// Ack says that a message is kept. Spaces tells what became of each space of a publish or snapshot: those with a code were not kept.
type Ack struct {
	Seq    int64                   `json:"seq"`
	Spaces []exchange.SpaceOutcome `json:"spaces,omitempty"`
}

// Nack says that nothing was done. Final: the number is used up, and a corrected message takes the next. Not final: the number is not
// answered; send it again. Seq is 0 where the frame had no number that could be read.
type Nack struct {
	Seq   int64  `json:"seq,omitempty"`
	Final bool   `json:"final"`
	Code  string `json:"code"`
	Field string `json:"field,omitempty"`
	Words string `json:"words"`
}

// Hold is a place held for a household, put to the service, as it is now. It comes again when it changes; Version rises.
type Hold struct {
	Hold    schema.HoldID    `json:"hold"`
	Code    string           `json:"code"` // what people say aloud
	Version int64            `json:"version"`
	Service schema.ServiceID `json:"service"`
	Ref     string           `json:"ref"` // the space
	State   schema.HoldState `json:"state"`
	HeldAt  time.Time        `json:"held_at"`
	// ExpiresAt is missing once the place is agreed: nothing runs out then.
	ExpiresAt *time.Time `json:"expires_at,omitempty"`
	// Answered by the service already, on whatever way.
	Answered bool       `json:"answered"`
	ArriveBy *time.Time `json:"arrive_by,omitempty"`
	// Ask: something about the fit is not known; look before you say yes.
	Ask bool `json:"ask"`
	// ConfirmArea: a yes needs area_confirmed, after a look at Avoid.
	ConfirmArea bool    `json:"confirm_area"`
	Avoid       []Avoid `json:"avoid,omitempty"`
	Routes      []Route `json:"routes,omitempty"`
	// Occupied: somebody still lives there; the household comes next.
	Occupied bool `json:"occupied"`
	// NeedsShared: she agreed that services see her needs. Without it only Needs.People is given.
	NeedsShared bool  `json:"needs_shared"`
	Needs       Needs `json:"needs"`
}

// Avoid is an area that is not safe for the household.
type Avoid struct {
	Area string          `json:"area"`
	Kind schema.AreaKind `json:"kind"`
	// MarginMiles beyond its edge is missing where her needs are not shared.
	MarginMiles *float64 `json:"margin_miles,omitempty"`
}

// Route is a way that is not safe for the household: everything near the straight line between two areas.
type Route struct {
	From string `json:"from"`
	To   string `json:"to"`
	// MarginMiles either side of the line is missing where her needs are not shared.
	MarginMiles *float64 `json:"margin_miles,omitempty"`
}

// Needs are facts a service must know to say yes, and nothing that says who she is. Ages are in completed years; no birthdays. What was tried
// elsewhere, the risk level and what makes the night urgent are never among them.
type Needs struct {
	People           int                    `json:"people"`
	Adults           []Adult                `json:"adults,omitempty"`
	Children         []Child                `json:"children,omitempty"`
	Pregnant         schema.Fact            `json:"pregnant,omitempty"`
	Pets             schema.Fact            `json:"pets,omitempty"`
	AssistanceAnimal schema.Fact            `json:"assistance_animal,omitempty"`
	Wheelchair       schema.Fact            `json:"wheelchair,omitempty"`
	LimitedMobility  schema.Fact            `json:"limited_mobility,omitempty"`
	Hearing          schema.Fact            `json:"hearing,omitempty"`
	Sight            schema.Fact            `json:"sight,omitempty"`
	CarerVisits      schema.Fact            `json:"carer_visits,omitempty"`
	NightStaff       schema.Fact            `json:"night_staff,omitempty"`
	Language         string                 `json:"language,omitempty"` // a schema.Languages code
	Support          map[string]schema.Fact `json:"support,omitempty"`  // by schema.SupportNeeds code
	RunFor           map[string]schema.Fact `json:"run_for,omitempty"`  // by schema.Groups code: whether she would choose it
	Recourse         schema.Fact            `json:"recourse,omitempty"`
	Funding          *schema.Funding        `json:"funding,omitempty"`
	Home             *schema.Home           `json:"home,omitempty"`
	MovingOn         *schema.MovingOn       `json:"moving_on,omitempty"`
	Near             []Near                 `json:"near,omitempty"`
	Wishes           []Wish                 `json:"wishes,omitempty"`
	ArriveBy         *time.Time             `json:"arrive_by,omitempty"`
}

// Adult of a household, as she described herself.
type Adult struct {
	As  schema.Described `json:"as,omitempty"`
	Age int              `json:"age,omitempty"`
	Is  string           `json:"is,omitempty"` // to the first adult: a schema.Relations code
}

// Near is what the household must be able to reach.
type Near struct {
	Area        string  `json:"area"`
	WithinMiles float64 `json:"within_miles"`
	Because     string  `json:"because"` // a schema.NearBecause code
}

// Wish is one thing she would like of the place.
type Wish struct {
	Code  schema.WishCode `json:"code"`
	Tier  schema.Tier     `json:"tier"`
	Areas []string        `json:"areas,omitempty"`
	Which string          `json:"which,omitempty"`
}

// Child of a household.
type Child struct {
	Age int        `json:"age"`
	Sex schema.Sex `json:"sex,omitempty"`
}

// HoldEnded says that a hold promises the space no longer, or that the household arrived.
type HoldEnded struct {
	Hold   schema.HoldID `json:"hold"`
	Code   string        `json:"code"`
	Reason string        `json:"reason"` // a schema.HoldEnds code, or arrived
	At     *time.Time    `json:"at,omitempty"`
}

// Bye comes before a coded close. RetryAfterSeconds is missing where connecting again is of no use without a change.
type Bye struct {
	Code              string `json:"code"`
	Words             string `json:"words"`
	RetryAfterSeconds int    `json:"retry_after_seconds,omitempty"`
}

// encode puts type, and seq where there is one, before the fields of a body. Bodies are structs of this package: their first field is never
// left out, so the comma is right.
func encode(kind string, seq int64, body any) ([]byte, error) {
	fields, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	head := struct {
		Type string `json:"type"`
		Seq  int64  `json:"seq,omitempty"`
	}{kind, seq}
	out, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	out[len(out)-1] = ','
	return append(out, fields[1:]...), nil
}
