package web

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/exchange"
)

// drawSupply draws who is met by which kind, and counts it as the engine does.
func drawSupply(t *rapid.T) allocator.Supply {
	kinds := []string{"a", "b", "c", "d"}[:rapid.IntRange(0, 4).Draw(t, "kinds")]
	met := make([][]bool, rapid.SampledFrom([]int{0, 1, 3, 5, 8, 12, 30}).Draw(t, "requests"))
	s := allocator.Supply{Households: len(met)}
	for i := range met {
		met[i] = rapid.SliceOfN(rapid.SampledFrom([]bool{true, true, false}), len(kinds), len(kinds)).Draw(t, "met")
	}
	count := func(k int, left []int) (n []int) {
		for _, i := range left {
			if met[i][k] {
				n = append(n, i)
			}
		}
		return n
	}
	left := make([]int, len(met))
	for i := range left {
		left[i] = i
	}
	for k, code := range kinds {
		if n := len(count(k, left)); n > 0 {
			s.Rows = append(s.Rows, allocator.SupplyRow{Code: code, Words: code, Many: code, Households: n})
		}
	}
	slices.SortStableFunc(s.Rows, func(a, b allocator.SupplyRow) int { return cmp.Compare(b.Households, a.Households) })
	for {
		best := -1
		for k := range kinds {
			if best < 0 && len(count(k, left)) > 0 || best >= 0 && len(count(k, left)) > len(count(best, left)) {
				best = k
			}
		}
		if best < 0 {
			return s
		}
		taken := count(best, left)
		s.Together = append(s.Together, allocator.SupplyRow{Code: kinds[best], Words: kinds[best], Many: kinds[best], Households: len(taken)})
		left = slices.DeleteFunc(left, func(i int) bool { return slices.Contains(taken, i) })
	}
}

// No small number is printed, none is the difference of two that are, and a list of which all but one are printed does not give that one.
func TestNoSmallNumberOfTheUnmetCanBeSubtracted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		supply := drawSupply(t)
		openings := exchange.Openings{Weighed: rapid.IntRange(0, 20).Draw(t, "weighed")}
		for range rapid.IntRange(0, 3).Draw(t, "openings") {
			openings.Rows = append(openings.Rows, allocator.ProviderOpening{Households: rapid.IntRange(0, openings.Weighed).Draw(t, "opened")})
		}
		f := publishUnmet(supply, openings)
		small := func(n int) bool { return n > 0 && n < smallest }
		differs := func(what string, a, b figureCount) {
			if a.Shown() && b.Shown() && small(a.n-b.n) {
				t.Fatalf("%s: %s less %s is %d: %s", what, a, b, a.n-b.n, toJSON(t, f))
			}
		}
		counts := []figureCount{f.Requests, f.None, f.Waiting}
		unknown, sum := 0, 0
		for _, row := range append(f.Together, figureRow{Count: f.None}) {
			counts = append(counts, row.Count)
			if !row.Count.Shown() {
				unknown++
				sum += row.Count.n
			}
		}
		if f.Requests.Shown() && unknown == 1 && small(sum) {
			t.Fatalf("the one hidden number of the list is %d: %s", sum, toJSON(t, f))
		}
		for _, kind := range f.Kinds {
			counts = append(counts, kind.Count)
			differs("not met by "+kind.Code, f.Requests, kind.Count)
			for _, row := range f.Together {
				if row.Code == kind.Code {
					differs("met by "+kind.Code+" and those before it", kind.Count, row.Count)
				}
			}
		}
		for _, row := range f.Openings {
			counts = append(counts, row.Count)
			differs("not opened", f.Waiting, row.Count)
		}
		for _, c := range counts {
			if small(c.n) && c.Shown() {
				t.Fatalf("a count of %d is shown: %s", c.n, toJSON(t, f))
			}
		}
		if len(f.Together) > 0 {
			for _, kind := range f.Kinds {
				if first := f.Together[0]; kind.Code == first.Code && kind.Count.Shown() != first.Count.Shown() {
					t.Fatalf("one number is hidden in one table and shown in the other: %s", toJSON(t, f))
				}
			}
		}
	})
}

// What is not small is shown wherever nothing small stands near.
func TestUnmetWithoutSmallNumbersIsShown(t *testing.T) {
	t.Parallel()
	f := publishUnmet(allocator.Supply{
		Households: 40, Rows: []allocator.SupplyRow{{Code: "a", Households: 20}, {Code: "b", Households: 16}}, Together: []allocator.SupplyRow{{Code: "a", Households: 20}, {Code: "b", Households: 10}},
	}, exchange.Openings{Weighed: 20, Rows: []allocator.ProviderOpening{{Households: 11}}})
	for _, c := range []figureCount{f.Requests, f.None, f.Kinds[0].Count, f.Kinds[1].Count, f.Together[0].Count, f.Together[1].Count, f.Waiting, f.Openings[0].Count} {
		if !c.Shown() {
			t.Errorf("hidden without need: %s", toJSON(t, f))
		}
	}
}
