package exchange_test

import (
	"slices"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

func TestTwoHoldsAtMost(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r, one, two, three := w.request(w.worker, nil), w.space("1"), w.space("2"), w.space("3")
	first := w.hold(r, one)
	if again := w.hold(r, one); again.ID != first.ID {
		t.Errorf("the same place again: hold %s, want %s", again.ID, first.ID)
	}
	w.hold(r, two)
	_, err := w.x.Hold(t.Context(), w.worker, r.ID, three)
	refused(t, "a third place", err, "two_holds")
	w.chosen(w.yes(first))
	_, err = w.x.Hold(t.Context(), w.worker, r.ID, three)
	refused(t, "another beside an agreed one", err, "already_agreed")
	w.want(three, schema.StatusAvailable)
	w.sound()
}

func TestHoldOnWhatIsNotFree(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.neighbour, nil)
	try := func(what, code string, space schema.SpaceID) *schema.Refusal {
		t.Helper()
		_, err := w.x.Hold(t.Context(), w.neighbour, r.ID, space)
		return refused(t, what, err, code)
	}
	held, taken, closed, lived := w.space("1"), w.space("2"), w.space("3"), w.space("4")
	w.hold(w.request(w.worker, nil), held)
	w.publish(w.manager, w.refuge, says("2", schema.Taken, ""), says("3", schema.Closed, ""))
	w.resident(lived)
	unit := w.space("F", "1", "9")
	onHold, gone := try("on hold", "taken", held), try("reported taken", "taken", taken)
	if onHold.Words == gone.Words {
		t.Error("the worker is not told whether somebody else holds it")
	}
	try("closed", "taken", closed)
	try("lived in", "taken", lived)
	try("a unit with a room on hold", "taken", unit)
	try("no such space", "not_found", "0190b4a4-0000-7000-8000-000000000000")
	try("no id at all", "not_found", "3")
	if n := w.count(`SELECT count(*) FROM hold WHERE request_id = $1`, r.ID); n != 0 {
		t.Errorf("%d holds were made", n)
	}
	w.sound()
}

// Every reason is named, not the first.
func TestHoldOnWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	r := w.request(w.worker, func(n *schema.Need) {
		n.Household.Adults = []schema.Adult{{As: schema.Man}, {As: schema.Man}}
		n.Household.Children = []schema.Child{{Age: 9}, {Age: 12}}
		n.Wheelchair, n.Recourse = schema.Yes, schema.No
		n.Avoid = []schema.Avoid{{Area: w.refuge.Area}}
		n.Provisions = []schema.ProvisionCode{schema.Dispersed}
	})
	_, err := w.x.Hold(t.Context(), w.worker, r.ID, three)
	got := refused(t, "hold", err, "does_not_fit").Reasons
	want := []string{"area_to_avoid", "provision", "takes", "room", "wheelchair", "recourse"}
	if !slices.Equal(got, want) {
		t.Errorf("reasons %q, want %q", got, want)
	}
	w.want(three, schema.StatusAvailable)
	w.sound()
}

// What the worker saw never decides: the facts may have changed since, hers and theirs.
func TestRulesRunAgainOnWhatIsLocked(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	r := w.request(w.worker, nil)
	smaller := schema.Space{BedSpaces: 1}
	w.publish(w.manager, w.refuge, exchange.SpaceReport{Ref: "3", Facts: &smaller, Report: schema.Report{State: schema.Available}})
	_, err := w.x.Hold(t.Context(), w.worker, r.ID, three)
	if got := refused(t, "a space made smaller", err, "does_not_fit").Reasons; !slices.Equal(got, []string{"room"}) {
		t.Errorf("reasons %q", got)
	}
	four := w.space("4")
	need := woman()
	need.Household.Adults[0].As = schema.Man
	done(w.x.ChangeRequest(t.Context(), w.worker, r.ID, need)).must(t, "change request")
	_, err = w.x.Hold(t.Context(), w.worker, r.ID, four)
	if got := refused(t, "facts changed", err, "does_not_fit").Reasons; !slices.Equal(got, []string{"takes"}) {
		t.Errorf("reasons %q", got)
	}
}

// An area that cannot be decided from what is published is asked, and no yes counts before the area is confirmed (S4).
func TestConfirmArea(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.request(w.worker, func(n *schema.Need) {
		n.Avoid = []schema.Avoid{{Area: schema.Area{Kind: schema.AreaPlace, Code: "Nowhere", Name: "Nowhere"}}}
	})
	h := w.hold(r, w.space("3"))
	if !h.Ask || !h.ConfirmArea {
		t.Errorf("ask %v, confirm area %v", h.Ask, h.ConfirmArea)
	}
	_, err := w.x.Answer(t.Context(), w.manager, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}})
	refused(t, "yes without the area", err, "confirm_area")
	_, err = w.x.Arrive(t.Context(), w.worker, h.ID)
	refused(t, "arrival before the yes", err, "not_accepted")
	if w.yes(h).Provided == nil {
		t.Error("the yes with the area was not kept")
	}
	w.sound()
}

func TestAnswersThatComeLate(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	h := w.yes(w.hold(w.request(w.worker, nil), w.space("3")))
	_, err := w.x.Answer(t.Context(), w.manager, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Reason: "no_staff"}})
	refused(t, "no after yes", err, "answered")
	done(w.x.Release(t.Context(), w.worker, h.ID)).must(t, "release")
	yes := exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}}
	_, err = w.x.Answer(t.Context(), w.manager, yes)
	refused(t, "an answer", err, "hold_ended")
	_, err = w.x.Choose(t.Context(), w.worker, yes)
	refused(t, "her choice", err, "hold_ended")
	_, err = w.x.Extend(t.Context(), w.worker, h.ID)
	refused(t, "an extension", err, "hold_ended")
	_, err = w.x.Arrive(t.Context(), w.worker, h.ID)
	refused(t, "an arrival", err, "hold_ended")
	w.sound()
}

func TestArriveBy(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	h := w.hold(w.request(w.worker, nil), w.space("3"))
	for _, by := range []time.Time{h.HeldAt.Add(-time.Hour), h.HeldAt.AddDate(0, 0, 15)} {
		_, err := w.x.Answer(t.Context(), w.manager, exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}, ArriveBy: &by})
		if r := refused(t, "arrive by "+by.String(), err, "invalid_field"); r.Field != "arrive_by" {
			t.Errorf("refused %s", r.Field)
		}
	}
	if got := w.read(h.ID); got.Provided != nil || got.ArriveBy != nil {
		t.Errorf("kept %+v of what was refused", got.Provided)
	}
}

// Somebody else's hold, space, service or request is not found: the two cannot be told apart.
func TestOthersAreNotFound(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	r := w.request(w.worker, nil)
	h := w.hold(r, three)
	yes := exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}}
	ctx := t.Context()
	for what, try := range map[string]func() error{
		"a neighbour holds for her":     func() error { _, err := w.x.Hold(ctx, w.neighbour, r.ID, three); return err },
		"a neighbour changes her facts": func() error { _, err := w.x.ChangeRequest(ctx, w.neighbour, r.ID, woman()); return err },
		"a neighbour chooses for her":   func() error { _, err := w.x.Choose(ctx, w.neighbour, yes); return err },
		"the refuge chooses for her":    func() error { _, err := w.x.Choose(ctx, w.manager, yes); return err },
		"the worker answers for them":   func() error { _, err := w.x.Answer(ctx, w.worker, yes); return err },
		"a rival answers for them":      func() error { _, err := w.x.Answer(ctx, w.rival, yes); return err },
		"a neighbour extends":           func() error { _, err := w.x.Extend(ctx, w.neighbour, h.ID); return err },
		"the refuge extends":            func() error { _, err := w.x.Extend(ctx, w.manager, h.ID); return err },
		"the refuge releases":           func() error { _, err := w.x.Release(ctx, w.manager, h.ID); return err },
		"a rival records an arrival":    func() error { _, err := w.x.Arrive(ctx, w.rival, h.ID); return err },
		"a rival publishes":             func() error { _, err := w.tryPublish(w.rival, w.refuge, says("3", schema.Available, "")); return err },
		"a rival makes a space":         func() error { _, err := w.tryPublish(w.rival, w.refuge, available("99")); return err },
		"a rival confirms": func() error {
			_, err := w.x.Confirm(ctx, w.rival, exchange.Confirming{Service: w.refuge.ID})
			return err
		},
		"a rival reports": func() error {
			_, err := w.x.Report(ctx, w.rival, three, schema.Report{State: schema.Taken})
			return err
		},
		"a neighbour closes her request": func() error { _, err := w.x.RecordUnmet(ctx, w.neighbour, unmet(r)); return err },
		"the officer starts a stay of hers": func() error {
			_, err := w.x.StartStay(ctx, w.officer, exchange.Starting{Request: r.ID, FirstNight: time.Now()})
			return err
		},
		"nothing": func() error { _, err := w.x.Extend(ctx, w.worker, "0190b4a4-0000-7000-8000-000000000000"); return err },
		"a rival replaces the whole list": func() error {
			_, err := w.x.Snapshot(ctx, w.rival, exchange.Complete{Publish: exchange.Publish{Service: w.refuge.ID, Spaces: []exchange.SpaceReport{available("99")}}})
			return err
		},
	} {
		refused(t, what, try(), "not_found")
	}
	w.wantEvents(string(h.ID), "hold_made")
	w.wantEvents(string(r.ID), "request_opened")
	w.want(three, schema.StatusOnHold)
	w.sound()
}

func unmet(r schema.Request) exchange.Unmet {
	return exchange.Unmet{Request: r.ID, Reasons: []string{"no_space_of_size"}}
}
