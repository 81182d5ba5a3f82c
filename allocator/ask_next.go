package allocator

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"haven/schema"
)

// askedAtOnce: a worker on the telephone can keep two questions in mind.
const askedAtOnce = 2

// Question is a fact that was not said and decides something.
type Question struct {
	Code    string `json:"code"`
	Words   string `json:"words"`
	Depends int    `json:"depends"` // free places of the kinds sought whose verdict turns on the answer
	Of      int    `json:"of"`      // free places of the kinds sought
}

// AskNext says which facts that nobody said would decide most places: at most two, what decides most first, and of equals what could rule out most.
func (x *Index) AskNext(need schema.Need, now time.Time) []Question {
	return askNext(need, x.current.Load().places(), now)
}

// AskNext does the same over places in any order.
func AskNext(need schema.Need, places []schema.Place, now time.Time) []Question {
	return askNext(need, over(places), now)
}

func askNext(need schema.Need, places iter.Seq[*schema.Place], now time.Time) []Question {
	e := newEvaluator(&need, now)
	asked := e.asked()
	said := make([]Verdict, len(e.rules))
	of := 0
	var q question
	for p := range places {
		if !e.sought(p) || !p.Vacancy.Free() {
			continue
		}
		of++
		q = ask(&need, p, e.kinds[p.Service.Provision], now)
		q.quiet = true
		for i := range e.rules {
			said[i] = e.rules[i].judge(&q).Verdict
		}
		for _, a := range asked {
			a.count(e.rules, &q, said)
		}
	}
	asked = slices.DeleteFunc(asked, func(a *answered) bool { return a.turns == 0 })
	slices.SortStableFunc(asked, func(a, b *answered) int {
		return cmp.Or(cmp.Compare(b.turns, a.turns), cmp.Compare(b.rulesOut, a.rulesOut))
	})
	questions := []Question{}
	for _, a := range asked[:min(askedAtOnce, len(asked))] {
		questions = append(questions, Question{Code: a.code, Words: a.words, Depends: a.turns, Of: of})
	}
	return questions
}

// answered is a fact that was not said, with the needs that its answers make.
type answered struct {
	unsaid
	needs []schema.Need
	// reads marks the rules that the answer can change: all the others say of every place what they said.
	reads []bool
	// turns counts the places whose verdict turns on the answer, and rulesOut those of them that some answer rules out.
	turns, rulesOut int
}

// asked lists the facts that this household did not say.
func (e *evaluator) asked() []*answered {
	var out []*answered
	for _, f := range unsaidFacts() {
		needs := f.answers(e.need)
		if len(needs) == 0 {
			continue
		}
		a := &answered{unsaid: f, needs: needs, reads: make([]bool, len(e.rules))}
		for i := range e.rules {
			a.reads[i] = e.rules[i].toldApart(e.need, needs)
		}
		if slices.Contains(a.reads, true) {
			out = append(out, a)
		}
	}
	return out
}

// toldApart says whether the rule can tell any of some needs from this one.
func (r *Rule) toldApart(need *schema.Need, needs []schema.Need) bool {
	if r.need == nil {
		return true
	}
	key := r.need(need)
	return slices.ContainsFunc(needs, func(n schema.Need) bool { return r.need(&n) != key })
}

// count puts the answers to the place of a question that has these verdicts as things are.
func (a *answered) count(rules []Rule, q *question, said []Verdict) {
	rest := Fits
	for i, v := range said {
		if !a.reads[i] && v.rank() > rest.rank() {
			rest = v
		}
	}
	if rest == DoesNotFit {
		return // whatever the answer
	}
	need, needs := q.need, a.needs
	if a.at != nil {
		needs = a.at(need, q.place)
	}
	least, most := DoesNotFit, Fits
	for i := range needs {
		q.need = &needs[i] // no answer changes when she can come, nor anything else that the question works out
		v := a.worst(rules, q, rest)
		if v.rank() < least.rank() {
			least = v
		}
		if v.rank() > most.rank() {
			most = v
		}
	}
	q.need = need
	if least.rank() < most.rank() {
		a.turns++
		if most == DoesNotFit {
			a.rulesOut++
		}
	}
}

// worst of what the rules say that the answer can change, and of the rest.
func (a *answered) worst(rules []Rule, q *question, rest Verdict) Verdict {
	worst := rest
	for i := range rules {
		if a.reads[i] && worst != DoesNotFit {
			if v := rules[i].judge(q).Verdict; v.rank() > worst.rank() {
				worst = v
			}
		}
	}
	return worst
}
