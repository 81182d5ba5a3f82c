package schema_test

import (
	"testing"
	"time"

	"haven/schema"
)

func TestStayNights(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, first, last, today string
		want                     int
	}{
		{"the first night", "2026-11-21", "", "2026-11-21", 1},
		{"the day before", "2026-11-21", "", "2026-11-20", 0},
		{"night 41", "2026-11-21", "", "2026-12-31", 41},
		{"night 42", "2026-11-21", "", "2027-01-01", 42},
		{"night 43", "2026-11-21", "", "2027-01-02", 43},
		{"over the spring clock change", "2026-03-28", "", "2026-03-30", 3},
		{"over the autumn clock change", "2026-10-24", "", "2026-10-26", 3},
		{"over 29 February", "2028-02-28", "", "2028-03-01", 3},
		{"over 28 February of other years", "2026-02-28", "", "2026-03-01", 2},
		{"ended", "2026-11-21", "2026-11-23", "2027-05-01", 3},
		{"ends later than today", "2026-11-21", "2026-11-23", "2026-11-22", 2},
		{"ended before it began", "2026-11-21", "2026-11-20", "2026-12-01", 0},
	} {
		s := schema.Stay{FirstNight: date(t, c.first)}
		if c.last != "" {
			last := date(t, c.last)
			s.LastNight = &last
		}
		if got := s.Nights(date(t, c.today)); got != c.want {
			t.Errorf("%s: %d nights, want %d", c.name, got, c.want)
		}
	}
}

// The limit is over "a period, or a total of periods": earlier stays count, and the night of LimitDate is always the 42nd.
func TestLimitAddsUpEarlierStays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first  string
		before int
		want   string
	}{
		{"2026-11-21", 0, "2027-01-01"},
		{"2026-11-21", 41, "2026-11-21"},
		{"2026-11-21", 42, "2026-11-20"}, // used up before the first night
		{"2026-03-01", 10, "2026-04-01"},
		{"2028-02-01", 13, "2028-02-29"},
	} {
		s := schema.Stay{FirstNight: date(t, c.first)}
		limit := s.LimitDate(c.before)
		if got := limit.Format(time.DateOnly); got != c.want {
			t.Errorf("from %s with %d before: %s, want %s", c.first, c.before, got, c.want)
		}
		if total := c.before + s.Nights(limit); total != schema.BBLimitNights {
			t.Errorf("from %s with %d before: night %d of 42 on the limit", c.first, c.before, total)
		}
	}
}

func TestStayEnds(t *testing.T) {
	t.Parallel()
	s := schema.Stay{FirstNight: date(t, "2026-11-21")}
	if _, err := s.End(date(t, "2026-11-19")); !refused(err, schema.KindInvalid, "invalid_field", "last_night") {
		t.Errorf("two days before the first night: %v", err)
	}
	none, err := s.End(date(t, "2026-11-20"))
	if err != nil || none.Nights(date(t, "2026-12-01")) != 0 {
		t.Errorf("no night used: %v", err)
	}
	ended, err := s.End(date(t, "2026-11-22"))
	if err != nil || ended.Nights(date(t, "2026-12-01")) != 2 {
		t.Fatalf("two nights used: %v", err)
	}
	if s.LastNight != nil {
		t.Error("ending a stay changed the value it was asked of")
	}
	if _, err := ended.End(date(t, "2026-11-23")); !refused(err, schema.KindEnded, "stay_ended", "") {
		t.Errorf("ended twice: %v", err)
	}
}

func TestNightIsTheDateInLondon(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 6, 30, 22, 59, 0, 0, time.UTC), "2026-06-30"},
		{time.Date(2026, 6, 30, 23, 0, 0, 0, time.UTC), "2026-07-01"},
		{time.Date(2026, 12, 31, 23, 59, 0, 0, time.UTC), "2026-12-31"},
		{time.Date(2026, 3, 29, 0, 59, 0, 0, time.UTC), "2026-03-29"}, // the clocks go forward at 1:00
		{time.Date(2026, 3, 29, 23, 0, 0, 0, time.UTC), "2026-03-30"},
		{time.Date(2026, 10, 24, 23, 0, 0, 0, time.UTC), "2026-10-25"}, // and back at 1:00 UTC
		{time.Date(2026, 10, 25, 23, 0, 0, 0, time.UTC), "2026-10-25"},
	} {
		got := schema.Night(c.at, london)
		if got.Format(time.DateOnly) != c.want || !got.Equal(date(t, c.want)) {
			t.Errorf("%s: night of %s, want %s", c.at, got, c.want)
		}
	}
}
