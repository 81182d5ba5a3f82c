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
	return []schema.Need{nobody, many, young, old, contradictory, odd}
}

func TestAbsurdNeedsNeverFit(t *testing.T) {
	t.Parallel()
	small := aRoom()
	small.Service.Takes.BoysTo, small.Space.Wheelchair = ptr(12), schema.Unknown
	for i, need := range absurd() {
		// A child of -1 is young enough for anywhere; every other of these must not be offered as it stands.
		if got := allocator.Evaluate(need, small, noon).Verdict; got == allocator.Fits && i != 2 {
			t.Errorf("absurd need %d: got fits", i)
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
