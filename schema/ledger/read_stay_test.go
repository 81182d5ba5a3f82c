package ledger_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

func TestStaysCountEarlierNights(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	council := h.actor(h.organisation(schema.KindCouncil), schema.RoleHousing)
	first := h.request(helpline, func(r *schema.Request) { r.State, r.Council, r.Need = schema.RequestUnmet, council.Organisation, told })
	same := func(r *schema.Request) {
		r.State, r.Council, r.Household = schema.RequestUnmet, council.Organisation, first.Household
	}
	// 1 to 10 October is 10 nights; 10 to 12 October adds two, for the night of the 10th was counted; the night before the first is no night at all.
	a := h.stay(council.Organisation, first, true, "2026-10-01", "2026-10-10")
	b := h.stay(council.Organisation, h.request(helpline, same), true, "2026-10-10", "2026-10-12")
	c := h.stay(council.Organisation, h.request(helpline, same), true, "2026-10-20", "2026-10-19")
	open := h.stay(council.Organisation, h.request(helpline, same), true, "2026-11-01", "")
	alone := h.stay(council.Organisation, h.request(helpline, func(r *schema.Request) { r.State = schema.RequestUnmet }), false, "2026-10-30", "")
	got, err := db.Stays(t.Context(), council)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		id     schema.StayID
		before int
	}{{alone, 0}, {open, 12}, {c, 12}, {b, 9}, {a, 0}}
	if len(got) != len(want) {
		t.Fatalf("%d stays, want %d", len(got), len(want))
	}
	for i, w := range want {
		if got[i].ID != w.id || got[i].NightsBefore != w.before {
			t.Errorf("stay %d is %s with %d nights before; want %s with %d", i, got[i].ID, got[i].NightsBefore, w.id, w.before)
		}
	}
	if got[4].FirstNight.Format("2006-01-02 15:04 MST") != "2026-10-01 00:00 UTC" || got[4].Need.Risk.Level != schema.RiskHigh {
		t.Errorf("the first stay begins %v with the need %+v", got[4].FirstNight, got[4].Need)
	}
	if got[0].LastNight != nil || got[0].Need.Risk.Level != "" {
		t.Error("the council reads the facts of a request that was not passed to it")
	}
	for who, actor := range map[string]exchange.Actor{
		"another council":             h.actor(h.organisation(schema.KindCouncil), schema.RoleHousing),
		"the helpline that passed it": helpline,
	} {
		if got, err := db.Stays(t.Context(), actor); err != nil || len(got) != 0 {
			t.Errorf("%s: %d stays, %v; want none", who, len(got), err)
		}
	}
	if all, err := db.Stays(t.Context(), exchange.Clock()); err != nil || len(all) != 5 || all[0].Need.Household.Adults == nil {
		t.Errorf("the daily look sees %d stays, %v; want 5 with their needs", len(all), err)
	}
}
