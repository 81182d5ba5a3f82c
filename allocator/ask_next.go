package allocator

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"haven/schema"
)

// askedAtOnce: a worker on the telephone can keep two questions in mind.
const askedAtOnce = 2

// Question is a fact that was not said and decides something.
type Question struct {
	Code    string `json:"code"`
	Words   string `json:"words"`
	Depends int    `json:"depends"` // free places of the kinds sought whose verdict turns on the answer
	Of      int    `json:"of"`      // free places of the kinds sought
}

// unsaid is a fact that a household may not have said. Its answers are the needs it would have become; none where it was said.
type unsaid struct {
	code, words string
	answers     func(need *schema.Need, place *schema.Place) []schema.Need
}

// unsaidFacts lists what may be asked next. Areas that are not safe are not in it: that there are none cannot be recorded, so it would be asked for ever.
func unsaidFacts() []unsaid {
	return []unsaid{
		{"recourse", "Does she have recourse to public funds?", yesOrNo(func(n *schema.Need) *schema.Fact { return &n.Recourse })},
		{"wheelchair", "Does anybody use a wheelchair?", yesOrNo(func(n *schema.Need) *schema.Fact { return &n.Wheelchair })},
		{"limited_mobility", "Can everybody manage stairs?", yesOrNo(func(n *schema.Need) *schema.Fact { return &n.LimitedMobility })},
		{"description", "How does she describe herself, if she wishes to say?", everyDescription},
		{"childs_sex", "Is each child a girl or a boy?", girlOrBoy},
		{"now_in", "Where is she now?", whereSheMayBe},
	}
}

// AskNext says which facts that nobody said would decide most places: at most two, what decides most first.
func (x *Index) AskNext(need schema.Need, now time.Time) []Question {
	return askNext(need, x.current.Load().all(), now)
}

// AskNext does the same over places in any order.
func AskNext(need schema.Need, places []schema.Place, now time.Time) []Question {
	return askNext(need, over(places), now)
}

func askNext(need schema.Need, places iter.Seq[*schema.Place], now time.Time) []Question {
	e := newEvaluator(&need, now)
	facts := unsaidFacts()
	questions := make([]Question, len(facts))
	of := 0
	for p := range places {
		if !e.sought(p) || !p.Vacancy.Free() {
			continue
		}
		of++
		for i, f := range facts {
			if e.turns(p, f.answers(&need, p)) {
				questions[i].Depends++
			}
		}
	}
	for i, f := range facts {
		questions[i].Code, questions[i].Words, questions[i].Of = f.code, f.words, of
	}
	questions = slices.DeleteFunc(questions, func(q Question) bool { return q.Depends == 0 })
	slices.SortStableFunc(questions, func(a, b Question) int { return cmp.Compare(b.Depends, a.Depends) })
	return questions[:min(askedAtOnce, len(questions))]
}

// turns says whether a place's verdict is not the same for all of some needs.
func (e *evaluator) turns(place *schema.Place, needs []schema.Need) bool {
	var first Verdict
	for i := range needs {
		v := e.with(&needs[i]).verdict(place)
		if i > 0 && v != first {
			return true
		}
		first = v
	}
	return false
}

func yesOrNo(of func(*schema.Need) *schema.Fact) func(*schema.Need, *schema.Place) []schema.Need {
	return func(need *schema.Need, _ *schema.Place) []schema.Need {
		if *of(need) != schema.Unknown {
			return nil
		}
		yes, no := *need, *need
		*of(&yes), *of(&no) = schema.Yes, schema.No
		return []schema.Need{yes, no}
	}
}

// everyDescription answers for all adults who did not say alike: their verdicts are put forward, never a guess at who they are.
func everyDescription(need *schema.Need, _ *schema.Place) []schema.Need {
	notSaid := func(a schema.Adult) bool { return a.As == schema.NotSaid }
	if !slices.ContainsFunc(need.Household.Adults, notSaid) {
		return nil
	}
	var answers []schema.Need
	for _, row := range schema.Descriptions() {
		if row.Code == schema.NotSaid {
			continue
		}
		n := *need
		n.Household.Adults = slices.Clone(need.Household.Adults)
		for i := range n.Household.Adults {
			if notSaid(n.Household.Adults[i]) {
				n.Household.Adults[i].As = row.Code
			}
		}
		answers = append(answers, n)
	}
	return answers
}

func girlOrBoy(need *schema.Need, _ *schema.Place) []schema.Need {
	notSaid := func(c schema.Child) bool { return c.Sex == schema.SexNotSaid }
	if !slices.ContainsFunc(need.Household.Children, notSaid) {
		return nil
	}
	var answers []schema.Need
	for _, sex := range []schema.Sex{schema.Girl, schema.Boy} {
		n := *need
		n.Household.Children = slices.Clone(need.Household.Children)
		for i := range n.Household.Children {
			if notSaid(n.Household.Children[i]) {
				n.Household.Children[i].Sex = sex
			}
		}
		answers = append(answers, n)
	}
	return answers
}

// whereSheMayBe tries the areas a place's verdict can turn on: each it does not take from, and its own. Anywhere else stands as not said.
func whereSheMayBe(need *schema.Need, place *schema.Place) []schema.Need {
	if need.NowIn != nil {
		return nil
	}
	answers := []schema.Need{*need}
	for _, area := range append(slices.Clone(place.Service.ExcludesFrom), place.Service.Area) {
		n := *need
		n.NowIn = &area
		answers = append(answers, n)
	}
	return answers
}
