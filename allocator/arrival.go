package allocator

import (
	"time"

	"haven/schema"
)

// Assumptions of a journey, none of them measured: between the middles of two areas as the crow flies nobody is faster than a car on an open road,
// and by bus and on foot somebody with children and bags is at worst this slow. Nobody is taken to be longer on the way than longestJourney, which is
// also what is assumed where either area is not known.
const (
	fastestMph     = 50
	slowestMph     = 15
	longestJourney = 8 * time.Hour
)

// arrival is when she would be at the door, first and last. A time that she named is taken as it was said; else she sets out now. Nobody arrives before
// the place is ready.
func (q *question) arrival() (first, last time.Time) {
	if q.need.ArriveBy.After(q.now) {
		return q.arrive, q.arrive
	}
	soonest, latest := time.Duration(0), longestJourney
	if q.need.NowIn != nil {
		soonest, latest = journey(*q.need.NowIn, q.place.Service.Area)
	}
	return later(q.now.Add(soonest), q.arrive), later(q.now.Add(latest), q.arrive)
}

// journey between two areas, at the soonest and at the latest: from edge to edge, and from the far side of one to the far side of the other.
func journey(a, b schema.Area) (soonest, latest time.Duration) {
	if !measurable(a) || !measurable(b) {
		return 0, longestJourney
	}
	d, r := schema.DistanceKm(a, b), a.RadiusKm+b.RadiusKm
	soonest = hours(max(0, d-r) / schema.KmPerMile / fastestMph)
	return soonest, max(soonest, min(hours((d+r)/schema.KmPerMile/slowestMph), longestJourney))
}

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
