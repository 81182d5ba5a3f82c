package allocator

import "haven/schema"

// recourse reads only whether the stay can be paid for from public funds. It says nothing of where anybody comes from.
func recourse() Rule {
	return Rule{
		Code:        "recourse",
		Words:       "Recourse to public funds",
		Fact:        "whether she has recourse to public funds, against whether the service takes people without",
		WhenUnknown: "check first where either answer could rule the place out",
		Source:      "stated by the service; would consider is not a yes",
		Unmet:       "funding_route",
		judge:       judgeRecourse,
	}
}

func judgeRecourse(q *question) Finding {
	takes := q.place.Service.Takes.NoRecourse
	places := "Not said"
	switch takes {
	case schema.Yes:
		places = "Takes people without recourse"
	case schema.No:
		places = "Needs recourse to public funds"
	}
	switch q.need.Recourse {
	case schema.Yes:
		return fits("Has recourse", places, "She has recourse to public funds.")
	case schema.No:
		switch takes {
		case schema.Yes:
			return fits("No recourse", places, "The service takes people with no recourse to public funds.")
		case schema.No:
			return bars("No recourse", places, "The service has no funding route for people with no recourse to public funds.")
		}
		return check("No recourse", places, "Ask the service whether it takes people with no recourse to public funds.")
	}
	if takes == schema.No {
		return check("Not said", places, "The service needs recourse to public funds: check whether she has it.")
	}
	return fits("Not said", places, "The service has not said that recourse is needed.")
}
