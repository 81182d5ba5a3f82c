package feed

import (
	"haven/exchange"
	"haven/schema"
)

// holdOf puts on the wire what a provider may see of a hold. Fields are named one by one, so that a new fact of a need does not leave Haven
// because somebody added it elsewhere (S6).
func holdOf(v exchange.HoldView) Hold {
	out := Hold{
		Hold: v.ID, Code: v.Code, Version: v.Version, Service: v.Service, Ref: v.SpaceRef, State: v.State, HeldAt: v.HeldAt.UTC(),
		Answered: v.Provided != nil, ArriveBy: utc(v.ArriveBy), Ask: v.Ask, ConfirmArea: v.ConfirmArea, Occupied: v.Occupied,
		NeedsShared: v.NeedsShared, Needs: Needs{People: v.Need.Household.People()},
	}
	if v.State == schema.Held {
		out.ExpiresAt = utc(&v.ExpiresAt)
	}
	if v.ConfirmArea {
		out.Avoid = avoidOf(v)
	}
	if v.NeedsShared {
		out.Needs = needsOf(v.Need)
	}
	return out
}

func needsOf(n schema.Need) Needs {
	out := Needs{
		People: n.Household.People(), Pregnant: n.Household.Pregnant, Wheelchair: n.Wheelchair, LimitedMobility: n.LimitedMobility, Recourse: n.Recourse,
	}
	for _, a := range n.Household.Adults {
		out.Adults = append(out.Adults, Adult{As: a.As, Age: a.Age})
	}
	for _, c := range n.Household.Children {
		out.Children = append(out.Children, Child{Age: c.Age, Sex: c.Sex})
	}
	if !n.ArriveBy.IsZero() {
		out.ArriveBy = utc(&n.ArriveBy)
	}
	return out
}

func avoidOf(v exchange.HoldView) []Avoid {
	var out []Avoid
	for _, a := range v.Need.Avoid {
		told := Avoid{Area: a.Area.Name, Kind: a.Area.Kind}
		if v.NeedsShared {
			margin := float64(schema.DefaultMarginMiles)
			if a.MarginMiles != nil {
				margin = *a.MarginMiles
			}
			told.MarginMiles = &margin
		}
		out = append(out, told)
	}
	return out
}

func endedOf(v exchange.HoldView) HoldEnded {
	out := HoldEnded{Hold: v.ID, Code: v.Code, Reason: v.End, At: utc(v.EndedAt)}
	if v.State == schema.Arrived {
		out.Reason = "arrived"
	}
	return out
}
