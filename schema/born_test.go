package schema_test

import (
	"testing"
	"time"

	"haven/schema"
)

// TestBornAndAgeAgree: a date of birth decides over the age that was said, so one that cannot be true of it is refused where both are said.
func TestBornAndAgeAgree(t *testing.T) {
	t.Parallel()
	said := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		child schema.Child
		said  time.Time
		want  bool
	}{
		"no date":                       {schema.Child{Age: 4}, said, true},
		"the age it makes":              {schema.Child{Age: 4, Born: "2022-11-20"}, said, true},
		"a birthday ago":                {schema.Child{Age: 3, Born: "2022-11-20"}, said, true},
		"a birthday to come":            {schema.Child{Age: 4, Born: "2022-11-21"}, said, true},
		"born today":                    {schema.Child{Age: 0, Born: "2026-11-20"}, said, true},
		"born today in London":          {schema.Child{Age: 0, Born: "2026-07-02"}, time.Date(2026, 7, 1, 23, 30, 0, 0, time.UTC), true},
		"17 until tomorrow":             {schema.Child{Age: 17, Born: "2008-11-21"}, said, true},
		"born tomorrow":                 {schema.Child{Age: 0, Born: "2026-11-21"}, said, false},
		"18 today":                      {schema.Child{Age: 17, Born: "2008-11-20"}, said, false},
		"a baby of 46":                  {schema.Child{Age: 0, Born: "1980-05-01"}, said, false},
		"two years older than was said": {schema.Child{Age: 2, Born: "2022-11-20"}, said, false},
		"two years younger":             {schema.Child{Age: 6, Born: "2022-11-20"}, said, false},
		"not a date":                    {schema.Child{Age: 4, Born: "2022-11-31"}, said, false},
	} {
		if got := c.child.BornAgrees(c.said); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		need := schema.Need{Household: household([]int{30}, []int{9}), SaidAt: c.said}
		need.Household.Children = append(need.Household.Children, c.child)
		if err := need.Check(); c.want && err != nil || !c.want && !refused(err, schema.KindInvalid, "invalid_field", "children[1].born") {
			t.Errorf("%s: %v", name, err)
		}
		need.SaidAt = time.Time{}
		if err := need.Check(); c.child.Born != "2022-11-31" && err != nil {
			t.Errorf("%s: nobody knows when it was said, and %v", name, err)
		}
	}
}
