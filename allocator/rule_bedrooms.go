package allocator

import (
	"strconv"
	"time"

	"haven/schema"
)

// bedrooms: a landlord lets a home of the size that its own rule set gives a household. Rule sets differ, so where none was named only what each of
// them says is certain.
func bedrooms() Rule {
	return Rule{
		Code:        "bedrooms",
		Words:       "Bedrooms",
		Fact:        "how many bedrooms the landlord's rule set gives the household on arrival, against how many the home has",
		WhenUnknown: "check first, for homes that are let only",
		Source:      "English Housing Survey bedroom standard, or the rule set that the landlord names",
		Unmet:       "no_space_of_size",
		judge:       judgeBedrooms,
		place: func(p *schema.Place) any {
			if kind, _ := schema.ProvisionOf(p.Service.Provision); !kind.Let {
				return bedroomsPlace{}
			}
			lets := &p.Service.Lets
			return bedroomsPlace{true, p.Space.Bedrooms, lets.BedroomRules, lets.SpareRoom, hour(readyFrom(p))}
		},
		need: func(n *schema.Need) any {
			return [...]string{adultsKey(n), agesKey(n)}
		},
	}
}

type bedroomsPlace struct {
	let      bool
	bedrooms int
	rules    string
	spare    schema.Fact
	ready    time.Time
}

func judgeBedrooms(q *question) Finding {
	if !q.kind.Let {
		return fits("Not asked for", "Not let by a landlord", "Bedrooms are counted for homes that are let.")
	}
	h, s, lets := &q.need.Household, &q.place.Space, &q.place.Service.Lets
	places := "Not said"
	if s.Bedrooms > 0 {
		places = counted(s.Bedrooms, "bedroom", "bedrooms")
	}
	if h.People() == 0 {
		return check("Not said", places, "Say who needs a place: 1 person of 16 or over at least.")
	}
	least, most, rules := q.bedrooms()
	verdict := bedroomVerdict(s.Bedrooms, least, lets.SpareRoom)
	for n := least + 1; n <= most; n++ {
		if bedroomVerdict(s.Bedrooms, n, lets.SpareRoom) != verdict {
			verdict = CheckFirst
		}
	}
	if q.quiet {
		return Finding{Verdict: verdict}
	}
	hers := numberOf(least, most) + " (" + rules + ")"
	switch {
	case s.Bedrooms <= 0:
		return check(hers, places, "Ask the landlord how many bedrooms the home has.")
	case verdict == DoesNotFit && s.Bedrooms < least:
		return bars(hers, places, "The home has fewer bedrooms than the household needs: "+numberOf(least, most)+".")
	case verdict == DoesNotFit && lets.SpareRoom == schema.Yes:
		return bars(hers, places, "The landlord lets a home with one bedroom more than the household needs, and this one has more than that: the household needs "+numberOf(least, most)+".")
	case verdict == DoesNotFit:
		return bars(hers, places, "The landlord does not let a home with more bedrooms than the household needs: "+numberOf(least, most)+".")
	case verdict == Fits && s.Bedrooms > least:
		return fits(hers, places, "The landlord lets a home with one bedroom more than the household needs.")
	case verdict == Fits:
		return fits(hers, places, "The home has as many bedrooms as the household needs.")
	case s.Bedrooms > most && lets.SpareRoom != schema.Yes:
		return check(hers, places, "The home has more bedrooms than the household needs: ask the landlord whether it lets it to them.")
	}
	return check(hers, places, "Ask the landlord how many bedrooms it counts for this household: it may be "+numberOf(least, most)+".")
}

// bedrooms on arrival by the landlord's rule set, and its name. Where the landlord named none, the range is that of all of them.
func (q *question) bedrooms() (least, most int, rules string) {
	h, named := &q.need.Household, q.place.Service.Lets.BedroomRules
	for i, row := range schema.BedroomRules {
		l, m := bedroomsNeeded(h, row.Code, q.age)
		if row.Code == named {
			return l, m, row.Words
		}
		if i == 0 {
			least, most = l, m
		}
		least, most = min(least, l), max(most, m)
	}
	return least, most, "rule set not said"
}

// bedroomVerdict of a home for who needs a number of bedrooms.
func bedroomVerdict(has, needs int, spare schema.Fact) Verdict {
	switch {
	case has <= 0:
		return CheckFirst
	case has == needs, has == needs+1 && spare == schema.Yes:
		return Fits
	case has > needs && spare != schema.Yes && spare != schema.No: // no landlord has said that it would not
		return CheckFirst
	}
	return DoesNotFit
}

func numberOf(least, most int) string {
	if least == most {
		return counted(least, "bedroom", "bedrooms")
	}
	return strconv.Itoa(least) + " to " + counted(most, "bedroom", "bedrooms")
}
