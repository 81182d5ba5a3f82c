package exchange_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
)

func (w *town) snapshot(drop bool, reports ...exchange.SpaceReport) ([]exchange.SpaceOutcome, error) {
	return w.x.Snapshot(w.Context(), w.manager, exchange.Complete{Publish: exchange.Publish{Service: w.refuge.ID, Spaces: reports}, DropConfirmed: drop})
}

func (w *town) published(space schema.SpaceID) bool {
	w.Helper()
	return w.count(`SELECT count(*) FROM space_now WHERE id = $1 AND published`, space) == 1
}

// What a complete list does not name goes off the board; more than half only where the sender says that it means it.
func TestSnapshotDropsWhatItDoesNotName(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	one, two, three, four := w.space("1"), w.space("2"), w.space("3"), w.space("4")
	_, err := w.snapshot(false, available("1"))
	refused(t, "three of four dropped", err, "drop_unconfirmed")
	if !w.published(one) || !w.published(four) {
		t.Error("a refused list dropped spaces")
	}
	done(w.snapshot(false, available("1"), available("2"))).must(t, "two of four")
	if !w.published(one) || !w.published(two) || w.published(three) || w.published(four) {
		t.Error("not what the list names is published")
	}
	_, err = w.x.Hold(t.Context(), w.worker, w.request(w.worker, nil).ID, three)
	refused(t, "hold on a dropped space", err, "taken")
	done(w.snapshot(true, available("5"))).must(t, "all but one, confirmed")
	if w.published(one) || w.published(two) {
		t.Error("what was dropped is still published")
	}
	if w.space("3"); !w.published(three) {
		t.Error("a dropped space could not come back")
	}
	w.sound()
}

// Missing on a promise is a contradiction: that space alone is claimed, the rest applies.
func TestSnapshotWithoutAPromisedSpace(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	one, two, three := w.space("1"), w.space("2"), w.space("3")
	h := w.hold(w.request(w.worker, nil), two)
	out := done(w.snapshot(true, available("1"))).must(t, "snapshot")
	if len(out) != 2 || out[1].Ref != "2" || out[1].Code != "claimed" || out[1].Claim != h.Claim || out[1].Words == "" {
		t.Errorf("outcomes %+v", out)
	}
	if !w.published(one) || !w.published(two) || w.published(three) {
		t.Error("the rest of the list did not apply")
	}
	if w.read(h.ID).State != schema.Held {
		t.Error("a list ended a hold")
	}
	done(w.snapshot(true, available("1"), says("2", schema.Closed, h.Claim))).must(t, "naming it")
	if w.published(two) || w.read(h.ID).End != "place_gone" {
		t.Errorf("named and closed: the hold is %s", w.read(h.ID).State)
	}
	w.sound()
}

// A list that ends a claim on a room no longer has it in the way of dropping the unit which the claim stood on.
func TestSnapshotEndsAClaimAndDropsItsUnit(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.space("A")
	w.space("B")
	unit := w.space("F", "A", "B")
	h := w.hold(w.request(w.worker, nil), unit)
	for _, out := range done(w.snapshot(false, says("A", schema.Taken, h.Claim), available("B"))).must(t, "snapshot") {
		if out.Code != "" {
			t.Errorf("%+v", out)
		}
	}
	if w.published(unit) {
		t.Error("the unit is still published")
	}
	w.sound()
}

func TestConfirm(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three, four, closed := w.space("3"), w.space("4"), w.space("5")
	w.publish(w.manager, w.refuge, says("5", schema.Closed, ""))
	w.exec(`UPDATE space SET confirmed_at = now() - interval '1 day'`)
	stale := func(space schema.SpaceID) bool {
		t.Helper()
		return w.count(`SELECT count(*) FROM space WHERE id = $1 AND confirmed_at < now() - interval '1 hour'`, space) == 1
	}
	if n := done(w.x.Confirm(t.Context(), w.manager, exchange.Confirming{Service: w.refuge.ID, Refs: []string{"3"}})).must(t, "one"); n != 1 || stale(three) || !stale(four) {
		t.Errorf("confirmed %d", n)
	}
	_, err := w.x.Confirm(t.Context(), w.manager, exchange.Confirming{Service: w.refuge.ID, Refs: []string{"4", "99"}})
	refused(t, "a space that is not there", err, "invalid_field")
	_, err = w.x.Confirm(t.Context(), w.manager, exchange.Confirming{Service: w.refuge.ID, Refs: []string{"4", "5"}})
	refused(t, "a space that is on no list", err, "invalid_field")
	if !stale(four) || !stale(closed) {
		t.Error("a refused message confirmed")
	}
	if n := done(w.x.Confirm(t.Context(), w.manager, exchange.Confirming{Service: w.refuge.ID})).must(t, "all"); n != 2 || stale(four) || !stale(closed) {
		t.Errorf("confirmed %d of the whole service, want 2", n)
	}
	// To act on a space shows that it is as was said.
	w.exec(`UPDATE space SET confirmed_at = now() - interval '1 day'`)
	if w.yes(w.hold(w.request(w.worker, nil), three)); stale(three) {
		t.Error("an answer did not confirm the space")
	}
	w.sound()
}

// A message is refused whole, before anything is locked, where one part of it cannot be true; the refusal says which.
func TestPublishRefuses(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	many := make([]exchange.SpaceReport, 501)
	crowded := available("3")
	crowded.Facts.BedSpaces = 40
	for _, c := range []struct {
		field   string
		reports []exchange.SpaceReport
	}{
		{"spaces", nil},
		{"spaces", many},
		{"spaces", []exchange.SpaceReport{available("3"), available("3")}},
		{"spaces[].ref", []exchange.SpaceReport{available("")}},
		{"spaces[3].bed_spaces", []exchange.SpaceReport{available("1"), crowded}},
		{"spaces[3].why", []exchange.SpaceReport{available("1"), {Ref: "3", Report: schema.Report{State: schema.OutOfUseFor}}}},
		{"spaces[3].state", []exchange.SpaceReport{available("1"), says("3", "on_hold", "")}},
	} {
		_, err := w.tryPublish(w.manager, w.refuge, c.reports...)
		if r := refused(t, c.field, err, "invalid_field"); r.Field != c.field {
			t.Errorf("refused %q, want %q", r.Field, c.field)
		}
	}
	if n := w.count(`SELECT count(*) FROM space`); n != 0 {
		t.Errorf("%d spaces were made", n)
	}
}
