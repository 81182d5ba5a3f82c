package exchange_test

import (
	"fmt"
	"slices"
	"testing"

	"haven/allocator"
	"haven/exchange"
	"haven/schema"
)

// A place that opens is found for whom it fits, those on duty are texted, and when it goes it is gone; opening again, it is found again.
func TestAPlaceThatOpensIsFoundForThoseWhoWait(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	w.lookout()
	three := w.space("3")
	w.publish(w.manager, w.refuge, says("3", schema.Taken, ""))
	r, asked := w.waits(nil), w.request(w.worker, nil)
	w.settled()
	if live, gone := w.matches(r, three); live+gone != 0 {
		t.Fatalf("a place that is taken was found: %d and %d", live, gone)
	}
	for opening := range 3 {
		w.publish(w.manager, w.refuge, says("3", schema.Available, ""))
		w.found(r, three)
		w.publish(w.manager, w.refuge, says("3", schema.Taken, ""))
		w.lost(r, three)
		if _, gone := w.matches(r, three); gone != opening+1 {
			t.Fatalf("after opening %d: %d matches are gone", opening+1, gone)
		}
	}
	if n := w.texts(r); n != 1 {
		t.Errorf("%d texts for three openings within a minute, want one", n)
	}
	if live, gone := w.matches(asked, three); live+gone != 0 {
		t.Error("a place was found for a request that nobody asked to keep looking for")
	}
	want := []string{"request_opened", "waiting_started", "match_found", "match_told", "match_gone", "match_found", "match_gone", "match_found", "match_gone"}
	w.wantEvents(string(r.ID), want...)
	if n := w.count(`SELECT count(*) FROM message WHERE wording = 'place_may_fit' AND to_number <> '+447700900321'`); n != 0 {
		t.Errorf("%d texts went to somebody else's number", n)
	}
}

// What there is to check first is on the page, and nobody is called for it; confirmed, it is told.
func TestACheckIsListedAndNotTexted(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	w.lookout()
	unsure := w.service(w.manager, func(s *schema.Service) { s.Takes.NoRecourse = schema.Unknown })
	three := w.publish(w.manager, unsure, available("3"))[0].Space
	r := w.waits(func(n *schema.Need) { n.Recourse = schema.No })
	w.found(r, three)
	if got := w.verdict(r, three); got != allocator.CheckFirst {
		t.Fatalf("found as %s, want check first", got)
	}
	w.settled()
	if n := w.texts(r); n != 0 {
		t.Errorf("%d texts for a place to check first", n)
	}
	unsure.Takes.NoRecourse = schema.Yes
	done(w.x.PutService(t.Context(), operator(), unsure, dutyNumber)).must(t, "put the service")
	w.until("it is told as one that fits", func() bool { return w.texts(r) == 1 })
	if got := w.verdict(r, three); got != allocator.Fits {
		t.Errorf("it is %s now, want fits", got)
	}
	if live, gone := w.matches(r, three); live != 1 || gone != 0 {
		t.Errorf("one opening made %d matches and %d that are gone", live, gone)
	}
}

// What was on the list when they asked to keep looking is on the page as found, and nobody is called about it a moment later; opening again, it is news.
func TestWhatWasThereAlreadyIsNotTexted(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	w.lookout()
	three, old := w.space("3"), w.space("4")
	w.exec(`UPDATE space SET confirmed_at = confirmed_at - interval '13 hours', reported_at = reported_at - interval '13 hours' WHERE id = $1`, old)
	w.exec(`INSERT INTO outbox (topic, subject, version) SELECT 'space', id, version FROM space WHERE id = $1`, old)
	r := w.waits(nil)
	w.found(r, three)
	w.found(r, old)
	w.settled()
	if n := w.texts(r); n != 0 || w.verdict(r, old) != allocator.CheckFirst {
		t.Fatalf("%d texts for what was there already, the old one %s", n, w.verdict(r, old))
	}
	done(w.x.Confirm(t.Context(), w.manager, exchange.Confirming{Service: w.refuge.ID, Refs: []string{"4"}})).must(t, "confirm")
	w.until("what was confirmed since is told", func() bool { return w.texts(r) == 1 })
	if n := w.count(`SELECT count(*) FROM waiting_match WHERE request_id = $1 AND told_at IS NOT NULL`, r.ID); n != 1 {
		t.Errorf("%d places were told of, want the one that was confirmed", n)
	}
	held := w.hold(w.request(w.worker, nil), three)
	w.lost(r, three)
	done(w.x.Release(t.Context(), w.worker, held.ID)).must(t, "release")
	w.found(r, three)
	if n := w.count(`SELECT count(*) FROM waiting_match WHERE request_id = $1 AND space_id = $2 AND gone_at IS NULL AND NOT known`, r.ID, three); n != 1 {
		t.Error("a place that came free again is taken for one they knew")
	}
}

// At most one text a request in a quarter of an hour; what opened meanwhile is in the next.
func TestTextsAreBundled(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	stop := w.lookout()
	r := w.waits(nil)
	for i := range 5 {
		w.found(r, w.space(fmt.Sprint(i)))
	}
	if n := w.texts(r); n != 1 {
		t.Fatalf("%d texts for five places at once", n)
	}
	stop()
	// It stands for the quarter of an hour passing; a start then looks at everything.
	w.exec(`UPDATE waiting_match SET told_at = told_at - interval '16 minutes' WHERE told_at IS NOT NULL`)
	six := w.space("six")
	w.lookout()
	w.found(r, six)
	w.until("a second text", func() bool { return w.texts(r) == 2 })
	w.settled()
	if n := w.count(`SELECT count(*) FROM waiting_match WHERE request_id = $1 AND told_at IS NULL`, r.ID); n != 0 || w.texts(r) != 2 {
		t.Errorf("%d texts and %d places untold; the second tells of all", w.texts(r), n)
	}
}

// The facts of a request that waits may change, and with them what fits.
func TestNewFactsAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	w.lookout()
	three := w.space("3")
	r := w.waits(nil)
	w.found(r, three)
	need := woman()
	need.Household.Children = append(need.Household.Children, schema.Child{Age: 7, Sex: schema.Girl}, schema.Child{Age: 9, Sex: schema.Girl})
	done(w.x.ChangeRequest(t.Context(), w.worker, r.ID, need)).must(t, "four of them")
	w.lost(r, three)
	done(w.x.ChangeRequest(t.Context(), w.worker, r.ID, woman())).must(t, "two of them")
	w.found(r, three)
}

// The waiting ends by itself, and with it everything that was found.
func TestWaitingEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*tower, schema.Request, schema.SpaceID){
		"they stopped looking": func(w *tower, r schema.Request, _ schema.SpaceID) {
			done(w.x.Wait(w.Context(), w.worker, r.ID, false)).must(w, "stop")
		},
		"a place was agreed": func(w *tower, r schema.Request, s schema.SpaceID) { w.chosen(w.yes(w.hold(r, s))) },
		"the service said yes last": func(w *tower, r schema.Request, s schema.SpaceID) {
			w.yes(w.chosen(w.hold(r, s)))
		},
		"they arrived": func(w *tower, r schema.Request, s schema.SpaceID) {
			done(w.x.Arrive(w.Context(), w.worker, w.yes(w.hold(r, s)).ID)).must(w, "arrive")
		},
		"it was closed": func(w *tower, r schema.Request, _ schema.SpaceID) {
			done(w.x.RecordUnmet(w.Context(), w.worker, exchange.Unmet{Request: r.ID, Reasons: []string{"changed_plan"}})).must(w, "close")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTower(t)
			w.lookout()
			three, four := w.space("3"), w.space("4")
			r := w.waits(nil)
			w.found(r, three)
			w.found(r, four)
			end(w, r, three)
			if n := w.count(`SELECT count(*) FROM waiting_match WHERE request_id = $1 AND gone_at IS NULL`, r.ID); n != 0 {
				t.Errorf("%d places are still shown as found", n)
			}
			if n := w.count(`SELECT count(*) FROM request WHERE id = $1 AND waiting_since IS NOT NULL`, r.ID); n != 0 {
				t.Error("the request still waits")
			}
			five := w.space("5")
			w.settled()
			if live, gone := w.matches(r, five); live+gone != 0 {
				t.Error("a place was found after the waiting ended")
			}
		})
	}
}

// Three lookouts hear of everything at once: one match, one event and one text for each request and opening.
func TestManyLookoutsFindOnce(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	for range 3 {
		w.lookout()
	}
	var waiting []schema.Request
	for range 8 {
		waiting = append(waiting, w.waits(nil))
	}
	var spaces []schema.SpaceID
	const openings = 6
	for opening := range openings {
		for _, ref := range []string{"A", "B", "C"} {
			space := w.publish(w.manager, w.refuge, available(ref))[0].Space
			if opening == 0 {
				spaces = append(spaces, space)
			}
		}
		for _, r := range waiting {
			for _, space := range spaces {
				w.found(r, space)
			}
		}
		for _, ref := range []string{"A", "B", "C"} {
			w.publish(w.manager, w.refuge, says(ref, schema.Taken, ""))
		}
		for _, r := range waiting {
			for _, space := range spaces {
				w.lost(r, space)
			}
		}
	}
	for _, r := range waiting {
		for _, space := range spaces {
			if live, gone := w.matches(r, space); live != 0 || gone != openings {
				t.Errorf("%d matches and %d that are gone, want %d", live, gone, openings)
			}
		}
		events, counts := w.events(string(r.ID)), map[string]int{}
		for _, what := range events {
			counts[what]++
		}
		if counts["match_found"] != openings*len(spaces) || counts["match_gone"] != openings*len(spaces) || counts["match_told"] != 1 || w.texts(r) != 1 {
			t.Errorf("events %v and %d texts for %d openings of %d places", counts, w.texts(r), openings, len(spaces))
		}
	}
}

// A lookout that died before it wrote anything is made good by the next start, and a start where nothing was missed changes nothing.
func TestAStartFindsWhatWasMissed(t *testing.T) {
	t.Parallel()
	w := newTower(t)
	r := w.waits(nil)
	three, four := w.space("3"), w.space("4")
	stop := w.lookout()
	w.found(r, three)
	w.found(r, four)
	stop()
	// While none runs, one place goes, one opens, and a third household begins to wait.
	w.publish(w.manager, w.refuge, says("3", schema.Taken, ""))
	five := w.space("5")
	late := w.waits(nil)
	w.relay()
	stop = w.lookout()
	w.lost(r, three)
	w.found(r, five)
	w.found(late, four)
	w.found(late, five)
	w.settled()
	stop()
	before := w.events(string(r.ID))
	w.lookout()
	w.settled()
	if after := w.events(string(r.ID)); !slices.Equal(after, before) {
		t.Errorf("a start with nothing to do recorded %v, before %v", after, before)
	}
}
