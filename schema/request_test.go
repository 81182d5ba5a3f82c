package schema_test

import (
	"testing"

	"haven/schema"
)

func open() schema.Request {
	return schema.Request{ID: "r", State: schema.RequestOpen, Version: 1, Need: schema.Need{Household: household([]int{30}, nil)}}
}

// Every change raises the version: whoever follows a request drops what is not newer, and would go on showing it as open.
func TestRequestChanges(t *testing.T) {
	t.Parallel()
	changed, err := open().Change(schema.Need{Household: household([]int{30}, []int{4})}, noon)
	if err != nil || changed.Version != 2 || len(changed.Need.Household.Children) != 1 || !changed.Need.SaidAt.Equal(noon) {
		t.Errorf("new facts: %v, version %d, said at %s", err, changed.Version, changed.Need.SaidAt)
	}
	placed, err := open().Place(noon)
	if err != nil || placed.State != schema.RequestPlaced || placed.Version != 2 || !placed.EndedAt.Equal(noon) {
		t.Errorf("placed: %v, %s, version %d", err, placed.State, placed.Version)
	}
	unmet, err := open().Unmet([]string{"no_space_of_size"}, noon)
	if err != nil || unmet.State != schema.RequestUnmet || unmet.Version != 2 || !unmet.EndedAt.Equal(noon) {
		t.Errorf("unmet: %v, %s, version %d", err, unmet.State, unmet.Version)
	}
	for name, over := range map[string]schema.Request{"placed": placed, "unmet": unmet} {
		_, change := over.Change(over.Need, noon)
		_, place := over.Place(noon)
		_, end := over.Unmet([]string{"no_space_of_size"}, noon)
		for verb, err := range map[string]error{"change": change, "place": place, "unmet": end} {
			if !refused(err, schema.KindEnded, "request_ended", "") {
				t.Errorf("%s a request that is %s: %v", verb, name, err)
			}
		}
	}
}

func TestRequestRefuses(t *testing.T) {
	t.Parallel()
	if r, err := open().Change(schema.Need{}, noon); !refused(err, schema.KindInvalid, "invalid_field", "adults") || r.Version != 1 {
		t.Errorf("facts that cannot be true: %v", err)
	}
	for _, reasons := range [][]string{nil, {}, {""}, {"no_space_of_size", "bad luck"}} {
		if r, err := open().Unmet(reasons, noon); !refused(err, schema.KindInvalid, "invalid_field", "reasons") || r.State != schema.RequestOpen {
			t.Errorf("unmet for %q: %v", reasons, err)
		}
	}
}

func TestPlacementEndsOnce(t *testing.T) {
	t.Parallel()
	p, err := schema.Placement{ID: "p"}.Ended(noon)
	if err != nil || p.EndedAt == nil || !p.EndedAt.Equal(noon) {
		t.Fatalf("moved on: %v", err)
	}
	if _, err := p.Ended(noon); !refused(err, schema.KindEnded, "moved_on", "") {
		t.Errorf("moved on twice: %v", err)
	}
}
