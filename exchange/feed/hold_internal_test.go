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

// TestWaysThatAreNotSafeAreToldToWhoConfirmsTheArea: as areas are, with the margin only where her needs are shared.
func TestWaysThatAreNotSafeAreToldToWhoConfirmsTheArea(t *testing.T) {
	t.Parallel()
	n := schema.Need{Routes: []schema.Route{{From: schema.Area{Name: "Leeds"}, To: schema.Area{Name: "York"}}}}
	for _, shared := range []bool{true, false} {
		routes := holdOf(exchange.HoldView{Hold: schema.Hold{ConfirmArea: true}, Need: n, NeedsShared: shared}).Routes
		if len(routes) != 1 || routes[0].From != "Leeds" || routes[0].To != "York" || (routes[0].MarginMiles != nil) != shared {
			t.Errorf("her needs shared: %t; told %+v", shared, routes)
		}
	}
	if routes := holdOf(exchange.HoldView{Need: n, NeedsShared: true}).Routes; routes != nil {
		t.Errorf("a service that need not confirm its area is told %+v", routes)
	}
}
