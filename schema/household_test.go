package schema_test

import (
	"testing"

	"haven/schema"
)

// household of adults and children of these ages.
func household(adults, children []int) schema.Household {
	var h schema.Household
	for _, age := range adults {
		h.Adults = append(h.Adults, schema.Adult{Age: age})
	}
	for _, age := range children {
		h.Children = append(h.Children, schema.Child{Age: age})
	}
	return h
}

func TestHouseholdsThatCanBeTrue(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]schema.Household{
		"one adult who did not say her age": household([]int{0}, nil),
		"somebody of 16":                    household([]int{16}, nil),
		"somebody of 120":                   household([]int{120}, nil),
		"a baby and a child of 17":          household([]int{30}, []int{0, 17}),
		"20 people":                         household(make([]int, 10), make([]int, 10)),
		"everything said": {
			Adults: []schema.Adult{{As: schema.TransWoman, Age: 41}}, Pregnant: schema.Yes,
			Children: []schema.Child{{Age: 9, Sex: schema.Boy, Born: "2016-02-29"}},
		},
	} {
		if err := h.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHouseholdsThatCannotBeTrue(t *testing.T) {
	t.Parallel()
	one := household([]int{30}, nil)
	with := func(c schema.Child) schema.Household {
		return schema.Household{Adults: one.Adults, Children: []schema.Child{c}}
	}
	for _, c := range []struct {
		name, field string
		household   schema.Household
	}{
		{"nobody", "adults", schema.Household{}},
		{"children alone", "adults", household(nil, []int{4, 6})},
		{"40 people", "adults", household(make([]int, 20), make([]int, 20))},
		{"21 people", "adults", household(make([]int, 1), make([]int, 20))},
		{"an adult of 3", "adults[1].age", household([]int{30, 3}, nil)},
		{"an adult of 15", "adults[0].age", household([]int{15}, nil)},
		{"an adult of -1", "adults[0].age", household([]int{-1}, nil)},
		{"an adult of 130", "adults[0].age", household([]int{130}, nil)},
		{"a child of 40", "children[0].age", household([]int{30}, []int{40})},
		{"a child of 18", "children[1].age", household([]int{30}, []int{17, 18})},
		{"a child of -1", "children[0].age", household([]int{30}, []int{-1})},
		{"a child of 130", "children[0].age", household([]int{30}, []int{130})},
		{"a description that is not in the list", "adults[0].as", schema.Household{Adults: []schema.Adult{{As: "lady"}}}},
		{"a sex that is not in the list", "children[0].sex", with(schema.Child{Sex: "male"})},
		{"born on 30 February", "children[0].born", with(schema.Child{Born: "2020-02-30"})},
		{"born on 29 February of another year", "children[0].born", with(schema.Child{Born: "2021-02-29"})},
		{"born in British order", "children[0].born", with(schema.Child{Born: "27/03/2015"})},
		{"perhaps pregnant", "pregnant", schema.Household{Adults: one.Adults, Pregnant: "maybe"}},
	} {
		if err := c.household.Check(); !refused(err, schema.KindInvalid, "invalid_field", c.field) {
			t.Errorf("%s: %v, want a refusal of %s", c.name, err, c.field)
		}
	}
}

func TestFamilyForBedAndBreakfast(t *testing.T) {
	t.Parallel()
	if household([]int{30, 30}, nil).FamilyForBB() {
		t.Error("two adults were taken for a family")
	}
	if !household([]int{30}, []int{17}).FamilyForBB() {
		t.Error("a child of 17 makes a family")
	}
	pregnant := household([]int{30}, nil)
	pregnant.Pregnant = schema.Yes
	if !pregnant.FamilyForBB() {
		t.Error("a pregnancy makes a family")
	}
	pregnant.Pregnant = schema.Unknown
	if pregnant.FamilyForBB() {
		t.Error("a pregnancy nobody spoke of was read as yes")
	}
}

func TestAlone16or17(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		adults, children []int
		want             bool
	}{
		{[]int{16}, nil, true}, {[]int{17}, nil, true}, {[]int{17}, []int{0}, true}, {[]int{16, 17}, nil, true},
		{[]int{18}, nil, false}, {[]int{0}, nil, false}, {[]int{17, 40}, nil, false}, {[]int{17, 0}, nil, false},
	} {
		if got := household(c.adults, c.children).Alone16or17(); got != c.want {
			t.Errorf("adults %v, children %v: %v, want %v", c.adults, c.children, got, c.want)
		}
	}
}
