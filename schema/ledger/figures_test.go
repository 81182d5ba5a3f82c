package ledger_test

import (
	"fmt"
	"maps"
	"testing"
	"time"
	_ "time/tzdata"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger"
	"haven/schema/ledger/ledgertest"
)

// The history of September 2024 in London, counted by hand before the query was run. The window is [31 August 23:00, 30 September 23:00) UTC.
//
//	      asked (first)       what happened                                                     counts as
//	H1    2 Sep 10:00         arrived in a refuge exactly 24 hours later                        placed in 24 h
//	H2    3 Sep 10:00         unmet (no_space_free); asked again 5 Sep, arrived 5 Sep 18:00     placed in 72 h (56 h after it first asked)
//	H3    30 Sep 21:00        arrived 20 October, after the window                              placed in 28 d
//	H4    4 Sep 10:00         unmet (no_space_of_size); again 10 Sep, unmet (area_not_safe,
//	                          no_space_free); again 5 October, arrived 10 October, day 36       unmet: area_not_safe, the service
//	H5    6 Sep 10:00         "arrived" in bed and breakfast; unmet (no_space_of_size)          unmet: no_space_of_size, the service
//	H6    7 Sep 10:00         unmet (place_not_right)                                           unmet: place_not_right, the survivor
//	H7    8 Sep 10:00         unmet (funding_route); asked again 3 October, still open          still open
//	H8    31 Aug 23:00        the first moment of the window; arrived once before, in July      still open
//	H9    31 Aug 22:59:59     a second too early; unmet                                         not in the window
//	H10   30 Sep 23:00        a moment too late; still open                                     not in the window
//
//	Asked 8 (H1 to H8). Placed 24 h: 1. 72 h: 2. 28 d: 3. Unmet 3 (H4 to H6). Still open 8 - 3 - 3 = 2.
//
// Nights in bed and breakfast, first to last, both slept:
//
//	H1 1-5 Aug                           0 in September; not in it at the end
//	H4 1-30 Jul (30), 28 Sep to now      3 (28, 29, 30); family, 33 in all
//	H5 15 Jul-13 Aug (30), 6-20 Sep     15; family, but it had left
//	H6 25 Sep-2 Oct                      6; no family
//	H7 8-19 Aug (12), 31 Aug-10 Oct     30; family, 12 + 1 + 30 = 43 in all: over 42
//	H9 20 Aug-5 Oct                     30; family, 12 + 30 = 42 in all: not over 42
//	H9's stay was entered twice, by another council, for 1-3 Sep: the same nights
//
//	Nights 0 + 3 + 15 + 6 + 30 + 30 = 84. Families at the end 3 (H4, H7, H9), one of them over.
//
// Holds made in the window: H1, H2, H5 (arrived), H6 (decided_not), H8 twice (expired) = 6. H3's and H4's were made in October; one of H8 was made
// at the very end of the window.
//
// Services published now: Alder (where the holds were; confirmed today only), Birch (reported 30 Sep 12:00 UTC), Cedar (confirmed 22:59), Dogwood
// (reported 11:00, exactly 12 hours before the end: too early) = 4, of which Birch and Cedar reported. Elm is not published.
func TestFiguresOfTenHouseholds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.september()
	got, err := w.db.Figures(t.Context(), w.commissioner, utcTime("2024-08-31 23:00:00"), utcTime("2024-09-30 23:00:00"))
	if err != nil {
		t.Fatal(err)
	}
	want := exchange.Figures{
		From: utcTime("2024-08-31 23:00:00"), To: utcTime("2024-09-30 23:00:00"), ComputedAt: got.ComputedAt,
		Asked: 8, Placed24h: 1, Placed72h: 2, Placed28d: 3, StillOpen: 2, Unmet: 3,
		UnmetByReason: map[string]int{"area_not_safe": 1, "no_space_of_size": 1, "place_not_right": 1},
		UnmetByWhom:   map[string]int{"service": 2, "survivor": 1},
		BBNights:      84, BBFamilies: 3, BBFamiliesOver: 1,
		Holds: 6, HoldEnds: map[string]int{"decided_not": 1, "expired": 2},
		Services: 4, Reporting: 2,
	}
	if document(got) != document(want) {
		t.Errorf("got  %s\nwant %s", document(got), document(want))
	}
	if got.ComputedAt.IsZero() || got.ComputedAt.After(w.now()) {
		t.Errorf("computed at %v", got.ComputedAt)
	}
}

// world is a network with a helpline, a council and a commissioner.
type world struct {
	*hand
	db                              *ledger.DB
	helpline, council, commissioner exchange.Actor
	alder                           schema.Service
	spaces                          int
}

func newWorld(t *testing.T) *world {
	h := byHand(t)
	return &world{
		hand: h, db: ledgertest.New(t),
		helpline:     h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline),
		council:      h.actor(h.organisation(schema.KindCouncil), schema.RoleHousing),
		commissioner: h.actor(h.organisation(schema.KindCommissioner), schema.RoleCommissioner),
		alder:        h.service(h.organisation(schema.KindProvider), "Alder"),
	}
}

func utcTime(s string) time.Time {
	at, err := time.Parse(time.DateTime, s)
	if err != nil {
		panic(err)
	}
	return at
}

// ask opens a request of a household; none given is a new one.
func (w *world) ask(household schema.HouseholdID, at string, state schema.RequestState) schema.Request {
	return w.request(w.helpline, func(r *schema.Request) { r.Household, r.OpenedAt, r.State = household, utcTime(at), state })
}

// unmetAsk asks and ends two hours later with no safe place.
func (w *world) unmetAsk(household schema.HouseholdID, at string, by schema.EndedBy, reasons ...string) schema.Request {
	r := w.ask(household, at, schema.RequestUnmet)
	w.unmet(r, by, r.OpenedAt.Add(2*time.Hour), reasons...)
	return r
}

func (w *world) put(r schema.Request, at string, edit func(*schema.Hold)) schema.Hold {
	w.spaces++
	return w.hand.hold(r, w.alder, w.space(w.alder, fmt.Sprint(w.spaces)), func(v *schema.Hold) {
		v.HeldAt, v.ExpiresAt = utcTime(at), utcTime(at).Add(30*time.Minute)
		edit(v)
	})
}

func (w *world) ended(r schema.Request, at, code string) {
	w.put(r, at, func(v *schema.Hold) {
		over := v.ExpiresAt
		v.State, v.End, v.EndedAt = schema.Ended, code, &over
	})
}

func (w *world) arrived(r schema.Request, held, at string, provision schema.ProvisionCode) {
	w.arrival(r, w.put(r, held, func(v *schema.Hold) { v.State = schema.Arrived }), provision, utcTime(at))
}

func (w *world) september() {
	h1 := w.ask("", "2024-09-02 10:00:00", schema.RequestPlaced)
	w.arrived(h1, "2024-09-02 11:00:00", "2024-09-03 10:00:00", schema.Refuge)
	w.stay(w.council.Organisation, h1, true, "2024-08-01", "2024-08-05")

	h2 := w.unmetAsk("", "2024-09-03 10:00:00", schema.ByService, "no_space_free")
	w.arrived(w.ask(h2.Household, "2024-09-05 09:00:00", schema.RequestPlaced), "2024-09-05 10:00:00", "2024-09-05 18:00:00", schema.Dispersed)

	w.arrived(w.ask("", "2024-09-30 21:00:00", schema.RequestPlaced), "2024-10-20 10:00:00", "2024-10-20 12:00:00", schema.SocialTenancy)

	h4 := w.unmetAsk("", "2024-09-04 10:00:00", schema.ByService, "no_space_of_size")
	w.unmetAsk(h4.Household, "2024-09-10 10:00:00", schema.ByService, "area_not_safe", "no_space_free")
	w.arrived(w.ask(h4.Household, "2024-10-05 10:00:00", schema.RequestPlaced), "2024-10-05 11:00:00", "2024-10-10 10:00:00", schema.Refuge)
	w.stay(w.council.Organisation, h4, true, "2024-07-01", "2024-07-30")
	w.stay(w.council.Organisation, h4, true, "2024-09-28", "")

	h5 := w.unmetAsk("", "2024-09-06 10:00:00", schema.ByService, "no_space_of_size")
	w.arrived(h5, "2024-09-06 11:00:00", "2024-09-06 20:00:00", schema.BedBreakfast)
	w.stay(w.council.Organisation, h5, true, "2024-07-15", "2024-08-13")
	w.stay(w.council.Organisation, h5, true, "2024-09-06", "2024-09-20")

	h6 := w.unmetAsk("", "2024-09-07 10:00:00", schema.BySurvivor, "place_not_right")
	w.ended(h6, "2024-09-07 10:30:00", "decided_not")
	w.stay(w.council.Organisation, h6, false, "2024-09-25", "2024-10-02")

	h7 := w.unmetAsk("", "2024-09-08 10:00:00", schema.ByService, "funding_route")
	w.ask(h7.Household, "2024-10-03 10:00:00", schema.RequestOpen)
	w.stay(w.council.Organisation, h7, true, "2024-08-08", "2024-08-19")
	w.stay(w.council.Organisation, h7, true, "2024-08-31", "2024-10-10")

	before := w.ask("", "2024-07-01 10:00:00", schema.RequestPlaced)
	w.arrived(before, "2024-07-01 11:00:00", "2024-07-01 12:00:00", schema.Refuge)
	h8 := w.ask(before.Household, "2024-08-31 23:00:00", schema.RequestOpen)
	w.ended(h8, "2024-09-09 10:00:00", "expired")
	w.ended(h8, "2024-09-09 11:00:00", "expired")
	w.ended(h8, "2024-09-30 23:00:00", "released")

	h9 := w.unmetAsk("", "2024-08-31 22:59:59", schema.ByService, "access_need")
	w.stay(w.council.Organisation, h9, true, "2024-08-20", "2024-10-05")
	w.stay(w.organisation(schema.KindCouncil), h9, true, "2024-09-01", "2024-09-03")

	w.ask("", "2024-09-30 23:00:00", schema.RequestOpen)

	reported := func(s schema.Service, at string) {
		w.exec(`INSERT INTO report (space_id, state, by_id, via, at) VALUES ($1, 'available', 'k', 'feed', $2)`, w.space(s, "1").ID, utcTime(at))
	}
	reported(w.service(w.alder.Provider, "Birch"), "2024-09-30 12:00:00")
	reported(w.service(w.alder.Provider, "Dogwood"), "2024-09-30 11:00:00")
	cedar := w.service(w.alder.Provider, "Cedar")
	w.space(cedar, "1")
	w.exec(`INSERT INTO event (at, by_id, role, via, what, subject) VALUES ($1, 'k', 'provider', 'feed', 'confirmed', $2)`, utcTime("2024-09-30 22:59:00"), cedar.ID)
	elm := w.service(w.alder.Provider, "Elm")
	reported(elm, "2024-09-30 12:00:00")
	w.exec(`UPDATE space SET published = false WHERE service_id = $1`, elm.ID)
}

// A window that is not over: nobody has slept the nights to come, and reporting counts back from now.
func TestFiguresOfAWindowThatIsNotOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := w.now()
	r := w.ask("", "2024-09-02 10:00:00", schema.RequestUnmet)
	w.stay(w.council.Organisation, r, true, now.AddDate(0, 0, -3).Format(time.DateOnly), "")
	future := w.ask("", "2024-09-02 10:00:00", schema.RequestUnmet)
	w.stay(w.council.Organisation, future, true, now.AddDate(0, 0, 3).Format(time.DateOnly), "")
	birch := w.service(w.alder.Provider, "Birch")
	w.space(birch, "1")
	w.space(w.alder, "1")
	w.exec(`UPDATE space SET confirmed_at = clock_timestamp() - interval '11 hours 59 minutes' WHERE service_id = $1`, birch.ID)
	w.exec(`UPDATE space SET confirmed_at = clock_timestamp() - interval '12 hours 1 second' WHERE service_id = $1`, w.alder.ID)
	got, err := w.db.Figures(t.Context(), w.commissioner, now.AddDate(0, 0, -30), now.AddDate(0, 0, 30))
	if err != nil {
		t.Fatal(err)
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	first := utcTime(now.AddDate(0, 0, -3).Format(time.DateOnly) + " 00:00:00")
	if want := (schema.Stay{FirstNight: first}).Nights(schema.Night(got.ComputedAt, london)); got.BBNights != want || got.BBFamilies != 1 {
		t.Errorf("%d nights, %d families; want %d and 1", got.BBNights, got.BBFamilies, want)
	}
	if got.Services != 2 || got.Reporting != 1 {
		t.Errorf("%d of %d services reporting, want 1 of 2", got.Reporting, got.Services)
	}
	later, err := w.db.Figures(t.Context(), w.commissioner, now.AddDate(0, 0, 10), now.AddDate(0, 0, 20))
	if err != nil || later.BBNights != 0 || later.Asked != 0 {
		t.Errorf("a window to come: %+v, %v; want nothing in it", later, err)
	}
}

func TestFiguresOfAnEmptyRecord(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got, err := w.db.Figures(t.Context(), exchange.Clock(), utcTime("2024-08-31 23:00:00"), utcTime("2024-09-30 23:00:00"))
	if err != nil || got.Asked != 0 || got.BBNights != 0 || got.Services != 0 || !maps.Equal(got.HoldEnds, map[string]int{}) || got.UnmetByReason == nil {
		t.Errorf("Figures = %+v, %v", got, err)
	}
}

func TestFiguresAreForCommissioners(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	from, to := utcTime("2024-08-31 23:00:00"), utcTime("2024-09-30 23:00:00")
	for role, want := range map[schema.Role]schema.Kind{
		schema.RoleHelpline: schema.KindForbidden, schema.RoleManager: schema.KindForbidden, schema.RoleHousing: schema.KindForbidden,
		schema.RoleProvider: schema.KindForbidden, "": schema.KindForbidden, schema.RoleCommissioner: "", schema.RoleAdministrator: "", schema.RoleClock: "",
	} {
		actor := w.commissioner
		actor.Role = role
		_, err := w.db.Figures(t.Context(), actor, from, to)
		if want != "" {
			wantRefusal(t, err, want, "figures for role "+string(role))
		} else if err != nil {
			t.Errorf("figures for role %s: %v", role, err)
		}
	}
	_, err := w.db.Figures(t.Context(), w.commissioner, to, to)
	wantRefusal(t, err, schema.KindInvalid, "figures over no time")
}

func TestSearchesAreCountedInBatches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := utcTime("2026-11-21 12:00:00")
	if err := w.db.RecordSearches(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := w.db.RecordSearches(t.Context(), []exchange.SearchCount{
		{At: at, Organisation: w.helpline.Organisation, Fits: 1, Check: 2, Unconfirmed: 3, DoesNotFit: 4},
		{At: at}, // Haven's own look
		{At: at.Add(time.Second), Organisation: w.council.Organisation},
	}); err != nil {
		t.Fatal(err)
	}
	var got string
	w.scan(`SELECT string_agg(concat_ws(' ', at AT TIME ZONE 'UTC', organisation_id, fits, check_first, unconfirmed, does_not_fit), ', ' ORDER BY at) FROM search_count`, nil, &got)
	want := fmt.Sprintf("2026-11-21 12:00:00 %s 1 2 3 4, 2026-11-21 12:00:01 %s 0 0 0 0", w.helpline.Organisation, w.council.Organisation)
	if got != want {
		t.Errorf("kept\n%s, want\n%s", got, want)
	}
}
