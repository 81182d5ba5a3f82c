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
		out.Avoid, out.Routes = avoidOf(v), routesOf(v)
	}
	if v.NeedsShared {
		out.Needs = needsOf(v.Need)
	}
	return out
}

func needsOf(n schema.Need) Needs {
	out := Needs{
		People: n.Household.People(), Pregnant: n.Household.Pregnant, Pets: n.Pets, AssistanceAnimal: n.AssistanceAnimal, Wheelchair: n.Wheelchair,
		LimitedMobility: n.LimitedMobility, Hearing: n.Hearing, Sight: n.Sight, CarerVisits: n.CarerVisits, NightStaff: n.NightStaff,
		Language: n.Language, Support: n.Support, RunFor: n.RunFor, Recourse: n.Recourse,
		Funding: said(n.Funding), Home: said(n.Home), MovingOn: said(n.MovingOn),
	}
	for _, a := range n.Household.Adults {
		out.Adults = append(out.Adults, Adult{As: a.As, Age: a.Age, Is: a.Is})
	}
	for _, a := range n.Near {
		out.Near = append(out.Near, Near{a.Area.Name, a.WithinMiles, a.Because})
	}
	for _, w := range n.Wishes {
		wish := Wish{Code: w.Code, Tier: w.Tier, Which: w.Which}
		for _, a := range w.Areas {
			wish.Areas = append(wish.Areas, a.Name)
		}
		out.Wishes = append(out.Wishes, wish)
	}
	for _, c := range n.Household.Children {
		out.Children = append(out.Children, Child{Age: c.Age, Sex: c.Sex})
	}
	if !n.ArriveBy.IsZero() {
		out.ArriveBy = utc(&n.ArriveBy)
	}
	return out
}

// said is nil where nothing was.
func said[T comparable](facts T) *T {
	if facts == *new(T) {
		return nil
	}
	return &facts
}

func milesOf(margin *float64) *float64 {
	miles := float64(schema.DefaultMarginMiles)
	if margin != nil {
		miles = *margin
	}
	return &miles
}

func avoidOf(v exchange.HoldView) []Avoid {
	var out []Avoid
	for _, a := range v.Need.Avoid {
		told := Avoid{Area: a.Area.Name, Kind: a.Area.Kind}
		if v.NeedsShared {
			told.MarginMiles = milesOf(a.MarginMiles)
		}
		out = append(out, told)
	}
	return out
}

func routesOf(v exchange.HoldView) []Route {
	var out []Route
	for _, r := range v.Need.Routes {
		told := Route{From: r.From.Name, To: r.To.Name}
		if v.NeedsShared {
			told.MarginMiles = milesOf(r.MarginMiles)
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
