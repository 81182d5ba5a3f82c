package web

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/schema"
	"haven/schema/gazetteer"
)

// needs draws needs that can be true, with every fact there is: yes and no facts, code lists and wishes come from schema's tables, so that the
// next one is drawn without an edit here.
func needs(g *gazetteer.Gazetteer) *rapid.Generator[schema.Need] {
	return rapid.Custom(func(t *rapid.T) schema.Need {
		n := schema.Need{
			Household:  households().Draw(t, "household"),
			Offers:     some(t, "offers", schema.OfferTonight, schema.OfferStayHome, schema.OfferSettle),
			Provisions: some(t, "provisions", schema.Refuge, schema.Dispersed, schema.SocialTenancy),
			Harm:       schema.Harm{People: rapid.IntRange(0, schema.MostPeopleCausingHarm).Draw(t, "harm")},
			Language:   maybeCode(t, schema.Languages),
			Support:    facts(t, schema.SupportNeeds),
			RunFor:     facts(t, schema.Groups),
			Funding:    schema.Funding{Route: maybeCode(t, schema.FundingRoutes), CanPay: rapid.Ptr(rapid.IntRange(0, 2000), true).Draw(t, "can_pay")},
			Tonight:    schema.Tonight{Sleeps: schema.SleepsCode(maybeCode(t, schema.Sleeps))},
		}
		if n.Funding.Route == "mvdac" && rapid.Bool().Draw(t, "ends") {
			n.Funding.ConcessionEnds = "2027-03-27"
		}
		for range rapid.IntRange(0, 3).Draw(t, "avoid") {
			n.Avoid = append(n.Avoid, schema.Avoid{
				Area: area(t, g), MarginMiles: rapid.Ptr(rapid.Float64Range(0, 200), true).Draw(t, "margin"), Because: maybeCode(t, schema.AvoidBecause),
				Person: rapid.IntRange(0, schema.MostPeopleCausingHarm).Draw(t, "person"),
			})
		}
		for range rapid.IntRange(0, 2).Draw(t, "routes") {
			n.Routes = append(n.Routes, schema.Route{From: area(t, g), To: area(t, g), MarginMiles: rapid.Ptr(rapid.Float64Range(0, 200), true).Draw(t, "margin")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "near") {
			n.Near = append(n.Near, schema.Near{Area: area(t, g), WithinMiles: rapid.Float64Range(1, 500).Draw(t, "within"), Because: code(t, schema.NearBecause)})
		}
		if rapid.Bool().Draw(t, "now") {
			now := area(t, g)
			n.NowIn = &now
		}
		for _, kind := range schema.WishKinds() {
			if rapid.Bool().Draw(t, "wished") {
				n.Wishes = append(n.Wishes, wish(t, g, kind))
			}
		}
		for _, row := range schema.NeedFacts() {
			*row.Of(&n) = rapid.SampledFrom([]schema.Fact{schema.Unknown, schema.Yes, schema.No}).Draw(t, row.Code)
		}
		if rapid.Bool().Draw(t, "later") {
			n.ArriveBy = time.Date(2026, 12, 1, 18, 30, 0, 0, time.UTC)
		}
		if rapid.Bool().Draw(t, "risk") {
			n.Risk = schema.Risk{Level: schema.RiskHigh, Source: code(t, schema.RiskSources), On: "2026-11-20"}
		}
		if n.Household.Pregnant == schema.Yes {
			n.Household.Expecting, n.Household.Due = rapid.IntRange(0, 3).Draw(t, "expecting"), rapid.SampledFrom([]string{"", "2027-03-27"}).Draw(t, "due")
		}
		if err := n.Check(); err != nil {
			t.Fatalf("the test draws a need that cannot be true: %v", err)
		}
		return n
	})
}

func households() *rapid.Generator[schema.Household] {
	return rapid.Custom(func(t *rapid.T) schema.Household {
		var h schema.Household
		for i := range rapid.IntRange(1, 3).Draw(t, "adults") {
			a := schema.Adult{As: rapid.SampledFrom(schema.Descriptions()).Draw(t, "as").Code, Age: rapid.SampledFrom([]int{0, 16, 34, 120}).Draw(t, "age")}
			if i > 0 {
				a.Is = maybeCode(t, schema.Relations)
			}
			h.Adults = append(h.Adults, a)
		}
		for range rapid.IntRange(0, 3).Draw(t, "children") {
			c := schema.Child{
				Age: rapid.IntRange(0, 17).Draw(t, "age"), Sex: rapid.SampledFrom([]schema.Sex{schema.SexNotSaid, schema.Girl, schema.Boy}).Draw(t, "sex"),
			}
			if rapid.Bool().Draw(t, "born") {
				c.Born = time.Now().AddDate(-c.Age, 0, -1).Format(time.DateOnly) // a date that is not true of the age is refused
			}
			h.Children = append(h.Children, c)
		}
		return h
	})
}

func wish(t *rapid.T, g *gazetteer.Gazetteer, kind schema.WishKind) schema.Wish {
	tiers := []schema.Tier{schema.Strong, schema.Nice}
	if !kind.Orders {
		tiers = append(tiers, schema.Must)
	}
	w := schema.Wish{Code: kind.Code, Tier: rapid.SampledFrom(tiers).Draw(t, "tier")}
	if kind.Of != nil {
		w.Which = code(t, kind.Of)
	}
	if kind.Code == schema.WishRegions {
		for range rapid.IntRange(1, 3).Draw(t, "wished areas") {
			w.Areas = append(w.Areas, area(t, g))
		}
	}
	return w
}

func area(t *rapid.T, g *gazetteer.Gazetteer) schema.Area {
	name := rapid.SampledFrom([]string{"B11", "LS1", "Solihull", "Newport, Wales", "West Midlands", "Bradford", "Wales", "Bath and North East Somerset"}).Draw(t, "area")
	a, err := g.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func code(t *rapid.T, list schema.Codes) string { return rapid.SampledFrom(list).Draw(t, "code").Code }

func maybeCode(t *rapid.T, list schema.Codes) string {
	if rapid.Bool().Draw(t, "said") {
		return code(t, list)
	}
	return ""
}

func facts(t *rapid.T, list schema.Codes) map[string]schema.Fact {
	var out map[string]schema.Fact
	for _, row := range list {
		if f := rapid.SampledFrom([]schema.Fact{schema.Unknown, schema.Yes, schema.No}).Draw(t, row.Code); f != schema.Unknown {
			if out == nil {
				out = map[string]schema.Fact{}
			}
			out[row.Code] = f
		}
	}
	return out
}

func some[T any](t *rapid.T, what string, all ...T) []T {
	var out []T
	for _, one := range all {
		if rapid.Bool().Draw(t, what) {
			out = append(out, one)
		}
	}
	return out
}

// TestNeedsAreDrawnWhole: a fact that is never drawn would make every property over needs pass for nothing.
func TestNeedsAreDrawnWhole(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	drawn := map[string]bool{}
	for seed := range 40 {
		mark(drawn, reflect.ValueOf(needs(g).Example(seed)), "Need")
	}
	var missing []string
	for path, seen := range drawn {
		if !seen {
			missing = append(missing, path)
		}
	}
	slices.Sort(missing)
	want := []string{"Need.Declined", "Need.SaidAt"}
	if !slices.Equal(missing, want) {
		t.Errorf("never drawn: %v, want only what the ledger writes: %v", missing, want)
	}
}

// mark notes each field that a value has, and whether it is ever other than zero.
func mark(seen map[string]bool, v reflect.Value, path string) {
	seen[path] = seen[path] || !v.IsZero()
	switch {
	case v.Kind() == reflect.Slice && v.Len() > 0:
		for i := range v.Len() {
			mark(seen, v.Index(i), path)
		}
	case v.Kind() == reflect.Struct && v.Type() != timeType && v.Type() != reflect.TypeFor[schema.Area]():
		for i, f := range reflect.VisibleFields(v.Type()) {
			mark(seen, v.Field(i), path+"."+f.Name)
		}
	}
}

// TestAPINeedGoesRoundUnchanged: what was read can be sent, and is the same need.
func TestAPINeedGoesRoundUnchanged(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	rapid.Check(t, func(t *rapid.T) {
		n := needs(g).Draw(t, "need")
		kept := n.WithDeclined(schema.Declined{Service: "s", Space: "r", By: schema.ByService, Why: "no_staff"})
		kept.SaidAt = time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
		raw, err := json.Marshal(toAPINeed(kept))
		if err != nil {
			t.Fatal(err)
		}
		var wire apiNeed
		if err := strictly(raw, &wire); err != nil {
			t.Fatalf("%v in %s", err, raw)
		}
		again, err := wire.need(g)
		if err != nil {
			t.Fatalf("%v in %s", err, raw)
		}
		if !reflect.DeepEqual(again, n) {
			t.Fatalf("from %+v\n  to %+v\n by %s", n, again, raw)
		}
	})
}
