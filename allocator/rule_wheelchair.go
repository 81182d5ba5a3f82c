package allocator

import "haven/schema"

// wheelchair and limited mobility are two facts: a room without a step is not thereby wide enough to turn in.
func wheelchair() Rule {
	return Rule{
		Code:        "wheelchair",
		Words:       "Wheelchair",
		Fact:        "whether somebody uses a wheelchair, against whether the space is accessible with one",
		WhenUnknown: "check first when somebody uses one and the service has not said",
		Source:      "Routes to Support publishes wheelchair and limited mobility separately",
		Unmet:       "access_need",
		judge: func(q *question) Finding {
			return judgeAccess(q, q.need.Wheelchair, q.place.Space.Wheelchair, "a wheelchair")
		},
	}
}

// judgeAccess: a need nobody mentioned rules nothing out; a place nobody described is asked about.
func judgeAccess(q *question, need, place schema.Fact, what string) Finding {
	hers := needWords(need)
	switch {
	case need == schema.No || need == schema.Unknown:
		return fits(hers, offersWords(place), "No access for "+what+" was asked for.")
	case q.atHome():
		return fits(hers, "Her own home", "She stays in her own home.")
	case place == schema.Yes:
		return fits(hers, offersWords(place), "The space is suitable for "+what+".")
	case place == schema.No && need == schema.Yes:
		return bars(hers, offersWords(place), "The space is not suitable for "+what+".")
	}
	return check(hers, offersWords(place), "Ask the service whether the space is suitable for "+what+".")
}

func needWords(f schema.Fact) string {
	switch f {
	case schema.Yes:
		return "Needed"
	case schema.No:
		return "Not needed"
	}
	return "Not said"
}

func offersWords(f schema.Fact) string {
	switch f {
	case schema.Yes:
		return "Suitable"
	case schema.No:
		return "Not suitable"
	}
	return "Not said"
}
