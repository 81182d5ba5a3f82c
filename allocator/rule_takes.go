package allocator

import (
	"slices"

	"haven/schema"
)

// takes applies what the service states about whom it takes, as it states it. How an adult describes herself is taken as said and never worked
// out from anything else (S8).
func takes() Rule {
	return Rule{
		Code:        "takes",
		Words:       "Whom the service takes",
		Fact:        "how each adult describes herself or himself, and whether children come too, against the service's own statement",
		WhenUnknown: "check first, unless the service states that it takes everybody; check first too where it takes adult children, or carers, and states a no to how one is described",
		Source:      "stated by the service",
		Unmet:       "whom_it_takes",
		judge:       judgeTakes,
		place: func(p *schema.Place) any {
			t := &p.Service.Takes
			k := takesPlace{children: t.Children, grownUp: t.AdultChildren == schema.Yes, carers: t.Carers == schema.Yes}
			listed := 0
			for i, row := range described() {
				f, stated := p.Service.Takes.Adults[row]
				if k.adults[i] = f; stated {
					listed++
				}
			}
			if listed < len(p.Service.Takes.Adults) {
				return nil // it speaks of a description that is not in the list
			}
			return k
		},
		need: func(n *schema.Need) any {
			k := takesNeed{children: len(n.Household.Children) > 0}
			all := described()
			for _, a := range n.Household.Adults {
				i := slices.Index(all[:], a.As)
				if i < 0 {
					return nil
				}
				switch a.Is {
				case schema.AdultChildOf:
					k.grownUp[i] = true
				case schema.CarerOf:
					k.carers[i] = true
				default:
					k.adults[i] = true
				}
			}
			return k
		},
	}
}

type takesPlace struct {
	adults          [6]schema.Fact
	children        schema.Fact
	grownUp, carers bool
}

type takesNeed struct {
	adults, grownUp, carers [6]bool
	children                bool
}

// described are the descriptions of schema.Descriptions, as an array because keys are compared.
func described() [6]schema.Described {
	return [6]schema.Described{schema.NotSaid, schema.Woman, schema.Man, schema.TransWoman, schema.TransMan, schema.NonBinary}
}

func judgeTakes(q *question) Finding {
	h, t := &q.need.Household, &q.place.Service.Takes
	if q.quiet {
		return Finding{Verdict: takenVerdict(h, t)}
	}
	places := t.Words
	if places == "" || schema.GivesAway(places) != "" { // what was published before it was refused
		places = statedWords(t)
	}
	if len(h.Adults) == 0 {
		return check("Not said", places, "Say who needs a place: 1 person of 16 or over at least.")
	}
	var no, unclear, both []string
	put := func(to *[]string, who string) {
		if !slices.Contains(*to, who) {
			*to = append(*to, who)
		}
	}
	for _, a := range h.Adults {
		switch f := describedFact(a, t); {
		case f == schema.Yes:
		case f == schema.No && takenOtherwise(a, t):
			put(&both, people(a.As))
		case f == schema.No:
			put(&no, people(a.As))
		default:
			put(&unclear, people(a.As))
		}
	}
	switch {
	case len(h.Children) == 0 || t.Children == schema.Yes:
	case t.Children == schema.No:
		put(&no, "children")
	default:
		put(&unclear, "children")
	}
	hers := whoWords(h)
	switch {
	case len(no) > 0:
		return bars(hers, places, "The service states that it does not take "+listed(no, "or")+".")
	case len(both) > 0:
		return check(hers, places, "The service states that it does not take "+listed(both, "or")+", and takes sons and daughters of 18 and over or carers: ask which it means here.")
	case len(unclear) > 0:
		return check(hers, places, "Ask the service whether it takes "+listed(unclear, "and")+": it has not said.")
	}
	return fits(hers, places, "The service states that it takes this household.")
}

// takenVerdict is the verdict of judgeTakes without the words.
func takenVerdict(h *schema.Household, t *schema.Takes) Verdict {
	worst := Fits
	if len(h.Adults) == 0 {
		worst = CheckFirst
	}
	put := func(f schema.Fact) {
		switch {
		case f == schema.No:
			worst = DoesNotFit
		case f != schema.Yes && worst == Fits:
			worst = CheckFirst
		}
	}
	for _, a := range h.Adults {
		f := describedFact(a, t)
		if f == schema.No && takenOtherwise(a, t) {
			f = schema.Unknown
		}
		put(f)
	}
	if len(h.Children) > 0 && len(h.Adults) > 0 {
		put(t.Children)
	}
	return worst
}

// describedFact is what the service states of how an adult is described.
func describedFact(a schema.Adult, t *schema.Takes) schema.Fact {
	if a.As == schema.NotSaid {
		return everybody(t)
	}
	return t.Adults[a.As]
}

// takenOtherwise: the service takes the adult as somebody's son, daughter or carer. A no to how they are described may be meant of those it is for
// ("women and their adult sons"), so the two statements are put to the service.
func takenOtherwise(a schema.Adult, t *schema.Takes) bool {
	return a.Is == schema.AdultChildOf && t.AdultChildren == schema.Yes || a.Is == schema.CarerOf && t.Carers == schema.Yes
}

// everybody is yes only for a service that states it takes people of every description. It is never no: they may be somebody it takes.
func everybody(t *schema.Takes) schema.Fact {
	for _, row := range schema.Descriptions() {
		if row.Code != schema.NotSaid && t.Adults[row.Code] != schema.Yes {
			return schema.Unknown
		}
	}
	return schema.Yes
}

func whoWords(h *schema.Household) string {
	var parts []string
	for _, a := range h.Adults {
		label := "Description not in the list"
		for _, row := range schema.Descriptions() {
			if row.Code == a.As {
				label = row.Label
			}
		}
		parts = append(parts, label)
	}
	if n := len(h.Children); n > 0 {
		parts = append(parts, counted(n, "child", "children"))
	}
	return listed(parts, "and")
}

func statedWords(t *schema.Takes) string {
	var yes []string
	for _, row := range schema.Descriptions() {
		if row.Code != schema.NotSaid && t.Adults[row.Code] == schema.Yes {
			yes = append(yes, people(row.Code))
		}
	}
	if t.Children == schema.Yes {
		yes = append(yes, "children")
	}
	if len(yes) == 0 {
		return "Not stated"
	}
	return "Takes " + listed(yes, "and")
}
