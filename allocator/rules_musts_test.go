package allocator_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

func mustsGroup() ruleGroup {
	g := ruleGroup{
		cases: map[string][]ruleCase{},
		mend:  map[string]func(*schema.Need, *schema.Place){},
		need:  genWishes,
		place: genWishedFor,
	}
	for wish, cases := range mustCases {
		g.cases["must_"+string(wish)] = cases
		g.mend["must_"+string(wish)] = func(n *schema.Need, p *schema.Place) {
			n.Wishes = slices.DeleteFunc(slices.Clone(n.Wishes), func(w schema.Wish) bool { return w.Code == wish && w.Tier == schema.Must })
		}
	}
	return g
}

var mustCases = map[schema.WishCode][]ruleCase{
	schema.WishSelfContained: {
		{"shared", barred, must(schema.WishSelfContained, ""), selfContained(schema.No), allocator.DoesNotFit, "is not self-contained", ""},
		{"self-contained", allowed, must(schema.WishSelfContained, ""), selfContained(schema.Yes), allocator.Fits, "", ""},
		{"only wished for", allowed, wishing(schema.WishSelfContained, schema.Strong), selfContained(schema.No), allocator.Fits, "Nobody said", ""},
		{"her own home", allowed, must(schema.WishSelfContained, ""), func(p *schema.Place) { of(schema.Sanctuary)(p) }, allocator.Fits, "own home", ""},
		{"the service has not said", unknown, must(schema.WishSelfContained, ""), selfContained(schema.Unknown), allocator.CheckFirst, "Ask the service", ""},
	},
	schema.WishShared: {
		{"self-contained", barred, must(schema.WishShared, ""), selfContained(schema.Yes), allocator.DoesNotFit, "not shared", ""},
		{"shared", allowed, must(schema.WishShared, ""), selfContained(schema.No), allocator.Fits, "", ""},
		{"the service has not said", unknown, must(schema.WishShared, ""), selfContained(schema.Unknown), allocator.CheckFirst, "", ""},
	},
	schema.WishOwnKitchen: {
		{"shared", barred, must(schema.WishOwnKitchen, ""), func(p *schema.Place) { p.Space.OwnKitchen = schema.No }, allocator.DoesNotFit, "no kitchen of its own", ""},
		{"its own", allowed, must(schema.WishOwnKitchen, ""), func(p *schema.Place) { p.Space.OwnKitchen = schema.Yes }, allocator.Fits, "", ""},
		{"a self-contained space has one", allowed, must(schema.WishOwnKitchen, ""), selfContained(schema.Yes), allocator.Fits, "", ""},
		{"the service has not said", unknown, must(schema.WishOwnKitchen, ""), nil, allocator.CheckFirst, "Ask the service", ""},
	},
	schema.WishOwnBathroom: {
		{"shared", barred, must(schema.WishOwnBathroom, ""), func(p *schema.Place) { p.Space.OwnBathroom = schema.No }, allocator.DoesNotFit, "no bathroom of its own", ""},
		{"a self-contained space has one", allowed, must(schema.WishOwnBathroom, ""), selfContained(schema.Yes), allocator.Fits, "", ""},
		{"a kitchen is not a bathroom", unknown, must(schema.WishOwnBathroom, ""), func(p *schema.Place) { p.Space.OwnKitchen = schema.Yes }, allocator.CheckFirst, "", ""},
	},
	schema.WishRegions: {
		{"far outside", barred, mustBeIn(cardiff, glasgow), nil, allocator.DoesNotFit, "outside the areas", ""},
		{"another council, though the circles overlap", barred, mustBeIn(solihull), at(birmingham), allocator.DoesNotFit, "", ""},
		{"in one of them", allowed, mustBeIn(cardiff, yorkshire), nil, allocator.Fits, "", ""},
		{"across the edge", unknown, mustBeIn(b11), at(birmingham), allocator.CheckFirst, "", ""},
		{"area not published", unknown, mustBeIn(yorkshire), at(schema.Area{}), allocator.CheckFirst, "Ask the service", ""},
	},
	schema.WishSetting: {
		{"another", barred, must(schema.WishSetting, "country"), func(p *schema.Place) { p.Service.Setting = "city" }, allocator.DoesNotFit, "another setting", ""},
		{"the same", allowed, must(schema.WishSetting, "country"), func(p *schema.Place) { p.Service.Setting = "country" }, allocator.Fits, "", ""},
		{"the service has not said", unknown, must(schema.WishSetting, "country"), nil, allocator.CheckFirst, "in a city, in a town or in the country", ""},
	},
	schema.WishRunFor: {
		{"run for others", barred, must(schema.WishRunFor, "deaf"), runFor(schema.No, "lgbt"), allocator.DoesNotFit, "not run by and for", ""},
		{"run for nobody in particular", barred, must(schema.WishRunFor, "deaf"), nil, allocator.DoesNotFit, "", ""},
		{"run for them", allowed, must(schema.WishRunFor, "deaf"), runFor(schema.No, "lgbt", "deaf"), allocator.Fits, "", ""},
		{"a specialist service that has not said for whom", unknown, must(schema.WishRunFor, "deaf"), of(schema.Specialist), allocator.CheckFirst, "Ask the service", ""},
	},
	schema.WishSpoken: {
		{"others are", barred, must(schema.WishSpoken, "urdu"), staffSpeak("polish"), allocator.DoesNotFit, "speak the language", ""},
		{"one of two", barred, func(n *schema.Need) { must(schema.WishSpoken, "urdu")(n); must(schema.WishSpoken, "polish")(n) }, staffSpeak("polish"), allocator.DoesNotFit, "", ""},
		{"it is", allowed, must(schema.WishSpoken, "urdu"), staffSpeak("polish", "urdu"), allocator.Fits, "", ""},
		{"English goes without saying", allowed, must(schema.WishSpoken, "english"), nil, allocator.Fits, "", ""},
		{"two other languages need not be one", unknown, must(schema.WishSpoken, "other"), staffSpeak("other"), allocator.CheckFirst, "Ask the service", ""},
		{"the service has not said", unknown, must(schema.WishSpoken, "urdu"), nil, allocator.CheckFirst, "Ask the service", ""},
	},
	schema.WishChildrens: {
		{"none", barred, must(schema.WishChildrens, ""), stating("childrens_worker", schema.No), allocator.DoesNotFit, "no children's worker", ""},
		{"one", allowed, must(schema.WishChildrens, ""), stating("childrens_worker", schema.Yes), allocator.Fits, "", ""},
		{"the service has not said", unknown, must(schema.WishChildrens, ""), nil, allocator.CheckFirst, "Ask the service", ""},
	},
}

// TestEveryWishThatCanBeAMustIsARule: a new row of schema.WishKinds without one would be a must that nothing holds a place to.
func TestEveryWishThatCanBeAMustIsARule(t *testing.T) {
	t.Parallel()
	for _, kind := range schema.WishKinds() {
		i := slices.IndexFunc(allocator.Rules(), func(r allocator.Rule) bool { return r.Code == "must_"+string(kind.Code) })
		if (i < 0) != kind.Orders {
			t.Errorf("wish %s: rule %d, orders only: %v", kind.Code, i, kind.Orders)
		}
		if i >= 0 && allocator.Rules()[i].Relax != "must_"+string(kind.Code) {
			t.Errorf("wish %s cannot be done without", kind.Code)
		}
	}
}

func must(code schema.WishCode, which string) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Wishes = append(n.Wishes, schema.Wish{Code: code, Tier: schema.Must, Which: which})
	}
}

func wishing(code schema.WishCode, tier schema.Tier) func(*schema.Need) {
	return func(n *schema.Need) { n.Wishes = append(n.Wishes, schema.Wish{Code: code, Tier: tier}) }
}

func mustBeIn(areas ...schema.Area) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Wishes = []schema.Wish{{Code: schema.WishRegions, Tier: schema.Must, Areas: areas}}
	}
}

func selfContained(f schema.Fact) func(*schema.Place) {
	return func(p *schema.Place) { p.Space.SelfContained = f }
}

func staffSpeak(languages ...string) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.Languages = languages }
}

func genWish() *rapid.Generator[schema.Wish] {
	return rapid.Custom(func(t *rapid.T) schema.Wish {
		kind := rapid.SampledFrom(schema.WishKinds()).Draw(t, "wish")
		w := schema.Wish{Code: kind.Code, Tier: rapid.SampledFrom([]schema.Tier{schema.Nice, schema.Strong, schema.Must}).Draw(t, "tier")}
		if kind.Orders && w.Tier == schema.Must {
			w.Tier = schema.Strong
		}
		switch kind.Code {
		case schema.WishRegions:
			w.Areas = rapid.SliceOfN(genArea(), 1, 2).Draw(t, "areas")
		case schema.WishRunFor:
			w.Which = rapid.SampledFrom(twoGroups).Draw(t, "group")
		case schema.WishSpoken:
			w.Which = rapid.SampledFrom(twoLanguages).Draw(t, "language")
		case schema.WishSetting:
			w.Which = rapid.SampledFrom(schema.Settings).Draw(t, "setting").Code
		}
		return w
	})
}

var twoLanguages = []string{"urdu", "polish"}

func genWishes(t *rapid.T, n *schema.Need) {
	n.Wishes = append(n.Wishes, rapid.SliceOfN(genWish(), 0, 4).Draw(t, "wishes")...)
}

func genWishedFor(t *rapid.T, p *schema.Place) {
	p.Space.OwnKitchen, p.Space.OwnBathroom = genFact().Draw(t, "own kitchen"), genFact().Draw(t, "own bathroom")
	p.Service.Setting = rapid.SampledFrom([]string{"", "city", "town", "country"}).Draw(t, "setting")
	p.Service.Takes.ChildrensWorker = genFact().Draw(t, "children's worker")
	p.Service.Takes.Languages = rapid.SliceOfNDistinct(rapid.SampledFrom(twoLanguages), 0, 2, rapid.ID[string]).Draw(t, "languages")
}
