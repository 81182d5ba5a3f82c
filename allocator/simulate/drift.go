package simulate

import (
	"reflect"
	"slices"
	"time"

	"haven/schema"
)

// Change is one report that a service would send next. The numbers are positions in the services given and in that service's spaces.
type Change struct {
	Service int
	Space   int
	Report  schema.Report
}

const (
	// Between these shares of free rooms either way is likely; outside them the network comes back. Assumed.
	fewFree  = 12
	manyFree = 35
)

// Drift gives an endless generator of likely changes. Each call looks at the reports as they stand and answers with what is reported next: one room,
// and the units it is part of. The caller sends it and, once it was taken, keeps it in services; a change that was answered with a no is simply not kept.
// It answers with nothing only where there is no room to report on.
func Drift(seed uint64) func(services []Service, now time.Time) []Change {
	d := roll(seed)
	return func(services []Service, now time.Time) []Change {
		service, space, ok := pick(d, services, now)
		if !ok {
			return nil
		}
		first := Change{service, space, onward(d, services[service].Spaces[space], now)}
		return append([]Change{first}, units(services[service].Spaces, first, now)...)
	}
}

type position struct{ service, space int }

// pick chooses a room: first one that is due (made ready or back in use by now, or dated in the past), else so that neither every room is taken in time nor every
// room free. A room that is still being made ready is left alone while there is another.
func pick(d *dice, services []Service, now time.Time) (service, space int, ok bool) {
	var due, free, others, waiting []position
	for i := range services {
		for j := range services[i].Spaces {
			s, at := &services[i].Spaces[j], position{i, j}
			switch {
			case len(s.Rooms) > 0 || s.Report.State == schema.Closed:
			case isDue(s, now):
				due = append(due, at)
			case s.Report.State == schema.GettingReady:
				waiting = append(waiting, at)
			case s.Report.State == schema.Available:
				free = append(free, at)
			default:
				others = append(others, at)
			}
		}
	}
	share := 100 * (len(due) + len(waiting) + len(free)) / max(1, len(due)+len(waiting)+len(free)+len(others))
	from := slices.Concat(free, others)
	switch {
	case len(due) > 0:
		from = due
	case share < fewFree && len(others) > 0:
		from = others
	case share > manyFree:
		from = free
	}
	if len(from) == 0 {
		from = waiting
	}
	if len(from) == 0 {
		return 0, 0, false
	}
	chosen := from[d.below(len(from))]
	return chosen.service, chosen.space, true
}

func isDue(s *Space, now time.Time) bool {
	if s.SlotAt != nil {
		return !s.SlotAt.After(now)
	}
	switch r := s.Report; r.State {
	case schema.GettingReady:
		return r.From == nil || !r.From.After(now)
	case schema.OutOfUseFor:
		return r.Until != nil && !r.Until.After(now)
	}
	return false
}

// onward is the next thing that happens to a room: somebody moves on, it is made ready, somebody comes.
func onward(d *dice, s Space, now time.Time) schema.Report {
	if s.SlotAt != nil {
		switch {
		case !s.SlotAt.After(now):
			return schema.Report{State: schema.Closed}
		case s.Report.State == schema.Available:
			return schema.Report{State: schema.Taken}
		}
		return schema.Report{State: schema.Available}
	}
	switch s.Report.State {
	case schema.Available:
		if d.oneIn(10) {
			return report(d, schema.OutOfUseFor, now)
		}
		return schema.Report{State: schema.Taken}
	case schema.Taken:
		return report(d, schema.GettingReady, now)
	}
	return schema.Report{State: schema.Available}
}

// units that change because one of their rooms did.
func units(spaces []Space, first Change, now time.Time) []Change {
	after := slices.Clone(spaces)
	after[first.Space].Report = first.Report
	var out []Change
	for i := range after {
		unit := &after[i]
		if !slices.Contains(unit.Rooms, after[first.Space].Ref) {
			continue
		}
		r := together(roomsOf(after, unit.Rooms))
		if r.From != nil && r.From.Before(now) {
			r.From = &now // a room that is overdue is ready no earlier than now
		}
		if r.Until != nil && r.Until.Before(now) {
			r.Until = nil // nor is it known when one that should be back will be
		}
		if !reflect.DeepEqual(r, unit.Report) {
			out = append(out, Change{first.Service, i, r})
		}
	}
	return out
}
