package allocator_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

const (
	standard = "bedroom_standard"
	size     = "size_criteria"
	from16   = "own_room_at_16"
)

var bedroomCases = []ruleCase{
	{"too few", barred, motherOf(34, boy(12), girl(8)), flat(2, standard, yes), allocator.DoesNotFit, "The home has fewer bedrooms than the household needs: 3 bedrooms", ""},
	{"too few by every rule set, none named", barred, motherOf(34, boy(12), girl(8)), flat(2, "", yes), allocator.DoesNotFit, "fewer bedrooms", ""},
	{"too few, whatever the children's sex", barred, motherOf(34, child(12), child(12)), flat(1, standard, yes), allocator.DoesNotFit, "needs: 2 to 3 bedrooms", ""},
	{"too few by the landlord's own rule set", barred, motherOf(40, girl(17), girl(12)), flat(2, from16, yes), allocator.DoesNotFit, "needs: 3 bedrooms", ""},
	{"one more, and the landlord does not", barred, motherOf(34), flat(2, standard, no), allocator.DoesNotFit, "does not let a home with more bedrooms than the household needs: 1 bedroom.", ""},
	{"two more, though one would do", barred, motherOf(34), flat(3, standard, yes), allocator.DoesNotFit, "lets a home with one bedroom more than the household needs, and this one has more than that: the household needs 1 bedroom.", "does not let"},
	{"two more, and the landlord allows none", barred, motherOf(34), flat(3, standard, no), allocator.DoesNotFit, "does not let a home with more bedrooms", ""},
	{"exactly", allowed, motherOf(34, boy(12), girl(8)), flat(3, standard, no), allocator.Fits, "as many bedrooms as the household needs", ""},
	{"exactly by the other rule set", allowed, motherOf(40, girl(17), girl(12)), flat(2, standard, no), allocator.Fits, "", ""},
	{"exactly by the size criteria", allowed, motherOf(40, girl(17), girl(12)), flat(3, size, no), allocator.Fits, "", ""},
	{"exactly by every rule set", allowed, motherOf(34, boy(12), girl(8)), flat(3, "", no), allocator.Fits, "", ""},
	{"one more, and the landlord does", allowed, motherOf(34), flat(2, standard, yes), allocator.Fits, "one bedroom more", ""},
	{"a spare room whatever the sex", allowed, motherOf(34, child(12), child(12)), flat(3, standard, yes), allocator.Fits, "", ""},
	{"a couple", allowed, pair(schema.PartnerOf), flat(1, standard, no), allocator.Fits, "", ""},
	{"one who was 20 more than a year ago", allowed, func(n *schema.Need) {
		withRelative(20)(n)
		n.SaidAt = noon.AddDate(-1, -1, 0)
	}, flat(3, standard, no), allocator.Fits, "as many bedrooms", ""},
	{"a refuge counts none", allowed, motherOf(34, boy(12)), func(p *schema.Place) { p.Space.Bedrooms = 1 }, allocator.Fits, "counted for homes that are let", ""},
	{"nobody said how many", unknown, motherOf(34), flat(0, standard, yes), allocator.CheckFirst, "Ask the landlord how many bedrooms the home has", ""},
	{"below none", unknown, motherOf(34), flat(-1, standard, yes), allocator.CheckFirst, "how many bedrooms the home has", ""},
	{"rule set not said, and it matters", unknown, motherOf(40, girl(17), girl(12)), flat(2, "", no), allocator.CheckFirst, "it may be 2 to 3 bedrooms", ""},
	{"a child's sex not said", unknown, motherOf(34, child(12), child(12)), flat(2, standard, no), allocator.CheckFirst, "it may be 2 to 3 bedrooms", ""},
	{"a couple or not", unknown, pair(""), flat(1, from16, no), allocator.CheckFirst, "it may be 1 to 2 bedrooms", ""},
	{"an age not said", unknown, motherOf(0, girl(8)), flat(2, standard, no), allocator.CheckFirst, "it may be 1 to 2 bedrooms", ""},
	{"a birthday before she arrives", unknown, func(n *schema.Need) {
		motherOf(34, girl(15), girl(12))(n)
		n.ArriveBy = noon.Add(72 * time.Hour)
	}, flat(2, from16, no), allocator.CheckFirst, "it may be 2 to 3 bedrooms", ""},
	{"one more, and the landlord has not said", unknown, motherOf(34), flat(2, standard, unsaid), allocator.CheckFirst, "The home has more bedrooms than the household needs: ask the landlord", "does not"},
	{"two more, and the landlord has not said", unknown, motherOf(34), flat(3, standard, unsaid), allocator.CheckFirst, "ask the landlord whether it lets it to them", "does not"},
	{"five more, and the landlord has not said", unknown, motherOf(34), flat(6, "", unsaid), allocator.CheckFirst, "ask the landlord", "does not"},
	{"two more, or one with a child's sex not said", unknown, motherOf(34, child(12), child(12)), flat(4, standard, yes), allocator.CheckFirst, "it may be 2 to 3 bedrooms", ""},
	{"one of 20 who may share", unknown, withRelative(20), flat(3, standard, no), allocator.CheckFirst, "it may be 2 to 3 bedrooms", ""},
	{"nobody", unknown, func(n *schema.Need) { n.Household = schema.Household{} }, flat(2, standard, yes), allocator.CheckFirst, "Say who needs a place", ""},
}

func boy(age int) schema.Child   { return schema.Child{Age: age, Sex: schema.Boy} }
func girl(age int) schema.Child  { return schema.Child{Age: age, Sex: schema.Girl} }
func child(age int) schema.Child { return schema.Child{Age: age} }

func motherOf(age int, children ...schema.Child) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Household.Adults = []schema.Adult{{As: schema.Woman, Age: age}}
		n.Household.Children = children
	}
}

func pair(is string) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Household.Adults = []schema.Adult{{As: schema.Woman, Age: 34}, {As: schema.Woman, Age: 50, Is: is}}
	}
}

// withRelative is a mother and a girl with a relative.
func withRelative(age int) func(*schema.Need) {
	return func(n *schema.Need) {
		motherOf(40, girl(12))(n)
		n.Household.Adults = append(n.Household.Adults, schema.Adult{As: schema.Woman, Age: age, Is: "relative"})
	}
}

func flat(bedrooms int, rules string, spare schema.Fact) func(*schema.Place) {
	return func(p *schema.Place) {
		of(schema.SocialTenancy)(p)
		p.Space.Bedrooms, p.Service.Lets.BedroomRules, p.Service.Lets.SpareRoom = bedrooms, rules, spare
	}
}

// genBedrooms keeps to rule sets by which no adult's age counts: mending the rule that reads those ages would mend, or break, the bedrooms too.
func genBedrooms(t *rapid.T, p *schema.Place) {
	p.Space.Bedrooms = rapid.IntRange(0, 5).Draw(t, "bedrooms")
	p.Service.Lets.BedroomRules = rapid.SampledFrom([]string{size, from16}).Draw(t, "rules")
	p.Service.Lets.SpareRoom = genFact().Draw(t, "spare room")
}

// mendBedrooms gives a home of the right size, and says whatever leaves the size open.
func mendBedrooms(n *schema.Need, p *schema.Place) {
	h := &n.Household
	for i := range h.Adults {
		if i > 0 && h.Adults[i].Is == "" {
			h.Adults[i].Is = "relative"
		}
	}
	for i := range h.Children {
		c := &h.Children[i]
		if c.Sex == schema.SexNotSaid {
			c.Sex = schema.Girl
		}
		if c.Age == 9 || c.Age == 15 {
			c.Born = noon.AddDate(-c.Age, -6, 0).Format(time.DateOnly)
		}
	}
	p.Service.Lets.BedroomRules = from16
	p.Space.Bedrooms, _ = allocator.BedroomsNeeded(*h, from16)
}

// TestBedroomsNeeded by hand, from the words of the rule sets.
func TestBedroomsNeeded(t *testing.T) {
	t.Parallel()
	woman := func(age int) schema.Adult { return schema.Adult{As: schema.Woman, Age: age, Is: "relative"} }
	mother := schema.Adult{As: schema.Woman, Age: 40}
	rows := []struct {
		name                        string
		adults                      []schema.Adult
		children                    []schema.Child
		standard, standardMost      int
		ownRoomAt16, ownRoomAt16Max int
	}{
		{"nobody", nil, nil, 0, 0, 0, 0},
		{"one", []schema.Adult{mother}, nil, 1, 1, 1, 1},
		{"a boy and a girl under 10", []schema.Adult{mother}, []schema.Child{boy(9), girl(2)}, 2, 2, 2, 2},
		{"a boy and a girl, one of 10", []schema.Adult{mother}, []schema.Child{boy(10), girl(2)}, 3, 3, 3, 3},
		{"a son of 20 and a boy of 10", []schema.Adult{mother, {As: schema.Man, Age: 20, Is: schema.AdultChildOf}}, []schema.Child{boy(10)}, 2, 3, 3, 3},
		{"a son of 21 and a boy", []schema.Adult{mother, {As: schema.Man, Age: 21, Is: schema.AdultChildOf}}, []schema.Child{boy(10)}, 3, 3, 3, 3},
		{"an older girl with a younger one", []schema.Adult{mother}, []schema.Child{girl(13), girl(4)}, 2, 2, 2, 2},
		{"an older girl, a younger girl and a younger boy", []schema.Adult{mother}, []schema.Child{girl(13), girl(4), boy(5)}, 3, 3, 3, 3},
		{"older ones out of a young pair", []schema.Adult{mother}, []schema.Child{girl(13), boy(12), girl(4), boy(5)}, 3, 3, 3, 3},
		{"three boys of 15, 16 and 17", []schema.Adult{mother}, []schema.Child{boy(15), boy(16), boy(17)}, 3, 3, 4, 4},
		{"five under 10", []schema.Adult{mother}, []schema.Child{boy(1), boy(3), girl(5), girl(7), girl(9)}, 4, 4, 4, 4},
		{"a couple and a relative", []schema.Adult{mother, {As: schema.Man, Age: 50, Is: schema.PartnerOf}, woman(60)}, nil, 2, 2, 2, 2},
		{"a carer", []schema.Adult{mother, {As: schema.Woman, Age: 50, Is: schema.CarerOf}}, nil, 2, 2, 2, 2},
		{"one of two may be the partner", []schema.Adult{mother, {As: schema.Man, Age: 50}, {As: schema.Man, Age: 60}}, nil, 2, 3, 2, 3},
		{"a person of 20 who did not say how he describes himself", []schema.Adult{mother, {Age: 20, Is: schema.AdultChildOf}}, []schema.Child{girl(12)}, 2, 3, 3, 3},
		{"the age of an adult not said", []schema.Adult{mother, {As: schema.Woman, Is: "relative"}}, []schema.Child{girl(12)}, 2, 3, 3, 3},
	}
	for _, r := range rows {
		h := schema.Household{Adults: r.adults, Children: r.children}
		if least, most := allocator.BedroomsNeeded(h, standard); least != r.standard || most != r.standardMost {
			t.Errorf("%s, bedroom standard: got %d to %d, want %d to %d", r.name, least, most, r.standard, r.standardMost)
		}
		for _, rules := range []string{size, from16} {
			if least, most := allocator.BedroomsNeeded(h, rules); least != r.ownRoomAt16 || most != r.ownRoomAt16Max {
				t.Errorf("%s, %s: got %d to %d, want %d to %d", r.name, rules, least, most, r.ownRoomAt16, r.ownRoomAt16Max)
			}
		}
	}
}

// TestBedroomsRangeIsExact: least and most are what the plain counting of each household that this one can be gives, no wider and no narrower.
func TestBedroomsRangeIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := schema.Household{
			Adults: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) schema.Adult {
				return schema.Adult{
					As:  rapid.SampledFrom([]schema.Described{schema.Woman, schema.Woman, schema.Man, schema.NonBinary}).Draw(t, "as"),
					Age: rapid.SampledFrom([]int{0, 16, 20, 21, 40}).Draw(t, "age"),
					Is:  rapid.SampledFrom([]string{"", "relative", schema.AdultChildOf, schema.PartnerOf}).Draw(t, "is"),
				}
			}), 1, 3).Draw(t, "adults"),
			Children: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) schema.Child {
				return schema.Child{
					Age: rapid.SampledFrom([]int{0, 9, 10, 15, 16, 17}).Draw(t, "age"),
					Sex: rapid.SampledFrom([]schema.Sex{schema.SexNotSaid, schema.Girl, schema.Boy}).Draw(t, "sex"),
				}
			}), 0, 5).Draw(t, "children"),
		}
		h.Adults[0].Is = ""
		rules := rapid.SampledFrom([]string{standard, size, from16}).Draw(t, "rules")
		own := 16
		if rules == standard {
			own = 21
		}
		wantLeast, wantMost := 99, 0
		everyHousehold(h, func(people []person, couple bool) {
			n := plainBedrooms(people, couple, own)
			wantLeast, wantMost = min(wantLeast, n), max(wantMost, n)
		})
		if least, most := allocator.BedroomsNeeded(h, rules); least != wantLeast || most != wantMost {
			t.Fatalf("got %d to %d, want %d to %d", least, most, wantLeast, wantMost)
		}
	})
}

// TestBedroomsReadNoDescription: who describes herself as a woman, a trans woman or not at all is counted alike (S8).
func TestBedroomsReadNoDescription(t *testing.T) {
	t.Parallel()
	for _, rules := range []string{standard, size, from16} {
		for _, row := range schema.Descriptions() {
			h := schema.Household{
				Adults:   []schema.Adult{{As: row.Code, Age: 40}, {As: row.Code, Age: 20, Is: schema.AdultChildOf}},
				Children: []schema.Child{girl(12)},
			}
			least, most := allocator.BedroomsNeeded(h, rules)
			if wantLeast := map[string]int{standard: 2, size: 3, from16: 3}[rules]; least != wantLeast || most != 3 {
				t.Errorf("%s, %s: got %d to %d, want %d to 3", rules, row.Label, least, most, wantLeast)
			}
		}
	}
}

// person as a rule set needs to know one.
type person struct {
	age int
	sex schema.Sex
}

// everyHousehold gives each household of whom everything is known that h can be, without a couple's two.
func everyHousehold(h schema.Household, each func(people []person, couple bool)) {
	options := func(a schema.Adult) (out []person) {
		ages, sexes := []int{a.Age, 30}, []schema.Sex{schema.Girl, schema.Boy} // at 30 nobody shares
		if a.Age == 0 {
			ages = []int{16, 30}
		}
		for _, age := range ages {
			for _, sex := range sexes {
				out = append(out, person{age, sex})
			}
		}
		return out
	}
	partners := []int{0} // none
	for i, a := range h.Adults[1:] {
		if a.Is == "" {
			partners = append(partners, i+1)
		}
	}
	if i := slices.IndexFunc(h.Adults, func(a schema.Adult) bool { return a.Is == schema.PartnerOf }); i > 0 {
		partners = []int{i}
	}
	for _, partner := range partners {
		var everybody [][]person
		for i, a := range h.Adults {
			if partner == 0 || i != 0 && i != partner {
				everybody = append(everybody, options(a))
			}
		}
		for _, c := range h.Children {
			if c.Sex == schema.SexNotSaid {
				everybody = append(everybody, []person{{c.Age, schema.Girl}, {c.Age, schema.Boy}})
				continue
			}
			everybody = append(everybody, []person{{c.Age, c.Sex}})
		}
		var known []person
		var next func(int)
		next = func(i int) {
			if i == len(everybody) {
				each(known, partner > 0)
				return
			}
			for _, p := range everybody[i] {
				known = append(known, p)
				next(i + 1)
				known = known[:len(known)-1]
			}
		}
		next(0)
	}
}

// plainBedrooms counts step by step as the bedroom standard is worded.
func plainBedrooms(people []person, couple bool, own int) int {
	rooms := 0
	if couple {
		rooms++
	}
	older, young := map[schema.Sex]int{}, map[schema.Sex]int{}
	for _, p := range people {
		switch {
		case p.age >= own:
			rooms++
		case p.age >= 10:
			older[p.sex]++
		default:
			young[p.sex]++
		}
	}
	for _, sex := range []schema.Sex{schema.Girl, schema.Boy} {
		rooms += older[sex] / 2
		if older[sex]%2 == 1 {
			rooms++
			if young[sex] > 0 {
				young[sex]--
			}
		}
	}
	return rooms + (young[schema.Girl]+young[schema.Boy]+1)/2
}
