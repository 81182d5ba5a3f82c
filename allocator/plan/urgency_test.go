package plan_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/allocator/plan"
	"haven/schema"
)

func TestUrgencyStartsFromTonightAndFromWaiting(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for _, row := range []struct {
		name    string
		tonight schema.Tonight
		risk    schema.Risk
		waited  time.Duration
		want    plan.Tier
	}{
		{"nothing said", schema.Tonight{}, schema.Risk{}, 0, plan.Soon},
		{"the person causing harm is there", schema.Tonight{Sleeps: "safe_tonight", AbuserPresent: schema.Yes}, schema.Risk{}, 0, plan.Now},
		{"leaving now", schema.Tonight{LeavingNow: schema.Yes}, schema.Risk{}, 0, plan.Now},
		{"in the same home", schema.Tonight{Sleeps: "with_abuser", AbuserPresent: schema.No}, schema.Risk{}, 0, plan.Now},
		{"nowhere", schema.Tonight{Sleeps: "nowhere"}, schema.Risk{}, 0, plan.Tonight},
		{"a waiting room", schema.Tonight{Sleeps: "public_place"}, schema.Risk{}, 0, plan.Tonight},
		{"friends", schema.Tonight{Sleeps: "friends"}, schema.Risk{}, 0, plan.Soon},
		{"bed and breakfast", schema.Tonight{Sleeps: "bed_and_breakfast"}, schema.Risk{}, 0, plan.Soon},
		{"safe", schema.Tonight{Sleeps: "safe_tonight"}, schema.Risk{}, 0, plan.Safe},
		{"safe, a week ago", schema.Tonight{Sleeps: "safe_tonight"}, schema.Risk{}, 7 * day, plan.Soon},
		{"safe, not quite a week ago", schema.Tonight{Sleeps: "safe_tonight"}, schema.Risk{}, 7*day - time.Second, plan.Safe},
		{"safe, a year ago and marked", schema.Tonight{Sleeps: "safe_tonight"}, high(noon), 365 * day, plan.Tonight},
		{"waiting from tomorrow: a clock that jumps", schema.Tonight{Sleeps: "safe_tonight"}, schema.Risk{}, -day, plan.Safe},
		{"nowhere and marked", schema.Tonight{Sleeps: "nowhere"}, high(noon), 0, plan.Now},
		{"leaving now and marked", schema.Tonight{LeavingNow: schema.Yes}, high(noon), 7 * day, plan.Now},
	} {
		need := schema.Need{Tonight: row.tonight, Risk: row.risk}
		if got := plan.Urgency(need, noon.Add(-row.waited), noon); got != row.want {
			t.Errorf("%s: got tier %d, want %d", row.name, got, row.want)
		}
	}
	if got := plan.Urgency(schema.Need{Tonight: schema.Tonight{Sleeps: "safe_tonight"}}, time.Time{}, noon); got != plan.Safe {
		t.Errorf("who waits since nobody knows when is in tier %d", got)
	}
}

// A low, old, partial or absent mark is one and the same value.
func TestOnlyAHighMarkOfTheseMonthsCounts(t *testing.T) {
	t.Parallel()
	counts := []schema.Risk{high(noon), high(noon.AddDate(0, -6, 0)), {Level: schema.RiskHigh, Source: "repeat", On: "2026-06-01"}}
	none := []schema.Risk{
		{}, {Level: schema.RiskMedium, Source: "checklist", On: "2026-11-20"}, {Level: schema.RiskStandard, Source: "checklist", On: "2026-11-20"},
		high(noon.AddDate(0, -6, -2)), high(noon.AddDate(0, 0, 1)), {Level: schema.RiskHigh}, {Level: schema.RiskHigh, Source: "checklist"},
		{Level: schema.RiskHigh, On: "2026-11-20"}, {Level: schema.RiskHigh, Source: "hearsay", On: "2026-11-20"}, {Level: schema.RiskHigh, Source: "checklist", On: "last week"},
	}
	tonight := schema.Tonight{Sleeps: "safe_tonight"}
	for _, r := range counts {
		if got := plan.Urgency(schema.Need{Tonight: tonight, Risk: r}, noon, noon); got != plan.Soon {
			t.Errorf("%+v: tier %d", r, got)
		}
	}
	for _, r := range none {
		if got := plan.Urgency(schema.Need{Tonight: tonight, Risk: r}, noon, noon); got != plan.Safe {
			t.Errorf("%+v: tier %d", r, got)
		}
	}
}

func TestAMarkRaisesByOneTierAtMostAndNeverLowers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := genHousehold("request").Draw(t, "household")
		without := h.Need
		without.Risk = schema.Risk{}
		a, b := plan.Urgency(without, h.Since, noon), plan.Urgency(h.Need, h.Since, noon)
		if b > a || b < a-1 || b < plan.Now || a > plan.Safe {
			t.Fatalf("tier %d without the mark, %d with %+v", a, b, h.Need.Risk)
		}
	})
}
