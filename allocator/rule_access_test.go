package allocator_test

import (
	"haven/allocator"
	"haven/schema"
)

// says sets one fact of a place, needs one of a need.
func says(of func(*schema.Place) *schema.Fact, f schema.Fact) func(*schema.Place) {
	return func(p *schema.Place) { *of(p) = f }
}

func needs(of func(*schema.Need) *schema.Fact, f schema.Fact) func(*schema.Need) {
	return func(n *schema.Need) { *of(n) = f }
}

func hearing(n *schema.Need) *schema.Fact     { return &n.Hearing }
func sight(n *schema.Need) *schema.Fact       { return &n.Sight }
func visits(n *schema.Need) *schema.Fact      { return &n.CarerVisits }
func guideDog(n *schema.Need) *schema.Fact    { return &n.AssistanceAnimal }
func pet(n *schema.Need) *schema.Fact         { return &n.Pets }
func atNight(n *schema.Need) *schema.Fact     { return &n.NightStaff }
func alarm(p *schema.Place) *schema.Fact      { return &p.Space.Hearing }
func suitsSight(p *schema.Place) *schema.Fact { return &p.Space.Sight }
func carers(p *schema.Place) *schema.Fact     { return &p.Service.Takes.Carers }
func visitors(p *schema.Place) *schema.Fact   { return &p.Service.Takes.CarerVisits }
func dogs(p *schema.Place) *schema.Fact       { return &p.Service.Takes.AssistanceAnimal }
func takesPets(p *schema.Place) *schema.Fact  { return &p.Service.Takes.Pets }
func staffed(p *schema.Place) *schema.Fact    { return &p.Service.Takes.NightStaff }

// both puts two edits after one another.
func both[T any](one, two func(*T)) func(*T) { return func(v *T) { one(v); two(v) } }

// home is her own, where works are done.
func home(edit func(*schema.Place)) func(*schema.Place) {
	return both(of(schema.Sanctuary), edit)
}

func withCarer(n *schema.Need) {
	n.Household.Adults = append(n.Household.Adults, schema.Adult{As: schema.Woman, Is: schema.CarerOf})
}

func spoken(interpreters schema.Fact, languages ...string) func(*schema.Place) {
	return func(p *schema.Place) {
		p.Service.Takes.Languages, p.Service.Takes.Interpreters = languages, interpreters
	}
}

func speaking(code string) func(*schema.Need) { return func(n *schema.Need) { n.Language = code } }

func requires(codes ...string) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Support = map[string]schema.Fact{}
		for _, code := range codes {
			n.Support[code] = schema.Yes
		}
	}
}

func gives(facts map[string]schema.Fact) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.Support = facts }
}

var sensoryCases = []ruleCase{
	{"Deaf, an alarm that is only heard", barred, needs(hearing, schema.Yes), says(alarm, schema.No), allocator.DoesNotFit, "not suitable for somebody Deaf or hard of hearing.", "blind"},
	{"blind, does not suit", barred, needs(sight, schema.Yes), says(suitsSight, schema.No), allocator.DoesNotFit, "not suitable for somebody blind or partially sighted.", "Deaf"},
	{"both, and one is not met", barred, both(needs(hearing, schema.Yes), needs(sight, schema.Yes)), both(says(alarm, schema.Unknown), says(suitsSight, schema.No)), allocator.DoesNotFit, "not suitable for somebody blind or partially sighted.", ""},
	{"both, and neither is met", barred, both(needs(hearing, schema.Yes), needs(sight, schema.Yes)), both(says(alarm, schema.No), says(suitsSight, schema.No)), allocator.DoesNotFit, "somebody Deaf or hard of hearing or somebody blind", ""},
	{"both are met", allowed, both(needs(hearing, schema.Yes), needs(sight, schema.Yes)), nil, allocator.Fits, "suitable for somebody Deaf or hard of hearing and somebody blind", ""},
	{"the other one is not met", allowed, needs(hearing, schema.Yes), says(suitsSight, schema.No), allocator.Fits, "", "blind"},
	{"not needed", allowed, needs(hearing, schema.No), says(alarm, schema.No), allocator.Fits, "No access for hearing", ""},
	{"not asked", allowed, nil, says(alarm, schema.No), allocator.Fits, "No access for hearing", ""},
	{"works in her own home", allowed, needs(hearing, schema.Yes), home(says(alarm, schema.No)), allocator.Fits, "own home", ""},
	{"a wheelchair space says nothing of an alarm", unknown, needs(hearing, schema.Yes), says(alarm, schema.Unknown), allocator.CheckFirst, "Ask the service whether the space is suitable for somebody Deaf", ""},
	{"one is met and one not described", unknown, both(needs(hearing, schema.Yes), needs(sight, schema.Yes)), says(suitsSight, schema.Unknown), allocator.CheckFirst, "somebody blind", "Ask the service whether the space is suitable for somebody Deaf"},
}

var carerCases = []ruleCase{
	{"lives in, not taken", barred, withCarer, says(carers, schema.No), allocator.DoesNotFit, "does not take a carer who lives in.", "visits."},
	{"visits, not taken", barred, needs(visits, schema.Yes), says(visitors, schema.No), allocator.DoesNotFit, "does not take a carer who visits.", ""},
	{"lives in, taken", allowed, withCarer, says(visitors, schema.No), allocator.Fits, "takes a carer who lives in", ""},
	{"visits, taken", allowed, needs(visits, schema.Yes), says(carers, schema.No), allocator.Fits, "takes a carer who visits", ""},
	{"a friend is no carer", allowed, with("relative", 0), says(carers, schema.No), allocator.Fits, "No carer was said to come", ""},
	{"not asked", allowed, nil, both(says(carers, schema.No), says(visitors, schema.No)), allocator.Fits, "No carer was said to come", ""},
	{"nobody said how the other belongs, and no is said to nobody", allowed, with("", 0), nil, allocator.Fits, "", ""},
	{"nobody said how the other belongs, and another rule asks", allowed, with("", 0), both(says(carers, schema.No), stating("adult_children", schema.No)), allocator.Fits, "", ""},
	{"nobody said how the other belongs", unknown, with("", 0), says(carers, schema.No), allocator.CheckFirst, "does not take a carer who lives in: ask how the adults belong together", ""},
	{"works in her own home", allowed, withCarer, home(says(carers, schema.No)), allocator.Fits, "own home", ""},
	{"lives in, not said", unknown, withCarer, says(carers, schema.Unknown), allocator.CheckFirst, "Ask the service whether it takes a carer who lives in.", ""},
	{"visits, only living in was said", unknown, needs(visits, schema.Yes), says(visitors, schema.Unknown), allocator.CheckFirst, "a carer who visits", ""},
}

var assistanceCases = []ruleCase{
	{"not taken", barred, needs(guideDog, schema.Yes), says(dogs, schema.No), allocator.DoesNotFit, "does not take assistance animals", ""},
	{"not taken, though pets are", barred, needs(guideDog, schema.Yes), both(says(dogs, schema.No), says(takesPets, schema.Yes)), allocator.DoesNotFit, "", ""},
	{"taken, though pets are not", allowed, needs(guideDog, schema.Yes), says(takesPets, schema.No), allocator.Fits, "takes assistance animals", ""},
	{"none comes", allowed, needs(guideDog, schema.No), says(dogs, schema.No), allocator.Fits, "No assistance animal", ""},
	{"not asked", allowed, nil, says(dogs, schema.No), allocator.Fits, "", ""},
	{"works in her own home", allowed, needs(guideDog, schema.Yes), home(says(dogs, schema.No)), allocator.Fits, "own home", ""},
	{"not said", unknown, needs(guideDog, schema.Yes), says(dogs, schema.Unknown), allocator.CheckFirst, "Ask the service whether it takes assistance animals", ""},
}

var petsCases = []ruleCase{
	{"not taken", barred, needs(pet, schema.Yes), says(takesPets, schema.No), allocator.DoesNotFit, "does not take pets", ""},
	{"not taken, though assistance animals are", barred, needs(pet, schema.Yes), both(says(takesPets, schema.No), says(dogs, schema.Yes)), allocator.DoesNotFit, "", ""},
	{"taken", allowed, needs(pet, schema.Yes), nil, allocator.Fits, "The service takes pets", ""},
	{"an assistance animal is no pet", allowed, needs(guideDog, schema.Yes), says(takesPets, schema.No), allocator.Fits, "No pet comes", ""},
	{"not asked", allowed, nil, says(takesPets, schema.No), allocator.Fits, "", ""},
	{"works in her own home", allowed, needs(pet, schema.Yes), home(says(takesPets, schema.No)), allocator.Fits, "own home", ""},
	{"not said", unknown, needs(pet, schema.Yes), says(takesPets, schema.Unknown), allocator.CheckFirst, "Ask the service whether it takes pets", ""},
}

var languageCases = []ruleCase{
	{"no staff and no interpreter", barred, speaking("urdu"), spoken(schema.No, "polish"), allocator.DoesNotFit, "No staff of the service speak Urdu", ""},
	{"sign language is a language", barred, speaking("bsl"), spoken(schema.No, "polish"), allocator.DoesNotFit, "British Sign Language", ""},
	{"another language than all that are listed", barred, speaking("other"), spoken(schema.No, "polish"), allocator.DoesNotFit, "their language", ""},
	{"staff sign", allowed, speaking("bsl"), spoken(schema.No, "bsl"), allocator.Fits, "speak British Sign Language", ""},
	{"an interpreter for another language", allowed, speaking("other"), spoken(schema.Yes, "other"), allocator.Fits, "brings in interpreters", "Staff of"},
	{"no interpreter, and languages never said", unknown, speaking("urdu"), spoken(schema.No), allocator.CheckFirst, "Ask the service what its staff speak", ""},
	{"an interpreter who may not sign", unknown, speaking("bsl"), spoken(schema.Yes, "polish"), allocator.CheckFirst, "whether the interpreters it brings in sign British Sign Language", ""},
	{"two other languages need not be one", unknown, speaking("other"), spoken(schema.No, "other"), allocator.CheckFirst, "Ask the service what", ""},
	{"staff speak it", allowed, speaking("urdu"), spoken(schema.No, "polish", "urdu"), allocator.Fits, "Staff of the service speak Urdu", ""},
	{"an interpreter is brought in", allowed, speaking("urdu"), spoken(schema.Yes, "polish"), allocator.Fits, "interpreters", ""},
	{"English, said nowhere", allowed, speaking("english"), spoken(schema.No, "urdu"), allocator.Fits, "English", ""},
	{"nobody said", allowed, nil, spoken(schema.No), allocator.Fits, "No language was asked for", ""},
	{"works in her own home", allowed, speaking("urdu"), home(spoken(schema.No)), allocator.Fits, "own home", ""},
	{"interpreters not said", unknown, speaking("urdu"), spoken(schema.Unknown, "polish"), allocator.CheckFirst, "interpreter for Urdu", ""},
	{"nothing said", unknown, speaking("bsl"), spoken(schema.Unknown), allocator.CheckFirst, "British Sign Language", ""},
}

var supportCases = []ruleCase{
	{"cannot give it", barred, requires("alcohol"), gives(map[string]schema.Fact{"alcohol": schema.No}), allocator.DoesNotFit, "cannot give support with alcohol.", ""},
	{"gives one of two", barred, requires("alcohol", "mental_health"), gives(map[string]schema.Fact{"alcohol": schema.No, "mental_health": schema.Yes}), allocator.DoesNotFit, "cannot give support with alcohol.", "cannot give mental"},
	{"one no and one not said", barred, requires("drugs", "mental_health"), gives(map[string]schema.Fact{"drugs": schema.No}), allocator.DoesNotFit, "support with drugs.", ""},
	{"gives both", allowed, requires("alcohol", "personal_care"), nil, allocator.Fits, "gives support with alcohol and personal care.", ""},
	{"another kind cannot be given", allowed, requires("alcohol"), gives(map[string]schema.Fact{"alcohol": schema.Yes, "drugs": schema.No}), allocator.Fits, "", "drugs"},
	{"not required", allowed, func(n *schema.Need) { n.Support = map[string]schema.Fact{"drugs": schema.No} }, gives(map[string]schema.Fact{"drugs": schema.No}), allocator.Fits, "No support was asked for", ""},
	{"nobody said", allowed, nil, gives(map[string]schema.Fact{"drugs": schema.No}), allocator.Fits, "", ""},
	{"works in her own home", allowed, requires("drugs"), home(gives(map[string]schema.Fact{"drugs": schema.No})), allocator.Fits, "own home", ""},
	{"not said", unknown, requires("medication"), gives(nil), allocator.CheckFirst, "Ask the service whether it gives support with medication.", ""},
	{"one yes and one not said", unknown, requires("drugs", "mental_health"), gives(map[string]schema.Fact{"drugs": schema.Yes}), allocator.CheckFirst, "whether it gives mental health support.", ""},
}

var nightCases = []ruleCase{
	{"none at night", barred, needs(atNight, schema.Yes), says(staffed, schema.No), allocator.DoesNotFit, "does not have staff there at night", ""},
	{"somebody on call is not there", barred, needs(atNight, schema.Yes), both(says(staffed, schema.No), onCall(schema.Yes)), allocator.DoesNotFit, "", ""},
	{"staff at night", allowed, needs(atNight, schema.Yes), nil, allocator.Fits, "has staff there at night", ""},
	{"not asked", allowed, nil, says(staffed, schema.No), allocator.Fits, "", ""},
	{"works in her own home", allowed, needs(atNight, schema.Yes), home(says(staffed, schema.No)), allocator.Fits, "own home", ""},
	{"not said", unknown, needs(atNight, schema.Yes), says(staffed, schema.Unknown), allocator.CheckFirst, "Ask the service whether it has staff there at night", ""},
}
