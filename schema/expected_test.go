package schema_test

import (
	"errors"
	"testing"

	"haven/schema"
)

func TestExpected(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pregnant  schema.Fact
		expecting int
		due       string
		field     string // refused; empty where it can be true
		want      int
	}{
		"nobody said":               {"", 0, "", "", 0},
		"not pregnant":              {schema.No, 0, "", "", 0},
		"pregnant":                  {schema.Yes, 0, "", "", 1},
		"twins, due in March":       {schema.Yes, 2, "2027-03-27", "", 2},
		"fewer than none":           {schema.Yes, -1, "", "expecting", 1},
		"seven":                     {schema.Yes, 7, "", "expecting", 7},
		"twins of nobody":           {"", 2, "", "expecting", 0},
		"twins of a no":             {schema.No, 2, "", "expecting", 0},
		"due of nobody":             {"", 0, "2027-03-27", "due", 0},
		"a day that is none":        {schema.Yes, 0, "2027-02-30", "due", 1},
		"pregnancy that is no fact": {"maybe", 0, "", "pregnant", 0},
	} {
		h := schema.Household{Adults: []schema.Adult{{As: schema.Woman}}, Pregnant: c.pregnant, Expecting: c.expecting, Due: c.due}
		var refused *schema.Refusal
		if err := h.Check(); errors.As(err, &refused) != (c.field != "") || refused != nil && refused.Field != c.field {
			t.Errorf("%s: got %v, want the field %q refused", name, err, c.field)
		}
		if got := h.Expected(); got != c.want {
			t.Errorf("%s: %d are expected, want %d", name, got, c.want)
		}
	}
}
