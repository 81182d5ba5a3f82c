package allocator_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"haven/allocator"
	"haven/schema"
)

// FuzzEvaluate: whatever stands in a need and a place, the engine answers, the same each time, and never "fits" for nobody.
func FuzzEvaluate(f *testing.F) {
	seed := func(need schema.Need, place schema.Place, at int64) {
		n, err := json.Marshal(need)
		if err != nil {
			f.Fatal(err)
		}
		p, err := json.Marshal(place)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(n, p, at)
	}
	seed(aWoman(), aRoom(), noon.Unix())
	seed(schema.Need{}, schema.Place{}, 0)
	for _, n := range absurd() {
		seed(n, aRoom(), noon.Unix())
	}
	f.Fuzz(func(t *testing.T, needText, placeText []byte, at int64) {
		var need schema.Need
		var place schema.Place
		if json.Unmarshal(needText, &need) != nil || json.Unmarshal(placeText, &place) != nil {
			return
		}
		now := time.Unix(at%4e9, 0).UTC()
		a := allocator.Evaluate(need, place, now)
		if len(a.Findings) != len(allocator.Rules()) {
			t.Errorf("got %d findings", len(a.Findings))
		}
		if a.Verdict == allocator.Fits && (len(need.Household.Adults) == 0 || !place.Vacancy.Free()) {
			t.Errorf("fits, with %d adults and a space that is %q", len(need.Household.Adults), place.Vacancy.Status)
		}
		if again := allocator.Evaluate(need, place, now); !reflect.DeepEqual(again, a) {
			t.Error("two answers to one question")
		}
		if _, err := json.Marshal(a.Findings); err != nil {
			t.Errorf("findings cannot be kept: %v", err)
		}
		allocator.UnmetReasons(allocator.List(need, []schema.Place{place, place}, now))
	})
}

// absurd are needs that no form lets through. The engine still answers them.
func absurd() []schema.Need {
	nobody := schema.Need{}
	many, young, old, contradictory, odd := aWoman(), aWoman(), aWoman(), aWoman(), aWoman()
	for range 40 {
		many.Household.Children = append(many.Household.Children, schema.Child{Age: 3})
	}
	young.Household.Children = []schema.Child{{Age: -1, Sex: schema.Boy}}
	old.Household.Children = []schema.Child{{Age: 130, Sex: schema.Boy, Born: "1896-02-30"}}
	contradictory.Provisions, contradictory.Offers = []schema.ProvisionCode{schema.BedBreakfast}, []schema.Offer{schema.OfferNever}
	odd.Wheelchair, odd.Recourse, odd.Household.Adults[0].As = "perhaps", "perhaps", "perhaps"
	odd.ArriveBy = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	ancient := aWoman()
	ancient.Household.Adults[0].Age = 130
	// Self-contained and shared at once: no form calls that false, and no place has both.
	both := aWoman()
	both.Wishes = []schema.Wish{{Code: schema.WishSelfContained, Tier: schema.Must}, {Code: schema.WishShared, Tier: schema.Must}}
	return []schema.Need{nobody, many, young, old, contradictory, odd, ancient, both}
}

func TestAbsurdNeedsNeverFit(t *testing.T) {
	t.Parallel()
	small := aRoom()
	small.Service.Takes.BoysTo, small.Space.Wheelchair = ptr(12), schema.Unknown
	for i, need := range absurd() {
		if got := allocator.Evaluate(need, small, noon).Verdict; got == allocator.Fits {
			t.Errorf("absurd need %d: got fits", i)
		}
		if err := need.Check(); err == nil && i != len(absurd())-1 {
			t.Errorf("absurd need %d passes every form", i)
		} else if _, typed := schema.AsRefusal(err); err != nil && !typed {
			t.Errorf("absurd need %d: %v is not a refusal that people can act on", i, err)
		}
	}
}

// TestAbsurdPlacesNeverFit: what a service left out or said twice is asked about or ruled out.
func TestAbsurdPlacesNeverFit(t *testing.T) {
	t.Parallel()
	nowhere, silent, tiny, later := aRoom(), aRoom(), aRoom(), aRoom()
	nowhere.Service.Area = schema.Area{}
	silent.Space, silent.Service = schema.Space{ID: "silent"}, schema.Service{ID: "silent", Provision: schema.Refuge, Area: leeds}
	tiny.Space.BedSpaces = -3
	later.Vacancy.ConfirmedAt = noon.AddDate(10, 0, 0)
	for name, place := range map[string]schema.Place{"no location": nowhere, "every fact unknown": silent, "less than no room": tiny, "confirmed in ten years": later, "nothing at all": {}} {
		if got := allocator.Evaluate(aWoman(), place, noon); got.Verdict == allocator.Fits {
			t.Errorf("%s: got fits", name)
		}
	}
	older, newer := aRoom(), aRoom()
	older.Vacancy.Status, newer.Version = schema.StatusTaken, 2
	for _, twice := range [][]schema.Place{{older, newer}, {newer, older}} {
		x := allocator.NewIndex()
		x.Reset(twice)
		if got := x.Search(aWoman(), noon); got.Total != 1 || got.Fits.Len() != 1 {
			t.Errorf("two places with one id: got %d of %d", got.Fits.Len(), got.Total)
		}
	}
}

// TestClockThatJumps: neither a clock set back nor one set on makes word fresh, a child younger or the engine stop.
func TestClockThatJumps(t *testing.T) {
	t.Parallel()
	for _, now := range []time.Time{{}, noon.AddDate(-1, 0, 0), noon.AddDate(100, 0, 0), time.Unix(1<<40, 0)} {
		if got := allocator.Evaluate(aWoman(), aRoom(), now); got.Verdict != allocator.CheckFirst || got.Freshness != schema.Unconfirmed {
			t.Errorf("at %v: got %s, %s", now, got.Verdict, got.Freshness)
		}
	}
}
