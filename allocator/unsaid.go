package allocator

import (
	"maps"
	"math"
	"slices"

	"haven/schema"
)

// unsaid is a fact that a household may not have said.
type unsaid struct {
	code, words string
	// answers are the needs it would have become; none where it was said. What every rule makes of them at any place is what decides.
	answers func(*schema.Need) []schema.Need
	// at gives the answers that a place can turn on where they are others; nil for none others. Answers has one at least of every sort then, by
	// which the rules that read the fact are found.
	at func(*schema.Need, *schema.Place) []schema.Need
}

// unsaidFacts lists what may be asked next. Areas that are not safe are not in it: that there are none cannot be recorded, so it would be asked for
// ever. Nor is how many people cause harm, nor which groups she belongs to.
func unsaidFacts() []unsaid {
	var facts []unsaid
	for _, row := range schema.NeedFacts() {
		facts = append(facts, unsaid{code: row.Code, words: row.Question, answers: yesOrNo(row.Of)})
	}
	facts = append(facts,
		unsaid{code: "description", words: "How do the adults describe themselves, if they wish to say?", answers: everyDescription},
		unsaid{code: "childs_sex", words: "Is each child a girl or a boy?", answers: girlOrBoy},
		unsaid{code: "adult_age", words: "How old is each adult?", answers: anAge, at: ageLimits},
		unsaid{code: "now_in", words: "Where are they now?", answers: somewhere, at: whereSheMayBe},
		unsaid{code: "language", words: "In which language do they want to be spoken to?", answers: everyLanguage},
		unsaid{code: "can_pay", words: "What can they pay a week?", answers: anyRent},
		unsaid{code: "concession_ends", words: "Until when does the concession last?", answers: overOrNot},
	)
	for _, row := range schema.SupportNeeds {
		facts = append(facts, unsaid{code: "support." + row.Code, words: "Does anybody need " + inSentence(row.Words) + "?", answers: supportOf(row.Code)})
	}
	return facts
}

func yesOrNo(of func(*schema.Need) *schema.Fact) func(*schema.Need) []schema.Need {
	return func(need *schema.Need) []schema.Need {
		if *of(need) != schema.Unknown {
			return nil
		}
		yes, no := *need, *need
		*of(&yes), *of(&no) = schema.Yes, schema.No
		return []schema.Need{yes, no}
	}
}

func supportOf(code string) func(*schema.Need) []schema.Need {
	return func(need *schema.Need) []schema.Need {
		if need.Support[code] != schema.Unknown {
			return nil
		}
		var answers []schema.Need
		for _, f := range []schema.Fact{schema.Yes, schema.No} {
			n := *need
			n.Support = map[string]schema.Fact{}
			maps.Copy(n.Support, need.Support)
			n.Support[code] = f
			answers = append(answers, n)
		}
		return answers
	}
}

// everyDescription answers for all adults who did not say alike: their verdicts are put forward, never a guess at who they are.
func everyDescription(need *schema.Need) []schema.Need {
	unsaid := func(a schema.Adult) bool { return a.As == schema.NotSaid }
	var answers []schema.Need
	for _, row := range schema.Descriptions() {
		if row.Code != schema.NotSaid {
			answers = append(answers, withAdults(need, unsaid, func(a *schema.Adult) { a.As = row.Code })...)
		}
	}
	return answers
}

func girlOrBoy(need *schema.Need) []schema.Need {
	unsaid := func(c schema.Child) bool { return c.Sex == schema.SexNotSaid }
	if !slices.ContainsFunc(need.Household.Children, unsaid) {
		return nil
	}
	var answers []schema.Need
	for _, sex := range []schema.Sex{schema.Girl, schema.Boy} {
		n := *need
		n.Household.Children = slices.Clone(need.Household.Children)
		for i := range n.Household.Children {
			if unsaid(n.Household.Children[i]) {
				n.Household.Children[i].Sex = sex
			}
		}
		answers = append(answers, n)
	}
	return answers
}

// anAge of an adult, on either side of the age from which a bedroom is not shared. Nobody is taken to be 16 or 17.
func anAge(need *schema.Need) []schema.Need { return aged(need, adult, 20, 21) }

// ageLimits tries the ages on either side of each limit that the service states, besides.
func ageLimits(need *schema.Need, place *schema.Place) []schema.Need {
	if from, to := adultAges(&place.Service.Takes); from == adult && to == math.MaxInt {
		return nil
	}
	ages := []int{adult, 20, 21}
	if from := place.Service.Takes.AgeFrom; from != nil {
		ages = append(ages, max(adult, *from-1), max(adult, *from))
	}
	if to := place.Service.Takes.AgeTo; to != nil {
		ages = append(ages, max(adult, *to), max(adult, *to+1))
	}
	return aged(need, ages...)
}

func aged(need *schema.Need, ages ...int) []schema.Need {
	var answers []schema.Need
	for _, age := range ages {
		answers = append(answers, withAdults(need, func(a schema.Adult) bool { return a.Age == 0 }, func(a *schema.Adult) { a.Age = age })...)
	}
	return answers
}

// withAdults gives the need with an answer for each adult who has not said, or nothing where all have.
func withAdults(need *schema.Need, unsaid func(schema.Adult) bool, answer func(*schema.Adult)) []schema.Need {
	if !slices.ContainsFunc(need.Household.Adults, unsaid) {
		return nil
	}
	n := *need
	n.Household.Adults = slices.Clone(need.Household.Adults)
	for i := range n.Household.Adults {
		if unsaid(n.Household.Adults[i]) {
			answer(&n.Household.Adults[i])
		}
	}
	return []schema.Need{n}
}

func everyLanguage(need *schema.Need) []schema.Need {
	if need.Language != "" {
		return nil
	}
	var answers []schema.Need
	for _, row := range schema.Languages {
		n := *need
		n.Language = row.Code
		answers = append(answers, n)
	}
	return answers
}

// anyRent is nothing and whatever is asked: rent comes from what somebody in work can pay.
func anyRent(need *schema.Need) []schema.Need {
	if need.Funding.CanPay != nil || need.Funding.Works != schema.Yes {
		return nil
	}
	nothing, enough := *need, *need
	nothing.Funding.CanPay, enough.Funding.CanPay = new(0), new(math.MaxInt)
	return []schema.Need{nothing, enough}
}

// overOrNot has the concession end before anybody arrives, and long after.
func overOrNot(need *schema.Need) []schema.Need {
	if need.Funding.ConcessionEnds != "" || need.Funding.Route != concessionRoute {
		return nil
	}
	over, lasting := *need, *need
	over.Funding.ConcessionEnds, lasting.Funding.ConcessionEnds = "2000-01-01", "2200-01-01"
	return []schema.Need{over, lasting}
}

// somewhere stands for wherever she may be.
func somewhere(need *schema.Need) []schema.Need {
	return inAreas(need, schema.Area{Kind: schema.AreaPlace, Code: "somewhere", Lat: 52, Lon: -1, RadiusKm: 1, Located: true})
}

// whereSheMayBe tries the areas a place's verdict can turn on: each it does not take from, and its own. Anywhere else stands as not said.
func whereSheMayBe(need *schema.Need, place *schema.Place) []schema.Need {
	return inAreas(need, append(slices.Clone(place.Service.ExcludesFrom), place.Service.Area)...)
}

func inAreas(need *schema.Need, areas ...schema.Area) []schema.Need {
	if need.NowIn != nil {
		return nil
	}
	answers := make([]schema.Need, len(areas)+1) // made for every place
	answers[0] = *need
	for i := range areas {
		answers[i+1] = *need
		answers[i+1].NowIn = &areas[i]
	}
	return answers
}
