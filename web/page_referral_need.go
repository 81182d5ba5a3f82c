package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"haven/exchange"
	"haven/schema"
)

// needLine is one fact of a household as the service reads it.
type needLine struct{ Label, Words string }

// shownToServices are the parts of a need that decide whether a service can take somebody. What makes a night urgent is not among them.
var shownToServices = []schema.NeedSection{schema.SectionWho, schema.SectionAccess, schema.SectionMoney, schema.SectionHome}

// referralNeed puts what the ledger lets this service see into words. Risk, and what makes a night urgent, are not read here even where they are
// there: a service answers whether it can support somebody, not how much danger she is in.
func referralNeed(h exchange.HoldView) []needLine {
	lines := []needLine{{"Household", householdSize(h.Need.Household)}}
	if !h.NeedsShared {
		return lines
	}
	n := h.Need
	lines = append(lines, needLine{"Adults", adultsWords(n.Household.Adults)})
	if len(n.Household.Children) > 0 {
		lines = append(lines, needLine{"Children", childrenWords(n.Household.Children)})
	}
	said, unsaid := factLines(n)
	lines = append(lines, said...)
	if n.Language != "" {
		lines = append(lines, needLine{"Wants to be spoken to in", schema.Languages.Words(n.Language)})
	}
	for _, list := range []struct {
		label string
		words []string
	}{
		{"Support needed", saidYes(n.Support, schema.SupportNeeds)},
		{"Would choose a service run by and for", saidYes(n.RunFor, schema.Groups)},
		{"Funding", fundingWords(n.Funding)},
		{"Must be able to reach", each(n.Near, nearWords)},
		{"Wishes", wishWords(n.Wishes)},
	} {
		if len(list.words) > 0 {
			lines = append(lines, needLine{list.label, strings.Join(list.words, "; ")})
		}
	}
	if !n.ArriveBy.IsZero() {
		lines = append(lines, needLine{"Can be there", dayClock(n.ArriveBy, h.HeldAt)})
	}
	if len(unsaid) > 0 {
		lines = append(lines, needLine{"Not known", strings.Join(unsaid, "; ")})
	}
	return lines
}

// factLines keep not asked apart from no. What nobody said of her home is left out: most services are not asked about one.
func factLines(n schema.Need) (said []needLine, unsaid []string) {
	for _, row := range schema.NeedFacts() {
		fact := *row.Of(&n)
		switch {
		case !slices.Contains(shownToServices, row.Section):
		case fact != schema.Unknown:
			said = append(said, needLine{row.Short, map[schema.Fact]string{schema.Yes: "Yes", schema.No: "No"}[fact]})
		case row.Section != schema.SectionHome:
			unsaid = append(unsaid, row.Short)
		}
	}
	return said, unsaid
}

// unsafeAreas of a household, as far as the service may see them.
func unsafeAreas(n schema.Need) []string {
	names := each(n.Avoid, func(a schema.Avoid) string { return cmp.Or(a.Area.Name, a.Area.Code) })
	return append(names, each(n.Routes, routeWords)...)
}

func householdSize(h schema.Household) string {
	words := plural(len(h.Adults), "adult", "adults")
	if len(h.Children) > 0 {
		words += " and " + plural(len(h.Children), "child", "children")
	}
	return words
}

func adultsWords(adults []schema.Adult) string {
	var all []string
	for _, a := range adults {
		words := "Adult"
		for _, row := range schema.Descriptions() {
			if row.Code == a.As && a.As != schema.NotSaid {
				words = row.Label
			}
		}
		if a.Age > 0 {
			words += ", " + strconv.Itoa(a.Age)
		}
		if a.Is != "" {
			words += " (" + strings.ToLower(schema.Relations.Words(a.Is)) + ")"
		}
		all = append(all, words)
	}
	return strings.Join(all, "; ")
}

func childrenWords(children []schema.Child) string {
	var all []string
	for _, c := range children {
		words := map[schema.Sex]string{schema.Girl: "Girl", schema.Boy: "Boy", schema.SexNotSaid: "Child"}[c.Sex]
		if c.Age == 0 {
			words += ", under 1"
		} else {
			words += ", " + strconv.Itoa(c.Age)
		}
		all = append(all, words)
	}
	return strings.Join(all, "; ")
}
