package allocator

import (
	"cmp"
	"math/bits"
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
	w := x.whatIf(&need, now, false)
	asked := w.asked()
	var reads [][]int
	for _, a := range asked {
		reads = append(reads, a.reads)
	}
	w.prepare(reads)
	for _, a := range asked {
		a.countSets(w)
	}
	return mostDecisive(asked, w.free.count())
}

// AskNext does the same over places in any order, one by one.
func AskNext(need schema.Need, places []schema.Place, now time.Time) []Question {
	e := newEvaluator(&need, now)
	asked := e.asked()
	said := make([]int, len(e.rules))
	of := 0
	for i := range places {
		p := &places[i]
		if !e.sought(p) || !p.Vacancy.Free() {
			continue
		}
		of++
		q := e.quietly(p)
		for i := range e.rules {
			said[i] = e.rules[i].judge(&q).Verdict.rank()
		}
		for _, a := range asked {
			rest := Fits.rank()
			for _, i := range a.others {
				rest = max(rest, said[i])
			}
			a.count(e.rules, &q, rest)
		}
	}
	return mostDecisive(asked, of)
}

func mostDecisive(asked []*answered, of int) []Question {
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
	// reads are the rules that the answer can change, and others those that say of every place what they said.
	reads, others []int
	// turns counts the places whose verdict turns on the answer, and rulesOut those of them that some answer rules out.
	turns, rulesOut int
}

// asked lists the facts that this household did not say.
func (e *evaluator) asked() []*answered {
	var out []*answered
	keys := make([]any, len(e.rules))
	for i := range e.rules {
		if of := e.rules[i].need; of != nil {
			keys[i] = of(e.need)
		}
	}
	for _, f := range unsaidFacts() {
		needs := f.answers(e.need)
		if len(needs) == 0 {
			continue
		}
		a := &answered{unsaid: f, needs: needs}
		for i := range e.rules {
			if e.rules[i].tellsApart(keys[i], needs) {
				a.reads = append(a.reads, i)
			} else {
				a.others = append(a.others, i)
			}
		}
		if len(a.reads) > 0 {
			out = append(out, a)
		}
	}
	return out
}

// tellsApart says whether the rule may tell any of some needs from one with a key.
func (r *Rule) tellsApart(key any, needs []schema.Need) bool {
	for i := range needs {
		if r.need == nil || r.need(&needs[i]) != key {
			return true
		}
	}
	return false
}

// count puts the answers to the place of a question. What the rules that the answer cannot change say is given by rank.
func (a *answered) count(rules []Rule, q *question, rest int) {
	if rest == DoesNotFit.rank() {
		return // whatever the answer
	}
	need, needs := q.need, a.needs
	if a.at != nil {
		if others := a.at(need, q.place); others != nil {
			needs = others
		}
	}
	least, most := DoesNotFit.rank(), Fits.rank()
	for n := range needs {
		q.need = &needs[n] // no answer changes when she can come, nor anything else that the question works out
		worst := rest
		for _, i := range a.reads {
			worst = max(worst, rules[i].judge(q).Verdict.rank())
		}
		least, most = min(least, worst), max(most, worst)
	}
	q.need = need
	if least < most {
		a.turns++
		if most == DoesNotFit.rank() {
			a.rulesOut++
		}
	}
}

// countSets puts the answers to all places that the other rules leave.
func (a *answered) countSets(w *whatIf) {
	others := w.without(a.reads)
	left, checked := others.left, others.checked
	if a.at != nil { // each place has answers of its own
		for at := range left.all() {
			rest := Fits.rank()
			if checked.has(at) {
				rest = CheckFirst.rank()
			}
			a.count(w.rules, w.load(w.at(at)), rest)
		}
		return
	}
	fits, check, barred := w.newSet(), w.newSet(), w.newSet()
	for i := range a.needs {
		here := slices.Clone(left)
		also := w.ask(&a.needs[i], a.reads, here)
		for n := range left {
			unclear := here[n] & (checked[n] | also[n])
			barred[n] |= left[n] &^ here[n]
			check[n] |= unclear
			fits[n] |= here[n] &^ unclear
		}
	}
	for n := range left {
		turns := fits[n]&check[n] | fits[n]&barred[n] | check[n]&barred[n]
		a.turns += bits.OnesCount64(turns)
		a.rulesOut += bits.OnesCount64(turns & barred[n])
	}
}
