package allocator_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// answered gives, for a question, the need after each answer that can be tried at a place; none where it was said. It is written apart from the engine's own.
func answered(code string, need schema.Need, p schema.Place) (out []schema.Need) {
	fact := func(at func(*schema.Need) *schema.Fact) {
		if *at(&need) == schema.Unknown {
			for _, f := range []schema.Fact{schema.Yes, schema.No} {
				n := need
				*at(&n) = f
				out = append(out, n)
			}
		}
	}
	switch code {
	case "recourse":
		fact(func(n *schema.Need) *schema.Fact { return &n.Recourse })
	case "wheelchair":
		fact(func(n *schema.Need) *schema.Fact { return &n.Wheelchair })
	case "limited_mobility":
		fact(func(n *schema.Need) *schema.Fact { return &n.LimitedMobility })
	case "description":
		for _, as := range []schema.Described{schema.Woman, schema.Man, schema.TransWoman, schema.TransMan, schema.NonBinary} {
			n, asked := need, false
			n.Household.Adults = nil
			for _, a := range need.Household.Adults {
				if a.As == schema.NotSaid {
					a.As, asked = as, true
				}
				n.Household.Adults = append(n.Household.Adults, a)
			}
			if asked {
				out = append(out, n)
			}
		}
	case "childs_sex":
		for _, sex := range []schema.Sex{schema.Girl, schema.Boy} {
			n, asked := need, false
			n.Household.Children = nil
			for _, c := range need.Household.Children {
				if c.Sex == schema.SexNotSaid {
					c.Sex, asked = sex, true
				}
				n.Household.Children = append(n.Household.Children, c)
			}
			if asked {
				out = append(out, n)
			}
		}
	case "now_in":
		if need.NowIn == nil {
			out = append(out, need)
			for _, a := range slices.Concat(p.Service.ExcludesFrom, []schema.Area{p.Service.Area}) {
				n := need
				n.NowIn = &a
				out = append(out, n)
			}
		}
	}
	return out
}

// TestAskNextEqualsBruteForce: the two questions are those that decide most, each with the number of places whose verdict turns on it.
func TestAskNextEqualsBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		world, need := genWorld().Draw(t, "world"), genAsked().Draw(t, "need")
		x := allocator.NewIndex()
		x.Reset(world)
		got := x.AskNext(need, noon)
		if plain := allocator.AskNext(need, world, noon); !reflect.DeepEqual(got, plain) {
			t.Fatalf("the index says %+v, the list %+v", got, plain)
		}
		list := allocator.List(need, world, noon)
		free := slices.Concat(list.Fits.All(), list.Check.All(), list.Unconfirmed.All(), list.No.All())
		counts := map[string]int{}
		for _, code := range []string{"recourse", "wheelchair", "limited_mobility", "description", "childs_sex", "now_in"} {
			for _, a := range free {
				verdicts := map[allocator.Verdict]bool{}
				for _, n := range answered(code, need, a.Place) {
					verdicts[allocator.Evaluate(n, a.Place, noon).Verdict] = true
				}
				if len(verdicts) > 1 {
					counts[code]++
				}
			}
		}
		if len(got) != min(2, len(counts)) {
			t.Fatalf("got %+v, want the first of %v", got, counts)
		}
		most := 1 << 30
		for _, q := range got {
			if q.Depends != counts[q.Code] || q.Depends > most || q.Of != len(free) {
				t.Fatalf("got %+v of %d places, want %v", got, len(free), counts)
			}
			most = q.Depends
			delete(counts, q.Code)
		}
		for code, n := range counts {
			if n > most {
				t.Fatalf("%s decides %d and is not asked: %+v", code, n, got)
			}
		}
	})
}

// TestAnAnsweredQuestionIsNotAskedAgain, whatever the answer.
func TestAnAnsweredQuestionIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		world, need := genWorld().Draw(t, "world"), genAsked().Draw(t, "need")
		for _, q := range allocator.AskNext(need, world, noon) {
			answers := answered(q.Code, need, world[0])
			if q.Code == "now_in" {
				answers = answers[1:] // the first stands for not said
			}
			for _, n := range answers {
				for _, again := range allocator.AskNext(n, world, noon) {
					if again.Code == q.Code {
						t.Fatalf("%s was answered and is asked again", q.Code)
					}
				}
			}
		}
	})
}

// TestGoldenAskNext, by hand from goldenWorld: a woman alone who said nothing else, and 11 free places for tonight. Money decides alder, damson, gorse and
// larch, which need recourse, and cedar and elder, which have not said; hazel is asked first either way. A wheelchair decides alder, gorse, larch and oak,
// which are not suitable, and cedar and elder, which have not said. Stairs decide five.
func TestGoldenAskNext(t *testing.T) {
	t.Parallel()
	want := []allocator.Question{
		{Code: "recourse", Words: "Does she have recourse to public funds?", Depends: 6, Of: 11},
		{Code: "wheelchair", Words: "Does anybody use a wheelchair?", Depends: 6, Of: 11},
	}
	if got := allocator.AskNext(aWoman(), goldenWorld(), noon); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	need := aWoman()
	need.Recourse, need.Wheelchair = schema.Yes, schema.No
	for i, want := range []allocator.Question{
		{Code: "limited_mobility", Words: "Can everybody manage stairs?", Depends: 5, Of: 11},
		{Code: "now_in", Words: "Where is she now?", Depends: 1, Of: 11},
	} {
		if got := allocator.AskNext(need, goldenWorld(), noon); got[i] != want {
			t.Errorf("got %+v, want %+v", got[i], want)
		}
	}
}
