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
		Fact:        "how each adult describes herself, and whether children come too, against the service's own statement",
		WhenUnknown: "check first, unless the service states that it takes everybody",
		Source:      "stated by the service",
		Unmet:       "whom_it_takes",
		judge:       judgeTakes,
		place: func(p *schema.Place) any {
			k := takesPlace{children: p.Service.Takes.Children}
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
				k.adults[i] = true
			}
			return k
		},
	}
}

type takesPlace struct {
	adults   [6]schema.Fact
	children schema.Fact
}

type takesNeed struct {
	adults   [6]bool
	children bool
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
	if places == "" {
		places = statedWords(t)
	}
	if len(h.Adults) == 0 {
		return check("Not said", places, "Say who needs a place: 1 person of 16 or over at least.")
	}
	var all, no, unclear []string
	put := func(who string, f schema.Fact) {
		if slices.Contains(all, who) {
			return
		}
		all = append(all, who)
		switch f {
		case schema.Yes:
		case schema.No:
			no = append(no, who)
		default:
			unclear = append(unclear, who)
		}
	}
	for _, a := range h.Adults {
		if a.As == schema.NotSaid {
			put(people(a.As), everybody(t))
			continue
		}
		put(people(a.As), t.Adults[a.As])
	}
	if len(h.Children) > 0 {
		put("children", t.Children)
	}
	hers := whoWords(h)
	switch {
	case len(no) > 0:
		return bars(hers, places, "The service states that it does not take "+listed(no, "or")+".")
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
		if a.As == schema.NotSaid {
			put(everybody(t))
			continue
		}
		put(t.Adults[a.As])
	}
	if len(h.Children) > 0 && len(h.Adults) > 0 {
		put(t.Children)
	}
	return worst
}

// everybody is yes only for a service that states it takes people of every description. It is never no: she may be somebody it takes.
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
