package exchange_test

import (
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

// passed is an unmet request that the officer's council can act on.
func (w *town) passed(edit func(*schema.Need)) schema.Request {
	w.Helper()
	u := unmet(w.request(w.worker, edit))
	u.Council = w.officer.Organisation
	return done(w.x.RecordUnmet(w.Context(), w.worker, u)).must(w, "unmet")
}

// Bed and breakfast is the last resort: only where no safe place was found (S10).
func TestSafePlaceFirst(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, nil)
	_, err := w.x.StartStay(t.Context(), w.worker, exchange.Starting{Request: r.ID, FirstNight: today(t)})
	refused(t, "a request still open", err, "safe_place_first")
	placed := w.resident(w.space("3"))
	_, err = w.x.StartStay(t.Context(), w.worker, exchange.Starting{Request: placed.Request, FirstNight: today(t)})
	refused(t, "a household that was placed", err, "safe_place_first")
	if n := w.count(`SELECT count(*) FROM stay`); n != 0 {
		t.Errorf("%d stays were made", n)
	}
}

// A 16 or 17 year old alone is never put there: children's services owe a duty tonight (S10).
func TestChildrensServices(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	alone := func(ages ...int) schema.RequestID {
		t.Helper()
		return w.passed(func(n *schema.Need) {
			n.Household = schema.Household{}
			for _, age := range ages {
				n.Household.Adults = append(n.Household.Adults, schema.Adult{As: schema.Woman, Age: age})
			}
		}).ID
	}
	for _, age := range []int{16, 17} {
		_, err := w.x.StartStay(t.Context(), w.officer, exchange.Starting{Request: alone(age), FirstNight: today(t)})
		refused(t, "alone", err, "children_services")
	}
	for _, ages := range [][]int{{18}, {17, 40}} {
		if _, err := w.x.StartStay(t.Context(), w.officer, exchange.Starting{Request: alone(ages...), FirstNight: today(t)}); err != nil {
			t.Errorf("adults of %v: %v", ages, err)
		}
	}
}

func TestStay(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := t.Context()
	r := w.passed(nil)
	for _, days := range []int{-62, 9} {
		_, err := w.x.StartStay(ctx, w.officer, exchange.Starting{Request: r.ID, FirstNight: today(t).AddDate(0, 0, days)})
		refused(t, "a first night far away", err, "invalid_field")
	}
	first := today(t).AddDate(0, 0, -10)
	stay := done(w.x.StartStay(ctx, w.officer, exchange.Starting{Request: r.ID, FirstNight: first})).must(t, "start")
	if !stay.Family || stay.Household != r.Household || stay.Organisation != w.officer.Organisation || stay.Nights(today(t)) != 11 {
		t.Errorf("started %+v, %d nights", stay, stay.Nights(today(t)))
	}
	_, err := w.x.StartStay(ctx, w.officer, exchange.Starting{Request: r.ID, FirstNight: first})
	refused(t, "two stays at once", err, "stay_open")
	_, err = w.x.EndStay(ctx, w.colleague, exchange.Ending{Stay: stay.ID, LastNight: today(t)})
	refused(t, "another council ends it", err, "not_found")
	_, err = w.x.EndStay(ctx, w.officer, exchange.Ending{Stay: stay.ID, LastNight: today(t).AddDate(0, 0, 2)})
	refused(t, "a last night to come", err, "invalid_field")
	ended := done(w.x.EndStay(ctx, w.officer, exchange.Ending{Stay: stay.ID, LastNight: today(t).AddDate(0, 0, -1)})).must(t, "end")
	if got := ended.Nights(today(t)); got != 10 {
		t.Errorf("%d nights, want 10", got)
	}
	_, err = w.x.EndStay(ctx, w.officer, exchange.Ending{Stay: stay.ID, LastNight: today(t)})
	refused(t, "ended twice", err, "stay_ended")
	w.wantEvents(string(stay.ID), "stay_started", "stay_ended")
}

// Every household there is looked at again, once a day and no more, until it leaves.
func TestLookAgain(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx, now := t.Context(), time.Now().UTC()
	w.x.Index().Put(schema.Place{
		Space: schema.Space{ID: "s", BedSpaces: 3}, Service: w.refuge,
		Vacancy: schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: now}, Version: 1,
	})
	stay := done(w.x.StartStay(ctx, w.officer, exchange.Starting{Request: w.passed(nil).ID, FirstNight: today(t)})).must(t, "start")
	gone := done(w.x.StartStay(ctx, w.officer, exchange.Starting{Request: w.passed(nil).ID, FirstNight: today(t)})).must(t, "start")
	done(w.x.EndStay(ctx, w.officer, exchange.Ending{Stay: gone.ID, LastNight: today(t)})).must(t, "end")
	for i, want := range []int{1, 0} {
		if n := done(w.x.LookAgain(ctx, now)).must(t, "look"); n != want {
			t.Errorf("look %d: at %d, want %d", i+1, n, want)
		}
	}
	w.wantEvents(string(stay.ID), "stay_started", "stay_looked")
	w.wantEvents(string(gone.ID), "stay_started", "stay_ended")
	if n := w.count(`SELECT safe_found FROM stay WHERE id = $1`, stay.ID); n != 1 {
		t.Errorf("found %d places, want 1", n)
	}
	w.exec(`UPDATE stay SET looked_at = looked_at - interval '21 hours'`)
	if n := done(w.x.LookAgain(ctx, now)).must(t, "look"); n != 1 {
		t.Errorf("the next day: at %d, want 1", n)
	}
}
