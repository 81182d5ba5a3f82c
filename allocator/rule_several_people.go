package allocator

import (
	"strconv"

	"haven/schema"
)

// severalPeople: where several people cause harm (a family, honour-based abuse), the areas that one of them gave her reason to avoid say nothing
// of the others. Until each has an area, no place is surely clear of all of them.
func severalPeople() Rule {
	return Rule{
		Code:         "several_people",
		Words:        "Areas of everybody who causes harm",
		Fact:         "how many people cause harm, and which of them have an area to avoid; an area without a person counts for none of them",
		WhenUnknown:  "check first where several people cause harm: the service confirms its area before it says yes",
		Safety:       true,
		ConfirmsArea: true,
		AsksOnly:     true,
		Source:       "where several people cause harm: wider areas to avoid, of every one of them",
		Unmet:        "area_not_safe",
		onlyIfSaid:   true,
		judge:        judgeSeveralPeople,
		place:        func(*schema.Place) any { return struct{}{} },
		need:         func(n *schema.Need) any { return peopleWithoutArea(n) > 0 },
	}
}

func judgeSeveralPeople(q *question) Finding {
	people, missing := q.need.Harm.People, peopleWithoutArea(q.need)
	if q.quiet && missing == 0 {
		return Finding{Verdict: Fits}
	}
	places := publishedArea(q.place.Service.Area)
	switch {
	case people < 2:
		return fits(harmWords(people), places, "Nobody said that several people cause harm.")
	case missing > 0:
		return check(harmWords(people), places, "Areas of "+strconv.Itoa(missing)+" of "+strconv.Itoa(people)+
			" people causing harm are not known: ask the service to confirm its area.")
	}
	return fits(harmWords(people), places, "Each person causing harm has an area to avoid.")
}

// peopleWithoutArea counts who causes harm and has no area to avoid, where several do. One person's areas are simply those that were given.
func peopleWithoutArea(n *schema.Need) int {
	if n.Harm.People < 2 {
		return 0
	}
	known := 0
	for i := range n.Avoid {
		person := n.Avoid[i].Person
		if person < 1 || person > n.Harm.People {
			continue
		}
		counted := false
		for j := range i {
			counted = counted || n.Avoid[j].Person == person
		}
		if !counted {
			known++
		}
	}
	return n.Harm.People - known
}

func harmWords(people int) string {
	switch {
	case people < 1:
		return "Not said"
	case people == 1:
		return "1 person causes harm"
	}
	return strconv.Itoa(people) + " people cause harm"
}
