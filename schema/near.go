package schema

import "fmt"

// Near is somewhere the household has to be able to reach: care, work, or contact that a court ordered. It is a fact of her life, not a wish.
type Near struct {
	Area Area `json:"area"`
	// WithinMiles is how far a place may lie from the area, 1 to 500.
	WithinMiles float64 `json:"within_miles"`
	// Because is a NearBecause code.
	Because string `json:"because"`
}

// NearBecause: why a place must not be too far away.
var NearBecause = Codes{
	{Code: "court_order", Words: "Contact that a court ordered"},
	{Code: "care", Words: "Medical care"},
	{Code: "caring", Words: "Somebody she cares for"},
	{Code: "work", Words: "Work"},
	{Code: "school", Words: "School"},
}

func (n Need) checkNear() error {
	if len(n.Near) > MostAreas {
		return Invalid("near", fmt.Sprintf("At most %d areas to stay near", MostAreas))
	}
	for i, a := range n.Near {
		if a.Area.Code == "" {
			return Invalid(fmt.Sprintf("near[%d]", i), fmt.Sprintf("Area to stay near %d is empty", i+1))
		}
		if !(a.WithinMiles >= 1 && a.WithinMiles <= 500) {
			return Invalid(fmt.Sprintf("near[%d].within_miles", i), "Say within how many miles, 1 to 500")
		}
		if !NearBecause.Has(a.Because) {
			return Invalid(fmt.Sprintf("near[%d].because", i), "Choose from the list why a place must not be too far from there")
		}
	}
	return nil
}
