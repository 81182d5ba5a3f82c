package simulate_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"haven/allocator/simulate"
	"haven/schema"
)

// TestDriftGoesOn: 5,000 changes over hours, weeks or years, each one a report that may be sent and a change, with units in step with their rooms and neither
// everything taken nor everything free.
func TestDriftGoesOn(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { t.Parallel(); goOn(t, seed) })
	}
}

func goOn(t *testing.T, seed uint64) {
	services := services(network(t, seed))
	drift := simulate.Drift(seed)
	at, step := now, []time.Duration{5 * time.Second, 6 * time.Minute, 7 * time.Hour}[seed%3]
	for i := range 5000 {
		at = at.Add(step)
		changes := drift(services, at)
		if len(changes) == 0 {
			t.Fatalf("change %d: nothing more to report", i)
		}
		for _, c := range changes {
			if err := c.Report.Check(at); err != nil {
				t.Fatalf("change %d, %s: %v", i, services[c.Service].Spaces[c.Space].Ref, err)
			}
			if reflect.DeepEqual(services[c.Service].Spaces[c.Space].Report, c.Report) {
				t.Fatalf("change %d is none: %+v", i, c)
			}
			services[c.Service].Spaces[c.Space].Report = c.Report
		}
		checkUnits(t, services[changes[0].Service])
		if t.Failed() {
			t.FailNow()
		}
		rooms, free := 0, 0
		for _, s := range services {
			for _, space := range s.Spaces {
				if len(space.Rooms) == 0 && space.Report.State != schema.Closed {
					rooms++
					if space.Report.Free() {
						free++
					}
				}
			}
		}
		if share := 100 * free / rooms; share < 10 || share > 40 {
			t.Fatalf("change %d: %d%% of rooms are free", i, share)
		}
	}
	for _, s := range services {
		for _, space := range s.Spaces {
			if space.SlotAt != nil && space.SlotAt.Before(at.AddDate(0, 0, -1)) && space.Report.State != schema.Closed {
				t.Errorf("%s %s was dated %v and is still %s", s.CodeName, space.Ref, space.SlotAt, space.Report.State)
			}
		}
	}
}

func TestOneSeedIsOneDrift(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) []simulate.Change {
		services := services(network(t, 7))
		drift := simulate.Drift(seed)
		var out []simulate.Change
		for range 100 {
			for _, c := range drift(services, now) {
				services[c.Service].Spaces[c.Space].Report = c.Report
				out = append(out, c)
			}
		}
		return out
	}
	first := run(3)
	if !reflect.DeepEqual(run(3), first) {
		t.Error("the same seed drifted another way")
	}
	if reflect.DeepEqual(run(4), first) {
		t.Error("another seed drifted the same way")
	}
}

func TestDriftWithNothingToReport(t *testing.T) {
	t.Parallel()
	drift := simulate.Drift(1)
	closed := []simulate.Service{{Spaces: []simulate.Space{{Space: schema.Space{Ref: "1"}, Report: schema.Report{State: schema.Closed}}}}}
	for _, services := range [][]simulate.Service{nil, {{}}, closed} {
		if got := drift(services, now); got != nil {
			t.Errorf("got %v", got)
		}
	}
}
