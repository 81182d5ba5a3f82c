package web

import (
	"time"

	"haven/exchange"
	"haven/schema"
)

// holdsPanel is some holds, newest or soonest first, with what can be done about each.
type holdsPanel struct {
	Request string // id of the request it is the panel of; empty on the list of all
	Holds   []holdRow
	// Agreed: the household has a place, so nothing more is held until that one is released.
	Agreed bool
	// Waits: Haven keeps looking for it already.
	Waits bool
}

// holdRow is one hold as the helpline's side sees it.
type holdRow struct {
	ID, Request, Code, Reference string
	Name, Area                   string
	State, Tag                   string
	Lines                        []string
	Household                    string
	// Until is when it runs out, for the warning before; empty when nothing runs out.
	Until                                string
	Extend, Release, Choose, Arrive, End bool
	Live                                 bool
	Reasons                              schema.Codes
	// Back is where its buttons lead.
	Back string
	Once string
	// space is only compared, never shown.
	space schema.SpaceID
}

// spaces that the holds of the panel still promise.
func (p holdsPanel) spaces() []schema.SpaceID {
	var held []schema.SpaceID
	for _, h := range p.Holds {
		if h.Live {
			held = append(held, h.space)
		}
	}
	return held
}

func (v *visit) holdsPanel(holds []exchange.HoldView, back string) holdsPanel {
	var p holdsPanel
	for _, h := range holds {
		p.Holds = append(p.Holds, holdRowOf(h, back, v.now))
		p.Agreed = p.Agreed || h.State == schema.Agreed
	}
	return p
}

func holdRowOf(h exchange.HoldView, back string, now time.Time) holdRow {
	r := holdRow{
		ID: string(h.ID), Request: string(h.Request), Code: h.Code, Reference: h.Reference, Name: h.CodeName, Area: h.Area, Back: back, Once: newOnce(),
		Household: householdSize(h.Need.Household), Reasons: schema.DecidedNot, space: h.Space,
	}
	switch {
	case h.State == schema.Arrived:
		r.State, r.Tag = "Arrived", "govuk-tag--green"
	case h.State == schema.Ended:
		r.State, r.Tag = "Ended", "govuk-tag--grey"
		r.Lines = append(r.Lines, endWords(h.Hold))
	case h.Expired(now):
		r.State, r.Tag = "Ended", "govuk-tag--grey"
		r.Lines = append(r.Lines, "Time ran out at "+when(h.ExpiresAt, now)+" without an answer. The space is free again.")
	case h.State == schema.Agreed:
		agreedRow(&r, h, now)
	default:
		heldRow(&r, h, now)
	}
	return r
}

func heldRow(r *holdRow, h exchange.HoldView, now time.Time) {
	r.Live, r.Extend, r.Release, r.Until = true, h.Extensions < schema.MostExtensions, true, h.ExpiresAt.UTC().Format(time.RFC3339)
	r.State, r.Tag = "Held until "+when(h.ExpiresAt, now), "govuk-tag--purple"
	r.Choose = h.Survivor == nil
	switch {
	case h.Provided != nil:
		r.Lines = append(r.Lines, "The refuge said yes at "+when(h.Provided.At, now)+". Ask her whether she takes it.")
		r.Arrive = true
	case h.Survivor != nil:
		r.Lines = append(r.Lines, "She takes it. Waiting for the refuge to answer.")
	default:
		r.Lines = append(r.Lines, "Put to the refuge at "+when(h.HeldAt, now)+". No answer yet.")
	}
	if h.ConfirmArea && h.Provided == nil {
		r.Lines = append(r.Lines, "The refuge is asked to confirm that its area is safe for her before it says yes.")
	}
	if h.Occupied {
		r.Lines = append(r.Lines, "Somebody still lives there: arrival waits until they have moved on.")
	}
	if h.Extensions > 0 {
		r.Lines = append(r.Lines, "Extended "+plural(h.Extensions, "time", "times")+" of 10.")
	}
}

func agreedRow(r *holdRow, h exchange.HoldView, now time.Time) {
	r.Live, r.Release, r.Arrive, r.End = true, true, true, true
	r.State, r.Tag = "Agreed", "govuk-tag--green"
	r.Lines = append(r.Lines, "Both said yes. It no longer runs out.")
	if h.ArriveBy != nil {
		r.Lines = append(r.Lines, "Arrive by "+when(*h.ArriveBy, now)+".")
	}
	if h.Occupied {
		r.Lines = append(r.Lines, "Somebody still lives there: arrival waits until they have moved on.")
	}
}

// endWords say how a hold ended. The service or the place is the subject.
func endWords(h schema.Hold) string {
	words := schema.HoldEnds.Words(h.End)
	switch {
	case h.End == "cannot_take":
		words += ": " + schema.CannotTake.Words(h.EndReason)
	case h.End == "decided_not" && h.EndReason != "not_asked":
		words += ": " + schema.DecidedNot.Words(h.EndReason)
	}
	return words + "."
}
