package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"haven/schema"
)

// knownWords are the facts as chips, in words that can be read aloud. Facts and wishes come from schema's tables: a new one is a chip at once.
func knownWords(n schema.Need) []string {
	out := peopleWords(n.Household)
	if n.NowIn != nil {
		out = append(out, "Now in "+n.NowIn.Name)
	}
	for _, a := range n.Avoid {
		out = append(out, "Not safe: "+a.Area.Name+", "+marginWords(a.MarginMiles))
	}
	for _, r := range n.Routes {
		out = append(out, "Not safe: "+routeWords(r)+", "+marginWords(r.MarginMiles))
	}
	if n.Harm.People > 0 {
		out = append(out, plural(n.Harm.People, "person causes harm", "people cause harm"))
	}
	for _, a := range n.Near {
		out = append(out, "Stays "+nearWords(a))
	}
	for _, row := range schema.NeedFacts() {
		switch *row.Of(&n) {
		case schema.Yes:
			out = append(out, row.Short)
		case schema.No:
			if row.ShortNo != "" {
				out = append(out, row.ShortNo)
			}
		}
	}
	if n.Language != "" {
		out = append(out, "Speaks "+schema.Languages.Words(n.Language))
	}
	out = append(out, saidYes(n.Support, schema.SupportNeeds)...)
	for _, words := range saidYes(n.RunFor, schema.Groups) {
		out = append(out, "Would choose: by and for "+words)
	}
	out = append(out, fundingWords(n.Funding)...)
	return append(out, wishWords(n.Wishes)...)
}

func peopleWords(h schema.Household) []string {
	var out []string
	for i, a := range h.Adults {
		words := "Adult, did not say more"
		for _, d := range schema.Descriptions() {
			if d.Code == a.As && a.As != schema.NotSaid {
				words = d.Label
			}
		}
		if a.Age > 0 {
			words += fmt.Sprintf(", %d", a.Age)
		}
		if i > 0 && a.Is != "" {
			words += " (" + strings.ToLower(schema.Relations.Words(a.Is)) + ")"
		}
		out = append(out, words)
	}
	for _, c := range h.Children {
		words := map[schema.Sex]string{schema.Girl: "Girl", schema.Boy: "Boy"}[c.Sex]
		if words == "" {
			words = "Child"
		}
		out = append(out, fmt.Sprintf("%s, %d", words, c.Age))
	}
	return out
}

func routeWords(r schema.Route) string { return "the way from " + r.From.Name + " to " + r.To.Name }

func nearWords(a schema.Near) string {
	return "within " + milesText(&a.WithinMiles) + " miles of " + a.Area.Name + ": " + strings.ToLower(schema.NearBecause.Words(a.Because))
}

func marginWords(miles *float64) string {
	if miles == nil {
		return fmt.Sprintf("%d miles around it (an assumption)", schema.DefaultMarginMiles)
	}
	return milesText(miles) + " miles around it"
}

// saidYes are the words of what she said yes to, in the list's order.
func saidYes(facts map[string]schema.Fact, list schema.Codes) []string {
	var out []string
	for _, row := range list {
		if facts[row.Code] == schema.Yes {
			out = append(out, row.Words)
		}
	}
	return out
}

func fundingWords(f schema.Funding) []string {
	var out []string
	if f.Route != "" {
		words := schema.FundingRoutes.Words(f.Route)
		if ends, err := time.Parse(time.DateOnly, f.ConcessionEnds); err == nil {
			words += ", until " + ends.Format("2 January 2006")
		}
		out = append(out, words)
	}
	if f.CanPay != nil {
		out = append(out, "Can pay £"+strconv.Itoa(*f.CanPay)+" a week")
	}
	return out
}

// wishWords say each wish with how much it matters.
func wishWords(wishes []schema.Wish) []string {
	var out []string
	for _, w := range inOrder(wishes) {
		kind, _ := schema.WishKindOf(w.Code)
		words := kind.Label
		if kind.Of != nil {
			words += ": " + kind.Of.Words(w.Which)
		}
		if len(w.Areas) > 0 {
			words += ": " + strings.Join(each(w.Areas, func(a schema.Area) string { return a.Name }), ", ")
		}
		for _, tier := range tierOptions {
			if tier.Value == string(w.Tier) {
				out = append(out, tier.Label+": "+words)
			}
		}
	}
	return out
}
