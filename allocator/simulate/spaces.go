package simulate

import (
	"fmt"
	"strconv"
	"time"

	"haven/schema"
)

// spacesOf gives the spaces of a service: what they are, not whether they are free. Numbers a service are assumed.
func spacesOf(d *dice, kind schema.ProvisionCode, now time.Time) []Space {
	switch kind {
	case schema.Refuge:
		return house(d, d.between(9, 12))
	case schema.Specialist:
		return house(d, 8)
	case schema.Dispersed:
		return homes(d, "Flat", 9)
	case schema.OtherEmergency:
		return homes(d, "Flat", 6)
	case schema.SecondStage:
		return homes(d, "Flat", 11)
	case schema.Sanctuary:
		return slots(d, 10, now)
	}
	return homes(d, "Home", 9)
}

// house is a shared house of numbered rooms. Its first rooms also go together as family units: a unit is free only while both its rooms are.
func house(d *dice, rooms int) []Space {
	beds := deal(d, rooms, share[int]{2, 30}, share[int]{1, 20}, share[int]{3, 25}, share[int]{4, 17}, share[int]{5, 8})
	var out []Space
	for i := range rooms {
		s := schema.Space{Ref: strconv.Itoa(i + 1), BedSpaces: beds[i], SelfContained: schema.No}
		if beds[i] > 1 && d.below(5) < 3 {
			one := 1
			s.Cots = &one
		}
		out = append(out, Space{Space: s})
	}
	units := 1
	if rooms > 10 {
		units = 2
	}
	for u := range units {
		a, b := out[2*u], out[2*u+1]
		out = append(out, Space{Space: schema.Space{
			Ref: "F" + strconv.Itoa(u+1), Rooms: []string{a.Ref, b.Ref},
			BedSpaces: a.BedSpaces + b.BedSpaces, Cots: both(a.Cots, b.Cots), SelfContained: schema.No,
		}})
	}
	return out
}

// homes are self-contained, with the bed spaces that their bedrooms give.
func homes(d *dice, word string, n int) []Space {
	cots := 1
	bedrooms := deal(d, n, share[int]{2, 45}, share[int]{1, 25}, share[int]{3, 25}, share[int]{4, 5})
	var out []Space
	for i := range n {
		out = append(out, Space{Space: schema.Space{
			Ref: fmt.Sprintf("%s %d", word, i+1), Bedrooms: bedrooms[i], BedSpaces: 2 * bedrooms[i], Cots: &cots, SelfContained: schema.Yes,
		}})
	}
	return out
}

// slots are half surveys, half fittings, within the next 7 days.
func slots(d *dice, n int, now time.Time) []Space {
	start := now.UTC().Truncate(time.Hour)
	var out []Space
	for i := range n {
		what, word := "survey", "Survey"
		if i%2 == 1 {
			what, word = "fitting", "Fitting"
		}
		at := start.Add(time.Duration(d.between(1, 7*24-1)) * time.Hour)
		out = append(out, Space{Space: schema.Space{Ref: fmt.Sprintf("%s %d", word, i/2+1), SlotAt: &at, Slot: what}})
	}
	return out
}

// dealAccess says which rooms suit a wheelchair and which limited mobility. Published shares of vacancies are 0.9% and 1.1%; here they are about
// three and six, assumed, so that a trial finds one. A unit suits what both its rooms suit.
func dealAccess(d *dice, services []*Service) {
	rooms := atomic(services)
	wheelchair := deal(d, len(rooms), share[schema.Fact]{schema.No, 82}, share[schema.Fact]{schema.Unknown, 15}, share[schema.Fact]{schema.Yes, 3})
	mobility := deal(d, len(rooms), share[schema.Fact]{schema.No, 79}, share[schema.Fact]{schema.Unknown, 15}, share[schema.Fact]{schema.Yes, 6})
	for i, s := range rooms {
		s.Wheelchair, s.LimitedMobility = wheelchair[i], mobility[i]
	}
	for _, service := range services {
		for i := range service.Spaces {
			unit := &service.Spaces[i]
			if len(unit.Rooms) == 0 {
				continue
			}
			unit.Wheelchair, unit.LimitedMobility = schema.Yes, schema.Yes
			for _, room := range roomsOf(service.Spaces, unit.Rooms) {
				unit.Wheelchair = weaker(unit.Wheelchair, room.Wheelchair)
				unit.LimitedMobility = weaker(unit.LimitedMobility, room.LimitedMobility)
			}
		}
	}
}

// both cots of a unit's rooms; not said where neither room says.
func both(a, b *int) *int {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	sum := *a + *b
	return &sum
}

func weaker(a, b schema.Fact) schema.Fact {
	switch {
	case a == schema.No || b == schema.No:
		return schema.No
	case a == schema.Unknown || b == schema.Unknown:
		return schema.Unknown
	}
	return schema.Yes
}

// atomic gives the spaces that are one room of their own.
func atomic(services []*Service) []*Space {
	var out []*Space
	for _, service := range services {
		for i := range service.Spaces {
			if len(service.Spaces[i].Rooms) == 0 {
				out = append(out, &service.Spaces[i])
			}
		}
	}
	return out
}

func roomsOf(spaces []Space, refs []string) []*Space {
	var out []*Space
	for _, ref := range refs {
		for i := range spaces {
			if spaces[i].Ref == ref {
				out = append(out, &spaces[i])
			}
		}
	}
	return out
}
