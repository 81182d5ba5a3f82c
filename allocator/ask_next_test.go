package allocator_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// askable are the codes of everything that may be asked next.
func askable() []string {
	codes := []string{"description", "childs_sex", "adult_age", "now_in", "language"}
	for _, row := range schema.NeedFacts() {
		codes = append(codes, row.Code)
	}
	for _, row := range schema.SupportNeeds {
		codes = append(codes, "support."+row.Code)
	}
	return codes
}

// answered gives, for a question, the need after each answer that can be tried at a place; none where it was said. It is written apart from the engine's own.
func answered(code string, need schema.Need, p schema.Place) (out []schema.Need) {
	for _, row := range schema.NeedFacts() {
		if row.Code == code && *row.Of(&need) == schema.Unknown {
			for _, f := range []schema.Fact{schema.Yes, schema.No} {
				n := need
				*row.Of(&n) = f
				out = append(out, n)
			}
		}
	}
	if support, ok := strings.CutPrefix(code, "support."); ok && need.Support[support] == schema.Unknown {
		for _, f := range []schema.Fact{schema.Yes, schema.No} {
			n := need
			n.Support = map[string]schema.Fact{support: f}
			for other, f := range need.Support {
				if other != support {
					n.Support[other] = f
				}
			}
			out = append(out, n)
		}
	}
	switch code {
	case "description":
		for _, as := range []schema.Described{schema.Woman, schema.Man, schema.TransWoman, schema.TransMan, schema.NonBinary} {
			out = append(out, eachAdult(need, func(a *schema.Adult) bool {
				asked := a.As == schema.NotSaid
				if asked {
					a.As = as
				}
				return asked
			})...)
		}
	case "adult_age":
		ages := []int{18, 19, 20, 21, 22, 23, 24, 30, 60, 120}
		for _, limit := range []*int{p.Service.Takes.AgeFrom, p.Service.Takes.AgeTo} {
			if limit != nil {
				ages = append(ages, max(18, *limit-2), max(18, *limit-1), max(18, *limit), max(18, *limit+1), max(18, *limit+2))
			}
		}
		for _, age := range ages {
			out = append(out, eachAdult(need, func(a *schema.Adult) bool {
				asked := a.Age == 0
				if asked {
					a.Age = age
				}
				return asked
			})...)
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
	case "language":
		for _, row := range schema.Languages {
			if n := need; n.Language == "" {
				n.Language = row.Code
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

// eachAdult gives the need after an answer for each adult who has not said, or nothing where all have.
func eachAdult(need schema.Need, answer func(*schema.Adult) bool) []schema.Need {
	asked := false
	need.Household.Adults = slices.Clone(need.Household.Adults)
	for i := range need.Household.Adults {
		asked = answer(&need.Household.Adults[i]) || asked
	}
	if !asked {
		return nil
	}
	return []schema.Need{need}
}

// TestAskNextEqualsBruteForce: the two questions are those that decide most, each with the number of places whose verdict turns on it.
func TestAskNextEqualsBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		world, need := genFew().Draw(t, "world"), genAsked().Draw(t, "need")
		x := allocator.NewIndex()
		x.Reset(world)
		got := x.AskNext(need, noon)
		if plain := allocator.AskNext(need, world, noon); !reflect.DeepEqual(got, plain) {
			t.Fatalf("the index says %+v, the list %+v", got, plain)
		}
		list := allocator.List(need, world, noon)
		free := slices.Concat(list.Fits.All(), list.Check.All(), list.Unconfirmed.All(), list.No.All())
		counts, out := map[string]int{}, map[string]int{}
		for _, code := range askable() {
			for _, a := range free {
				verdicts := map[allocator.Verdict]bool{}
				for _, n := range answered(code, need, a.Place) {
					verdicts[allocator.Evaluate(n, a.Place, noon).Verdict] = true
				}
				if len(verdicts) > 1 {
					counts[code]++
					if verdicts[allocator.DoesNotFit] {
						out[code]++
					}
				}
			}
		}
		if len(got) != min(2, len(counts)) {
			t.Fatalf("got %+v, want the first of %v", got, counts)
		}
		// Every place counts once where it turns, and once more where an answer rules it out: the second only between equals.
		weight := func(code string) int { return counts[code]*100 + out[code] }
		most := 1 << 30
		for _, q := range got {
			if q.Depends != counts[q.Code] || weight(q.Code) > most || q.Of != len(free) {
				t.Fatalf("got %+v of %d places, want %v, of which ruled out %v", got, len(free), counts, out)
			}
			most = weight(q.Code)
		}
		for code := range counts {
			if weight(code) > most && !slices.ContainsFunc(got, func(q allocator.Question) bool { return q.Code == code }) {
				t.Fatalf("%s decides %d and is not asked: %+v", code, counts[code], got)
			}
		}
	})
}

// TestAnAnsweredQuestionIsNotAskedAgain, whatever the answer.
func TestAnAnsweredQuestionIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		world, need := genFew().Draw(t, "world"), genAsked().Draw(t, "need")
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

// genFew gives places enough to tell questions apart, and few enough to put every answer to each of them.
func genFew() *rapid.Generator[[]schema.Place] {
	return rapid.SliceOfNDistinct(genPlace(), 0, 6, func(p schema.Place) schema.SpaceID { return p.Space.ID })
}

// TestGoldenAskNext, by hand from goldenWorld: a woman alone who said nothing else, and 12 free places for tonight. A pet rules out the nine that
// take none and has cedar asked, which said nothing; birch takes pets, and hazel is asked first either way. Somebody blind is ruled out by eight and
// has birch and cedar asked. Somebody Deaf is ruled out by eight too, but rowan, which has not said, is asked about money either way: nine.
func TestGoldenAskNext(t *testing.T) {
	t.Parallel()
	want := []allocator.Question{
		{Code: "pets", Words: "Does a pet come too?", Depends: 10, Of: 12},
		{Code: "sight", Words: "Is anybody blind or partially sighted?", Depends: 10, Of: 12},
	}
	if got := allocator.AskNext(aWoman(), goldenWorld(), noon); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	// With money said, rowan fits until somebody is Deaf, so that both questions decide ten and rule out eight: the form asks of hearing first.
	need := aWoman()
	need.Recourse, need.Wheelchair = schema.Yes, schema.No
	want[1] = allocator.Question{Code: "hearing", Words: "Is anybody Deaf or hard of hearing?", Depends: 10, Of: 12}
	if got := allocator.AskNext(need, goldenWorld(), noon); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

// TestOfEqualQuestionsTheOneThatRulesOutIsFirst: a service that said nothing is asked, one that said no is ruled out.
func TestOfEqualQuestionsTheOneThatRulesOutIsFirst(t *testing.T) {
	t.Parallel()
	p := aRoom()
	p.Space.Wheelchair, p.Service.Takes.AssistanceAnimal, p.Service.Takes.NightStaff = schema.Unknown, schema.Unknown, schema.No
	got := allocator.AskNext(aWoman(), []schema.Place{p}, noon)
	if len(got) != 2 || got[0].Code != "night_staff" || got[1].Code != "assistance_animal" {
		t.Errorf("got %+v", got)
	}
}

// TestWhatIsNeverAsked: what only makes a request urgent, what services may see, and which groups she belongs to decide no place.
func TestWhatIsNeverAsked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		for _, q := range allocator.AskNext(genAsked().Draw(t, "need"), genWorld().Draw(t, "world"), noon) {
			if strings.HasPrefix(q.Code, "tonight.") || q.Code == "share_needs" || strings.HasPrefix(q.Code, "run_for") || strings.HasPrefix(q.Code, "harm") {
				t.Fatalf("asks %+v", q)
			}
		}
	})
}

// TestAskNextOfMoney: what they can pay and when the concession ends are asked where a place turns on it, and nowhere else.
func TestAskNextOfMoney(t *testing.T) {
	t.Parallel()
	dear, needsRecourse := aRoom(), aRoom()
	dear.Service.Takes.WeeklyCost = ptr(90)
	needsRecourse.Service.Takes.NoRecourse, needsRecourse.Service.Takes.Funding = schema.No, map[string]schema.Fact{"mvdac": schema.Yes}
	for name, c := range map[string]struct {
		funding schema.Funding
		place   schema.Place
		want    string
	}{
		"in work":                    {schema.Funding{Works: schema.Yes}, dear, "can_pay"},
		"in work, nothing to pay":    {schema.Funding{Works: schema.Yes}, aRoom(), ""},
		"in work, said":              {schema.Funding{Works: schema.Yes, CanPay: ptr(100)}, dear, ""},
		"on the concession":          {schema.Funding{Route: "mvdac"}, needsRecourse, "concession_ends"},
		"on the concession, no need": {schema.Funding{Route: "mvdac"}, aRoom(), ""},
	} {
		need := aWoman()
		need.Recourse, need.Funding = schema.No, c.funding
		if c.funding.Works == schema.Yes {
			need.Recourse = schema.Yes
		}
		asked := ""
		for _, q := range allocator.AskNext(need, []schema.Place{c.place}, noon) {
			if q.Code == "can_pay" || q.Code == "concession_ends" {
				asked += q.Code
			}
		}
		if asked != c.want {
			t.Errorf("%s: asked %q, want %q", name, asked, c.want)
		}
	}
}
