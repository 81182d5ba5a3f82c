package plan_test

import (
	"reflect"
	"testing"
	"time"

	"haven/allocator/plan"
	"haven/schema"
)

func TestNothingToPlanIsAPlan(t *testing.T) {
	t.Parallel()
	taken := aRoom("a")
	taken.Vacancy.Status = schema.StatusTaken
	old := aRoom("b")
	old.Vacancy.ConfirmedAt = noon.Add(-48 * time.Hour)
	for _, row := range []struct {
		name string
		w    world
	}{
		{"nobody and nothing", world{}},
		{"nobody waits", world{places: []schema.Place{aRoom("a")}}},
		{"no place", world{households: []plan.Household{aWoman("1")}}},
		{"nothing free", world{[]plan.Household{aWoman("1"), aWoman("2")}, []schema.Place{taken}}},
		{"nothing confirmed", world{[]plan.Household{aWoman("1")}, []schema.Place{old}}},
		{"a household of nobody", world{[]plan.Household{{Request: "1"}}, []schema.Place{aRoom("a")}}},
		{"a place of which nothing is known", world{[]plan.Household{aWoman("1")}, []schema.Place{{Space: schema.Space{ID: "a"}, Vacancy: schema.Vacancy{Status: schema.StatusAvailable, ConfirmedAt: noon}}}}},
	} {
		p := planned(t, row.w)
		if len(p.Suggestions) != 0 || len(p.Unplaced) != len(row.w.households) || !p.Exact() || p.Gap() != 0 {
			t.Errorf("%s: got %+v", row.name, p)
		}
	}
}

func TestTheNewestVersionCounts(t *testing.T) {
	t.Parallel()
	place, newer := aRoom("a"), aRoom("a")
	newer.Version, newer.Vacancy.Status = 2, schema.StatusTaken
	h, later := aWoman("1"), aWoman("1")
	later.Version, later.Need.Wheelchair = 3, schema.Yes
	both := []plan.Household{later, h}
	if p := planned(t, world{[]plan.Household{h}, []schema.Place{newer, place}}); len(p.Suggestions) != 0 {
		t.Errorf("a place is suggested that a newer version says is taken: %+v", p.Suggestions)
	}
	if p := planned(t, world{both, []schema.Place{place, place}}); len(p.Suggestions) != 0 || len(p.Unplaced) != 1 || p.Unplaced[0].RequestVersion != 3 {
		t.Errorf("a household named twice does not count in its newest version: %+v", p)
	}
	if both[0].Version != 3 {
		t.Error("the argument was put in another order")
	}
}

func TestWhatCannotBePlannedSaysWhich(t *testing.T) {
	t.Parallel()
	other, torn := aWoman("1"), aRoom("a")
	other.Need.Pets, torn.Space.BedSpaces = schema.Yes, 4
	for _, row := range []struct {
		field string
		w     world
	}{
		{"households.request", world{[]plan.Household{aWoman("")}, nil}},
		{"households.version", world{[]plan.Household{aWoman("1"), other}, nil}},
		{"places.space.id", world{nil, []schema.Place{aRoom("")}}},
		{"places.version", world{nil, []schema.Place{aRoom("a"), torn}}},
	} {
		p, err := plan.Make(row.w.households, row.w.places, noon)
		refusal, ok := schema.AsRefusal(err)
		if !ok || refusal.Field != row.field || refusal.Kind != schema.KindInvalid || !reflect.DeepEqual(p, plan.Plan{}) {
			t.Errorf("%s: got %v and %+v", row.field, err, p)
		}
	}
}

func TestAPlannerTakesAHouseholdOnce(t *testing.T) {
	t.Parallel()
	p, err := plan.NewPlanner([]plan.Household{aWoman("1")}, []schema.Place{aRoom("a")}, noon)
	if err != nil {
		t.Fatal(err)
	}
	for id, kind := range map[string]schema.Kind{"1": schema.KindStale, "": schema.KindInvalid} {
		if refusal, ok := schema.AsRefusal(p.Add(aWoman(id))); !ok || refusal.Kind != kind {
			t.Errorf("adding %q: got %v", id, refusal)
		}
	}
	if got := p.Plan(); len(got.Suggestions) != 1 || len(got.Unplaced) != 0 {
		t.Errorf("got %+v", got)
	}
}

// Among equals who has waited longest comes first, in the plan and in the list; who waits since nobody knows when has waited least.
func TestAmongEqualsWhoHasWaitedLongestComesFirst(t *testing.T) {
	t.Parallel()
	long, short, unknown := aWoman("z"), aWoman("m"), aWoman("a")
	long.Since, short.Since, unknown.Since = noon.Add(-9*time.Hour), noon.Add(-3*time.Hour), time.Time{}
	p := planned(t, world{[]plan.Household{unknown, short, long}, []schema.Place{aRoom("1")}})
	if len(p.Suggestions) != 1 || p.Suggestions[0].Request != "z" || p.Unplaced[0].Request != "m" || p.Unplaced[1].Request != "a" {
		t.Errorf("got %+v, then %+v", p.Suggestions, p.Unplaced)
	}
}
