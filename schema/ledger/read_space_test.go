package ledger_test

import (
	"fmt"
	"testing"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

func refs(all []exchange.SpaceView) string {
	return ids(all, func(v exchange.SpaceView) string { return v.CodeName + " " + v.Space.Ref })
}

func TestSpacesInTheProvidersOwnOrder(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	manager := h.actor(h.organisation(schema.KindProvider), schema.RoleManager)
	birch, alder := h.service(manager.Organisation, "Birch"), h.service(manager.Organisation, "Alder")
	for _, ref := range []string{"R10", "R2", "Flat 1b", "r3", "Flat 1a", "1", "R02", "R2a"} {
		h.space(alder, ref)
	}
	h.space(birch, "1")
	gone := h.space(alder, "R11")
	h.exec(`UPDATE space SET state = 'closed' WHERE id = $1`, gone.ID)
	got, err := db.Spaces(t.Context(), manager)
	want := fmt.Sprint([]string{"Alder 1", "Alder Flat 1a", "Alder Flat 1b", "Alder R02", "Alder R2", "Alder R2a", "Alder r3", "Alder R10", "Birch 1"})
	if err != nil || refs(got) != want {
		t.Errorf("Spaces = %s, %v\nwant     %s", refs(got), err, want)
	}
	for who, actor := range map[string]exchange.Actor{
		"another provider": h.actor(h.organisation(schema.KindProvider), schema.RoleManager),
		"a helpline":       h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline),
		"nobody":           {},
	} {
		if got, err := db.Spaces(t.Context(), actor); err != nil || len(got) != 0 {
			t.Errorf("%s: %d spaces, %v; want none", who, len(got), err)
		}
		if got, err := db.Services(t.Context(), actor); err != nil || len(got) != 0 {
			t.Errorf("%s: %d services, %v; want none", who, len(got), err)
		}
	}
	services, err := db.Services(t.Context(), manager)
	if err != nil || document(services) != document([]schema.Service{alder, birch}) {
		t.Errorf("Services = %+v, %v; want Alder and Birch whole", services, err)
	}
	if all, err := db.Spaces(t.Context(), exchange.Clock()); err != nil || len(all) != 9 {
		t.Errorf("the clock sees %d spaces, %v; want 9", len(all), err)
	}
}

func TestSpaceCarriesTheClaimsOfItsRooms(t *testing.T) {
	t.Parallel()
	s := setStage(t, nil)
	unit := s.hand.space(s.service, "Family unit", "Room 3", "Room 4")
	other := s.hand.space(s.service, "Room 4")
	closed := s.hand.space(s.service, "Room 5")
	s.hand.hold(s.request, s.service, closed, func(v *schema.Hold) { v.State = schema.Agreed })
	s.exec(`UPDATE space SET state = 'closed' WHERE id = $1`, closed.ID)
	views, err := s.db.Spaces(t.Context(), s.manager)
	if err != nil {
		t.Fatal(err)
	}
	at := map[schema.SpaceID]exchange.SpaceView{}
	for _, v := range views {
		at[v.Space.ID] = v
	}
	held, whole, free := at[s.space.ID], at[unit.ID], at[other.ID]
	if held.Hold == nil || held.Hold.ID != s.hold.ID || held.Vacancy.Status != schema.StatusOnHold || !held.Vacancy.Until.Equal(s.hold.ExpiresAt) {
		t.Errorf("the held room: hold %v, %+v", held.Hold, held.Vacancy)
	}
	for name, v := range map[string]exchange.SpaceView{"the held room": held, "the unit it is part of": whole} {
		if len(v.Claims) != 1 || v.Claims[0].ID != s.hold.Claim || v.Claims[0].Space != s.space.ID || v.Claims[0].HoldCode != s.hold.Code ||
			v.Claims[0].HoldState != schema.Held || v.Claims[0].Kind != schema.Promise {
			t.Errorf("%s: claims %+v", name, v.Claims)
		}
	}
	if whole.Hold != nil || whole.Vacancy.Status != schema.StatusOnHold {
		t.Errorf("the unit: hold %v, status %s; want none and on hold", whole.Hold, whole.Vacancy.Status)
	}
	if len(free.Claims) != 0 || free.Vacancy.Status != schema.StatusAvailable || free.Report.State != schema.Available || !free.Published {
		t.Errorf("the other room of the unit: %+v", free)
	}
	if fmt.Sprint(held.Overlaps) != fmt.Sprint([]schema.SpaceID{unit.ID}) || len(whole.Overlaps) != 2 {
		t.Errorf("overlaps %v and %v; want the unit, and its two rooms", held.Overlaps, whole.Overlaps)
	}
	if v, ok := at[closed.ID]; !ok || v.Hold == nil {
		t.Error("a closed room to which somebody is on her way has left the board")
	}
	if held.Hold.Need.Risk != (schema.Risk{}) || held.Hold.Need.Household.Adults[0].Age != 0 {
		t.Error("the board shows more of her than the hold does")
	}
}
