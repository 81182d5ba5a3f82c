package schema

import "fmt"

// DefaultMarginMiles is how far a place must be from the edge of an area to avoid unless the helpline sets it. An assumption, labelled so on the page (S4).
const DefaultMarginMiles = 10

// Avoid is an area where a person causing harm has connections.
type Avoid struct {
	Area Area `json:"area"`
	// MarginMiles beyond the edge of the area, 0 to 200; nil means DefaultMarginMiles.
	MarginMiles *float64 `json:"margin_miles,omitempty"`
	// Because is an AvoidBecause code; empty when nobody said. It changes no verdict: every area to avoid is as unsafe as another.
	Because string `json:"because,omitempty"`
	// Person numbers who has the connection, 1 to MostPeopleCausingHarm, where several cause harm; 0 when nobody said. Never a name.
	Person int `json:"person,omitempty"`
}

// MarginKm is the margin in kilometres.
func (a Avoid) MarginKm() float64 { return marginKm(a.MarginMiles) }

// Route is a way that a person causing harm often travels: everything near the straight line between the middles of two areas.
type Route struct {
	From Area `json:"from"`
	To   Area `json:"to"`
	// MarginMiles either side of the line, 0 to 200; nil means DefaultMarginMiles.
	MarginMiles *float64 `json:"margin_miles,omitempty"`
}

// MarginKm is the margin in kilometres.
func (r Route) MarginKm() float64 { return marginKm(r.MarginMiles) }

// Harm says how many people cause harm. With several (a family, honour-based abuse) the areas of each have to be known before any place is clear.
type Harm struct {
	// People who cause harm, 1 to MostPeopleCausingHarm; 0 when nobody said.
	People int `json:"people,omitempty"`
}

const (
	// MostPeopleCausingHarm that one need can number.
	MostPeopleCausingHarm = 9
	// MostAreas of a kind in one need: areas to avoid, routes, areas to be near.
	MostAreas = 40
)

// AvoidBecause: what connects a person causing harm to an area.
var AvoidBecause = Codes{
	{Code: "home", Words: "Lives there"},
	{Code: "work", Words: "Works there"},
	{Code: "family", Words: "Family there"},
	{Code: "friends", Words: "Friends or associates there"},
	{Code: "contact", Words: "Where children are handed over"},
	{Code: "travels", Words: "Often travels through"},
	{Code: "other", Words: "Another reason"},
}

func marginKm(miles *float64) float64 {
	if miles == nil {
		return DefaultMarginMiles * KmPerMile
	}
	return *miles * KmPerMile
}

func checkMiles(field string, miles *float64) error {
	if miles != nil && (*miles < 0 || *miles > 200 || *miles != *miles) {
		return Invalid(field, "The margin must be 0 to 200 miles")
	}
	return nil
}

func (n Need) checkAreas() error {
	if len(n.Avoid) > MostAreas {
		return Invalid("avoid", fmt.Sprintf("At most %d areas to avoid; name a council or a region instead of its parts", MostAreas))
	}
	for i, a := range n.Avoid {
		if a.Area.Code == "" {
			return Invalid(fmt.Sprintf("avoid[%d]", i), fmt.Sprintf("Area to avoid %d is empty", i+1))
		}
		if err := checkMiles(fmt.Sprintf("avoid[%d].margin_miles", i), a.MarginMiles); err != nil {
			return err
		}
		if a.Because != "" && !AvoidBecause.Has(a.Because) {
			return Invalid(fmt.Sprintf("avoid[%d].because", i), "Choose from the list what connects the person causing harm to this area, or leave it empty")
		}
		if a.Person < 0 || a.Person > MostPeopleCausingHarm {
			return Invalid(fmt.Sprintf("avoid[%d].person", i), fmt.Sprintf("The number of the person causing harm must be 1 to %d, or left empty", MostPeopleCausingHarm))
		}
	}
	if len(n.Routes) > MostAreas {
		return Invalid("routes", fmt.Sprintf("At most %d routes to avoid; name the areas instead", MostAreas))
	}
	for i, r := range n.Routes {
		if r.From.Code == "" || r.To.Code == "" {
			return Invalid(fmt.Sprintf("routes[%d]", i), fmt.Sprintf("Route to avoid %d needs the area where it starts and the area where it ends", i+1))
		}
		if err := checkMiles(fmt.Sprintf("routes[%d].margin_miles", i), r.MarginMiles); err != nil {
			return err
		}
	}
	if n.Harm.People < 0 || n.Harm.People > MostPeopleCausingHarm {
		return Invalid("harm.people", fmt.Sprintf("How many people cause harm must be 1 to %d, or left empty", MostPeopleCausingHarm))
	}
	return n.checkNear()
}
