package simulate

import (
	"time"

	"haven/schema"
)

// dealReports says which spaces are free as the network starts: few, as in life, and some on purpose, so that every trial of the main needs (a family,
// a wheelchair, no recourse, works at home, a settled home) finds a place.
func dealReports(d *dice, services []*Service, now time.Time) {
	rooms := atomic(services)
	states := deal(d, len(rooms), share[schema.State]{schema.Taken, 77}, share[schema.State]{schema.Available, 13}, share[schema.State]{schema.GettingReady, 6}, share[schema.State]{schema.OutOfUseFor, 4})
	for i, s := range rooms {
		if s.SlotAt != nil && states[i] != schema.Available {
			states[i] = schema.Taken
		}
		s.Report = report(d, states[i], now)
	}
	wheelchairs := 0
	for i, service := range services {
		for j := range service.Spaces {
			s := &service.Spaces[j]
			if s.Wheelchair == schema.Yes && len(s.Rooms) == 0 {
				wheelchairs++
			}
			switch {
			case i%6 == 0 && (s.Ref == "1" || s.Ref == "2"), // a family unit
				service.Takes.NoRecourse == schema.Yes && j == 3,
				s.Wheelchair == schema.Yes && len(s.Rooms) == 0 && wheelchairs%3 == 1,
				s.SlotAt != nil && j < 4,
				service.Provision == schema.SocialTenancy && j < 2:
				s.Report = schema.Report{State: schema.Available}
			}
		}
	}
	for _, service := range services {
		for i := range service.Spaces {
			if unit := &service.Spaces[i]; len(unit.Rooms) > 0 {
				unit.Report = together(roomsOf(service.Spaces, unit.Rooms))
			}
		}
	}
}

// report of one room in a state, with a likely time.
func report(d *dice, state schema.State, now time.Time) schema.Report {
	r := schema.Report{State: state}
	hour := now.UTC().Truncate(time.Hour)
	switch state {
	case schema.GettingReady:
		from := hour.Add(time.Duration(d.between(2, 30)) * time.Hour)
		r.From = &from
	case schema.OutOfUseFor:
		r.Why = schema.OutOfUse[d.below(len(schema.OutOfUse))].Code
		if !d.oneIn(4) {
			until := hour.AddDate(0, 0, d.between(1, 20))
			r.Until = &until
		}
	}
	return r
}

// together is what a unit's rooms make of it: as little free as its least free room, and ready when its last room is.
func together(rooms []*Space) schema.Report {
	out := schema.Report{State: schema.Available}
	for _, room := range rooms {
		r := room.Report
		switch {
		case hindrance(r.State) > hindrance(out.State):
			out = schema.Report{State: r.State, From: r.From, Until: r.Until, Why: r.Why}
		case r.State == schema.GettingReady && out.State == schema.GettingReady && r.From.After(*out.From):
			out.From = r.From
		}
	}
	return out
}

func hindrance(s schema.State) int {
	switch s {
	case schema.Available:
		return 0
	case schema.GettingReady:
		return 1
	case schema.OutOfUseFor:
		return 2
	case schema.Taken:
		return 3
	}
	return 4
}
