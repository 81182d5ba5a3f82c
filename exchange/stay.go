package exchange

import (
	"context"
	"time"

	"haven/schema"
)

// Starting begins nights in bed and breakfast for a household whose request found no safe place.
type Starting struct {
	Request schema.RequestID `json:"request"`
	// FirstNight is a date in London, midnight UTC of that date.
	FirstNight time.Time `json:"first_night"`
}

// StartStay is the last resort (S10): only after a request ended with no safe place, and never for a 16 or 17 year old alone.
func (x *Exchange) StartStay(ctx context.Context, actor Actor, s Starting) (schema.Stay, error) {
	return command(ctx, x, actor, "start_stay", s, func(tx Tx) (schema.Stay, error) {
		r, err := tx.LockRequest(s.Request)
		if err != nil {
			return schema.Stay{}, err
		}
		now, err := tx.Now()
		if err != nil {
			return schema.Stay{}, err
		}
		if err := mayStay(r, s, now); err != nil {
			return schema.Stay{}, err
		}
		id, err := newID()
		if err != nil {
			return schema.Stay{}, err
		}
		stay := schema.Stay{
			ID: schema.StayID(id), Request: r.ID, Household: r.Household, Organisation: actor.Organisation, Reference: r.Reference,
			Family: r.Need.Household.FamilyForBB(), FirstNight: s.FirstNight, StartedBy: schema.AccountID(actor.By),
		}
		if err := tx.InsertStay(stay); err != nil {
			return schema.Stay{}, err
		}
		return stay, tx.Record(Event{What: "stay_started", Subject: string(stay.ID), Body: map[string]any{"first_night": s.FirstNight.Format(time.DateOnly), "family": stay.Family}})
	})
}

func mayStay(r schema.Request, s Starting, now time.Time) error {
	if r.State != schema.RequestUnmet {
		return schema.Refuse(schema.KindInvalid, "safe_place_first", "Bed and breakfast is the last resort. Look for a safe place first, and record that none was found.")
	}
	if r.Need.Household.Alone16or17() {
		return schema.Refuse(schema.KindForbidden, "children_services", "Bed and breakfast cannot be used for a 16 or 17 year old alone. Children's services have a duty to help tonight: call the emergency duty team.")
	}
	if s.FirstNight.Before(now.AddDate(0, 0, -60)) || s.FirstNight.After(now.AddDate(0, 0, 7)) {
		return schema.Invalid("first_night", "The first night must be within the last 60 days or the next 7 days")
	}
	return nil
}

// Ending ends a stay after its last night.
type Ending struct {
	Stay      schema.StayID `json:"stay"`
	LastNight time.Time     `json:"last_night"`
}

// EndStay stops the clock.
func (x *Exchange) EndStay(ctx context.Context, actor Actor, e Ending) (schema.Stay, error) {
	return command(ctx, x, actor, "end_stay", e, func(tx Tx) (schema.Stay, error) {
		stay, err := tx.LockStay(e.Stay)
		if err != nil {
			return stay, err
		}
		now, err := tx.Now()
		if err != nil {
			return stay, err
		}
		if e.LastNight.After(now.AddDate(0, 0, 1)) {
			return stay, schema.Invalid("last_night", "The last night cannot be in the future")
		}
		if stay, err = stay.End(e.LastNight); err != nil {
			return stay, err
		}
		if err := tx.SaveStay(stay); err != nil {
			return stay, err
		}
		return stay, tx.Record(Event{What: "stay_ended", Subject: string(stay.ID), Body: map[string]any{"last_night": e.LastNight.Format(time.DateOnly)}})
	})
}

// LookAgain searches a safe place for every household in bed and breakfast, once a day (S10), and keeps how many fitted. The officer sees it
// on the list. It gives how many stays were looked at.
func (x *Exchange) LookAgain(ctx context.Context, now time.Time) (int, error) {
	stays, err := x.ledger.Stays(ctx, Clock())
	if err != nil {
		return 0, err
	}
	looked := 0
	for _, s := range stays {
		if s.LastNight != nil || s.LookedAt != nil && now.Sub(*s.LookedAt) < lookEvery {
			continue
		}
		found := x.index.Search(s.Need, now).Fits.Len()
		if err := x.keepLook(ctx, s.ID, found); err != nil {
			return looked, err
		}
		looked++
	}
	return looked, nil
}

// lookEvery is a little under a day, so that a daily check never slips to the day after.
const lookEvery = 20 * time.Hour

func (x *Exchange) keepLook(ctx context.Context, id schema.StayID, found int) error {
	_, err := command(ctx, x, Clock(), "look_again", id, func(tx Tx) (struct{}, error) {
		stay, err := tx.LockStay(id)
		if err != nil || stay.LastNight != nil {
			return struct{}{}, err
		}
		now, err := tx.Now()
		if err != nil || stay.LookedAt != nil && now.Sub(*stay.LookedAt) < lookEvery {
			return struct{}{}, err
		}
		stay.LookedAt, stay.SafeFound = &now, found
		if err := tx.SaveStay(stay); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, tx.Record(Event{What: "stay_looked", Subject: string(id), Body: map[string]any{"fits": found}})
	})
	return err
}
