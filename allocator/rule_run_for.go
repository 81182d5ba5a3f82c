package allocator

import "haven/schema"

// runFor: a service run by and for a group is hers to choose and nobody else's to choose for her. What she is, or where she comes from, is never
// read: only what she said she would choose.
func runFor() Rule {
	return Rule{
		Code:        "run_for",
		Words:       "Run by and for a group",
		Fact:        "the groups the service is run by and for, against which of them they would choose",
		WhenUnknown: "check first, unless the service takes others too",
		Source:      "stated by the service, as Routes to Support records services run by and for a group; Women's Aid: it is the survivor's choice",
		Unmet:       "whom_it_takes",
		judge:       judgeRunFor,
		place: func(p *schema.Place) any {
			return runForPlace{codesKey(p.Service.Takes.RunFor), p.Service.Takes.OnlyThem}
		},
		need: func(n *schema.Need) any { return factsKey(n.RunFor, schema.Groups) },
	}
}

type runForPlace struct {
	groups   string
	onlyThem schema.Fact
}

func judgeRunFor(q *question) Finding {
	t := &q.place.Service.Takes
	v, chosen, declined := runForVerdict(t, q.need.RunFor)
	if q.quiet {
		return Finding{Verdict: v}
	}
	groups := wordsOf(schema.Groups, t.RunFor, "")
	places, hers := "Run for: "+groups, notSaid
	switch {
	case groups == "":
		return fits(choiceWords(q.need), "Run for no group", "The service is run for no group in particular.")
	case chosen:
		return fits("Would choose it", places, "They would choose a service that is run for: "+groups+".")
	case declined:
		return bars("Would not choose it", places, "The service is run for: "+groups+". They would choose another.")
	case v == Fits:
		return fits(hers, places, "The service takes others too.")
	case t.OnlyThem == schema.Yes:
		return check(hers, places, "The service takes only: "+groups+". Ask whether they would choose it.")
	}
	return check(hers, places, "The service is run for: "+groups+". Ask whether they would choose it, and the service whether it takes others.")
}

// runForVerdict: one yes is enough, since she may choose a service for any of the things it is; a no counts where it meets all of them.
func runForVerdict(t *schema.Takes, hers map[string]schema.Fact) (v Verdict, chosen, declined bool) {
	declined = len(t.RunFor) > 0
	for _, code := range t.RunFor {
		choice := schema.Unknown
		if schema.Groups.Has(code) {
			choice = hers[code]
		}
		chosen = chosen || choice == schema.Yes
		declined = declined && choice == schema.No
	}
	switch {
	case declined:
		return DoesNotFit, chosen, declined
	case len(t.RunFor) == 0 || chosen || t.OnlyThem == schema.No:
		return Fits, chosen, declined
	}
	return CheckFirst, chosen, declined
}

func choiceWords(n *schema.Need) string {
	var groups []string
	for _, row := range schema.Groups {
		if n.RunFor[row.Code] == schema.Yes {
			groups = append(groups, row.Words)
		}
	}
	if len(groups) == 0 {
		return notSaid
	}
	return "Would choose: " + listed(groups, "or")
}
