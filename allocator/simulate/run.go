package simulate

import (
	"math"
	"slices"

	"haven/schema"
)

// run is one policy in one world.
type run struct {
	w      *World
	policy Policy
	hour   int

	free       set // really
	shown      set // on the list, and not on hold
	shownSince []int
	held       set
	turn       []int // stays begun in each place
	confirmed  []int // hour of each service's last word
	confirms   []int // how many so far
	changes    int   // of what is shown, and of when it was confirmed

	shownPlaces []schema.Place // as they stood after boardAt changes; see board
	boardAt     int

	later   [][]event // by hour
	waiting []int     // households that look and have no referral out, in the order they came
	states  []state   // by household
	counts  [outcomes]int
	scratch []int
}

// state of one household in one run.
type state struct {
	tried     set // places it will not be put forward for again
	referrals int
	rings     int
	nextRing  int
	placedAt  int  // hour of arrival; -1 while it has none
	ended     int  // hour at which it stopped looking, placed or not
	chose     bool // has said no to a place
	told      bool // a service has asked, so that everything is said now
}

// event that is due at an hour: a place becomes free, a service confirms, or it answers.
type event struct {
	kind      eventKind
	place     int // or service
	household int
}

type eventKind int

const (
	becomesFree eventKind = iota
	confirms
	answers
)

// Run puts a policy to a world. A world may be run any number of times, one at a time.
func (w *World) Run(policy Policy) Result { return w.play(policy).result() }

func (w *World) play(policy Policy) *run {
	n := len(w.places)
	r := &run{
		w: w, policy: policy,
		free: newSet(n), shown: newSet(n), held: newSet(n), shownSince: make([]int, n), turn: make([]int, n),
		confirmed: make([]int, w.services), confirms: make([]int, w.services),
		boardAt: -1,
		later:   make([][]event, w.hours), states: make([]state, len(w.households)),
	}
	for place := range w.places {
		r.at(w.firstFree(place), event{kind: becomesFree, place: place})
	}
	for service := range w.services {
		r.at(0, event{kind: confirms, place: service})
	}
	next := 0
	for r.hour = range w.hours {
		for _, e := range r.later[r.hour] {
			r.happen(e)
		}
		for next < len(w.households) && w.households[next].at == r.hour {
			r.arrive(next)
			next++
		}
		r.look()
	}
	return r
}

func (r *run) at(hour int, e event) {
	if hour < r.w.hours {
		r.later[hour] = append(r.later[hour], e)
	}
}

func (r *run) happen(e event) {
	switch e.kind {
	case becomesFree:
		r.free.add(e.place)
	case confirms:
		r.confirm(e.place)
	case answers:
		r.answered(e.household, e.place)
	}
}

// confirm: a service says how its spaces stand. Now and then it shows one free that is not.
func (r *run) confirm(service int) {
	d := at(r.w.Seed, "confirm", service, r.confirms[service])
	r.confirms[service]++
	r.confirmed[service] = r.hour
	spaces := r.w.spacesOf[service]
	wrong := -1
	if slip, which := d.chance(r.w.Params.WrongReports), d.below(len(spaces)); slip {
		wrong = spaces[which]
	}
	for _, place := range spaces {
		if !r.held.has(place) {
			r.show(place, r.free.has(place) || place == wrong)
		}
	}
	r.changes++ // its word is newer
	r.at(r.hour+max(1, int(math.Round(d.exponential(r.w.Params.ConfirmHours)))), event{kind: confirms, place: service})
}

func (r *run) show(place int, free bool) {
	if free == r.shown.has(place) {
		return
	}
	r.changes++
	if free {
		r.shown.add(place)
		r.shownSince[place] = r.hour
		return
	}
	r.shown.remove(place)
}

func (r *run) arrive(h int) {
	r.states[h] = state{tried: newSet(len(r.w.places)), placedAt: -1, ended: -1, nextRing: r.hour}
	r.waiting = append(r.waiting, h)
}

// look: everybody who waits looks again, in the order they came, as a change of a place is told to all who wait.
func (r *run) look() {
	r.waiting = slices.DeleteFunc(r.waiting, func(h int) bool {
		over := r.w.households[h].until <= r.hour
		if over {
			r.states[h].ended = r.hour
		}
		return over
	})
	var left []int
	for _, h := range r.waiting {
		if r.w.households[h].direct && !r.ring(h) || !r.w.households[h].direct && (r.policy.together != nil || !r.search(h)) {
			left = append(left, h)
		}
	}
	r.waiting = left
	if r.policy.together != nil {
		r.waiting = r.policy.together(r, left)
	}
}

// search puts a household forward for the policy's place, where there is one at all.
func (r *run) search(h int) bool {
	candidates := r.candidates(h)
	if len(candidates) == 0 {
		return false
	}
	r.refer(h, r.policy.pick(r, h, candidates))
	return true
}

// need as far as it was said by now.
func (r *run) need(h int) schema.Need {
	if r.states[h].told {
		return r.w.households[h].truth
	}
	return r.w.households[h].said
}

// candidates are the places shown free that no rule rules out, that were not tried, and that she has not said no to. They are good until the next
// call.
func (r *run) candidates(h int) []int {
	r.scratch = slices.DeleteFunc(allOf(r.scratch, r.shown, r.w.open(h, r.states[h].told, r.shown), r.states[h].tried), func(place int) bool {
		return r.saidNo(h, place)
	})
	return r.scratch
}

// saidNo: she was asked, or has said no to a place before, so that a place she would not go to costs nobody a referral.
func (r *run) saidNo(h, place int) bool {
	known := !r.w.households[h].unasked || r.states[h].chose
	return known && r.w.choice(h, place) != accepted
}

// refer puts a household forward: the place is on hold until the service answers.
func (r *run) refer(h, place int) {
	r.show(place, false)
	r.held.add(place)
	after, _ := r.w.answerAfter(h, r.states[h].referrals)
	r.at(r.hour+after, event{kind: answers, household: h, place: place})
}

// answered: first whether there is a space, then whether it suits, then whether she goes.
func (r *run) answered(h, place int) {
	s := &r.states[h]
	_, waits := r.w.answerAfter(h, s.referrals)
	s.referrals++
	r.held.remove(place)
	o := r.outcome(h, place, waits)
	r.counts[o]++
	switch {
	case o == accepted:
		r.takes(h, place)
		return
	case !r.free.has(place):
		r.confirmed[r.w.service[place]] = r.hour // it has said so now
		r.changes++
	default:
		r.show(place, true)
		r.tried(h, place)
		s.chose, s.told = s.chose || o == herChoice, true
	}
	if !waits {
		s.ended = r.hour
		return
	}
	r.back(h)
}

func (r *run) outcome(h, place int, waits bool) outcome {
	if !waits || r.w.households[h].until <= r.hour {
		return herChoice
	}
	if !r.free.has(place) {
		return noCapacity
	}
	if o := r.w.answer(h, place); o != accepted {
		return o
	}
	return r.w.choice(h, place)
}

// tried: a service that was asked says of all its spaces which would do, and she whether she would go there.
func (r *run) tried(h, place int) {
	for _, other := range r.w.spacesOf[r.w.service[place]] {
		if r.w.answer(h, other) != accepted || r.w.choice(h, other) != accepted {
			r.states[h].tried.add(other)
		}
	}
}

func (r *run) takes(h, place int) {
	r.free.remove(place)
	turn := r.turn[place]
	r.turn[place]++
	r.at(r.hour+r.w.stay(place, turn)+r.w.ready(place, turn), event{kind: becomesFree, place: place})
	s := &r.states[h]
	s.ended, s.placedAt = r.hour, r.hour+r.w.travel(h, place)
}

// back to those who look, in the order they came.
func (r *run) back(h int) {
	at, _ := slices.BinarySearch(r.waiting, h)
	r.waiting = slices.Insert(r.waiting, at, h)
}
