package exchange_test

import (
	"testing"

	"haven/exchange"
	"haven/schema"
)

// A report that contradicts what is promised or lived in touches nothing: that space alone gets claimed with the claim's id, the rest of the message
// applies, and sent again naming it, it ends the claim and reports.
func TestContradictions(t *testing.T) {
	t.Parallel()
	ready := says("3", schema.GettingReady, "")
	ready.Report.From = soon()
	for _, c := range []struct {
		name            string
		agreed, arrived bool
		report          exchange.SpaceReport
		claimed         bool
	}{
		{name: "taken on a hold", report: says("3", schema.Taken, ""), claimed: true},
		{name: "out of use on a hold", report: says("3", schema.OutOfUseFor, ""), claimed: true},
		{name: "closed on a hold", report: says("3", schema.Closed, ""), claimed: true},
		{name: "available on a hold", report: says("3", schema.Available, "")},
		{name: "getting ready on a hold", report: ready},
		{name: "taken on an agreed arrival agrees with it", agreed: true, report: says("3", schema.Taken, "")},
		{name: "out of use on an agreed arrival", agreed: true, report: says("3", schema.OutOfUseFor, ""), claimed: true},
		{name: "closed on an agreed arrival", agreed: true, report: says("3", schema.Closed, ""), claimed: true},
		{name: "taken where somebody lives agrees with it", arrived: true, report: says("3", schema.Taken, "")},
		{name: "available where somebody lives", arrived: true, report: says("3", schema.Available, ""), claimed: true},
		{name: "out of use where somebody lives", arrived: true, report: says("3", schema.OutOfUseFor, ""), claimed: true},
		{name: "closed where somebody lives", arrived: true, report: says("3", schema.Closed, ""), claimed: true},
		{name: "getting ready where somebody lives", arrived: true, report: ready},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			three := w.space("3")
			h := w.hold(w.request(w.worker, nil), three)
			claim, end := h.Claim, "place_gone"
			if c.agreed || c.arrived {
				h = w.chosen(w.yes(h))
			}
			if c.arrived {
				claim, end = done(w.x.Arrive(t.Context(), w.worker, h.ID)).must(t, "arrive").Claim, ""
			}
			before := w.status(three)

			out := w.publish(w.manager, w.refuge, c.report, available("4"))
			if out[1].Code != "" || out[1].Space == "" {
				t.Errorf("the rest of the message: %+v", out[1])
			}
			if !c.claimed {
				if out[0].Code != "" || w.read(h.ID).State == schema.Ended {
					t.Errorf("%+v, hold %s", out[0], w.read(h.ID).State)
				}
				w.sound()
				return
			}
			if out[0].Code != "claimed" || out[0].Claim != claim || out[0].Words == "" {
				t.Fatalf("%+v, want claimed naming %s", out[0], claim)
			}
			w.want(three, before)

			named := c.report
			named.Report.Claim = claim
			if out := w.publish(w.manager, w.refuge, named); out[0].Code != "" {
				t.Errorf("naming it: %+v", out[0])
			}
			if got := w.read(h.ID); got.End != end {
				t.Errorf("the hold ended by %q, want %q", got.End, end)
			}
			if n := w.count(`SELECT count(*) FROM claim WHERE id = $1 AND ended_at IS NULL`, claim); n != 0 {
				t.Error("the claim it named goes on")
			}
			w.sound()
		})
	}
}

func TestNamingAnotherClaimEndsNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	h, other := w.hold(w.request(w.worker, nil), w.space("3")), w.hold(w.request(w.worker, nil), w.space("4"))
	if out := w.publish(w.manager, w.refuge, says("3", schema.Taken, other.Claim)); out[0].Code != "claimed" || out[0].Claim != h.Claim {
		t.Errorf("%+v", out[0])
	}
	if w.read(h.ID).State != schema.Held || w.read(other.ID).State != schema.Held {
		t.Error("a hold ended")
	}
	w.sound()
}

// Which rooms make a unit cannot change under a claim (S1).
func TestRecomposed(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	unit, single := w.space("F", "A", "B"), w.space("A")
	h := w.hold(w.request(w.worker, nil), unit)
	recomposed := available("F", "A", "C")
	out := w.publish(w.manager, w.refuge, recomposed, available("9"))
	if out[0].Code != "claimed" || out[0].Claim != h.Claim || out[1].Code != "" {
		t.Errorf("recomposed under a hold: %+v", out)
	}
	if _, err := w.x.Hold(t.Context(), w.worker, w.request(w.worker, nil).ID, single); err == nil {
		t.Error("a room of the unit was promised twice")
	}
	done(w.x.Release(t.Context(), w.worker, h.ID)).must(t, "release")
	if out := w.publish(w.manager, w.refuge, recomposed); out[0].Code != "" {
		t.Errorf("recomposed when free: %+v", out[0])
	}
	w.sound()
}

// A report that names a version older than the newest report gets stale with both, also beside reports that are kept.
func TestStale(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	first := w.publish(w.manager, w.refuge, available("3"))[0]
	newest := w.publish(w.manager, w.refuge, says("3", schema.Taken, ""))[0]
	if first.Version == 0 || newest.Version <= first.Version {
		t.Fatalf("versions %d, then %d", first.Version, newest.Version)
	}
	old := says("3", schema.Available, "")
	old.Report.Version = &first.Version
	for _, reports := range [][]exchange.SpaceReport{{old}, {old, available("4")}} {
		out := w.publish(w.manager, w.refuge, reports...)[0]
		if out.Code != "stale" || out.Version != first.Version || out.Newest != newest.Version {
			t.Errorf("in a message of %d: %+v, want stale with %d and %d", len(reports), out, first.Version, newest.Version)
		}
	}
	w.want(first.Space, schema.StatusTaken)
	old.Report.Version = &newest.Version
	if out := w.publish(w.manager, w.refuge, old); out[0].Code != "" {
		t.Errorf("with the newest version: %+v", out[0])
	}
	_, err := w.x.Report(t.Context(), w.manager, first.Space, schema.Report{State: schema.Taken, Version: &first.Version})
	refused(t, "the board, with an old version", err, "stale")
	w.want(first.Space, schema.StatusAvailable)
	w.sound()
}

// One household's claim stands on both rooms of a unit: a message that says of each that it is taken names it twice, and ends it once.
func TestOneClaimNamedForTwoSpaces(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a, b, unit := w.space("A"), w.space("B"), w.space("F", "A", "B")
	h := w.hold(w.request(w.worker, nil), unit)
	out := w.publish(w.manager, w.refuge, says("A", schema.Taken, h.Claim), says("B", schema.Taken, h.Claim))
	if out[0].Code != "" || out[1].Code != "" {
		t.Errorf("%+v", out)
	}
	if h := w.read(h.ID); h.End != "place_gone" {
		t.Errorf("the hold: %s %s", h.State, h.End)
	}
	w.want(a, schema.StatusTaken)
	w.want(b, schema.StatusTaken)
	w.sound()
}

// A place may be promised while somebody still lives there: the arrival waits until she has moved on (S1).
func TestNextHousehold(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	p := w.resident(three)
	ready := says("3", schema.GettingReady, "")
	ready.Report.From = soon()
	w.publish(w.manager, w.refuge, ready)
	h := w.chosen(w.yes(w.hold(w.request(w.worker, nil), three)))
	if n := w.count(`SELECT count(*) FROM claim WHERE id = $1 AND next`, h.Claim); n != 1 {
		t.Error("the promise is not marked as next")
	}
	_, err := w.x.Arrive(t.Context(), w.worker, h.ID)
	refused(t, "arrival while she lives there", err, "still_occupied")
	w.publish(w.manager, w.refuge, says("3", schema.Available, p.Claim))
	done(w.x.Arrive(t.Context(), w.worker, h.ID)).must(t, "arrival when she has moved on")
	w.sound()
}

// "Getting ready" was said for the household that has arrived since: the place is hers, and not offered again until the provider says anew that it
// is getting ready.
func TestArrivalTakesWhatWasGettingReady(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three, unit := w.space("3"), w.space("F", "3", "4")
	ready, both := says("3", schema.GettingReady, ""), says("F", schema.GettingReady, "")
	ready.Report.From, both.Report.From = soon(), soon()
	w.publish(w.manager, w.refuge, ready, both)
	w.resident(three)
	w.want(three, schema.StatusTaken)
	w.want(unit, schema.StatusTaken)
	_, err := w.x.Hold(t.Context(), w.neighbour, w.request(w.neighbour, nil).ID, three)
	refused(t, "a hold where she has just moved in", err, "taken")
	w.publish(w.manager, w.refuge, ready)
	w.want(three, schema.StatusGettingReady)
	w.want(unit, schema.StatusTaken)
	w.sound()
}

// Somebody lives there and another household is due: a report against both ends what it names and is told of the other, so that nobody is left
// on the way to a place that is out of use without a word.
func TestReportAgainstResidentAndNext(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	p := w.resident(three)
	ready := says("3", schema.GettingReady, "")
	ready.Report.From = soon()
	w.publish(w.manager, w.refuge, ready)
	h := w.hold(w.request(w.worker, nil), three)
	out := w.publish(w.manager, w.refuge, says("3", schema.OutOfUseFor, ""))[0]
	if out.Code != "claimed" || out.Claim != p.Claim {
		t.Fatalf("against both: %+v", out)
	}
	out = w.publish(w.manager, w.refuge, says("3", schema.OutOfUseFor, p.Claim))[0]
	if out.Code != "claimed" || out.Claim != h.Claim || w.read(h.ID).State != schema.Held {
		t.Fatalf("the resident has moved on: %+v, hold %s", out, w.read(h.ID).State)
	}
	w.want(three, schema.StatusOnHold)
	w.sound()
	if out = w.publish(w.manager, w.refuge, says("3", schema.OutOfUseFor, h.Claim))[0]; out.Code != "" {
		t.Errorf("naming the second: %+v", out)
	}
	w.want(three, schema.StatusOutOfUse)
	w.sound()
}

// A unit never named before can speak against who is due in one of its rooms: it alone is told so and not made, and the rest applies.
func TestFirstReportAgainstAPromise(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	h := w.hold(w.request(w.worker, nil), w.space("1"))
	w.space("2")
	unit := available("F1", "1", "2")
	unit.Report = schema.Report{State: schema.Taken}
	out := w.publish(w.manager, w.refuge, unit, says("2", schema.Taken, ""), available("3"))
	if out[0].Code != "claimed" || out[0].Claim != h.Claim || out[0].Space != "" || out[0].Words == "" {
		t.Errorf("the unit: %+v", out[0])
	}
	if out[1].Code != "" || out[2].Code != "" || out[1].Version == 0 || out[2].Version == 0 {
		t.Errorf("the rest: %+v", out[1:])
	}
	if got := w.read(h.ID); got.State != schema.Held {
		t.Errorf("the hold is %s", got.State)
	}
	if n := w.count(`SELECT count(*) FROM space WHERE ref = 'F1'`); n != 0 {
		t.Error("the unit was made")
	}
	unit.Report.Claim = h.Claim
	if out := w.publish(w.manager, w.refuge, unit); out[0].Code != "" || out[0].Space == "" {
		t.Errorf("naming it: %+v", out[0])
	}
	if got := w.read(h.ID); got.End != "place_gone" {
		t.Errorf("named, the hold ended as %q", got.End)
	}
	w.sound()
}
