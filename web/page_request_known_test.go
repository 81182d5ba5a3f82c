package web

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haven/schema"
)

// TestEveryFactIsAChip: what was said is read back, and nothing that was not said is.
func TestEveryFactIsAChip(t *testing.T) {
	t.Parallel()
	g := testPlaces(t)
	rapid.Check(t, func(t *rapid.T) {
		n := needs(g).Draw(t, "need")
		chips := knownWords(n)
		for _, row := range schema.NeedFacts() {
			fact := *row.Of(&n)
			if slices.Contains(chips, row.Short) != (fact == schema.Yes) {
				t.Fatalf("%s was answered %q, and the chips are %v", row.Code, fact, chips)
			}
			if row.ShortNo != "" && slices.Contains(chips, row.ShortNo) != (fact == schema.No) {
				t.Fatalf("%s was answered %q, and the chips are %v", row.Code, fact, chips)
			}
		}
		all := strings.Join(chips, "\n")
		for _, row := range schema.SupportNeeds {
			if strings.Contains(all, row.Words) != (n.Support[row.Code] == schema.Yes) {
				t.Fatalf("%s was answered %q, and the chips are %v", row.Code, n.Support[row.Code], chips)
			}
		}
		for _, w := range n.Wishes {
			if kind, _ := schema.WishKindOf(w.Code); !strings.Contains(all, ": "+kind.Label) {
				t.Fatalf("the wish %s is on no chip: %v", w.Code, chips)
			}
		}
		for _, a := range n.Avoid {
			if !strings.Contains(all, "Not safe: "+a.Area.Name) {
				t.Fatalf("%s is on no chip: %v", a.Area.Code, chips)
			}
		}
	})
}

// TestChipsReadAsPeopleSpeak is written by hand.
func TestChipsReadAsPeopleSpeak(t *testing.T) {
	t.Parallel()
	leeds := schema.Area{Code: "Leeds", Name: "Leeds"}
	n := schema.Need{
		Household: schema.Household{Adults: []schema.Adult{{As: schema.Woman, Age: 34}, {Age: 19, Is: schema.AdultChildOf}}, Children: []schema.Child{{Age: 4}}},
		Harm:      schema.Harm{People: 2}, Routes: []schema.Route{{From: leeds, To: schema.Area{Name: "York"}}},
		Near: []schema.Near{{Area: leeds, WithinMiles: 20, Because: "court_order"}}, Pets: schema.Yes, Recourse: schema.No, Language: "urdu",
		RunFor: map[string]schema.Fact{"deaf": schema.Yes, "men": schema.No}, Wishes: []schema.Wish{{Code: schema.WishNear, Tier: schema.Strong}},
	}
	want := []string{
		"Woman, 34", "Adult, did not say more, 19 (son or daughter of 18 or over)", "Child, 4", "Not safe: the way from Leeds to York, 10 miles around it (an assumption)",
		"2 people cause harm", "Stays within 20 miles of Leeds: contact that a court ordered", "With a pet", "No recourse to public funds", "Speaks Urdu",
		"Would choose: by and for Deaf people", "Strong wish: As near as is safe",
	}
	if got := knownWords(n); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
