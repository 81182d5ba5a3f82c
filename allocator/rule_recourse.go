package allocator

import "haven/schema"

// recourse reads only whether the stay can be paid for: from public funds, or by another route that was found. It says nothing of where anybody
// comes from.
func recourse() Rule {
	return Rule{
		Code:        "recourse",
		Words:       "Recourse to public funds",
		Fact:        "whether they have recourse to public funds or another way to pay, against whom the service takes and by which routes",
		WhenUnknown: "check first where either answer could rule the place out",
		Source:      "stated by the service; would consider is not a yes",
		Unmet:       "funding_route",
		judge:       judgeRecourse,
		place: func(p *schema.Place) any {
			return recourseKey{p.Service.Takes.NoRecourse, factsKey(p.Service.Takes.Funding, schema.FundingRoutes)}
		},
		need: func(n *schema.Need) any { return needRecourse{n.Recourse, n.Funding.Route} },
	}
}

type recourseKey struct {
	without schema.Fact
	routes  string
}

type needRecourse struct {
	recourse schema.Fact
	route    string
}

func judgeRecourse(q *question) Finding {
	t, route := &q.place.Service.Takes, q.need.Funding.Route
	var accepts schema.Fact // the route that was found
	if schema.FundingRoutes.Has(route) {
		accepts = t.Funding[route]
	}
	var hers, places string
	if !q.quiet {
		hers, places = needRecourseWords(q.need), recourseWords(t)
	}
	if q.need.Recourse == schema.Yes {
		return fits(hers, places, "They have recourse to public funds.")
	}
	switch {
	case accepts == schema.Yes:
		return fits(hers, places, "The service takes people by this funding route.")
	case q.need.Recourse != schema.No && t.NoRecourse == schema.No:
		return check(hers, places, "The service needs recourse to public funds: check whether they have it.")
	case q.need.Recourse != schema.No:
		return fits(hers, places, "The service has not said that recourse is needed.")
	case t.NoRecourse == schema.Yes:
		return fits(hers, places, "The service takes people with no recourse to public funds.")
	case t.NoRecourse != schema.No:
		return check(hers, places, "Ask the service whether it takes people with no recourse to public funds.")
	case route != "" && accepts != schema.No:
		return check(hers, places, "The service needs recourse to public funds: ask whether it takes people by this funding route.")
	case len(routesTaken(t)) > 0: // naming one route closes no other
		return check(hers, places, "The service takes people with no recourse by another route: find out whether one is open to them.")
	}
	return bars(hers, places, "The service has no funding route for people with no recourse to public funds.")
}

func needRecourseWords(n *schema.Need) string {
	words := notSaid
	switch n.Recourse {
	case schema.Yes:
		return "Has recourse"
	case schema.No:
		words = "No recourse"
	}
	if n.Funding.Route != "" {
		words += ", " + schema.FundingRoutes.Words(n.Funding.Route)
	}
	return words
}

// routesTaken are the routes by which the service says it takes people without recourse.
func routesTaken(t *schema.Takes) []string {
	var words []string
	for _, row := range schema.FundingRoutes {
		if t.Funding[row.Code] == schema.Yes {
			words = append(words, row.Words)
		}
	}
	return words
}

func recourseWords(t *schema.Takes) string {
	if t.NoRecourse == schema.Yes {
		return "Takes people without recourse"
	}
	words := notSaid
	if t.NoRecourse == schema.No {
		words = "Needs recourse to public funds"
	}
	if routes := routesTaken(t); len(routes) > 0 {
		words += ", or takes by: " + listed(routes, "or")
	}
	return words
}
