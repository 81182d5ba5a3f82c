package allocator

import (
	"time"

	"haven/schema"
)

// Assessment is everything the rules say of one place for one need.
type Assessment struct {
	Place    schema.Place
	Verdict  Verdict   // the worst of the findings
	Findings []Finding // one for each rule, in order, those that fit too
	// Freshness of the vacancy when it was assessed.
	Freshness schema.Freshness
	// Band is how far the place is from where she is now, in words; empty when either is not known.
	Band string
	// ConfirmArea: an area to avoid could not be decided from what is published, so the service confirms its area before it says yes (S4).
	ConfirmArea bool
	// Wishes met. They order places; only a must rules one out, as a rule.
	Wishes Met
	// Scarcity among the places of one list; empty where a place was assessed alone.
	Scarcity Scarcity
}

// Failing gives the findings that rule the place out: every reason, not the first.
func (a Assessment) Failing() []Finding { return a.with(DoesNotFit) }

// Checking gives the findings to check first.
func (a Assessment) Checking() []Finding { return a.with(CheckFirst) }

func (a Assessment) with(v Verdict) []Finding {
	var out []Finding
	for _, f := range a.Findings {
		if f.Verdict == v {
			out = append(out, f)
		}
	}
	return out
}

func (a Assessment) failing() int {
	n := 0
	for i := range a.Findings {
		if a.Findings[i].Verdict == DoesNotFit {
			n++
		}
	}
	return n
}

// Evaluate puts a need to a place at a time. It is the only judge: lists, holds, reviews and figures all ask it. A place that is not free
// does not fit, under the rule "ready".
func Evaluate(need schema.Need, place schema.Place, now time.Time) Assessment {
	return newEvaluator(&need, now).assess(&place)
}

// rulebook is all that is the same for every search. It never changes.
type rulebook struct {
	rules  []Rule
	kinds  map[schema.ProvisionCode]schema.Provision
	things []Rare
	// blank are the keys of a need that says nothing.
	blank []any
}

func newRulebook() *rulebook {
	b := &rulebook{rules: Rules(), kinds: map[schema.ProvisionCode]schema.Provision{}, things: Rares()}
	for _, p := range schema.Provisions() {
		b.kinds[p.Code] = p
	}
	for i := range b.rules {
		b.blank = append(b.blank, b.rules[i].needKey(&schema.Need{}))
	}
	return b
}

// evaluator holds what is the same for every place of one search.
type evaluator struct {
	*rulebook
	need *schema.Need
	now  time.Time
}

func newEvaluator(need *schema.Need, now time.Time) *evaluator {
	return &evaluator{rulebook: newRulebook(), need: need, now: now}
}

// loud gives the rules that may say something: all but those that speak only of what somebody said, and nothing was said to them.
func (e *evaluator) loud() []int {
	var loud []int
	for i := range e.rules {
		if !e.rules[i].onlyIfSaid || e.rules[i].needKey(e.need) != e.blank[i] {
			loud = append(loud, i)
		}
	}
	return loud
}

// quietly asks for verdicts without words.
func (e *evaluator) quietly(place *schema.Place) question {
	q := ask(e.need, place, e.kinds[place.Service.Provision], e.now)
	q.quiet = true
	return q
}

func (e *evaluator) assess(place *schema.Place) Assessment {
	q := ask(e.need, place, e.kinds[place.Service.Provision], e.now)
	a := Assessment{
		Place:     *place,
		Verdict:   Fits,
		Findings:  make([]Finding, 0, len(e.rules)),
		Freshness: place.Vacancy.Freshness(e.now),
		Wishes:    wishesMet(e.need, place),
	}
	for i := range e.rules {
		r := &e.rules[i]
		f := r.judge(&q)
		f.Rule = r.Code
		if f.Verdict == DoesNotFit {
			f.Unmet = f.unmet(r)
		}
		if f.Verdict.rank() > a.Verdict.rank() {
			a.Verdict = f.Verdict
		}
		if r.ConfirmsArea && f.Verdict == CheckFirst {
			a.ConfirmArea = true
		}
		a.Findings = append(a.Findings, f)
	}
	if e.need.NowIn != nil {
		a.Band = Band(*e.need.NowIn, place.Service.Area)
	}
	return a
}

// verdict alone, without the reasons: the worst any rule says, and nothing further once one bars.
func (e *evaluator) verdict(place *schema.Place) Verdict {
	q := e.quietly(place)
	worst := Fits
	for i := range e.rules {
		if v := e.rules[i].judge(&q).Verdict; v.rank() > worst.rank() {
			worst = v
		}
		if worst == DoesNotFit {
			break
		}
	}
	return worst
}

// with puts another need to the same places.
func (e *evaluator) with(need *schema.Need) *evaluator {
	other := *e
	other.need = need
	return &other
}

// sought says whether a search brings up this kind of place at all. A code that is not in the list is not hidden: it is asked about.
func (e *evaluator) sought(place *schema.Place) bool { return e.soughtKind(place.Service.Provision) }

func (e *evaluator) soughtKind(code schema.ProvisionCode) bool {
	kind, ok := e.kinds[code]
	return !ok || e.need.Looks(kind)
}
