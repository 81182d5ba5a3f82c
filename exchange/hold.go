package exchange

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"haven/allocator"
	"haven/schema"
)

type holdArgs struct {
	Request schema.RequestID
	Space   schema.SpaceID
}

// Hold promises a space to a request until a stated clock time, and puts it to the service. The list a worker saw never decides: the rules
// run again on what is locked, and the unique index on the rooms has the last word (S1).
func (x *Exchange) Hold(ctx context.Context, actor Actor, request schema.RequestID, space schema.SpaceID) (schema.Hold, error) {
	return command(ctx, x, actor, "hold", holdArgs{request, space}, func(tx Tx) (schema.Hold, error) {
		r, err := tx.LockRequest(request)
		if err != nil {
			return schema.Hold{}, err
		}
		// The request's other holds too: one that ran out is met and ended before it is counted.
		spaces, now, err := lockWithHolds(tx, request, space)
		if err != nil {
			return schema.Hold{}, err
		}
		var h schema.Hold
		err = tx.Try(func() error {
			h, err = x.hold(tx, actor, r, spaces[0], now)
			return err
		})
		return told(h), err
	})
}

func (x *Exchange) hold(tx Tx, actor Actor, r schema.Request, sp SpaceNow, now time.Time) (schema.Hold, error) {
	if r.Organisation != actor.Organisation {
		return schema.Hold{}, schema.NotFound("request")
	}
	if r.State != schema.RequestOpen {
		return schema.Hold{}, schema.Refuse(schema.KindEnded, "request_ended", "This request has been closed. Start a new request for the household.")
	}
	if earlier, found, err := liveHoldOn(tx, r.ID, sp.Space.ID, now); err != nil || found {
		return earlier, err
	}
	service, err := tx.Service(sp.Service)
	if err != nil {
		return schema.Hold{}, err
	}
	if !sp.Published || !sp.Vacancy.Free() {
		return schema.Hold{}, notFree(sp, now)
	}
	place := schema.Place{Space: sp.Space, Service: service, Vacancy: sp.Vacancy, Version: sp.Version}
	verdict := allocator.Evaluate(r.Need, place, now)
	if verdict.Verdict == allocator.DoesNotFit {
		return schema.Hold{}, doesNotFit(verdict)
	}
	return x.promise(tx, actor, r, sp, service, place, verdict, now)
}

// liveHoldOn finds a hold this request already has on the space, and refuses a third live one.
func liveHoldOn(tx Tx, request schema.RequestID, space schema.SpaceID, now time.Time) (schema.Hold, bool, error) {
	holds, err := tx.LiveHolds(request)
	if err != nil {
		return schema.Hold{}, false, err
	}
	live := 0
	for _, h := range holds {
		if !h.Live(now) {
			continue
		}
		if h.Space == space {
			return h, true, nil
		}
		if h.State == schema.Agreed {
			return schema.Hold{}, false, schema.Refuse(schema.KindTaken, "already_agreed", "This household already has an agreed place. Release it first if it is no longer right.")
		}
		live++
	}
	if live >= schema.MostLiveHolds {
		return schema.Hold{}, false, schema.Refuse(schema.KindTaken, "two_holds", "This request already holds 2 places. Release one to hold another.")
	}
	return schema.Hold{}, false, nil
}

func (x *Exchange) promise(tx Tx, actor Actor, r schema.Request, sp SpaceNow, service schema.Service, place schema.Place, verdict allocator.Assessment, now time.Time) (schema.Hold, error) {
	id, err := newID()
	if err != nil {
		return schema.Hold{}, err
	}
	claim, err := newID()
	if err != nil {
		return schema.Hold{}, err
	}
	made, err := basis(tx, r, place, verdict)
	if err != nil {
		return schema.Hold{}, err
	}
	n, err := tx.CountHolds(r.ID)
	if err != nil {
		return schema.Hold{}, err
	}
	h := schema.Hold{
		ID: schema.HoldID(id), Request: r.ID, Space: sp.Space.ID, Service: sp.Service, Provider: sp.Provider, Organisation: actor.Organisation,
		By: schema.AccountID(actor.By), Code: fmt.Sprintf("%s-%d", r.Reference, n+1), Claim: schema.ClaimID(claim), State: schema.Held,
		Ask: verdict.Verdict != allocator.Fits, ConfirmArea: verdict.ConfirmArea,
		HeldAt: now, ExpiresAt: now.Add(time.Duration(service.HoldFor()) * time.Minute), Version: 1, Made: made,
	}
	err = tx.Claim(schema.Claim{ID: h.Claim, Kind: schema.Promise, Space: h.Space, Hold: h.ID, MadeAt: now, Next: occupied(sp)})
	if err != nil {
		return schema.Hold{}, err
	}
	if err := tx.InsertHold(h); err != nil {
		return schema.Hold{}, err
	}
	if err := tx.Record(Event{What: "hold_made", Subject: string(h.ID), Body: map[string]any{"space": h.Space, "request": h.Request, "expires_at": h.ExpiresAt, "verdict": made.Verdict, "rules": made.Rules}}); err != nil {
		return schema.Hold{}, err
	}
	if err := tx.Tell(TopicHold, string(h.ID), h.Version, h.Organisation, h.Provider); err != nil {
		return schema.Hold{}, err
	}
	if err := text(tx, "hold_waiting", h, now); err != nil {
		return schema.Hold{}, err
	}
	return h, tx.Bump(h.Space)
}

// basis keeps the facts, the place and every finding as they were, with the position from which that second's board can be rebuilt (S9).
func basis(tx Tx, r schema.Request, place schema.Place, verdict allocator.Assessment) (schema.Basis, error) {
	findings, err := json.Marshal(verdict.Findings)
	if err != nil {
		return schema.Basis{}, fmt.Errorf("exchange: keep findings: %w", err)
	}
	position, err := tx.Position()
	if err != nil {
		return schema.Basis{}, err
	}
	return schema.Basis{Need: r.Need, Place: place, Findings: findings, Verdict: string(verdict.Verdict), Rules: allocator.Version(), Position: position}, nil
}

func occupied(sp SpaceNow) bool {
	for _, c := range sp.Claims {
		if c.Kind == schema.Occupancy {
			return true
		}
	}
	return false
}

func notFree(sp SpaceNow, now time.Time) error {
	words := "This place has just been taken. Nothing was held; choose another."
	if sp.Vacancy.Status == schema.StatusOnHold {
		words = "Another worker held this place first. Nothing was held; choose another."
	}
	return schema.Refuse(schema.KindTaken, "taken", words)
}

func doesNotFit(a allocator.Assessment) error {
	r := schema.Refuse(schema.KindTaken, "does_not_fit", "This place does not fit what is known of the household. The reasons are listed beside it.")
	for _, f := range a.Failing() {
		r.Reasons = append(r.Reasons, f.Rule)
	}
	return r
}
