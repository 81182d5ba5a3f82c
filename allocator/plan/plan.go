package plan

import (
	"time"

	"haven/schema"
)

// Plan for everybody who waits. It holds nothing.
type Plan struct {
	At time.Time
	// Suggestions and Unplaced name each household once: the most urgent first, then who has waited longest.
	Suggestions []Suggestion
	Unplaced    []Unplaced
	Value       Value
	// Bound: no plan places more of the most urgent tier than Bound[0], nor more of the first two tiers than Bound[0]+Bound[1], and so on.
	Bound [Tiers]int
	// Parts in which places overlap, and which are not solved as an assignment.
	Parts []Part
}

// Gap is how many more households a perfect plan might place; 0 where this one is known to place the most.
func (p Plan) Gap() int {
	gap := -p.Value.Households()
	for _, n := range p.Bound {
		gap += n
	}
	return gap
}

// Exact says whether no plan is better. Where it is not, Parts says which are beyond the stated size.
func (p Plan) Exact() bool {
	for _, part := range p.Parts {
		if !part.Exact {
			return false
		}
	}
	return true
}

// Suggestion that a household might be offered a place. People take it up or do not.
type Suggestion struct {
	Request        schema.RequestID
	RequestVersion int64
	Space          schema.SpaceID
	// Version of the place: of a newer one the suggestion says nothing.
	Version int64
	Tier    Tier
	// Words say what using the place costs the others who wait, where it is scarce: of them no more than how many, of the place no more than its
	// published area (S6).
	Words []string
}

// Unplaced household: the plan has no place for it.
type Unplaced struct {
	Request        schema.RequestID
	RequestVersion int64
	Tier           Tier
	Words          []string
}

// Part of the plan in which places overlap.
type Part struct {
	Households, Places, Overlapping int
	// Exact: no plan is better. Beyond the stated size it is false, and no mark was read.
	Exact  bool
	Placed [Tiers]int
	Bound  [Tiers]int
}

// Make a plan for households and places as they are at a time. The order of the arguments is of no account. A household or place that is named
// twice counts in its newest version.
func Make(households []Household, places []schema.Place, now time.Time) (Plan, error) {
	p, err := NewPlanner(households, places, now)
	if err != nil {
		return Plan{}, err
	}
	return p.Plan(), nil
}
