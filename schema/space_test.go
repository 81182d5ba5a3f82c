package schema_test

import (
	"strings"
	"testing"
	"time"

	"haven/schema"
)

func TestSpacesThatCannotBeTrue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, field string
		space       schema.Space
	}{
		{"no name", "ref", schema.Space{}},
		{"a name of 41", "ref", schema.Space{Ref: strings.Repeat("x", 41)}},
		{"sleeps -1", "bed_spaces", schema.Space{Ref: "3", BedSpaces: -1}},
		{"sleeps 40", "bed_spaces", schema.Space{Ref: "3", BedSpaces: 40}},
		{"11 cots", "cots", schema.Space{Ref: "3", Cots: count(11)}},
		{"13 bedrooms", "bedrooms", schema.Space{Ref: "3", Bedrooms: 13}},
		{"the same room twice", "rooms", schema.Space{Ref: "F", Rooms: []string{"1", "1"}}},
		{"a room without a name", "rooms", schema.Space{Ref: "F", Rooms: []string{"1", ""}}},
		{"13 rooms", "rooms", schema.Space{Ref: "F", Rooms: strings.Split("abcdefghijklm", "")}},
		{"a slot for tea", "slot", schema.Space{Ref: "3", Slot: "tea"}},
		{"perhaps for a wheelchair", "wheelchair", schema.Space{Ref: "3", Wheelchair: "maybe"}},
	} {
		if err := c.space.Check(); !refused(err, schema.KindInvalid, "invalid_field", c.field) {
			t.Errorf("%s: %v, want a refusal of %s", c.name, err, c.field)
		}
	}
	whole := schema.Space{Ref: strings.Repeat("x", 40), Rooms: strings.Split("abcdefghijkl", ""), BedSpaces: 30, Cots: count(10), Bedrooms: 12, Slot: "fitting"}
	if err := whole.Check(); err != nil {
		t.Errorf("at every limit: %v", err)
	}
}

func TestReports(t *testing.T) {
	t.Parallel()
	soon, long, past := noon.Add(time.Hour), noon.AddDate(1, 0, 1), noon.AddDate(0, 0, -2)
	for _, c := range []struct {
		name, field string // an empty field is a report that can be true
		report      schema.Report
	}{
		{"available", "", schema.Report{State: schema.Available}},
		{"taken", "", schema.Report{State: schema.Taken}},
		{"closed", "", schema.Report{State: schema.Closed}},
		{"getting ready", "", schema.Report{State: schema.GettingReady, From: &soon}},
		{"out of use", "", schema.Report{State: schema.OutOfUseFor, Why: "repair"}},
		{"out of use until", "", schema.Report{State: schema.OutOfUseFor, Why: "safety", Until: &soon}},
		{"no state", "state", schema.Report{}},
		{"on hold, which nobody reports", "state", schema.Report{State: "on_hold"}},
		{"available from", "from", schema.Report{State: schema.Available, From: &soon}},
		{"taken for a reason", "from", schema.Report{State: schema.Taken, Why: "repair"}},
		{"getting ready some time", "from", schema.Report{State: schema.GettingReady}},
		{"getting ready in over a year", "from", schema.Report{State: schema.GettingReady, From: &long}},
		{"getting ready since last week", "from", schema.Report{State: schema.GettingReady, From: &past}},
		{"getting ready until", "until", schema.Report{State: schema.GettingReady, From: &soon, Until: &soon}},
		{"out of use for nothing", "why", schema.Report{State: schema.OutOfUseFor}},
		{"out of use for a reason not in the list", "why", schema.Report{State: schema.OutOfUseFor, Why: "mice"}},
		{"out of use until long ago", "until", schema.Report{State: schema.OutOfUseFor, Why: "repair", Until: &past}},
		{"out of use until over a year", "until", schema.Report{State: schema.OutOfUseFor, Why: "repair", Until: &long}},
		{"out of use from", "from", schema.Report{State: schema.OutOfUseFor, Why: "repair", From: &soon}},
	} {
		err := c.report.Check(noon)
		if c.field == "" && err != nil || c.field != "" && !refused(err, schema.KindInvalid, "invalid_field", c.field) {
			t.Errorf("%s: %v, want a refusal of %q", c.name, err, c.field)
		}
	}
}

func TestFreshness(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		age  time.Duration
		want schema.Freshness
	}{
		{0, schema.Fresh}, {schema.FreshFor, schema.Fresh}, {schema.FreshFor + 1, schema.Ageing}, {schema.AgeingFor, schema.Ageing},
		{schema.AgeingFor + 1, schema.Unconfirmed}, {-schema.ClockSlack, schema.Fresh}, {-schema.ClockSlack - 1, schema.Unconfirmed},
	} {
		if got := (schema.Vacancy{ConfirmedAt: noon.Add(-c.age)}).Freshness(noon); got != c.want {
			t.Errorf("confirmed %s ago: %s, want %s", c.age, got, c.want)
		}
	}
	if got := (schema.Vacancy{}).Freshness(noon); got != schema.Unconfirmed {
		t.Errorf("never confirmed: %s", got)
	}
}

func count(n int) *int { return &n }
