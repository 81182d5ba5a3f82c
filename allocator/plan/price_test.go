package plan_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/allocator/plan"
	"haven/schema"
)

// stepFree family room in Leeds, in a service of its own.
func stepFree(id string) schema.Place {
	p := aRoom(id)
	p.Service.ID, p.Space.Service = schema.ServiceID(id), schema.ServiceID(id)
	p.Space.BedSpaces, p.Space.Wheelchair = 4, schema.Yes
	return p
}

func wheelchairFamily(id string) plan.Household {
	h := aWoman(id)
	h.Need.Wheelchair, h.Need.Household.Children = schema.Yes, children(2)
	return h
}

func wordsFor(t *testing.T, p plan.Plan, r schema.RequestID) []string {
	t.Helper()
	i := slices.IndexFunc(p.Suggestions, func(s plan.Suggestion) bool { return s.Request == r })
	if i < 0 {
		t.Fatalf("%s has no suggestion in %+v", r, p)
	}
	return p.Suggestions[i].Words
}

func TestThePriceOfAScarcePlaceIsSaid(t *testing.T) {
	t.Parallel()
	most := aWoman("most-urgent")
	most.Need.Tonight.LeavingNow = schema.Yes
	far := stepFree("far")
	far.Service.Area = cardiff
	stairs := stepFree("stairs")
	stairs.Space.Wheelchair = schema.No
	three := wheelchairFamily("3")
	three.Need.Avoid = []schema.Avoid{{Area: cardiff}}
	for _, row := range []struct {
		name string
		w    world
		who  schema.RequestID
		want []string
	}{
		{
			"the only one anywhere, for somebody who does not need it",
			world{[]plan.Household{most, wheelchairFamily("2"), wheelchairFamily("3")}, []schema.Place{stepFree("a")}}, "most-urgent",
			[]string{"The only step-free family room free anywhere; 2 other waiting households need one.", "No other free place fits 2 other waiting households that it would fit."},
		},
		{
			"the only one in its area",
			world{[]plan.Household{three, wheelchairFamily("1"), wheelchairFamily("2")}, []schema.Place{stepFree("a"), far, stairs}}, "3",
			[]string{"The only step-free family room free in Leeds; 2 other waiting households need one."},
		},
		{
			"one of two, and both are wanted",
			world{[]plan.Household{wheelchairFamily("1"), wheelchairFamily("2"), wheelchairFamily("4")}, []schema.Place{stepFree("a"), stepFree("b")}}, "1",
			[]string{"One of 2 step-free family rooms free anywhere; 2 other waiting households need one."},
		},
		{"nobody else needs one", world{[]plan.Household{most, aWoman("2")}, []schema.Place{stepFree("a"), stepFree("b")}}, "most-urgent", nil},
		{"a plain room that somebody else has to do without", world{[]plan.Household{most, aWoman("2")}, []schema.Place{aRoom("a")}}, "most-urgent",
			[]string{"No other free place fits 1 other waiting household that it would fit."}},
	} {
		for i := range row.w.households {
			row.w.households[i].Since = noon.Add(-time.Duration(9-i) * time.Hour)
		}
		if got := wordsFor(t, planned(t, row.w), row.who); !slices.Equal(got, row.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", row.name, got, row.want)
		}
	}
}

// An area that another may overlap, or of which nothing is known, may hold another place like it: no word then says that this is the only one there.
func TestTheOnlyOneIsNeverOneOfTwo(t *testing.T) {
	t.Parallel()
	for _, other := range []schema.Area{{}, area("Wakefield", 53.683, -1.499, 14)} {
		near := stepFree("near")
		near.Service.Area = other
		p := planned(t, world{[]plan.Household{wheelchairFamily("1"), wheelchairFamily("2"), wheelchairFamily("3")}, []schema.Place{stepFree("a"), near}})
		for _, s := range p.Suggestions {
			if !slices.ContainsFunc(s.Words, func(w string) bool { return strings.HasPrefix(w, "One of 2 step-free family rooms free") }) {
				t.Errorf("%s: %q", other.Code, s.Words)
			}
		}
	}
}

// The region that a place surely lies in tells more than its area, and is coarser than what was published.
func TestTheRegionIsNamedWhereItIsKnown(t *testing.T) {
	t.Parallel()
	a, b := stepFree("a"), stepFree("b")
	a.Service.Area.Region = "Yorkshire and the Humber"
	for region, want := range map[string]string{
		"East Midlands":            "The only step-free family room free in Yorkshire and the Humber; 2 other waiting households need one.",
		"Yorkshire and the Humber": "One of 2 step-free family rooms free anywhere; 2 other waiting households need one.",
		"":                         "One of 2 step-free family rooms free anywhere; 2 other waiting households need one.",
	} {
		b.Service.Area = area("B", 53.1, -1.5, 12)
		b.Service.Area.Region = region
		p := planned(t, world{[]plan.Household{wheelchairFamily("1"), wheelchairFamily("2"), wheelchairFamily("3")}, []schema.Place{a, b}})
		i := slices.IndexFunc(p.Suggestions, func(s plan.Suggestion) bool { return s.Space == "a" })
		if got := p.Suggestions[i].Words; !slices.Equal(got, []string{want}) {
			t.Errorf("beside a place in %q: %q", region, got)
		}
	}
}

func TestAUnitSaysWhatGoesWithIt(t *testing.T) {
	t.Parallel()
	one, two, unit := aRoom("1"), aRoom("2"), aRoom("F1")
	unit.Space.Rooms, unit.Space.BedSpaces = []string{"1", "2"}, 5
	family := aWoman("family")
	family.Need.Household.Children = children(3)
	p := planned(t, world{[]plan.Household{family}, []schema.Place{one, two, unit}})
	if got := wordsFor(t, p, "family"); !slices.Equal(got, []string{"It shares rooms with 2 other free spaces, which would go with it."}) {
		t.Errorf("got %q", got)
	}
	p = planned(t, world{[]plan.Household{family, aWoman("1"), aWoman("2")}, []schema.Place{one, two, unit}})
	if len(p.Suggestions) != 2 || len(p.Unplaced) != 1 || p.Unplaced[0].Request != "family" ||
		!slices.Equal(p.Unplaced[0].Words, []string{"1 free place fits. It, or a room of it, is suggested for another household."}) {
		t.Errorf("two households in two rooms are more than one in both: %+v", p)
	}
}

var onlyStepFree = regexp.MustCompile(`^The only step-free (family )?(?:room|home) free anywhere; (\d+) other`)

// Every number is counted again from the world: who fits is asked of the one evaluator.
func TestPricesAreTrue(t *testing.T) {
	t.Parallel()
	said := 0
	worlds := genWorld(9, 4)
	for seed := range 100 {
		w := worlds.Example(seed)
		for i := range w.places { // nothing but step-free and the size tells them apart
			w.places[i].Service.Takes.NoRecourse = schema.Yes
		}
		for i := range w.households {
			w.households[i].Need.Household.Children = w.households[i].Need.Household.Children[:min(2, len(w.households[i].Need.Household.Children))]
			w.households[i].Need.Recourse = schema.Yes
		}
		p := planned(t, w)
		for _, s := range p.Suggestions {
			all := strings.Join(s.Words, " ")
			stuck := 0
			var others []plan.Household
			for _, h := range w.households {
				fits := placesThatFit(h, w.places)
				if h.Request == s.Request || !slices.Contains(fits, s.Space) {
					continue
				}
				if len(fits) == 1 {
					stuck++
				}
				others = append(others, h)
			}
			want := map[int]string{0: "", 1: "No other free place fits 1 other waiting household that"}[min(stuck, 1)]
			if stuck > 1 {
				want = fmt.Sprintf("No other free place fits %d other waiting households that", stuck)
			}
			if !strings.Contains(all, want) || stuck == 0 && strings.Contains(all, "No other free place") {
				t.Errorf("%d households fit nothing else, it says %q", stuck, all)
			}
			m := onlyStepFree.FindStringSubmatch(all)
			if m == nil {
				continue
			}
			said++
			free, people := 0, 1
			if m[1] != "" {
				people = 3
			}
			for _, place := range w.places {
				if place.Vacancy.Free() && place.Space.Wheelchair == schema.Yes && place.Space.BedSpaces >= people {
					free++
				}
			}
			needing := slices.DeleteFunc(others, func(h plan.Household) bool {
				return h.Need.Wheelchair != schema.Yes || h.Need.Household.People() < people
			})
			if free != 1 || m[2] != fmt.Sprint(len(needing)) {
				t.Errorf("%d such rooms are free and %d others need one, it says %q", free, len(needing), all)
			}
		}
	}
	if said < 5 {
		t.Errorf("the only step-free one came up %d times: too few to try the words", said)
	}
}

func placesThatFit(h plan.Household, places []schema.Place) []schema.SpaceID {
	var out []schema.SpaceID
	for _, p := range places {
		if allocator.Evaluate(h.Need, p, noon).Verdict == allocator.Fits {
			out = append(out, p.Space.ID)
		}
	}
	return out
}

// S6: words name no service, no space, no request and no area but the published one.
func TestWordsNameNobodyAndNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := genWorld(10, 4).Draw(t, "world")
		for i := range w.places {
			w.places[i].Space.Ref = "ref" + w.places[i].Space.Ref
			if w.places[i].Space.Rooms != nil {
				w.places[i].Space.Rooms = []string{"ref1", "ref2"}
			}
		}
		p := planned(t, w)
		var said []string
		for _, s := range p.Suggestions {
			said = append(said, s.Words...)
		}
		for _, u := range p.Unplaced {
			said = append(said, u.Words...)
		}
		for _, words := range said {
			for _, secret := range []string{"Alder", "ref", "request-", "service-", "bed", "claim", "high", "risk"} {
				if strings.Contains(words, secret) {
					t.Fatalf("%q says %q", words, secret)
				}
			}
		}
	})
}
