package allocator

import "haven/schema"

// musts makes a rule of every wish that can be one. She said that she cannot do with less; she may say otherwise, so each is a change of hers too.
func musts() []Rule {
	var rules []Rule
	for _, row := range wishRows() {
		kind, _ := schema.WishKindOf(row.code)
		rules = append(rules, Rule{
			Code:        mustCode(row.code),
			Words:       "Must: " + kind.Label,
			Fact:        "what they said a place must have, against what the service says of it",
			WhenUnknown: "check first when they must have it and the service has not said",
			Relax:       mustCode(row.code),
			Source:      "the household's own words; stated by the service",
			Unmet:       "wish",
			onlyIfSaid:  true,
			judge:       row.judge,
			place:       func(p *schema.Place) any { return mustPlace{atHome(p), row.reads(p)} },
			need:        func(n *schema.Need) any { return mustKey(n, row.code) },
		})
	}
	return rules
}

func mustCode(wish schema.WishCode) string { return "must_" + string(wish) }

type mustPlace struct {
	atHome bool
	reads  any
}

// judge holds a place to every must of the row's wish: of two languages, both.
func (r wishRow) judge(q *question) Finding {
	worst, wished := Fits, false
	for i := range q.need.Wishes {
		w := &q.need.Wishes[i]
		if w.Code != r.code || w.Tier != schema.Must {
			continue
		}
		wished = true
		switch meets(w, q.place) {
		case schema.Yes:
		case schema.No:
			worst = DoesNotFit
		default:
			if worst == Fits {
				worst = CheckFirst
			}
		}
	}
	if q.atHome() {
		worst = Fits
	}
	if q.quiet {
		return Finding{Verdict: worst}
	}
	places := r.value(q.place)
	switch {
	case !wished:
		return fits("Not a must", places, "Nobody said that a place must have this.")
	case q.atHome():
		return fits("Must", "Their own home", "They stay in their own home.")
	case worst == DoesNotFit:
		return bars(r.hers(q.need), places, r.no)
	case worst == CheckFirst:
		return check(r.hers(q.need), places, r.ask)
	}
	return fits(r.hers(q.need), places, r.yes)
}

// hers is what she said she must have.
func (r wishRow) hers(n *schema.Need) string {
	var parts []string
	kind, _ := schema.WishKindOf(r.code)
	for _, w := range n.Wishes {
		if w.Code != r.code || w.Tier != schema.Must {
			continue
		}
		if w.Which != "" {
			parts = append(parts, kind.Of.Words(w.Which))
		}
		for _, a := range w.Areas {
			parts = append(parts, areaName(a))
		}
	}
	if len(parts) == 0 {
		return "Must"
	}
	return "Must: " + listed(parts, "and")
}

func mustKey(n *schema.Need, code schema.WishCode) string {
	var k keyed
	for _, w := range n.Wishes {
		if w.Code != code || w.Tier != schema.Must {
			continue
		}
		k.text(w.Which).number(float64(len(w.Areas)))
		for _, a := range w.Areas {
			k.named(namedOf(a))
		}
	}
	return k.String()
}
