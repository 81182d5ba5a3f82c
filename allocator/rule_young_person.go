package allocator

import (
	"strconv"
	"time"

	"haven/schema"
)

// youngPerson: a service takes somebody of 16 or 17 only where it says so itself. Whatever it says, children's services are named (S10).
func youngPerson() Rule {
	return Rule{
		Code:        "young_person",
		Words:       "16 and 17 year olds",
		Fact:        "the age on the day of arrival of each adult who is 16 or 17, against the youngest the service takes",
		WhenUnknown: "check first",
		Source:      "stated by the service; Children Act 1989 sections 17 and 20",
		Unmet:       "whom_it_takes",
		onlyIfSaid:  true,
		judge:       judgeYoungPerson,
		place: func(p *schema.Place) any {
			k := youngPlace{ready: hour(readyFrom(p))}
			if from := p.Service.Takes.AgeFrom; from != nil {
				k.said, k.from = true, *from
			}
			return k
		},
		need: func(n *schema.Need) any {
			if !withYoungPerson(n) {
				return ""
			}
			return adultsKey(n)
		},
	}
}

type youngPlace struct {
	said  bool
	from  int
	ready time.Time
}

func withYoungPerson(n *schema.Need) bool {
	for _, a := range n.Household.Adults {
		if a.Age > 0 && a.Age < adult {
			return true
		}
	}
	return false
}

const childrensServices = " Children's services have a duty to somebody of 16 or 17: tell them."

func judgeYoungPerson(q *question) Finding {
	from := q.place.Service.Takes.AgeFrom
	worst := Fits
	var hers []string
	for _, a := range q.need.Household.Adults {
		youngest, oldest := q.ageOf(a)
		if youngest >= adult {
			continue
		}
		v := Fits
		switch {
		case from == nil:
			v = CheckFirst
		case *from <= youngest:
		case *from > oldest:
			v = DoesNotFit
		default:
			v = CheckFirst
		}
		if v.rank() > worst.rank() {
			worst = v
		}
		if !q.quiet {
			hers = append(hers, adultWords(a, youngest, oldest))
		}
	}
	if q.quiet {
		return Finding{Verdict: worst}
	}
	places := notSaid
	if from != nil {
		places = "From " + strconv.Itoa(*from)
	}
	age := listed(hers, "and")
	switch {
	case len(hers) == 0:
		return fits("Nobody of 16 or 17", places, "Nobody among the adults said to be 16 or 17.")
	case worst == DoesNotFit:
		return bars(age, places, "The service takes adults from "+strconv.Itoa(*from)+"."+childrensServices)
	case from == nil:
		return check(age, places, "Ask the service whether it takes somebody of 16 or 17: it has not said."+childrensServices)
	case worst == CheckFirst:
		return check(age, places, "The service takes adults from "+strconv.Itoa(*from)+": check the age on the day of arrival."+childrensServices)
	}
	return fits(age, places, "The service takes people of this age."+childrensServices)
}
