package allocator

import (
	"math"
	"strconv"
	"time"

	"haven/schema"
)

// adult age, from which somebody is held to a service's ages for adults, and children's services have no duty.
const adult = 18

// adultAge applies the ages of adults that a service states. A limit of 18 or under rules out no adult, so it asks nobody's age.
func adultAge() Rule {
	return Rule{
		Code:        "adult_age",
		Words:       "Adults' ages",
		Fact:        "each adult's age on the day of arrival, if it was said, against the ages the service takes; sons, daughters and a carer who lives in are not held to it",
		WhenUnknown: "check first where the service states limits",
		Source:      "stated by the service; no upper age is assumed",
		Unmet:       "whom_it_takes",
		onlyIfSaid:  true,
		judge:       judgeAdultAge,
		place: func(p *schema.Place) any {
			from, to := adultAges(&p.Service.Takes)
			return agesPlace{from, to, hour(readyFrom(p))}
		},
		need: func(n *schema.Need) any { return adultsKey(n) },
	}
}

type agesPlace struct {
	from, to int
	ready    time.Time
}

// adultAges a service takes: from 18 without end where it states no limit.
func adultAges(t *schema.Takes) (from, to int) {
	from, to = adult, math.MaxInt
	if t.AgeFrom != nil {
		from = max(adult, *t.AgeFrom)
	}
	if t.AgeTo != nil {
		to = *t.AgeTo
	}
	return from, to
}

func judgeAdultAge(q *question) Finding {
	from, to := adultAges(&q.place.Service.Takes)
	places := limitWords(&q.place.Service.Takes)
	worst := Fits
	var hers []string
	for _, a := range q.need.Household.Adults {
		if a.Is == schema.AdultChildOf || a.Is == schema.CarerOf {
			continue // whom it takes as such, whatever the ages of those it is for
		}
		youngest, oldest := q.ageOf(a)
		if oldest < adult {
			continue // a young person, for whom another rule speaks
		}
		if v := ageVerdict(youngest, oldest, from, to); v.rank() > worst.rank() {
			worst = v
		}
		if !q.quiet {
			hers = append(hers, adultWords(a, youngest, oldest))
		}
	}
	if q.quiet {
		return Finding{Verdict: worst}
	}
	age := listed(hers, "and")
	switch {
	case len(hers) == 0:
		return fits("No adult of 18 or over", places, "Nobody is held to the service's ages for adults.")
	case worst == DoesNotFit:
		return bars(age, places, "The service takes adults of these ages: "+places+".")
	case worst == CheckFirst:
		return check(age, places, "The service takes adults of these ages: "+places+". Check each adult's age on the day of arrival.")
	}
	return fits(age, places, "The service takes adults of this age.")
}

// ageVerdict of somebody between two ages, against limits that bind from 18.
func ageVerdict(youngest, oldest, from, to int) Verdict {
	asAdult := max(youngest, adult)
	switch {
	case from <= asAdult && oldest <= to:
		return Fits
	case youngest >= adult && (oldest < from || asAdult > to):
		return DoesNotFit
	}
	return CheckFirst
}

// ageOf an adult on the day of arrival: any adult age where she did not say. 16 and 17 are not assumed of anybody.
func (q *question) ageOf(a schema.Adult) (youngest, oldest int) {
	if a.Age <= 0 {
		return adult, math.MaxInt
	}
	return q.age(schema.Child{Age: a.Age})
}

// limitWords are the ages as the service states them.
func limitWords(t *schema.Takes) string {
	switch from, to := t.AgeFrom, t.AgeTo; {
	case from != nil && to != nil:
		return strconv.Itoa(*from) + " to " + strconv.Itoa(*to)
	case from != nil:
		return strconv.Itoa(*from) + " and over"
	case to != nil:
		return "Up to " + strconv.Itoa(*to)
	}
	return "No limit stated"
}

func adultWords(a schema.Adult, youngest, oldest int) string {
	switch {
	case a.Age <= 0:
		return "Age not said"
	case youngest == oldest:
		return "Adult, " + strconv.Itoa(youngest)
	}
	return "Adult, " + strconv.Itoa(youngest) + " or " + strconv.Itoa(oldest)
}

// adultsKey is all that the ages of adults on arrival turn on, like agesKey of children.
func adultsKey(n *schema.Need) string {
	var k keyed
	k.number(float64(hour(n.ArriveBy).Unix()))
	if !n.SaidAt.IsZero() {
		k.text(n.SaidAt.Format(time.DateOnly))
	}
	for _, a := range n.Household.Adults {
		k.number(float64(a.Age)).text(a.Is)
	}
	return k.String()
}
