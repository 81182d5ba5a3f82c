package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

// stage is one hold with everybody who may or may not see it.
type stage struct {
	*hand
	db                      *ledger.DB
	helpline, otherHelpline exchange.Actor
	manager, otherManager   exchange.Actor
	council                 exchange.Actor
	service                 schema.Service
	space                   schema.Space
	request                 schema.Request
	hold                    schema.Hold
}

// told are her facts: each number and word appears nowhere else, so finding one in what somebody was shown is a leak.
var told = schema.Need{
	Household: schema.Household{
		Adults:   []schema.Adult{{As: schema.TransWoman, Age: 83}, {Age: 79}},
		Children: []schema.Child{{Age: 13, Sex: schema.Girl, Born: "2013-02-28"}},
	},
	Avoid: []schema.Avoid{{Area: schema.Area{Kind: schema.AreaOutcode, Code: "B28", Name: "B28 (avoided)"}}},
	Routes: []schema.Route{{
		From: schema.Area{Kind: schema.AreaOutcode, Code: "B29", Name: "B29 (route)"}, To: schema.Area{Kind: schema.AreaOutcode, Code: "B30", Name: "B30 (route)"},
	}},
	Wheelchair: schema.Yes,
	Tonight:    schema.Tonight{Sleeps: "public_place", AbuserPresent: schema.Yes},
	Risk:       schema.Risk{Level: schema.RiskHigh, Source: "escalation", On: "2026-11-19"},
	Declined:   []schema.Declined{{Service: "elsewhere", Space: "elsewhere", By: schema.BySurvivor, Why: "too_near"}},
}

func setStage(t *testing.T, edit func(*schema.Need, *schema.Hold)) *stage {
	t.Helper()
	h := byHand(t)
	s := &stage{hand: h, db: ledgertest.New(t)}
	s.helpline = h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	s.otherHelpline = h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	s.manager = h.actor(h.organisation(schema.KindProvider), schema.RoleManager)
	s.otherManager = h.actor(h.organisation(schema.KindProvider), schema.RoleManager)
	s.council = h.actor(h.organisation(schema.KindCouncil), schema.RoleHousing)
	s.service = h.service(s.manager.Organisation, "Alder")
	s.space = h.space(s.service, "Room 3")
	var changes schema.Hold
	need := told
	if edit != nil {
		edit(&need, &changes)
	}
	s.request = h.request(s.helpline, func(r *schema.Request) { r.Need = need })
	s.hold = h.hold(s.request, s.service, s.space, func(v *schema.Hold) {
		if edit != nil {
			edit(&need, v)
		}
	})
	return s
}

func TestHoldIsSeenByItsTwoSidesOnly(t *testing.T) {
	t.Parallel()
	s := setStage(t, nil)
	sees := map[string]exchange.Actor{"the helpline": s.helpline, "the provider": s.manager, "the clock": exchange.Clock()}
	for who, actor := range sees {
		v, err := s.db.Hold(t.Context(), actor, s.hold.ID)
		if err != nil {
			t.Fatalf("%s: %v", who, err)
		}
		if v.ID != s.hold.ID || v.Reference != s.request.Reference || v.CodeName != "Alder" || v.Area != "Solihull" || v.Occupied ||
			!v.ExpiresAt.Equal(s.hold.ExpiresAt) || v.ExpiresAt.Location() != time.UTC {
			t.Errorf("%s sees %+v", who, v)
		}
		if live, err := s.db.LiveHolds(t.Context(), actor); err != nil || len(live) != 1 {
			t.Errorf("%s: LiveHolds gave %d, %v; want 1", who, len(live), err)
		}
		if all, err := s.db.HoldsOfRequest(t.Context(), actor, s.request.ID); err != nil || len(all) != 1 {
			t.Errorf("%s: HoldsOfRequest gave %d, %v; want 1", who, len(all), err)
		}
	}
	for who, actor := range map[string]exchange.Actor{
		"another helpline": s.otherHelpline, "another provider": s.otherManager, "a council": s.council,
		"nobody": {Role: schema.RoleHelpline, Via: exchange.ViaPage},
	} {
		_, err := s.db.Hold(t.Context(), actor, s.hold.ID)
		wantRefusal(t, err, schema.KindNotFound, who+" reads the hold")
		if all, err := s.db.HoldsOfRequest(t.Context(), actor, s.request.ID); err != nil || len(all) != 0 {
			t.Errorf("%s: HoldsOfRequest gave %d, %v; want none", who, len(all), err)
		}
		if live, err := s.db.LiveHolds(t.Context(), actor); err != nil || len(live) != 0 {
			t.Errorf("%s: LiveHolds gave %d, %v; want none", who, len(live), err)
		}
	}
	_, err := s.db.Hold(t.Context(), s.helpline, "not-an-id")
	wantRefusal(t, err, schema.KindNotFound, "an id that is none")
}

// Whatever a service is shown is searched for each of her facts, wherever in the view it might stand.
func TestProviderSeesNoMoreThanSheAgreedTo(t *testing.T) {
	t.Parallel()
	never := []string{"high", "escalation", "2026-11-19", "public_place", "2013-02-28", "children_ages", "B11", "elsewhere", "too_near"}
	needs := []string{"trans_woman", "83", "79", `"age":13`, "girl", `"wheelchair":"yes"`}
	for name, c := range map[string]struct {
		share             schema.Fact
		confirmArea, over bool
		seesNeeds         bool
		seesAvoid         bool
	}{
		"she agreed":                        {share: schema.Yes, seesNeeds: true, seesAvoid: true},
		"she said no":                       {share: schema.No},
		"she was not asked":                 {share: schema.Unknown},
		"she said no, the area is unclear":  {share: schema.No, confirmArea: true, seesAvoid: true},
		"she agreed, the hold has ended":    {share: schema.Yes, over: true},
		"not asked, area unclear, it ended": {confirmArea: true, over: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setStage(t, func(n *schema.Need, v *schema.Hold) {
				n.ShareNeeds = c.share
				v.ConfirmArea = c.confirmArea
				if c.over {
					ended := time.Now()
					v.State, v.End, v.EndedBy, v.EndedAt = schema.Ended, "released", schema.ByHelpline, &ended
				}
			})
			v, err := s.db.Hold(t.Context(), s.manager, s.hold.ID)
			if err != nil {
				t.Fatal(err)
			}
			shown := document(struct {
				exchange.HoldView
				ID, Request, Space, Service, Provider, Organisation, By, Claim, Code, Reference, HeldAt, ExpiresAt, EndedAt string // chance digits
			}{HoldView: v})
			for _, fact := range never {
				if strings.Contains(shown, fact) {
					t.Errorf("the provider is shown %s", fact)
				}
			}
			for _, fact := range needs {
				if strings.Contains(shown, fact) != c.seesNeeds {
					t.Errorf("the provider is shown %s: %v, want %v", fact, !c.seesNeeds, c.seesNeeds)
				}
			}
			if strings.Contains(shown, "B28") != c.seesAvoid {
				t.Errorf("the provider is shown the area to avoid: %v, want %v", !c.seesAvoid, c.seesAvoid)
			}
			if strings.Contains(shown, "B29") != c.seesAvoid || strings.Contains(shown, "B30") != c.seesAvoid {
				t.Errorf("the provider is shown the route to avoid: %v, want %v", !c.seesAvoid, c.seesAvoid)
			}
			if len(v.Need.Household.Adults) != 2 || len(v.Need.Household.Children) != 1 {
				t.Errorf("household of %d and %d, want 2 and 1", len(v.Need.Household.Adults), len(v.Need.Household.Children))
			}
			if v.NeedsShared != c.seesNeeds || v.SpaceRef != "Room 3" {
				t.Errorf("needs shared %v, space %q; want %v and Room 3", v.NeedsShared, v.SpaceRef, c.seesNeeds)
			}
		})
	}
}

func TestHelplineSeesNothingUnpublishedOfTheService(t *testing.T) {
	t.Parallel()
	s := setStage(t, nil)
	v, err := s.db.Hold(t.Context(), s.helpline, s.hold.ID)
	if err != nil {
		t.Fatal(err)
	}
	shown := document(v)
	for _, private := range []string{"Room 3", "B11"} {
		if strings.Contains(shown, private) {
			t.Errorf("the helpline is shown %s", private)
		}
	}
	if v.Need.Risk.Level != schema.RiskHigh || v.Made.Need.Household.Adults[0].Age != 83 || v.Made.Rules != "1" {
		t.Error("the helpline does not see its own request's facts")
	}
}

// An organisation that runs a helpline and a refuge sees its own hold from the side its person works on.
func TestBothSidesInOneOrganisation(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	both := h.organisation(schema.KindProvider)
	worker, manager := h.actor(both, schema.RoleHelpline), h.actor(both, schema.RoleManager)
	service := h.service(both, "Alder")
	r := h.request(worker, func(r *schema.Request) { r.Need = told })
	hold := h.hold(r, service, h.space(service, "Room 3"), nil)
	if v, err := db.Hold(t.Context(), worker, hold.ID); err != nil || v.SpaceRef != "" || v.Need.Risk.Level != schema.RiskHigh {
		t.Errorf("the helpline worker sees space %q and risk %q, %v", v.SpaceRef, v.Need.Risk.Level, err)
	}
	if v, err := db.Hold(t.Context(), manager, hold.ID); err != nil || v.SpaceRef != "Room 3" || v.Need.Risk.Level != "" {
		t.Errorf("the manager sees space %q and risk %q, %v", v.SpaceRef, v.Need.Risk.Level, err)
	}
}

func TestLiveHoldsByEnd(t *testing.T) {
	t.Parallel()
	s := setStage(t, nil)
	now := s.now()
	more := func(ref string, edit func(*schema.Hold)) schema.HoldID {
		return s.hand.hold(s.request, s.service, s.hand.space(s.service, ref), edit).ID
	}
	agreed := more("a", func(v *schema.Hold) { v.State, v.AgreedAt, v.ExpiresAt = schema.Agreed, &now, now.Add(-time.Hour) })
	soon := more("b", func(v *schema.Hold) { v.ExpiresAt = now.Add(5 * time.Minute) })
	lapsed := more("c", func(v *schema.Hold) { v.ExpiresAt = now.Add(-time.Minute) })
	lapsedFirst := more("d", func(v *schema.Hold) { v.ExpiresAt = now.Add(-time.Hour) })
	ended := more("e", func(v *schema.Hold) {
		v.State, v.End, v.EndedAt, v.HeldAt, v.ExpiresAt = schema.Ended, "released", &now, now.Add(-2*time.Hour), now.Add(-time.Hour)
	})
	byID := func(v exchange.HoldView) schema.HoldID { return v.ID }
	for who, actor := range map[string]exchange.Actor{"helpline": s.helpline, "provider": s.manager, "clock": exchange.Clock()} {
		live, err := s.db.LiveHolds(t.Context(), actor)
		if got, want := ids(live, byID), fmt.Sprint([]schema.HoldID{soon, s.hold.ID, agreed}); err != nil || got != want {
			t.Errorf("%s: LiveHolds = %s, %v; want %s", who, got, err, want)
		}
	}
	expired, err := s.db.ExpiredHolds(t.Context(), 10)
	if want := []schema.HoldID{lapsedFirst, lapsed}; err != nil || !slices.Equal(expired, want) {
		t.Errorf("ExpiredHolds = %v, %v; want %v", expired, err, want)
	}
	if one, err := s.db.ExpiredHolds(t.Context(), 1); err != nil || !slices.Equal(one, []schema.HoldID{lapsedFirst}) {
		t.Errorf("ExpiredHolds(1) = %v, %v; want the oldest", one, err)
	}
	all, err := s.db.HoldsOfRequest(t.Context(), s.helpline, s.request.ID)
	if err != nil || len(all) != 6 || all[5].ID != ended {
		t.Errorf("HoldsOfRequest gave %d, %v; want 6 with the oldest last", len(all), err)
	}
}
