package allocator

// where the place is, against where she must not or cannot be.
func where() []Rule {
	return []Rule{
		areaToAvoid(),
		routeToAvoid(),
		severalPeople(),
		excludedArea(),
		tooFar(),
	}
}

// kinds of place, and what the law or a scheme asks of each.
func kinds() []Rule {
	return []Rule{
		provision(),
		sanctuaryConditions(),
		secondStage(),
		protocol(),
		tenure(),
	}
}

// whom the service takes.
func whom() []Rule {
	return []Rule{
		takes(),
		runFor(),
		adultAge(),
		youngPerson(),
		couples(),
		adultChildren(),
		pregnancy(),
		boysAge(),
		declined(),
	}
}

// rooms: whether everybody can sleep there as they must.
func rooms() []Rule {
	return []Rule{
		room(),
		cots(),
		bedrooms(),
	}
}

// access and support that the household requires.
func access() []Rule {
	return []Rule{
		wheelchair(),
		limitedMobility(),
		sensory(),
		carer(),
		assistanceAnimal(),
		pets(),
		language(),
		support(),
		nightStaff(),
	}
}

// money: how the stay is paid for.
func money() []Rule {
	return []Rule{
		recourse(),
		concession(),
		cost(),
	}
}

// when the place can be used, and how sure that is.
func when() []Rule {
	return []Rule{
		reception(),
		ready(),
		freshness(),
	}
}
