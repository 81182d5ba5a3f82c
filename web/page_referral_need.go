package web

import (
	"strconv"
	"strings"

	"haven/exchange"
	"haven/schema"
)

// needLine is one fact of a household as the service reads it.
type needLine struct{ Label, Words string }

// referralNeed puts what the ledger lets this service see into words. Risk, and what makes a night urgent, are not read here even where they are
// there: a service answers whether it can support somebody, not how much danger she is in.
func referralNeed(h exchange.HoldView) []needLine {
	n := h.Need
	lines := []needLine{{"Household", householdSize(n.Household)}}
	if h.NeedsShared {
		lines = append(lines, needLine{"Adults", adultsWords(n.Household.Adults)})
		if len(n.Household.Children) > 0 {
			lines = append(lines, needLine{"Children", childrenWords(n.Household.Children)})
		}
		for _, f := range []struct {
			label string
			fact  schema.Fact
		}{
			{"Pregnant", n.Household.Pregnant}, {"Wheelchair access needed", n.Wheelchair},
			{"Limited mobility", n.LimitedMobility}, {"Recourse to public funds", n.Recourse},
		} {
			lines = append(lines, needLine{f.label, factWords(f.fact)})
		}
		if !n.ArriveBy.IsZero() {
			lines = append(lines, needLine{"Can be there", dayClock(n.ArriveBy, h.HeldAt)})
		}
	}
	return lines
}

// unsafeAreas of a household, as far as the service may see them.
func unsafeAreas(n schema.Need) []string {
	var names []string
	for _, a := range n.Avoid {
		name := a.Area.Name
		if name == "" {
			name = a.Area.Code
		}
		names = append(names, name)
	}
	return names
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

// factWords keep not asked apart from no.
func factWords(f schema.Fact) string {
	switch f {
	case schema.Yes:
		return "Yes"
	case schema.No:
		return "No"
	}
	return "Not known"
}
