package allocator_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

func TestWouldHaveMet(t *testing.T) {
	t.Parallel()
	family := func(children int) schema.Need {
		n := aWoman()
		n.Recourse = schema.Yes
		for range children {
			n.Household.Children = append(n.Household.Children, schema.Child{Age: 6, Sex: schema.Girl})
		}
		return n
	}
	wheels := family(2)
	wheels.Wheelchair, wheels.LimitedMobility = schema.Yes, schema.Yes
	boys := family(0)
	boys.Household.Children = []schema.Child{{Age: 16, Sex: schema.Boy}}
	nowhere := family(0)
	nowhere.Avoid = []schema.Avoid{{Area: leeds, MarginMiles: ptr(30.0)}, {Area: cardiff, MarginMiles: ptr(30.0)}}
	elsewhere := family(0)
	elsewhere.Avoid = []schema.Avoid{{Area: leeds, MarginMiles: ptr(30.0)}}
	// Long ago, for a day that has passed.
	elsewhere.SaidAt, elsewhere.ArriveBy = noon.AddDate(0, 0, -20), noon.AddDate(0, 0, -19)

	got := allocator.WouldHaveMet([]schema.Need{family(0), family(2), wheels, wheels, boys, nowhere, elsewhere}, []schema.Area{leeds, cardiff})
	if got.Households != 7 {
		t.Errorf("got %d households", got.Households)
	}
	met := map[string]int{}
	for _, r := range got.Rows {
		met[r.Code] = r.Households
	}
	// By hand: a room for one takes the first and the last. A family room for four takes them and the family of three. A step-free one takes
	// these and both wheelchair households. The flat takes who the family room takes, and the boy of 16. Nothing takes who is safe in neither area.
	for code, want := range map[string]int{"room": 2, "family_room": 3, "step_free": 5, "older_boys": 4} {
		if met[code] != want {
			t.Errorf("%s: got %d, want %d of %+v", code, met[code], want, got.Rows)
		}
	}
	var together []string
	sum := 0
	for _, r := range got.Together {
		together = append(together, r.Code)
		sum += r.Households
	}
	if want := []string{"step_free", "older_boys"}; !slices.Equal(together, want) || sum != 6 {
		t.Errorf("together got %v for %d, want %v for 6", together, sum, want)
	}
	if none := allocator.WouldHaveMet(nil, nil); none.Households != 0 || len(none.Rows) != 0 || len(none.Together) != 0 {
		t.Errorf("nobody unmet: got %+v", none)
	}
}

// TestWouldHaveMetCountsEachOnce: together, nobody is met twice, and nobody more than some kind alone would have met.
func TestWouldHaveMetCountsEachOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		unmet := rapid.SliceOfN(genNeed(), 0, 6).Draw(t, "unmet")
		got := allocator.WouldHaveMet(unmet, []schema.Area{leeds, cardiff, glasgow})
		sum, most := 0, 0
		for _, r := range got.Together {
			sum += r.Households
		}
		for _, r := range got.Rows {
			most = max(most, r.Households)
		}
		if sum < most || sum+got.None != got.Households || got.Households+got.NotLooking != len(unmet) {
			t.Fatalf("%d met together, %d by the best kind, of %d: %+v", sum, most, len(unmet), got)
		}
	})
}

// TestWouldHaveMetCountsWhoLookedForThat: who asked to stay home, or for a settled home, is met by no room; who chose her kind of place by no other.
func TestWouldHaveMetCountsWhoLookedForThat(t *testing.T) {
	t.Parallel()
	seeking := func(offers []schema.Offer, kinds ...schema.ProvisionCode) schema.Need {
		n := aWoman()
		n.Recourse, n.Offers, n.Provisions = schema.Yes, offers, kinds
		return n
	}
	for name, c := range map[string]struct {
		need                         schema.Need
		households, none, notLooking int
		room                         bool // and not a flat only
	}{
		"to stay home":                      {seeking([]schema.Offer{schema.OfferStayHome}), 0, 0, 1, false},
		"a settled home":                    {seeking([]schema.Offer{schema.OfferSettle}), 0, 0, 1, false},
		"works at home, chosen by kind":     {seeking(nil, schema.Sanctuary), 0, 0, 1, false},
		"to stay home or somewhere tonight": {seeking([]schema.Offer{schema.OfferStayHome, schema.OfferTonight}), 1, 0, 0, true},
		"nothing said":                      {seeking(nil), 1, 0, 0, true},
		"dispersed only":                    {seeking(nil, schema.Dispersed), 1, 0, 0, false},
		"specialist only":                   {seeking(nil, schema.Specialist), 1, 1, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := allocator.WouldHaveMet([]schema.Need{c.need}, []schema.Area{leeds})
			if got.Households != c.households || got.None != c.none || got.NotLooking != c.notLooking {
				t.Errorf("got %+v", got)
			}
			if room := len(got.Together) == 1 && got.Together[0].Code == "room"; room != c.room {
				t.Errorf("got %+v, want a room for one: %v", got.Together, c.room)
			}
		})
	}
}

// TestWouldHaveMetByAge: somebody of 17 is taken only where that is said, and an age that nobody said stands in no room's way.
func TestWouldHaveMetByAge(t *testing.T) {
	t.Parallel()
	for age, want := range map[int][]string{17: {"from_16"}, 18: {"room"}, 0: {"room"}, 60: {"room"}} {
		n := aWoman()
		n.Recourse, n.Household.Adults[0].Age = schema.Yes, age
		got := allocator.WouldHaveMet([]schema.Need{n}, []schema.Area{leeds})
		var together []string
		for _, r := range got.Together {
			together = append(together, r.Code)
		}
		if !slices.Equal(together, want) || (age == 17 && len(got.Rows) != 1) {
			t.Errorf("age %d: got %+v, want together %v", age, got, want)
		}
	}
}
