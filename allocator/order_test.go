package allocator_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// TestOrderByWishes: tiers are compared one after the other, near and far within theirs, and a must is no part of the order.
func TestOrderByWishes(t *testing.T) {
	t.Parallel()
	manchester := area(schema.AreaCouncil, "Manchester", 53.483, -2.244, 8)
	wish := func(code schema.WishCode, tier schema.Tier) schema.Wish { return schema.Wish{Code: code, Tier: tier} }
	for name, c := range map[string]struct {
		wishes []schema.Wish
		places map[schema.SpaceID]func(*schema.Place)
		want   []schema.SpaceID
	}{
		"one strong before three nice": {
			[]schema.Wish{wish(schema.WishChildrens, schema.Strong), wish(schema.WishSelfContained, schema.Nice), wish(schema.WishOwnKitchen, schema.Nice), wish(schema.WishOwnBathroom, schema.Nice)},
			map[schema.SpaceID]func(*schema.Place){"a": selfContained(schema.Yes), "b": stating("childrens_worker", schema.Yes), "c": nil},
			[]schema.SpaceID{"b", "a", "c"},
		},
		"what is not known is not met": {
			[]schema.Wish{wish(schema.WishChildrens, schema.Nice)},
			map[schema.SpaceID]func(*schema.Place){"a": stating("childrens_worker", schema.Unknown), "b": stating("childrens_worker", schema.No), "c": stating("childrens_worker", schema.Yes)},
			[]schema.SpaceID{"c", "a", "b"},
		},
		"nobody wished for near": {
			nil,
			map[schema.SpaceID]func(*schema.Place){"a": at(glasgow), "b": at(solihull), "c": at(leeds)},
			[]schema.SpaceID{"a", "b", "c"},
		},
		"as near as is safe": {
			[]schema.Wish{wish(schema.WishNear, schema.Nice)},
			map[schema.SpaceID]func(*schema.Place){"a": at(glasgow), "b": at(solihull), "c": at(leeds), "d": at(manchester)},
			[]schema.SpaceID{"b", "d", "c", "a"},
		},
		"as far as possible": {
			[]schema.Wish{wish(schema.WishFar, schema.Nice)},
			map[schema.SpaceID]func(*schema.Place){"a": at(solihull), "b": at(leeds), "c": at(glasgow)},
			[]schema.SpaceID{"c", "b", "a"},
		},
		"near by bands only": {
			[]schema.Wish{wish(schema.WishNear, schema.Strong)},
			map[schema.SpaceID]func(*schema.Place){"a": at(solihull), "b": at(birmingham)},
			[]schema.SpaceID{"a", "b"},
		},
		"what is met before what is near, in one tier": {
			[]schema.Wish{wish(schema.WishNear, schema.Nice), wish(schema.WishChildrens, schema.Nice)},
			map[schema.SpaceID]func(*schema.Place){"a": at(solihull), "b": func(p *schema.Place) { at(glasgow)(p); stating("childrens_worker", schema.Yes)(p) }},
			[]schema.SpaceID{"b", "a"},
		},
		"strongly near before nice things": {
			[]schema.Wish{wish(schema.WishNear, schema.Strong), wish(schema.WishChildrens, schema.Nice)},
			map[schema.SpaceID]func(*schema.Place){"a": func(p *schema.Place) { at(glasgow)(p); stating("childrens_worker", schema.Yes)(p) }, "b": at(solihull)},
			[]schema.SpaceID{"b", "a"},
		},
		"ready before getting ready, fresh before ageing": {
			nil,
			map[schema.SpaceID]func(*schema.Place){"a": readyIn(time.Hour), "b": confirmed(-9 * time.Hour), "c": nil},
			[]schema.SpaceID{"c", "b", "a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			need := aWoman()
			need.NowIn, need.Avoid, need.Wishes, need.ArriveBy = &b11, []schema.Avoid{{Area: plymouth}}, c.wishes, noon.Add(2*time.Hour)
			var world []schema.Place
			for id, edit := range c.places {
				p := aRoom()
				if p.Space.ID = id; edit != nil {
					edit(&p)
				}
				world = append(world, p)
			}
			if got := ids(allocator.List(need, world, noon).Fits.All()); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestOrderIsTheOneDescribed: of two neighbours in a group the first is wanted more, or else less scarce, or else likelier to be free.
func TestOrderIsTheOneDescribed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := allocator.List(genNeed().Draw(t, "need"), genWorld().Draw(t, "world"), noon)
		for _, g := range []allocator.Group{s.Fits, s.Check, s.Unconfirmed, s.No} {
			for i, b := range g.All() {
				if i == 0 {
					continue
				}
				a := g.All()[i-1]
				if c := cmp.Or(wanted(a, b), cmp.Compare(a.Scarcity.Step, b.Scarcity.Step), likelier(a, b)); c >= 0 {
					t.Fatalf("%+v stands before %+v", a, b)
				}
			}
		}
	})
}

// TestTiersAreNeverTraded: however many nice things a place gains, it does not pass one that meets more strong wishes.
func TestTiersAreNeverTraded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, world := genNeed().Draw(t, "need"), genWorld().Draw(t, "world")
		before := allocator.List(need, world, noon)
		for range rapid.IntRange(1, 12).Draw(t, "more nice wishes") {
			w := genWish().Draw(t, "wish")
			w.Tier = schema.Nice
			need.Wishes = append(need.Wishes, w)
		}
		after := allocator.List(need, world, noon)
		for i, g := range []allocator.Group{before.Fits, before.Check, before.Unconfirmed} {
			turn := map[schema.SpaceID]int{}
			for n, a := range []allocator.Group{after.Fits, after.Check, after.Unconfirmed}[i].All() {
				turn[a.Place.Space.ID] = n
			}
			for n, a := range g.All() {
				for _, b := range g.All()[n+1:] {
					if a.Wishes.Strong != b.Wishes.Strong && turn[a.Place.Space.ID] > turn[b.Place.Space.ID] {
						t.Fatalf("nice wishes put %+v before %+v", b.Wishes, a.Wishes)
					}
				}
			}
		}
	})
}

// TestScarcityWithholdsNothing: what else is free changes a place's turn and never its group, its verdict or its reasons.
func TestScarcityWithholdsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, world := genNeed().Draw(t, "need"), genWorld().Draw(t, "world")
		s := allocator.List(need, world, noon)
		for i, g := range []allocator.Group{s.Fits, s.Check, s.Unconfirmed, s.No} {
			for _, a := range g.All() {
				one := allocator.List(need, []schema.Place{a.Place}, noon)
				alone := []allocator.Group{one.Fits, one.Check, one.Unconfirmed, one.No}[i].All()
				if len(alone) != 1 || alone[0].Scarcity != (allocator.Scarcity{}) {
					t.Fatalf("%s by itself: %+v", a.Place.Space.ID, one)
				}
				a.Scarcity = allocator.Scarcity{}
				if !reflect.DeepEqual(alone[0], a) {
					t.Fatalf("among others %+v, by itself %+v", a, alone[0])
				}
			}
		}
	})
}

// TestScarcityIsExplained exactly where it put a place behind another.
func TestScarcityIsExplained(t *testing.T) {
	t.Parallel()
	explained := 0
	rapid.Check(t, func(t *rapid.T) {
		s := allocator.List(aWoman(), rapid.SliceOfNDistinct(genScarce(), 2, 12, func(p schema.Place) schema.SpaceID { return p.Space.ID }).Draw(t, "world"), noon)
		for _, g := range []allocator.Group{s.Fits, s.Check, s.Unconfirmed, s.No} {
			all := g.All()
			for i, b := range all {
				behind := slices.ContainsFunc(all[:i], func(a allocator.Assessment) bool {
					return wanted(a, b) == 0 && a.Scarcity.Step < b.Scarcity.Step && likelier(a, b) > 0
				})
				want := behind && b.Verdict != allocator.DoesNotFit
				if got := b.Scarcity.Words != ""; got != want {
					t.Fatalf("%s, %+v: behind another %v", b.Place.Space.ID, b.Scarcity, want)
				}
				if want {
					explained++
				}
			}
		}
	})
	if explained == 0 {
		t.Error("no generated place was put behind another")
	}
}

// TestScarceThings: what few places offer and she did not ask for puts a place last; to a household that asks for it, it is as any other.
func TestScarceThings(t *testing.T) {
	t.Parallel()
	last := schema.Groups[len(schema.Groups)-1]
	for name, c := range map[string]struct {
		offers func(*schema.Place)
		asks   func(*schema.Need)
		words  string
	}{
		"wheelchair":            {rolling(schema.Yes), wheels(schema.Yes), "suited to a wheelchair"},
		"limited mobility":      {func(p *schema.Place) { p.Space.LimitedMobility = schema.Yes }, mobility(schema.Yes), "suited to limited mobility"},
		"hearing":               {func(p *schema.Place) { p.Space.Hearing = schema.Yes }, func(n *schema.Need) { n.Hearing = schema.Yes }, "suited to somebody Deaf"},
		"no recourse":           {funding(schema.Yes), recourseIs(schema.No), "without recourse"},
		"pets":                  {stating("pets", schema.Yes), func(n *schema.Need) { n.Pets = schema.Yes }, "open to pets"},
		"couples":               {stating("couples", schema.Yes), with(schema.PartnerOf, 40), "open to couples"},
		"young people":          {agesTaken(16, 0), aged(17), "open to people of 16 and 17"},
		"men":                   {taking(schema.Man, schema.Yes), as(schema.Man), "open to men"},
		"who did not say":       {taking(schema.Man, schema.Yes), as(schema.NotSaid), "open to men"},
		"boys of every age":     {boysTo(17), withChildren(schema.Child{Age: 17, Sex: schema.Boy}), "open to boys of every age"},
		"a boy perhaps":         {boysTo(16), withChildren(schema.Child{Age: 15}), "open to boys of 16"},
		"six people":            {sleeping(6, 0), withChildren(make([]schema.Child, 5)...), "for 6 people or more"},
		"support":               {func(p *schema.Place) { p.Service.Takes.Support = map[string]schema.Fact{"drugs": schema.Yes} }, func(n *schema.Need) { n.Support = map[string]schema.Fact{"drugs": schema.Yes} }, "Support with drugs"},
		"the last group listed": {runFor(schema.No, last.Code), choosing(last.Code, schema.Yes), last.Words},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rare := plain("a")
			c.offers(&rare)
			world := []schema.Place{rare, plain("b"), plain("c"), plain("d")}
			turn := func(n schema.Need) (int, allocator.Assessment) {
				s := allocator.List(n, world, noon)
				for _, g := range []allocator.Group{s.Fits, s.Check, s.No} {
					if i := slices.IndexFunc(g.All(), func(a allocator.Assessment) bool { return a.Place.Space.ID == "a" }); i >= 0 {
						return i, g.All()[i]
					}
				}
				t.Fatal("withheld")
				return 0, allocator.Assessment{}
			}
			at, a := turn(aWoman())
			if want := fmt.Sprintf("The only free place %s", c.words); at == 0 || !strings.Contains(a.Scarcity.Words, c.words) || !strings.HasPrefix(a.Scarcity.Words, want[:20]) {
				t.Errorf("to whom does not ask for it: turn %d, %+v", at, a.Scarcity)
			}
			asking := aWoman()
			c.asks(&asking)
			if at, a := turn(asking); at != 0 || a.Scarcity.Words != "" {
				t.Errorf("to who asks for it: turn %d, %+v", at, a.Scarcity)
			}
		})
	}
}

// TestScarcityCountsInSteps: half of the places or more are not scarce, and the words count them.
func TestScarcityCountsInSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		with, of, step int
		words          string
	}{
		{1, 1, 0, ""}, {1, 2, 1, "The only free place suited to a wheelchair; listed after others so that it stays for somebody who has no other."},
		{2, 3, 0, ""}, {2, 4, 1, "One of 2 free places suited to a wheelchair; listed after others so that it stays for somebody who has no other."},
		{2, 8, 2, "One of 2 free"}, {2, 7, 1, "One of 2 free"}, {1, 8, 3, "The only"},
	} {
		var world []schema.Place
		for i := range c.of {
			p := plain(schema.SpaceID(fmt.Sprintf("space-%02d", i)))
			if i < c.with {
				p.Space.Wheelchair = schema.Yes
			}
			world = append(world, p)
		}
		taken := plain("taken")
		taken.Space.Wheelchair, taken.Vacancy.Status = schema.Yes, schema.StatusTaken
		elsewhere := plain("elsewhere")
		elsewhere.Space.Wheelchair, elsewhere.Service.Provision = schema.Yes, schema.SecondStage
		fits := allocator.List(aWoman(), append(world, taken, elsewhere), noon).Fits.All()
		i := slices.IndexFunc(fits, func(a allocator.Assessment) bool { return a.Place.Space.ID == "space-00" })
		if got := fits[i].Scarcity; got.Step != c.step || !strings.HasPrefix(got.Words, c.words) || (c.words == "") != (got.Words == "") {
			t.Errorf("%d of %d: got %+v", c.with, c.of, got)
		}
	}
}

// genScarce are places alike but for a few things that are scarce, how sure they are, and some that do not fit.
func genScarce() *rapid.Generator[schema.Place] {
	return rapid.Custom(func(t *rapid.T) schema.Place {
		p := plain(schema.SpaceID(fmt.Sprintf("space-%02d", rapid.IntRange(0, 40).Draw(t, "id"))))
		p.Space.Wheelchair, p.Service.Takes.Pets, p.Service.Takes.NoRecourse = genFact().Draw(t, "wheelchair"), genFact().Draw(t, "pets"), genFact().Draw(t, "no recourse")
		p.Space.BedSpaces = rapid.IntRange(1, 5).Draw(t, "beds")
		p.Vacancy.ConfirmedAt = noon.Add(-time.Duration(rapid.IntRange(0, 30).Draw(t, "confirmed")) * time.Hour)
		p.Service.Takes.Adults[schema.Woman] = rapid.SampledFrom([]schema.Fact{schema.Yes, schema.Yes, schema.No}).Draw(t, "women")
		return p
	})
}

// plain offers a woman alone a place and nothing that is rare.
func plain(id schema.SpaceID) schema.Place {
	p := aRoom()
	p.Space = schema.Space{ID: id, BedSpaces: 2}
	p.Service.Takes = schema.Takes{Adults: map[schema.Described]schema.Fact{schema.Woman: schema.Yes}}
	return p
}

func wanted(a, b allocator.Assessment) int {
	return cmp.Or(
		cmp.Compare(len(a.Failing()), len(b.Failing())),
		cmp.Compare(b.Wishes.Strong.Count, a.Wishes.Strong.Count), cmp.Compare(b.Wishes.Strong.Band, a.Wishes.Strong.Band),
		cmp.Compare(b.Wishes.Nice.Count, a.Wishes.Nice.Count), cmp.Compare(b.Wishes.Nice.Band, a.Wishes.Nice.Band),
	)
}

func likelier(a, b allocator.Assessment) int {
	later := func(a allocator.Assessment) int { return len(a.Place.Vacancy.Status) - len(schema.StatusAvailable) } // 0, or getting ready
	steps := func(a allocator.Assessment) int {
		age := noon.Sub(a.Place.Vacancy.ConfirmedAt)
		switch {
		case age <= 4*time.Hour:
			return 0
		case age <= 12*time.Hour:
			return 1
		}
		return 1 + int(age/(12*time.Hour))
	}
	return cmp.Or(cmp.Compare(later(a), later(b)), cmp.Compare(steps(a), steps(b)), cmp.Compare(a.Place.Space.ID, b.Place.Space.ID))
}

func ids(group []allocator.Assessment) []schema.SpaceID {
	var out []schema.SpaceID
	for _, a := range group {
		out = append(out, a.Place.Space.ID)
	}
	return out
}
