package exchange_test

import (
	"slices"
	"sync"
	"testing"

	"haven/exchange"
	"haven/schema"
)

// race starts n at the same moment and waits for all.
func race(n int, run func(i int)) {
	var ready, over sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		ready.Add(1)
		over.Go(func() {
			ready.Done()
			<-start
			run(i)
		})
	}
	ready.Wait()
	close(start)
	over.Wait()
}

const racers = 64

// arena is a two-room unit whose rooms are spaces too, and as many open requests as racers.
type arena struct {
	*town
	refs     []string
	spaces   []schema.SpaceID
	requests []schema.Request
}

func newArena(t *testing.T) *arena {
	w := newTown(t)
	a := &arena{town: w, refs: []string{"A", "B", "F"}, spaces: []schema.SpaceID{w.space("A"), w.space("B"), w.space("F", "A", "B")}}
	for range racers {
		a.requests = append(a.requests, w.request(w.worker, nil))
	}
	return a
}

// clear makes everything available again, naming whatever stands on it, and opens a request for each that was placed.
func (a *arena) clear() {
	a.Helper()
	claims := map[string]schema.ClaimID{}
	for range 4 { // each pass may be told of one more claim on a space
		var reports []exchange.SpaceReport
		for _, ref := range a.refs {
			reports = append(reports, says(ref, schema.Available, claims[ref]))
		}
		again := false
		for _, out := range a.publish(a.manager, a.refuge, reports...) {
			claims[out.Ref] = out.Claim
			again = again || out.Code != ""
		}
		if !again {
			break
		}
	}
	for i, r := range a.requests {
		holds := done(a.db.HoldsOfRequest(a.Context(), a.worker, r.ID)).must(a, "holds")
		for _, h := range holds {
			if h.State == schema.Held || h.State == schema.Agreed {
				done(a.x.Release(a.Context(), a.worker, h.ID)).must(a, "release")
			}
			if h.State == schema.Arrived {
				a.requests[i] = a.request(a.worker, nil)
			}
		}
	}
}

// 64 at once for one place, 40 times: exactly one is told that it has it.
func TestRaceForOnePlace(t *testing.T) {
	t.Parallel()
	a := newArena(t)
	for round := range 40 {
		told := make([]error, racers)
		race(racers, func(i int) { _, told[i] = a.x.Hold(t.Context(), a.worker, a.requests[i].ID, a.spaces[round%3]) })
		won := 0
		for _, err := range told {
			if err == nil {
				won++
				continue
			}
			refused(t, "a hold", err, "taken")
		}
		if won != 1 {
			t.Errorf("round %d: %d were told that they have it", round, won)
		}
		a.sound()
		a.clear()
	}
}

// 64 at once for a unit and for each of its rooms, 30 times: the unit or both rooms, each told once.
func TestRaceForOverlappingUnits(t *testing.T) {
	t.Parallel()
	a := newArena(t)
	for round := range 30 {
		told := make([]error, racers)
		race(racers, func(i int) { _, told[i] = a.x.Hold(t.Context(), a.worker, a.requests[i].ID, a.spaces[i%3]) })
		var won []string
		for i, err := range told {
			if err == nil {
				won = append(won, a.refs[i%3])
				continue
			}
			refused(t, "a hold", err, "taken")
		}
		if slices.Sort(won); !slices.Equal(won, []string{"F"}) && !slices.Equal(won, []string{"A", "B"}) {
			t.Errorf("round %d: %q were granted", round, won)
		}
		a.sound()
		a.clear()
	}
}

// One household is on its way to the unit. At once: both sides record its arrival, its provider says that the place is taken, its time runs out
// in every second round, and others hold the unit and its rooms. 30 times: it arrived, or its place has gone, or its time ran out; never two of
// them, and everybody was told the same.
func TestRaceOfEverything(t *testing.T) {
	t.Parallel()
	a := newArena(t)
	for round := range 30 {
		h := a.yes(a.hold(a.requests[0], a.spaces[2]))
		late := round%2 == 1
		if late {
			a.runOut(h.ID)
		}
		told, outs := make([]error, racers), make([][]exchange.SpaceOutcome, racers)
		race(racers, func(i int) {
			switch i % 4 {
			case 0:
				_, told[i] = a.x.Arrive(t.Context(), []exchange.Actor{a.worker, a.manager}[i/4%2], h.ID)
			case 1:
				outs[i], told[i] = a.tryPublish(a.manager, a.refuge, says("F", schema.Taken, h.Claim), says("A", schema.Taken, h.Claim))
			case 2:
				told[i] = a.x.Expire(t.Context(), h.ID)
			case 3:
				_, told[i] = a.x.Hold(t.Context(), a.worker, a.requests[i].ID, a.spaces[i/4%3])
			}
		})
		arrived := 0
		for i, err := range told {
			switch i % 4 {
			case 0:
				if err == nil {
					arrived++
					continue
				}
				refused(t, "an arrival", err, "hold_ended")
			case 3:
				if err != nil {
					refused(t, "a hold", err, "taken")
				}
			default:
				if err != nil {
					t.Errorf("round %d: %d: %v", round, i%4, err)
				}
			}
		}
		end := a.read(h.ID)
		switch {
		case late && (end.End != "expired" || arrived != 0),
			!late && arrived > 0 && (end.State != schema.Arrived || arrived != racers/4),
			!late && arrived == 0 && end.End != "place_gone":
			t.Errorf("round %d: %d were told of an arrival, the hold is %s %s", round, arrived, end.State, end.End)
		}
		a.sound()
		a.clear()
	}
}
