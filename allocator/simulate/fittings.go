package simulate

import "haven/schema"

// dealFittings says what each room has besides beds. Nobody publishes these shares: assumed. A home has a kitchen and a bathroom of its own.
func dealFittings(d *dice, services []*Service) {
	rooms := atomic(services)
	n := len(rooms)
	hearing, sight := dealFacts(d, n, 8, 32), dealFacts(d, n, 12, 28)
	bathroom, kitchen := dealFacts(d, n, 25, 60), dealFacts(d, n, 6, 84)
	for i, s := range rooms {
		if s.SlotAt != nil {
			continue // works in her own home
		}
		s.Hearing, s.Sight = hearing[i], sight[i]
		s.OwnBathroom, s.OwnKitchen = bathroom[i], kitchen[i]
		if s.SelfContained == schema.Yes {
			s.OwnBathroom, s.OwnKitchen = schema.Yes, schema.Yes
		}
	}
	for _, service := range services {
		for i := range service.Spaces {
			unit := &service.Spaces[i]
			for j, room := range roomsOf(service.Spaces, unit.Rooms) {
				if j == 0 {
					unit.Hearing, unit.Sight, unit.OwnBathroom, unit.OwnKitchen = room.Hearing, room.Sight, room.OwnBathroom, room.OwnKitchen
					continue
				}
				unit.Hearing, unit.Sight = weaker(unit.Hearing, room.Hearing), weaker(unit.Sight, room.Sight)
				// One bathroom or kitchen serves the whole unit.
				unit.OwnBathroom, unit.OwnKitchen = stronger(unit.OwnBathroom, room.OwnBathroom), stronger(unit.OwnKitchen, room.OwnKitchen)
			}
		}
	}
}

func stronger(a, b schema.Fact) schema.Fact {
	switch {
	case a == schema.Yes || b == schema.Yes:
		return schema.Yes
	case a == schema.Unknown || b == schema.Unknown:
		return schema.Unknown
	}
	return schema.No
}
