package feed

import (
	"encoding/json"
	"strings"
	"testing"

	"haven/exchange"
	"haven/schema"
)

// TestEveryNeedIsToldOnlyWithAgreement: each fact that decides whether a service can take somebody is told under its own name, and none without
// her yes. What makes a night urgent never is.
func TestEveryNeedIsToldOnlyWithAgreement(t *testing.T) {
	t.Parallel()
	for _, row := range schema.NeedFacts() {
		n := schema.Need{Household: schema.Household{Adults: []schema.Adult{{}}}}
		*row.Of(&n) = schema.Yes
		want := row.Section != schema.SectionTonight
		for _, shared := range []bool{true, false} {
			needs := toldNeeds(t, exchange.HoldView{Need: n, NeedsShared: shared})
			if told := at(needs, strings.TrimPrefix(row.Code, "household.")) == "yes"; told != (want && shared) {
				t.Errorf("%s, her needs shared: %t; told: %v", row.Code, shared, needs)
			}
		}
	}
}

func toldNeeds(t *testing.T, v exchange.HoldView) any {
	t.Helper()
	raw, err := json.Marshal(holdOf(v).Needs)
	if err != nil {
		t.Fatal(err)
	}
	var needs any
	if err := json.Unmarshal(raw, &needs); err != nil {
		t.Fatal(err)
	}
	return needs
}

// at gives the value at a path with dots.
func at(v any, path string) any {
	for part := range strings.SplitSeq(path, ".") {
		level, _ := v.(map[string]any)
		v = level[part]
	}
	return v
}
