package allocator_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// serviceAt is a free family room of a service that takes boys to an age.
func serviceAt(id schema.ServiceID, boys int) schema.Place {
	p := aRoom()
	p.Space.ID, p.Space.Service, p.Service.ID, p.Service.Takes.BoysTo = schema.SpaceID(id), id, id, &boys
	return p
}

func TestProviderOpenings(t *testing.T) {
	t.Parallel()
	with := func(age int) schema.Need {
		n := aWoman()
		n.Household.Children = []schema.Child{{Age: age, Sex: schema.Boy}}
		return n
	}
	unsafe := with(15)
	unsafe.Avoid = []schema.Avoid{{Area: leeds}}
	waiting := []schema.Need{with(13), with(15), with(15), with(11), unsafe}
	taken := serviceAt("taken", 10)
	taken.Vacancy.Status = schema.StatusTaken
	small := serviceAt("small", 12)
	small.Space.BedSpaces = 1
	places := []schema.Place{serviceAt("a", 12), serviceAt("b", 12), small, taken}

	// The boy of 11 has a place. The boy of 13 needs 14, the two of 15 need 16; nothing at a service changes where it is.
	all := []schema.ServiceID{"a", "b"}
	want := []allocator.ProviderOpening{
		{Code: "boys_every_age", Words: "Boys of every age", Services: all, Households: 3},
		{Code: "boys_to_16", Words: "Boys to 16", Services: all, Households: 3},
		{Code: "boys_to_14", Words: "Boys to 14", Services: all, Households: 1},
	}
	if got := allocator.ProviderOpenings(waiting, places, noon); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if got := allocator.ProviderOpenings(waiting, nil, noon); len(got) != 0 {
		t.Errorf("no places: got %+v", got)
	}
	if got := allocator.ProviderOpenings(nil, places, noon); len(got) != 0 {
		t.Errorf("nobody waits: got %+v", got)
	}
}

// TestProviderOpeningsChangeNothing: a suggestion is worked out on copies, and the same places give the same answer whatever their order.
func TestProviderOpeningsChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		places := genWorld().Draw(t, "places")
		waiting := rapid.SliceOfN(genNeed(), 0, 4).Draw(t, "waiting")
		before := allocator.List(waiting0(waiting), places, noon)
		got := allocator.ProviderOpenings(waiting, places, noon)
		if !reflect.DeepEqual(allocator.ProviderOpenings(waiting, rapid.Permutation(places).Draw(t, "shuffled"), noon), got) {
			t.Fatal("the order of places changed the answer")
		}
		if !reflect.DeepEqual(allocator.List(waiting0(waiting), places, noon), before) {
			t.Fatal("a place was changed")
		}
		for _, o := range got {
			if o.Households < 1 || o.Households > len(waiting) || len(o.Services) == 0 || !slices.IsSorted(o.Services) {
				t.Fatalf("got %+v", o)
			}
		}
	})
}

func waiting0(needs []schema.Need) schema.Need {
	if len(needs) == 0 {
		return aWoman()
	}
	return needs[0]
}

// TestProviderOpeningsOfMoney: rent that somebody in work can pay, and the funding route that was found and no other.
func TestProviderOpeningsOfMoney(t *testing.T) {
	t.Parallel()
	dear := serviceAt("dear", 17)
	dear.Service.Takes.WeeklyCost = ptr(90)
	needsRecourse := serviceAt("recourse", 17)
	needsRecourse.Service.Takes.NoRecourse, needsRecourse.Service.Takes.Funding = schema.No, map[string]schema.Fact{"section_17": schema.No}
	working, funded := aWoman(), aWoman()
	working.Recourse, working.Funding = schema.Yes, schema.Funding{Works: schema.Yes, CanPay: ptr(60)}
	funded.Recourse, funded.Funding = schema.No, schema.Funding{Route: "section_17"}
	for name, c := range map[string]struct {
		need  schema.Need
		place schema.Place
		want  allocator.ProviderOpening
	}{
		"rent":  {working, dear, allocator.ProviderOpening{Code: "cost", Words: "Rent that somebody in work can pay", Services: []schema.ServiceID{"dear"}, Households: 1}},
		"route": {funded, needsRecourse, allocator.ProviderOpening{Code: "funding_section_17", Words: "Paid for by: " + schema.FundingRoutes.Words("section_17"), Services: []schema.ServiceID{"recourse"}, Households: 1}},
	} {
		got := allocator.ProviderOpenings([]schema.Need{c.need}, []schema.Place{c.place}, noon)
		got = slices.DeleteFunc(got, func(o allocator.ProviderOpening) bool { return o.Code == "no_recourse" })
		if len(got) != 1 || !reflect.DeepEqual(got[0], c.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}
