package simulate

import (
	"math"

	"haven/allocator"
)

// outcome of a referral: one household put forward to one service.
type outcome int

const (
	accepted outcome = iota
	// noCapacity: no space, or nobody there to meet the need (Women's Aid's first reason).
	noCapacity
	// herChoice: too near, too far, not affordable, another plan, or no answer any more (the second).
	herChoice
	// inappropriate: not a referral for this service (the third).
	inappropriate
	outcomes
)

// ofUnmet sorts what rules a place out, by UnmetReasons code, into the published reasons. What is not here is no capacity.
func ofUnmet(code string) outcome {
	switch code {
	case "whom_it_takes", "childrens_ages", "area_not_safe", "takes_from", "funding_route", "protocol", "tried", "animal":
		return inappropriate
	case "not_affordable", "too_far", "wish":
		return herChoice
	}
	return noCapacity
}

// answer is what the service says about what it publishes nothing of, and about what was not said before: the same for every policy. What even the
// facts leave open (whether the house lies outside the area to avoid, say) turns out one way or the other.
func (w *World) answer(h, place int) outcome {
	key := [2]int{w.households[h].number, place}
	if o, ok := w.answers[key]; ok {
		return o
	}
	o := w.settles(h, place, allocator.Evaluate(w.households[h].truth, w.asked[place], w.Start))
	w.answers[key] = o
	return o
}

// settles is the answer that an assessment of all the facts leads to.
func (w *World) settles(h, place int, a allocator.Assessment) outcome {
	if failing := a.Failing(); len(failing) > 0 {
		return ofUnmet(failing[0].Unmet)
	}
	for _, f := range a.Checking() {
		if !at(w.Seed, "asked "+f.Rule, w.households[h].number, w.service[place]).chance(w.Params.AskedIsYes) {
			return ofRule(f.Rule)
		}
	}
	return accepted
}

// ofRule sorts a question that turned out badly by the rule that asked it.
func ofRule(code string) outcome {
	for _, r := range allocator.Rules() {
		if r.Code == code {
			return ofUnmet(r.Unmet)
		}
	}
	return noCapacity
}

// choice is whether she would go there, once she is offered it.
func (w *World) choice(h, place int) outcome {
	who := &w.households[h]
	d := w.distance(h, place)
	shared := !open(w.places[place].Service.Provision)
	if d < who.tooNear || d > who.tooFar || who.ownHomeOnly && shared {
		return herChoice
	}
	return accepted
}

// answerAfter is how many hours a service takes to answer the n-th referral of a household, and whether she still waits for it then.
func (w *World) answerAfter(h, n int) (hours int, waits bool) {
	d := at(w.Seed, "answer", w.households[h].number, n)
	takes := math.Max(1, d.exponential(w.Params.AnswerHours))
	mind := d.exponential(24 / w.Params.ChangesMind)
	return int(math.Ceil(takes)), mind > takes
}

// travel in hours, at 25 miles an hour with an hour to pack and set out: assumed.
func (w *World) travel(h, place int) int { return 1 + int(math.Ceil(w.distance(h, place)/25)) }
