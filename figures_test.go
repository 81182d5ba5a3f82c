package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // a bare machine has no zone files

	"haven/exchange"
	"haven/exchange/feed"
	"haven/schema"
)

// The history, written and counted by hand before any of it was run. Today is day 0; all windows end tonight.
//
//	household         asked       what happened                                                        nights in bed and breakfast
//	 1 woman          50 days ago held 1; both say yes; arrived 3 hours after asking
//	 2 and 2 girls    40 days ago held 2: the refuge cannot take them; held 3: arrived after 20 hours
//	 3 woman          30 days ago held 4: she decides not to; held 5: arrived after 60 hours
//	 4 woman          45 days ago held 6: time ran out; held 6 again: arrived after 10 days
//	 5 woman          58 days ago held 7 and 8; 7 agreed, which ends 8; arrived after 30 days
//	 6 and a girl     46 days ago unmet: no space of this size; passed to the council                  from 45 days ago until now: 46
//	 7 pregnant       12 days ago unmet: no space free; passed to the council                          10 to 4 days ago: 7
//	 8 woman          20 days ago held 9; closed while held: the places were not right; to the council from 3 days ago until now: 4
//	 9 woman          15 days ago held 10: agreed, did not arrive; unmet: could not be reached
//	10 woman           2 days ago held 11: released; held 12: is on hold now
//
// The first refuge, Rowan, confirmed today; the second, Hazel, 13 hours ago.
//
// Over the last 61 days
//
//	asked 10; placed in 24 hours 2 (1, 2), in 72 hours 3 (and 3), in 28 days 4 (and 4)
//	unmet 4: no_space_of_size 1, no_space_free 1, place_not_right 1, could_not_reach 1; by the service 2, by her choice 1, not reached 1
//	still open 2: 10, and 5, who was placed too late to count as placed
//	nights 46 + 7 + 4 = 57; families there tonight 1 (6: 7 has left, 8 is no family), over six weeks 1
//	holds 1 + 2 + 2 + 2 + 2 + 0 + 0 + 1 + 1 + 2 = 13; 5 arrived and 1 lives, the other 7 ended each in its own way
//	services 2, reporting 1
//
// Over the last 28 days
//
//	asked 4 (7, 8, 9, 10), none placed, unmet 3 (7, 8, 9), still open 1 (10)
//	nights 28 + 7 + 4 = 39; families 1, over six weeks 1, for the nights before count too; holds 1 + 1 + 2 = 4
var (
	overAll = exchange.Figures{
		Asked: 10, Placed24h: 2, Placed72h: 3, Placed28d: 4, StillOpen: 2, Unmet: 4,
		UnmetByReason: map[string]int{"no_space_of_size": 1, "no_space_free": 1, "place_not_right": 1, "could_not_reach": 1},
		UnmetByWhom:   map[string]int{"service": 2, "survivor": 1, "could_not_be_reached": 1},
		BBNights:      57, BBFamilies: 1, BBFamiliesOver: 1, Holds: 13,
		HoldEnds: map[string]int{"cannot_take": 1, "decided_not": 1, "expired": 1, "other_agreed": 1, "request_ended": 1, "did_not_arrive": 1, "released": 1},
		Services: 2, Reporting: 1,
	}
	lately = exchange.Figures{
		Asked: 4, StillOpen: 1, Unmet: 3,
		UnmetByReason: map[string]int{"no_space_free": 1, "place_not_right": 1, "could_not_reach": 1},
		UnmetByWhom:   map[string]int{"service": 1, "survivor": 1, "could_not_be_reached": 1},
		BBNights:      39, BBFamilies: 1, BBFamiliesOver: 1, Holds: 4,
		HoldEnds: map[string]int{"request_ended": 1, "did_not_arrive": 1, "released": 1},
		Services: 2, Reporting: 1,
	}
)

// history is lived through commands: over the API by a helpline, a manager and a housing officer, and over a feed.
type history struct {
	*world
	feed                       *feed.Client
	spaces                     map[string]schema.SpaceID
	helpline, manager, housing string
	council                    schema.OrganisationID
	tonight                    time.Time
	truth                      *sql.DB
}

func (h *history) act(token, path, body string) {
	h.t.Helper()
	h.do(token, http.MethodPost, path, body, http.StatusOK)
}

func (h *history) holdPlace(request schema.RequestID, ref string) string {
	h.t.Helper()
	return "/holds/" + string(h.hold(h.helpline, request, h.spaces[ref]).ID)
}

// agree has both sides say yes: the refuge on its board or over its feed.
func (h *history) agree(hold string, overFeed bool) {
	h.t.Helper()
	if overFeed {
		if _, err := h.feed.Answer(h.t.Context(), feed.Answer{Hold: schema.HoldID(strings.TrimPrefix(hold, "/holds/")), Yes: true}); err != nil {
			h.t.Fatal(err)
		}
	} else {
		h.act(h.manager, hold+"/answer", `{"can_take":true}`)
	}
	h.act(h.helpline, hold+"/survivor-answer", `{"takes":true}`)
}

func (h *history) arrive(request schema.RequestID, ref string, overFeed bool) {
	h.t.Helper()
	hold := h.holdPlace(request, ref)
	h.agree(hold, overFeed)
	h.act(h.manager, hold+"/arrival", "")
}

func (h *history) unmet(request schema.RequestID, reason string, toCouncil bool) {
	h.t.Helper()
	body := fmt.Sprintf(`{"reasons":[%q]}`, reason)
	if toCouncil {
		body = fmt.Sprintf(`{"reasons":[%q],"council":%q}`, reason, h.council)
	}
	h.act(h.helpline, "/requests/"+string(request)+"/unmet", body)
}

func (h *history) stay(request schema.RequestID, firstAgo int) string {
	h.t.Helper()
	body := fmt.Sprintf(`{"request":%q,"first_night":%q}`, request, h.night(firstAgo))
	return into[struct{ ID string }](h.t, h.do(h.housing, http.MethodPost, "/stays", body, http.StatusCreated)).ID
}

func (h *history) night(ago int) string { return h.tonight.AddDate(0, 0, -ago).Format(time.DateOnly) }

// shift changes times as the owner, because no command can travel in time. It writes nothing else.
func (h *history) shift(query string, args ...any) {
	h.t.Helper()
	done, err := h.truth.Exec(query, args...)
	if err != nil {
		h.t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		h.t.Fatalf("nothing was moved in time by %s: %v", query, err)
	}
}

// live the history, all of it now, and give the request of each household.
func (h *history) live() [11]schema.RequestID {
	woman, girl := `{"household":{"adults":[{"as":"woman"}]}}`, `{"household":{"adults":[{"as":"woman"}],"children":[{"age":6,"sex":"girl"}]}}`
	girls, pregnant := `{"household":{"adults":[{"as":"woman"}],"children":[{"age":6,"sex":"girl"},{"age":9,"sex":"girl"}]}}`, `{"household":{"adults":[{"as":"woman"}],"pregnant":"yes"}}`
	var r [11]schema.RequestID
	for i, need := range []string{"", woman, girls, woman, woman, woman, girl, pregnant, woman, woman, woman} {
		if i > 0 {
			r[i] = h.request(h.helpline, need)
		}
	}
	h.arrive(r[1], "1", true)

	h.act(h.manager, h.holdPlace(r[2], "2")+"/answer", `{"can_take":false,"reason":"no_staff"}`)
	h.arrive(r[2], "3", false)

	h.act(h.helpline, h.holdPlace(r[3], "4")+"/survivor-answer", `{"takes":false,"reason":"could_not_speak"}`) // no reason against the refuge's other places
	h.arrive(r[3], "5", true)

	late := h.holdPlace(r[4], "6")
	h.shift(`UPDATE hold SET expires_at = clock_timestamp() WHERE id = $1`, strings.TrimPrefix(late, "/holds/"))
	h.arrive(r[4], "6", false)

	h.holdPlace(r[5], "8")
	h.arrive(r[5], "7", true)

	h.unmet(r[6], "no_space_of_size", true)
	h.stay(r[6], 45)

	h.unmet(r[7], "no_space_free", true)
	h.act(h.housing, "/stays/"+h.stay(r[7], 10)+"/end", fmt.Sprintf(`{"last_night":%q}`, h.night(4)))

	h.holdPlace(r[8], "9")
	h.unmet(r[8], "place_not_right", true)
	h.stay(r[8], 3)

	gone := h.holdPlace(r[9], "10")
	h.agree(gone, false)
	h.act(h.helpline, gone+"/non-arrival", "")
	h.unmet(r[9], "could_not_reach", false)

	h.act(h.helpline, h.holdPlace(r[10], "11")+"/release", "")
	h.holdPlace(r[10], "12")
	return r
}

// age moves what was lived just now to when it happened.
func (h *history) age(r [11]schema.RequestID) {
	for i, days := range []int{0, 50, 40, 30, 45, 58, 46, 12, 20, 15, 2} {
		if i == 0 {
			continue
		}
		h.shift(`UPDATE request SET opened_at = opened_at - make_interval(days => $2), ended_at = ended_at - make_interval(days => $2) WHERE id = $1`, string(r[i]), days)
		if i != 6 && i != 7 {
			h.shift(`UPDATE hold SET held_at = held_at - make_interval(days => $2) WHERE request_id = $1`, string(r[i]), days)
		}
		if i >= 6 && i != 10 {
			h.shift(`UPDATE unmet_need SET at = at - make_interval(days => $2) WHERE request_id = $1`, string(r[i]), days)
		}
	}
	for i, after := range map[int]string{1: "3 hours", 2: "20 hours", 3: "60 hours", 4: "10 days", 5: "30 days"} {
		h.shift(`UPDATE placement p SET arrived_at = r.opened_at + CAST($2 AS interval) FROM request r WHERE r.id = p.request_id AND r.id = $1`, string(r[i]), after)
	}
}

// TestFiguresOfTenHouseholds lives the history above through real commands and compares it with the count made by hand: exactly, from the record,
// and in the words that the API gives for numbers in whom somebody could be recognised.
func TestFiguresOfTenHouseholds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "web 1", "exchange 1", "allocator 1")
	h := &history{world: w, helpline: w.helplines[0], manager: w.account(w.provider, schema.RoleManager), truth: w.asOwner()}
	h.council = w.organisation(w.exchange, schema.KindCouncil, "Test Council")
	h.housing = w.account(h.council, schema.RoleHousing)
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	h.tonight = schema.Night(time.Now(), london)
	h.feed = w.feedAt(w.urls[0], w.feedKey)
	h.spaces = w.free(h.feed, w.service, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
	hazel := w.refuge(w.provider, "Hazel", "York")
	w.free(h.feed, hazel, "H1")

	h.age(h.live())
	h.shift(`UPDATE space SET confirmed_at = confirmed_at - interval '13 hours', reported_at = reported_at - interval '13 hours' WHERE service_id = $1`, string(hazel))
	// Reports cannot be rewritten, even by the owner, but by one who turns the triggers of this private server off.
	h.shift(`SET session_replication_role = replica; UPDATE report SET at = at - interval '13 hours' WHERE space_id IN (SELECT id FROM space WHERE service_id = '` + string(hazel) + `')`)

	commissioner := w.worker(schema.KindCommissioner, "Commissioners", schema.RoleCommissioner)
	for _, c := range []struct {
		days int
		want exchange.Figures
	}{{61, overAll}, {28, lately}} {
		from := h.tonight.AddDate(0, 0, 1-c.days)
		midnight := func(day time.Time) time.Time {
			return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, london)
		}
		got, err := w.db.Figures(t.Context(), exchange.Actor{Role: schema.RoleCommissioner, Via: exchange.ViaShell}, midnight(from), midnight(h.tonight.AddDate(0, 0, 1)))
		if err != nil {
			t.Fatal(err)
		}
		sameFigures(t, c.days, got, c.want)
		a := w.do(commissioner, http.MethodGet, "/figures?from="+from.Format(time.DateOnly)+"&to="+h.tonight.Format(time.DateOnly), "", http.StatusOK)
		publicFigures(t, c.days, a, c.want)
	}
	w.do(h.helpline, http.MethodGet, "/figures", "", http.StatusForbidden)
}

func sameFigures(t *testing.T, days int, got, want exchange.Figures) {
	t.Helper()
	for _, n := range []struct {
		what      string
		got, want int
	}{
		{"asked", got.Asked, want.Asked}, {"placed in 24 hours", got.Placed24h, want.Placed24h}, {"placed in 72 hours", got.Placed72h, want.Placed72h},
		{"placed in 28 days", got.Placed28d, want.Placed28d}, {"still open", got.StillOpen, want.StillOpen}, {"unmet", got.Unmet, want.Unmet},
		{"nights", got.BBNights, want.BBNights}, {"families", got.BBFamilies, want.BBFamilies}, {"families over six weeks", got.BBFamiliesOver, want.BBFamiliesOver},
		{"holds", got.Holds, want.Holds}, {"services", got.Services, want.Services}, {"services reporting", got.Reporting, want.Reporting},
	} {
		if n.got != n.want {
			t.Errorf("%d days: %s: %d, counted by hand %d", days, n.what, n.got, n.want)
		}
	}
	for what, pair := range map[string][2]map[string]int{
		"unmet by reason": {got.UnmetByReason, want.UnmetByReason}, "unmet by whom": {got.UnmetByWhom, want.UnmetByWhom}, "ends of holds": {got.HoldEnds, want.HoldEnds},
	} {
		if !maps.Equal(pair[0], pair[1]) {
			t.Errorf("%d days: %s: %v, counted by hand %v", days, what, pair[0], pair[1])
		}
	}
}

// publicCount is a number as the API gives it.
type publicCount struct {
	Value *int
	Words string
}

// publicFigures: 57 nights and the services are told; 1 to 4 households never are; and what is told otherwise is the number counted by hand.
func publicFigures(t *testing.T, days int, a answer, want exchange.Figures) {
	t.Helper()
	said := into[map[string]json.RawMessage](t, a)
	for name, n := range map[string]int{
		"asked": want.Asked, "placed_24h": want.Placed24h, "placed_72h": want.Placed72h, "placed_28d": want.Placed28d, "still_open": want.StillOpen, "unmet": want.Unmet,
		"bb_nights": want.BBNights, "bb_families": want.BBFamilies, "bb_families_over": want.BBFamiliesOver,
	} {
		var c publicCount
		if err := json.Unmarshal(said[name], &c); err != nil {
			t.Fatalf("%s: %v in %s", name, err, a.body)
		}
		hidden := c.Value == nil && (c.Words == "fewer than 5" || c.Words == "not shown")
		small := n > 0 && n < 5
		if small && !hidden || !small && !hidden && (c.Value == nil || *c.Value != n || c.Words != fmt.Sprint(n)) {
			t.Errorf("%d days: %s is told as %s, counted by hand %d", days, name, said[name], n)
		}
		// These are part of no sum, so nothing gives them away and nothing need hide them.
		alone := map[string]string{"placed_24h": "fewer than 5", "placed_72h": "fewer than 5", "bb_nights": fmt.Sprint(n), "bb_families": "fewer than 5", "bb_families_over": "fewer than 5"}
		if words := alone[name]; words != "" && (n > 0) && c.Words != words {
			t.Errorf("%d days: %s is told as %q, want %q", days, name, c.Words, words)
		}
	}
	for _, part := range []string{"unmet_by_reason", "unmet_by_whom"} {
		var rows []struct{ Count publicCount }
		if err := json.Unmarshal(said[part], &rows); err != nil || len(rows) == 0 {
			t.Fatalf("%s: %v in %s", part, err, said[part])
		}
		for _, row := range rows {
			if row.Count.Value != nil && *row.Count.Value != 0 {
				t.Errorf("%d days: %s tells a number of 1 to 4: %s", days, part, said[part])
			}
		}
	}
	if string(said["services"]) != fmt.Sprint(want.Services) || string(said["services_reporting"]) != fmt.Sprint(want.Reporting) {
		t.Errorf("%d days: %s services, %s reporting", days, said["services"], said["services_reporting"])
	}
}
