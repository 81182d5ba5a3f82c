package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

func requestID(r schema.Request) schema.RequestID { return r.ID }

func TestRequestIsSeenByItsHelplineAndTheCouncilItWasPassedTo(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	council := h.actor(h.organisation(schema.KindCouncil), schema.RoleHousing)
	want := h.request(helpline, func(r *schema.Request) { r.Need, r.Council = told, council.Organisation })
	for who, actor := range map[string]exchange.Actor{"the helpline": helpline, "the council": council, "the clock": exchange.Clock()} {
		got, err := db.Request(t.Context(), actor, want.ID)
		if err != nil || document(got) != document(want) {
			t.Errorf("%s reads\n%+v, %v; want\n%+v", who, got, err, want)
		}
	}
	for who, actor := range map[string]exchange.Actor{
		"another helpline": h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline),
		"another council":  h.actor(h.organisation(schema.KindCouncil), schema.RoleHousing),
		"a provider":       h.actor(h.organisation(schema.KindProvider), schema.RoleManager),
		"nobody":           {},
	} {
		_, err := db.Request(t.Context(), actor, want.ID)
		wantRefusal(t, err, schema.KindNotFound, who+" reads the request")
		if got, err := db.OpenRequests(t.Context(), actor, 10); err != nil || len(got) != 0 {
			t.Errorf("%s: OpenRequests gave %d, %v; want none", who, len(got), err)
		}
		if got, err := db.UnmetRequests(t.Context(), actor, 10); err != nil || len(got) != 0 {
			t.Errorf("%s: UnmetRequests gave %d, %v; want none", who, len(got), err)
		}
	}
	for _, id := range []schema.RequestID{schema.RequestID(newID()), "7K4Q", ""} {
		_, err := db.Request(t.Context(), helpline, id)
		wantRefusal(t, err, schema.KindNotFound, fmt.Sprintf("request %q", id))
	}
	if got, err := db.OpenRequests(t.Context(), council, 10); err != nil || len(got) != 0 {
		t.Errorf("the council's own searches: %d, %v; want none", len(got), err)
	}
}

func TestOpenRequestsNewestFirst(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	opened := func(ago time.Duration, state schema.RequestState) schema.Request {
		return h.request(helpline, func(r *schema.Request) { r.OpenedAt, r.State = h.now().Add(-ago), state })
	}
	oldest, newest, middle := opened(3*time.Hour, schema.RequestOpen), opened(time.Hour, schema.RequestOpen), opened(2*time.Hour, schema.RequestOpen)
	opened(time.Minute, schema.RequestPlaced)
	opened(time.Minute, schema.RequestUnmet)
	for n, want := range map[int][]schema.Request{10: {newest, middle, oldest}, 2: {newest, middle}} {
		got, err := db.OpenRequests(t.Context(), helpline, n)
		if err != nil || ids(got, requestID) != ids(want, requestID) {
			t.Errorf("OpenRequests(%d) = %s, %v; want %s", n, ids(got, requestID), err, ids(want, requestID))
		}
	}
}

func TestUnmetRequestsThatCanStartAStay(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	council := h.actor(h.organisation(schema.KindCouncil), schema.RoleHousing)
	unmet := func(household schema.HouseholdID, ago time.Duration) schema.Request {
		return h.request(helpline, func(r *schema.Request) {
			r.Household, r.State, r.Council, r.EndedAt = household, schema.RequestUnmet, council.Organisation, h.now().Add(-ago)
		})
	}
	earlier, waits := unmet("", 2*time.Hour), unmet("", time.Hour)
	// A stay came of this one, and it has ended: what came after is for another request.
	h.stay(council.Organisation, unmet("", time.Hour), true, "2026-11-01", "2026-11-03")
	// This household is in bed and breakfast from an earlier request.
	going := unmet("", 3*time.Hour)
	h.stay(council.Organisation, going, true, "2026-11-01", "")
	unmet(going.Household, time.Hour)
	got, err := db.UnmetRequests(t.Context(), council, 10)
	if want := []schema.Request{waits, earlier}; err != nil || ids(got, requestID) != ids(want, requestID) {
		t.Errorf("UnmetRequests = %s, %v; want %s", ids(got, requestID), err, ids(want, requestID))
	}
}
