package simulate_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"haven/allocator/simulate"
	"haven/schema/gazetteer"
)

// world of a short horizon: long enough for some hundreds of households.
func world(t *testing.T, seed uint64, days int, change func(*simulate.Params)) *simulate.World {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	p := simulate.Defaults()
	if change != nil {
		change(&p)
	}
	w, err := simulate.NewWorld(simulate.Setting{Params: p, Seed: seed, Start: simulate.DefaultStart(), Days: days, Find: g.Find})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func set(code string, value float64) func(*simulate.Params) {
	return func(p *simulate.Params) {
		for _, row := range simulate.ParamTable() {
			if row.Code == code {
				if err := row.Set(p, value); err != nil {
					panic(err)
				}
				return
			}
		}
		panic("no parameter " + code)
	}
}

func policy(t *testing.T, code string) simulate.Policy {
	t.Helper()
	for _, p := range simulate.Policies() {
		if p.Code == code {
			return p
		}
	}
	t.Fatalf("no policy %s", code)
	return simulate.Policy{}
}

// TestOneSeedIsOneResult, to the byte, and whatever was run in the same world before.
func TestOneSeedIsOneResult(t *testing.T) {
	t.Parallel()
	shared, another := world(t, 3, 3, nil), world(t, 4, 3, nil)
	for _, p := range simulate.Policies() {
		first, err := json.Marshal(shared.Run(p))
		if err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(world(t, 3, 3, nil).Run(p))
		if err != nil {
			t.Fatal(err)
		}
		if string(first) != string(again) {
			t.Errorf("%s gave two results for one seed:\n%s\n%s", p.Code, first, again)
		}
		if other := another.Run(p); other.Placed == 0 || reflect.DeepEqual(other.Groups, shared.Run(p).Groups) {
			t.Errorf("%s gave one result for two seeds: %+v", p.Code, other)
		}
	}
}

// TestNoPolicyBeatsTheCeiling, neither over all nor in any group.
func TestNoPolicyBeatsTheCeiling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		seed   uint64
		change func(*simulate.Params)
	}{{1, nil}, {3, set("direct", 0.5)}, {4, set("wrong_reports", 0.5)}} {
		w := world(t, c.seed, 3, c.change)
		for _, p := range simulate.Policies() {
			r := w.Run(p)
			if r.Placed == 0 {
				t.Errorf("seed %d, %s placed nobody", c.seed, p.Code)
			}
			for i, g := range simulate.NeedGroups() {
				if ceiling := w.Ceiling(func(in []bool) bool { return in[i] }); r.Groups[i].Placed > ceiling {
					t.Errorf("seed %d, %s placed %d of the group %s, above the ceiling of %d", c.seed, p.Code, r.Groups[i].Placed, g.Code, ceiling)
				}
			}
		}
	}
}

// TestFailuresComeFromWhatCausesThem: no outcome is put in, so each moves with its cause.
func TestFailuresComeFromWhatCausesThem(t *testing.T) {
	t.Parallel()
	share := func(part, of int) float64 { return float64(part) / float64(max(of, 1)) }
	of := map[string]func(simulate.Result) float64{
		"placed":                func(r simulate.Result) float64 { return share(r.Placed, r.Households) },
		"no capacity":           func(r simulate.Result) float64 { return share(r.NoCapacity, r.Referrals) },
		"the survivor's choice": func(r simulate.Result) float64 { return share(r.HerChoice, r.Referrals) },
		"not for the service":   func(r simulate.Result) float64 { return share(r.Inappropriate, r.Referrals) },
		"wheelchair placed":     func(r simulate.Result) float64 { return r.Groups[1].Of() },
		"no recourse placed":    func(r simulate.Result) float64 { return r.Groups[3].Of() },
	}
	for _, c := range []struct {
		cause       string
		low, high   float64
		moves       string
		upwards     bool
		alsoChanges func(*simulate.Params)
	}{
		{"households_per_space", 1, 6, "placed", false, nil},
		{"wrong_reports", 0, 0.6, "no capacity", true, nil},
		{"unasked", 0, 1, "the survivor's choice", true, nil},
		{"asked_is_yes", 1, 0.1, "not for the service", true, nil},
		{"wheelchair_spaces", 0.001, 0.5, "wheelchair placed", true, set("wheelchair", 0.5)},
		{"takes_no_recourse", 0.01, 0.9, "no recourse placed", true, set("no_recourse", 0.5)},
	} {
		t.Run(c.cause+" moves "+c.moves, func(t *testing.T) {
			t.Parallel()
			run := func(value float64) float64 {
				return of[c.moves](world(t, 5, 4, func(p *simulate.Params) {
					if c.alsoChanges != nil {
						c.alsoChanges(p)
					}
					set(c.cause, value)(p)
				}).Run(policy(t, simulate.FirstCome)))
			}
			low, high := run(c.low), run(c.high)
			if c.upwards && high <= low || !c.upwards && high >= low {
				t.Errorf("%s from %v to %v: %s went from %.3f to %.3f", c.cause, c.low, c.high, c.moves, low, high)
			}
		})
	}
}

func TestDaysHaveLimits(t *testing.T) {
	t.Parallel()
	for _, days := range []int{-1, 0, simulate.MostDays + 1} {
		if _, err := simulate.NewWorld(simulate.Setting{Params: simulate.Defaults(), Days: days}); err == nil {
			t.Errorf("%d days were taken", days)
		}
	}
}
