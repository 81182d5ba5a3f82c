package ledger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// found is a match written by hand, live unless gone.
func (h *hand) found(r schema.Request, space schema.Space, verdict string, at time.Time, gone bool) {
	h.t.Helper()
	h.exec(`INSERT INTO waiting_match (request_id, space_id, verdict, found_at, gone_at)
		VALUES ($1, $2, $3, CAST($4 AS timestamptz), CASE WHEN $5 THEN CAST($4 AS timestamptz) END)`, r.ID, space.ID, verdict, at, gone)
}

func matchWords(views []exchange.MatchView) string {
	var words []string
	for _, m := range views {
		words = append(words, fmt.Sprintf("%s %s %s gone=%v", m.CodeName, m.Area, m.Verdict, m.Gone()))
	}
	return strings.Join(words, ", ")
}

// What waits is seen by whose request it is and by the council it was passed to, with the little of each place that a helpline may see.
func TestWaitingIsSeenByItsOwn(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	council := h.actor(h.organisation(schema.KindCouncil), schema.RoleHousing)
	manager := h.actor(h.organisation(schema.KindProvider), schema.RoleManager)
	service := h.service(manager.Organisation, "Alder")
	now := h.now()
	waits := func(ago time.Duration, edit func(*schema.Request)) schema.Request {
		return h.request(helpline, func(r *schema.Request) {
			r.WaitingSince = now.Add(-ago)
			if edit != nil {
				edit(r)
			}
		})
	}
	newer, older := waits(time.Hour, nil), waits(2*time.Hour, func(r *schema.Request) { r.Council = council.Organisation })
	h.request(helpline, nil) // does not wait
	h.found(older, h.space(service, "1"), "check_first", now.Add(-time.Minute), false)
	h.found(older, h.space(service, "2"), "fits", now.Add(-30*time.Minute), false)
	h.found(older, h.space(service, "3"), "fits", now.Add(-20*time.Minute), true)
	h.found(older, h.space(service, "4"), "fits", now.Add(-3*time.Hour), true) // of an earlier waiting
	for who, c := range map[string]struct {
		actor exchange.Actor
		want  []schema.RequestID
	}{
		"the helpline":     {helpline, []schema.RequestID{older.ID, newer.ID}},
		"the council":      {council, []schema.RequestID{older.ID}},
		"another helpline": {h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline), nil},
		"a provider":       {manager, nil},
		"nobody":           {exchange.Actor{}, nil},
		"the clock":        {exchange.Clock(), []schema.RequestID{older.ID, newer.ID}},
	} {
		views, err := db.Waiting(t.Context(), c.actor)
		got := ids(views, func(v exchange.WaitingView) schema.RequestID { return v.ID })
		if err != nil || got != fmt.Sprint(append([]schema.RequestID{}, c.want...)) {
			t.Errorf("%s sees %s, %v; want %v", who, got, err, c.want)
		}
		if len(views) > 0 {
			const want = "Alder Solihull fits gone=false, Alder Solihull check_first gone=false, Alder Solihull fits gone=true"
			if words := matchWords(views[0].Matches); words != want {
				t.Errorf("%s sees found: %s; want %s", who, words, want)
			}
		}
	}
	own, err := db.WaitingNeeds(t.Context(), council, "", 10)
	if err != nil || len(own) != 0 {
		t.Errorf("the council's own that wait: %d, %v; want none", len(own), err)
	}
	for after, want := schema.RequestID(""), []schema.RequestID{newer.ID, older.ID}; len(want) > 0; want = want[1:] {
		page, err := db.WaitingNeeds(t.Context(), helpline, after, 1)
		if err != nil || len(page) != 1 || page[0].ID != want[0] || !page[0].Waits() {
			t.Fatalf("after %q: %+v, %v; want %s", after, page, err, want[0])
		}
		after = page[0].ID
	}
}

// One live match a request and space, whoever looks.
func TestOneLiveMatch(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	service := h.service(h.organisation(schema.KindProvider), "Alder")
	r := h.request(helpline, func(r *schema.Request) { r.WaitingSince = h.now() })
	m := schema.Match{Request: r.ID, Space: h.space(service, "1").ID, Verdict: "fits", FoundAt: h.now()}
	insert := func() error {
		m.FoundAt = m.FoundAt.Add(time.Second)
		return db.Change(t.Context(), exchange.Clock(), func(tx exchange.Tx) error { return tx.InsertMatch(m) })
	}
	if err := insert(); err != nil {
		t.Fatal(err)
	}
	if refusal, ok := schema.AsRefusal(insert()); !ok || refusal.Code != "matched" {
		t.Errorf("a second live match: %v, want matched", refusal)
	}
	stranger := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	err := db.Change(t.Context(), stranger, func(tx exchange.Tx) error { return tx.SaveMatch(m) })
	wantRefusal(t, err, schema.KindNotFound, "another helpline ends the match")
	if err := db.Change(t.Context(), helpline, func(tx exchange.Tx) error { return tx.EndMatches(r.ID) }); err != nil {
		t.Fatal(err)
	}
	if err := insert(); err != nil {
		t.Errorf("the next opening: %v", err)
	}
}

// Needs leave the ledger without whose they are: no id, no date of birth, no risk, nothing of where else they were tried.
func TestUnmetNeedsAreNobodys(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	commissioner := h.actor(h.organisation(schema.KindCommissioner), schema.RoleCommissioner)
	now := h.now()
	ended := func(ago time.Duration, state schema.RequestState) {
		h.request(helpline, func(r *schema.Request) {
			r.Need, r.State, r.EndedAt = told, state, now.Add(-ago)
			r.Need.SaidAt = time.Date(2026, 2, 27, 12, 0, 0, 0, time.UTC) // the child turns 13 the day after
		})
	}
	ended(time.Hour, schema.RequestUnmet)
	ended(2*time.Hour, schema.RequestPlaced)
	ended(50*time.Hour, schema.RequestUnmet)
	h.request(helpline, func(r *schema.Request) { r.WaitingSince = now.Add(-90 * 24 * time.Hour) })
	h.request(helpline, nil)
	needs, err := db.UnmetNeeds(t.Context(), commissioner, now.Add(-24*time.Hour), now, 10)
	if err != nil || len(needs) != 2 {
		t.Fatalf("%d needs, %v; want one that ended yesterday and one that waits", len(needs), err)
	}
	if child := needs[0].Household.Children[0]; child.Age != 12 || child.Born != "" {
		t.Errorf("the child is %+v, want 12 with no date of birth", child)
	}
	for _, fact := range []string{"2013-02-28", "elsewhere", "escalation", "public_place"} {
		if strings.Contains(document(needs), fact) {
			t.Errorf("%s is in a need that is nobody's", fact)
		}
	}
	if few, err := db.UnmetNeeds(t.Context(), commissioner, now.Add(-24*time.Hour), now, 1); err != nil || len(few) != 1 {
		t.Errorf("at most 1: %d, %v", len(few), err)
	}
	for _, actor := range []exchange.Actor{helpline, {Role: schema.RoleManager}, {Role: schema.RoleHousing}, {}} {
		_, err := db.UnmetNeeds(t.Context(), actor, now.Add(-time.Hour), now, 10)
		wantRefusal(t, err, schema.KindForbidden, fmt.Sprintf("unmet needs for %q", actor.Role))
	}
	_, err = db.UnmetNeeds(t.Context(), commissioner, now, now, 10)
	wantRefusal(t, err, schema.KindInvalid, "an empty window")
}

// Untold leaves alone whom nobody could be told about, and whom they were told about just now.
func TestUntold(t *testing.T) {
	t.Parallel()
	h, db := byHand(t), ledgertest.New(t)
	helpline := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	mute := h.actor(h.organisation(schema.KindHelpline), schema.RoleHelpline)
	h.exec(`INSERT INTO organisation_contact (organisation_id, duty_number) VALUES ($1, '+447700900321'), ($2, '')`, helpline.Organisation, mute.Organisation)
	service := h.service(h.organisation(schema.KindProvider), "Alder")
	spaces := []schema.Space{h.space(service, "1"), h.space(service, "2")}
	waits := func(by exchange.Actor, ago time.Duration) schema.Request {
		return h.request(by, func(r *schema.Request) { r.WaitingSince = h.now().Add(-ago) })
	}
	now := h.now()
	short, long := waits(helpline, time.Hour), waits(helpline, 2*time.Hour)
	for _, r := range []schema.Request{short, long, waits(mute, time.Hour)} {
		h.found(r, spaces[0], "fits", now, false)
	}
	h.found(waits(helpline, time.Hour), spaces[0], "check_first", now, false)
	h.found(waits(helpline, time.Hour), spaces[0], "fits", now, true)
	known := waits(helpline, time.Hour)
	h.found(known, spaces[0], "fits", now, false)
	h.exec(`UPDATE waiting_match SET known = true WHERE request_id = $1`, known.ID)
	told := waits(helpline, time.Hour)
	h.found(told, spaces[0], "fits", now, false)
	h.found(told, spaces[1], "fits", now, true)
	h.exec(`UPDATE waiting_match SET told_at = clock_timestamp() - interval '14 minutes' WHERE request_id = $1 AND space_id = $2`, told.ID, spaces[1].ID)
	got, err := db.Untold(t.Context(), 15*time.Minute, 10)
	if want := fmt.Sprint([]schema.RequestID{long.ID, short.ID}); err != nil || fmt.Sprint(got) != want {
		t.Errorf("untold %v, %v; want %s", got, err, want)
	}
	if got, err := db.Untold(t.Context(), 13*time.Minute, 10); err != nil || len(got) != 3 {
		t.Errorf("untold for 13 minutes: %d, %v; want 3", len(got), err)
	}
}
