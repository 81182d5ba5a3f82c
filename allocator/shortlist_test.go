package allocator_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// fullList is a shortlist with every place in words.
type fullList struct {
	Fits, Check, Unconfirmed, No    []allocator.Assessment
	NotFree, NotSought, Total, Late int
	Unmet                           []string
	At                              time.Time
}

func inFull(s allocator.Shortlist) fullList {
	return fullList{
		s.Fits.All(), s.Check.All(), s.Unconfirmed.All(), s.No.All(), s.NotFree, s.NotSought, s.Total, s.No.OnlyFor("ready"),
		allocator.UnmetReasons(s), s.At,
	}
}

// TestOrderIsTotal: the order of the argument is of no account, and asking again gives the same.
func TestOrderIsTotal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		world, need := genWorld().Draw(t, "world"), genNeed().Draw(t, "need")
		want := inFull(allocator.List(need, world, noon))
		if got := inFull(allocator.List(need, rapid.Permutation(world).Draw(t, "shuffled"), noon)); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
	})
}

// TestEveryPlaceStandsOnce: every place is in one group or one count, with the verdict that Evaluate gives it, and the groups hold what they say.
func TestEveryPlaceStandsOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		world, need := genWorld().Draw(t, "world"), genNeed().Draw(t, "need")
		s := allocator.List(need, world, noon)
		groups := slices.Concat(s.Fits.All(), s.Check.All(), s.Unconfirmed.All(), s.No.All())
		if len(groups)+s.NotFree+s.NotSought != len(world) || s.Total != len(world) {
			t.Fatalf("%d places became %d, %d not free and %d not sought", len(world), len(groups), s.NotFree, s.NotSought)
		}
		for _, a := range groups {
			a.Scarcity = allocator.Scarcity{} // a place has none by itself
			if want := allocator.Evaluate(need, a.Place, noon); !reflect.DeepEqual(a, want) {
				t.Fatalf("listed %+v, evaluated %+v", a, want)
			}
			if !a.Place.Vacancy.Free() {
				t.Fatalf("%s is listed and is %s", a.Place.Space.ID, a.Place.Vacancy.Status)
			}
		}
		confirmed := func(a allocator.Assessment) bool { return a.Freshness == schema.Fresh || a.Freshness == schema.Ageing }
		for _, a := range s.Fits.All() {
			if a.Verdict != allocator.Fits || !confirmed(a) {
				t.Fatalf("fits holds %s, %s", a.Verdict, a.Freshness)
			}
		}
		for _, a := range s.Check.All() {
			if a.Verdict != allocator.CheckFirst || !confirmed(a) {
				t.Fatalf("check first holds %s, %s", a.Verdict, a.Freshness)
			}
		}
		for _, a := range s.Unconfirmed.All() {
			if a.Verdict == allocator.DoesNotFit || confirmed(a) {
				t.Fatalf("unconfirmed holds %s, %s", a.Verdict, a.Freshness)
			}
		}
		no := s.No.All()
		for i, a := range no {
			if a.Verdict != allocator.DoesNotFit || i > 0 && len(no[i-1].Failing()) > len(a.Failing()) {
				t.Fatalf("does not fit holds %s with %d reasons after %d", a.Verdict, len(a.Failing()), len(no[max(0, i-1)].Failing()))
			}
		}
	})
}

// TestOrderWithinAGroup: wishes, then the newer word, then id; the nearest does not come first.
func TestOrderWithinAGroup(t *testing.T) {
	t.Parallel()
	need := aWoman()
	need.NowIn, need.Avoid = &b11, []schema.Avoid{{Area: plymouth}}
	need.Wishes = []schema.Wish{{Code: schema.WishRegions, Tier: schema.Nice, Areas: []schema.Area{yorkshire}}, {Code: schema.WishSelfContained, Tier: schema.Nice}}
	place := func(id schema.SpaceID, a schema.Area, selfContained schema.Fact, age time.Duration) schema.Place {
		p := aRoom()
		p.Space.ID, p.Space.SelfContained, p.Service.Area, p.Vacancy.ConfirmedAt = id, selfContained, a, noon.Add(-age)
		return p
	}
	s := allocator.List(need, []schema.Place{
		place("a-near", birmingham, schema.No, time.Minute),
		place("b-far", glasgow, schema.No, 2*time.Hour),
		place("c-ageing", glasgow, schema.No, 9*time.Hour),
		place("d-flat", glasgow, schema.Yes, 9*time.Hour),
		place("e-flat", cardiff, schema.Yes, time.Hour),
		place("f-both", leeds, schema.Yes, 9*time.Hour),
	}, noon)
	want := []schema.SpaceID{"f-both", "e-flat", "d-flat", "a-near", "b-far", "c-ageing"}
	var got []schema.SpaceID
	for _, a := range s.Fits.All() {
		got = append(got, a.Place.Space.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if fits := s.Fits.All(); fits[0].Wishes.Count() != 2 || fits[1].Wishes.Count() != 1 || fits[3].Wishes.Count() != 0 {
		t.Errorf("got wishes %v, %v, %v", fits[0].Wishes, fits[1].Wishes, fits[3].Wishes)
	}
}

func TestUnmetReasons(t *testing.T) {
	t.Parallel()
	taken := aRoom()
	taken.Vacancy.Status = schema.StatusTaken
	old := aRoom()
	old.Vacancy.ConfirmedAt = noon.AddDate(0, 0, -2)
	small, stairs := aRoom(), aRoom()
	small.Space.BedSpaces, small.Space.Wheelchair, small.Space.LimitedMobility = 1, schema.No, schema.No
	stairs.Space.Wheelchair, stairs.Space.LimitedMobility = schema.No, schema.No
	family := aWoman()
	family.Wheelchair, family.LimitedMobility = schema.Yes, schema.Yes
	family.Household.Children = []schema.Child{{Age: 5, Sex: schema.Girl}}
	for name, c := range map[string]struct {
		need   schema.Need
		places []schema.Place
		want   []string
	}{
		"nothing at all":                    {family, nil, []string{"no_space_free"}},
		"nothing free":                      {family, []schema.Place{taken, taken}, []string{"no_space_free"}},
		"two barred by access, one by size": {family, []schema.Place{small, stairs}, []string{"access_need", "no_space_of_size"}},
		"nobody confirmed it":               {aWoman(), []schema.Place{old}, []string{"not_confirmed"}},
		"it fits":                           {aWoman(), []schema.Place{aRoom()}, nil},
	} {
		if got := allocator.UnmetReasons(allocator.List(c.need, c.places, noon)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestBand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to schema.Area
		want     string
	}{
		{b11, solihull, "under 30 miles"},
		{leeds, area(schema.AreaCouncil, "Manchester", 53.483, -2.244, 8), "30 to 80 miles"},
		{b11, leeds, "80 to 150 miles"},
		{b11, glasgow, "150 miles and more"},
		{b11, schema.Area{Code: "Elm"}, ""},
		{schema.Area{}, b11, ""},
	} {
		if got := allocator.Band(c.from, c.to); got != c.want {
			t.Errorf("%s to %s: got %q, want %q", c.from.Code, c.to.Code, got, c.want)
		}
	}
	if got := allocator.Bands(); len(got) != 4 || got[0] != "under 30 miles" {
		t.Errorf("got bands %v", got)
	}
}
