package exchange_test

import (
	"slices"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

// today is the date in London, as midnight UTC.
func today(t testing.TB) time.Time {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return schema.Night(time.Now(), london)
}

func TestUnmetReleasesWhatIsHeld(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three, four := w.space("3"), w.space("4")
	r := w.request(w.worker, nil)
	live, late := w.hold(r, three), w.hold(r, four)
	w.runOut(late.ID)
	closed := done(w.x.RecordUnmet(t.Context(), w.worker, exchange.Unmet{Request: r.ID, Reasons: []string{"place_not_right", "no_space_free"}})).must(t, "unmet")
	if closed.State != schema.RequestUnmet || closed.Version <= r.Version {
		t.Errorf("the request is %s, version %d after %d", closed.State, closed.Version, r.Version)
	}
	if got := w.read(live.ID); got.End != "request_ended" || got.EndedBy != schema.ByHelpline {
		t.Errorf("what was held: %s by %s", got.End, got.EndedBy)
	}
	if got := w.read(late.ID); got.End != "expired" {
		t.Errorf("what had run out: %s", got.End)
	}
	w.want(three, schema.StatusAvailable)
	if n := w.count(`SELECT count(*) FROM unmet_need WHERE request_id = $1 AND reasons[1] = 'place_not_right' AND ended_by = 'survivor'`, r.ID); n != 1 {
		t.Error("the main reason and whose it is were not kept")
	}
	_, err := w.x.RecordUnmet(t.Context(), w.worker, unmet(r))
	refused(t, "unmet twice", err, "request_ended")
	_, err = w.x.ChangeRequest(t.Context(), w.worker, r.ID, woman())
	refused(t, "facts of a closed request", err, "request_ended")
	_, err = w.x.Hold(t.Context(), w.worker, r.ID, three)
	refused(t, "hold for a closed request", err, "request_ended")
	w.sound()
}

func TestUnmetRefusesReasons(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, nil)
	h := w.hold(r, w.space("3"))
	for _, reasons := range [][]string{nil, {"because"}, {"no_space_of_size", ""}} {
		_, err := w.x.RecordUnmet(t.Context(), w.worker, exchange.Unmet{Request: r.ID, Reasons: reasons})
		refused(t, "reasons", err, "invalid_field")
	}
	if w.read(h.ID).State != schema.Held {
		t.Error("a refused ending released the hold")
	}
	w.sound()
}

// Passed to a council with her agreement, a request is seen by that council's officers and nobody else's.
func TestPassedToACouncil(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := t.Context()
	r, kept := w.request(w.worker, nil), w.request(w.worker, nil)
	passed := unmet(r)
	passed.Council = w.officer.Organisation
	done(w.x.RecordUnmet(ctx, w.worker, passed)).must(t, "unmet")
	done(w.x.RecordUnmet(ctx, w.worker, unmet(kept))).must(t, "unmet")
	sees := func(who exchange.Actor) (all []schema.RequestID) {
		t.Helper()
		for _, r := range done(w.db.UnmetRequests(ctx, who, 10)).must(t, "unmet requests") {
			all = append(all, r.ID)
		}
		return all
	}
	if got := sees(w.officer); !slices.Equal(got, []schema.RequestID{r.ID}) {
		t.Errorf("its officer sees %v, want %s", got, r.ID)
	}
	for name, who := range map[string]exchange.Actor{"another council": w.colleague, "another helpline": w.neighbour, "a refuge": w.manager} {
		if got := sees(who); len(got) != 0 {
			t.Errorf("%s sees %v", name, got)
		}
		_, err := w.db.Request(ctx, who, r.ID)
		refused(t, name, err, "not_found")
	}
	_, err := w.x.StartStay(ctx, w.colleague, exchange.Starting{Request: r.ID, FirstNight: today(t)})
	refused(t, "another council's stay", err, "not_found")
	_, err = w.x.StartStay(ctx, w.officer, exchange.Starting{Request: kept.ID, FirstNight: today(t)})
	refused(t, "a stay for a request that was not passed on", err, "not_found")
	w.sound()
}

func TestPassedToWhatIsNoCouncil(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, nil)
	for name, council := range map[string]schema.OrganisationID{
		"a provider": w.manager.Organisation, "nobody": "0190b4a4-0000-7000-8000-000000000000", "no id": "Solihull",
	} {
		u := unmet(r)
		u.Council = council
		_, err := w.x.RecordUnmet(t.Context(), w.worker, u)
		if r := refused(t, "passed to "+name, err, "invalid_field"); r.Field != "council" {
			t.Errorf("passed to %s: refused %q", name, r.Field)
		}
	}
}
