package allocator

import (
	"time"

	"haven/schema"
)

// question is one need put to one place at one time, with what several rules work out from them.
type question struct {
	need  *schema.Need
	place *schema.Place
	// kind is the zero Provision where the place's code is not in the list.
	kind schema.Provision
	now  time.Time
	// needed is when she needs the place: now, or her own later time.
	needed time.Time
	// arrive is when she would come: not before needed, nor before the place is ready.
	arrive time.Time
	// quiet: only the verdict is asked, so a rule may leave its words out.
	quiet bool
	// ages are kept from one place to the next; nil where there is one place only.
	ages ages
}

// ages of one need's children by the day they arrive, which is one of few.
type ages map[childOn][2]int

type childOn struct {
	child schema.Child
	day   time.Time
	late  bool // the hour after may be the next day's in London
}

func ask(need *schema.Need, place *schema.Place, kind schema.Provision, now time.Time) question {
	q := question{need: need, place: place, kind: kind, now: now.UTC()}
	q.needed = later(q.now, need.ArriveBy)
	q.arrive = later(q.needed, readyFrom(place))
	return q
}

// readyFrom is when a place that is getting ready can be used: the zero time for every other.
func readyFrom(place *schema.Place) time.Time {
	if v := &place.Vacancy; v.Status == schema.StatusGettingReady && v.From != nil {
		return v.From.UTC()
	}
	return time.Time{}
}

// age of a child on the day of arrival. London is at most an hour ahead of UTC, so that day is one of two; an age that differs between them
// is uncertain, like one without a date of birth that was said on an earlier day.
func (q *question) age(c schema.Child) (youngest, oldest int) {
	if q.ages == nil {
		return q.childsAge(c)
	}
	on := childOn{c, q.arrive.Truncate(24 * time.Hour), q.late()}
	span, ok := q.ages[on]
	if !ok {
		span[0], span[1] = q.childsAge(c)
		q.ages[on] = span
	}
	return span[0], span[1]
}

func (q *question) late() bool { return q.arrive.Hour() == 23 }

func (q *question) childsAge(c schema.Child) (youngest, oldest int) {
	said := q.saidAt()
	youngest, oldest = c.AgeOn(q.arrive, said)
	if !q.late() {
		return youngest, oldest
	}
	y, o := c.AgeOn(q.arrive.Add(time.Hour), said)
	return min(youngest, y), max(oldest, o)
}

// saidAt is when the ages were said: now, where they were never kept.
func (q *question) saidAt() time.Time {
	if q.need.SaidAt.IsZero() {
		return q.now
	}
	return q.need.SaidAt
}

// atHome: the works are done in her own home, so nothing about a room can rule it out.
func (q *question) atHome() bool { return q.kind.Slot }

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b.UTC()
	}
	return a
}
