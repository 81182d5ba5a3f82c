package allocator_test

import (
	"time"

	"haven/allocator"
	"haven/schema"
)

var takesCases = []ruleCase{
	{"a man where men are not taken", barred, as(schema.Man), taking(schema.Man, schema.No), allocator.DoesNotFit, "does not take men", ""},
	{"children where none are taken", barred, withChildren(schema.Child{Age: 4, Sex: schema.Girl}), func(p *schema.Place) { p.Service.Takes.Children = schema.No }, allocator.DoesNotFit, "does not take children", ""},
	{"one of two adults", barred, as(schema.Woman, schema.Man), taking(schema.Man, schema.No), allocator.DoesNotFit, "does not take men", "not take women"},
	{"a man who is a friend, though adult sons are taken", barred, belonging(schema.Man, "relative"), taking(schema.Man, schema.No), allocator.DoesNotFit, "does not take men", ""},
	{"an adult son where neither men nor adult sons are taken", barred, belonging(schema.Man, schema.AdultChildOf), both(taking(schema.Man, schema.No), stating("adult_children", schema.No)), allocator.DoesNotFit, "does not take men", ""},
	{"an adult son, and he is not the only man", barred, func(n *schema.Need) {
		belonging(schema.Man, schema.AdultChildOf)(n)
		n.Household.Adults = append(n.Household.Adults, schema.Adult{As: schema.Man, Is: "relative"})
	}, taking(schema.Man, schema.No), allocator.DoesNotFit, "does not take men.", ""},
	{"an adult son where men are not taken and adult sons are", unknown, belonging(schema.Man, schema.AdultChildOf), taking(schema.Man, schema.No), allocator.CheckFirst, "ask which it means here", ""},
	{"a carer who is a man, where carers may live in", unknown, belonging(schema.Man, schema.CarerOf), taking(schema.Man, schema.No), allocator.CheckFirst, "ask which it means here", ""},
	{"an adult son where men are not taken, nor said of adult sons", barred, belonging(schema.Man, schema.AdultChildOf), both(taking(schema.Man, schema.No), stating("adult_children", schema.Unknown)), allocator.DoesNotFit, "", ""},
	{"a woman", allowed, nil, nil, allocator.Fits, "", ""},
	{"a trans woman where trans women are taken", allowed, as(schema.TransWoman), taking(schema.Woman, schema.No), allocator.Fits, "", ""},
	{"not said, everybody is taken", allowed, as(schema.NotSaid), nil, allocator.Fits, "", ""},
	{"children not said, none come", allowed, nil, func(p *schema.Place) { p.Service.Takes.Children = schema.Unknown }, allocator.Fits, "", ""},
	{"a description left out", unknown, as(schema.NonBinary), func(p *schema.Place) { delete(p.Service.Takes.Adults, schema.NonBinary) }, allocator.CheckFirst, "non-binary people", ""},
	{"a trans woman is not read as a woman", unknown, as(schema.TransWoman), taking(schema.TransWoman, schema.Unknown), allocator.CheckFirst, "trans women", ""},
	{"not said, men are not taken", unknown, as(schema.NotSaid), taking(schema.Man, schema.No), allocator.CheckFirst, "Ask the service", ""},
	{"nothing stated", unknown, nil, func(p *schema.Place) { p.Service.Takes = schema.Takes{} }, allocator.CheckFirst, "", ""},
	{"children not stated", unknown, withChildren(schema.Child{Age: 4, Sex: schema.Girl}), func(p *schema.Place) { p.Service.Takes.Children = schema.Unknown }, allocator.CheckFirst, "children", ""},
	{"nobody in the household", unknown, as(), nil, allocator.CheckFirst, "", ""},
}

var boysCases = []ruleCase{
	{"13 where boys come to 12", barred, withChildren(schema.Child{Age: 13, Sex: schema.Boy}), boysTo(12), allocator.DoesNotFit, "boys to 12", ""},
	{"turns 13 before the day she can come", barred, func(n *schema.Need) {
		withChildren(schema.Child{Age: 12, Sex: schema.Boy, Born: "2013-11-24"})(n)
		n.ArriveBy = noon.AddDate(0, 0, 5)
	}, boysTo(12), allocator.DoesNotFit, "", ""},
	{"turns 13 before the room is ready", barred, withChildren(schema.Child{Age: 12, Sex: schema.Boy, Born: "2013-11-24"}), func(p *schema.Place) {
		boysTo(12)(p)
		p.Vacancy.Status, p.Vacancy.From = schema.StatusGettingReady, ptr(noon.AddDate(0, 0, 5))
	}, allocator.DoesNotFit, "", ""},
	{"exactly the limit", allowed, withChildren(schema.Child{Age: 12, Sex: schema.Boy}), boysTo(12), allocator.Fits, "", ""},
	{"a girl of 16", allowed, withChildren(schema.Child{Age: 16, Sex: schema.Girl}), boysTo(12), allocator.Fits, "No boys", ""},
	{"17 without a limit", allowed, withChildren(schema.Child{Age: 17, Sex: schema.Boy}), boysTo(17), allocator.Fits, "", ""},
	{"turns 18 without a limit", allowed, func(n *schema.Need) {
		withChildren(schema.Child{Age: 17, Sex: schema.Boy})(n)
		n.ArriveBy = noon.AddDate(0, 0, 5)
	}, boysTo(17), allocator.Fits, "", ""},
	{"sex not said, young enough for a boy", allowed, withChildren(schema.Child{Age: 9}), boysTo(12), allocator.Fits, "", ""},
	{"16 in his own home", allowed, withChildren(schema.Child{Age: 16, Sex: schema.Boy}), func(p *schema.Place) { of(schema.Sanctuary)(p); boysTo(12)(p) }, allocator.Fits, "own home", ""},
	{"limit not said", unknown, withChildren(schema.Child{Age: 3, Sex: schema.Boy}), func(p *schema.Place) { p.Service.Takes.BoysTo = nil }, allocator.CheckFirst, "how old a boy may be", ""},
	{"sex not said, too old for a boy", unknown, withChildren(schema.Child{Age: 15}), boysTo(12), allocator.CheckFirst, "", ""},
	{"turns 13 that day in London, which is not yet that day in UTC", unknown, func(n *schema.Need) {
		withChildren(schema.Child{Age: 12, Sex: schema.Boy, Born: "2014-07-01"})(n)
		n.ArriveBy = time.Date(2027, 6, 30, 23, 30, 0, 0, time.UTC)
	}, boysTo(12), allocator.CheckFirst, "", ""},
	{"may have had a birthday", unknown, func(n *schema.Need) {
		withChildren(schema.Child{Age: 12, Sex: schema.Boy})(n)
		n.SaidAt = noon.AddDate(0, 0, -3)
	}, boysTo(12), allocator.CheckFirst, "day of arrival", ""},
}

var runForCases = []ruleCase{
	{"she would not choose it", barred, choosing("deaf", schema.No), runFor(schema.Unknown, "deaf"), allocator.DoesNotFit, "run for: Deaf people", "not deaf"},
	{"she would choose neither, though others are taken", barred, func(n *schema.Need) {
		n.RunFor = map[string]schema.Fact{"lgbt": schema.No, "young_women": schema.No}
	}, runFor(schema.No, "lgbt", "young_women"), allocator.DoesNotFit, "", ""},
	{"run for nobody in particular", allowed, choosing("deaf", schema.No), nil, allocator.Fits, "", ""},
	{"she would choose it", allowed, choosing("lgbt", schema.Yes), runFor(schema.Yes, "lgbt"), allocator.Fits, "", ""},
	{"she would choose it for one of the things it is", allowed, func(n *schema.Need) {
		n.RunFor = map[string]schema.Fact{"lgbt": schema.No, "young_women": schema.Yes}
	}, runFor(schema.Yes, "lgbt", "young_women"), allocator.Fits, "", ""},
	{"nobody asked, others are taken", allowed, nil, runFor(schema.No, "lgbt"), allocator.Fits, "takes others too", ""},
	{"nobody asked, only they are taken", unknown, nil, runFor(schema.Yes, "lgbt"), allocator.CheckFirst, "whether they would choose it", ""},
	{"nobody asked, nor said whether others are taken", unknown, nil, runFor(schema.Unknown, "lgbt"), allocator.CheckFirst, "the service whether it takes others", ""},
	{"she would not choose one of two, and nobody asked of the other", unknown, choosing("lgbt", schema.No), runFor(schema.Yes, "lgbt", "young_women"), allocator.CheckFirst, "", ""},
	{"a description is no choice", unknown, as(schema.Man), runFor(schema.Yes, "men"), allocator.CheckFirst, "", ""},
	{"a group that is not in the list", unknown, choosing("elves", schema.Yes), runFor(schema.Yes, "elves"), allocator.CheckFirst, "", ""},
}

var adultAgeCases = []ruleCase{
	{"26 where adults come to 25", barred, aged(26), agesTaken(18, 25), allocator.DoesNotFit, "18 to 25", ""},
	{"20 where adults come from 21", barred, aged(20), agesTaken(21, 0), allocator.DoesNotFit, "21 and over", ""},
	{"one of two adults", barred, aged(30, 66), agesTaken(0, 65), allocator.DoesNotFit, "", ""},
	{"a partner is held to it", barred, with(schema.PartnerOf, 70), agesTaken(0, 65), allocator.DoesNotFit, "", ""},
	{"exactly the oldest", allowed, aged(25), agesTaken(18, 25), allocator.Fits, "", ""},
	{"exactly the youngest", allowed, aged(21), agesTaken(21, 0), allocator.Fits, "", ""},
	{"91 where no limit is stated", allowed, aged(91), nil, allocator.Fits, "", ""},
	{"not said, no limit stated", allowed, nil, nil, allocator.Fits, "", ""},
	{"not said, and every adult is taken", allowed, nil, agesTaken(16, 0), allocator.Fits, "", ""},
	{"16 to 25, as stated", barred, aged(26), agesTaken(16, 25), allocator.DoesNotFit, "ages: 16 to 25.", ""},
	{"up to 65, as stated", barred, aged(66), agesTaken(0, 65), allocator.DoesNotFit, "ages: Up to 65.", ""},
	{"a carer who lives in is not held to it", allowed, with(schema.CarerOf, 70), agesTaken(16, 65), allocator.Fits, "", "70"},
	{"a daughter is not held to it", allowed, with(schema.AdultChildOf, 19), agesTaken(30, 0), allocator.Fits, "", ""},
	{"17 is for another rule", allowed, func(n *schema.Need) { n.Household.Adults = []schema.Adult{{As: schema.Woman, Age: 17}} }, agesTaken(30, 0), allocator.Fits, "", ""},
	{"not said, limits stated", unknown, nil, agesTaken(18, 25), allocator.CheckFirst, "Check each adult's age", ""},
	{"may have had a birthday", unknown, func(n *schema.Need) { aged(25)(n); n.SaidAt = noon.AddDate(0, 0, -3) }, agesTaken(18, 25), allocator.CheckFirst, "day of arrival", ""},
	{"may have had a birthday before the space is ready", unknown, aged(25), func(p *schema.Place) { agesTaken(18, 25)(p); readyIn(48 * time.Hour)(p) }, allocator.CheckFirst, "", ""},
}

var youngPersonCases = []ruleCase{
	{"17 where adults come from 18", barred, aged(17), agesTaken(18, 0), allocator.DoesNotFit, "Children's services have a duty", ""},
	{"16 where adults come from 17", barred, aged(16), agesTaken(17, 0), allocator.DoesNotFit, "from 17", ""},
	{"16 where adults come from 16", allowed, aged(16), agesTaken(16, 0), allocator.Fits, "Children's services have a duty", ""},
	{"exactly the youngest", allowed, aged(17), agesTaken(17, 25), allocator.Fits, "", ""},
	{"18 where nothing is stated", allowed, aged(18), nil, allocator.Fits, "", "Children's services"},
	{"nobody said how old", allowed, nil, agesTaken(18, 0), allocator.Fits, "", ""},
	{"16 where nothing is stated", unknown, aged(16), nil, allocator.CheckFirst, "Ask the service", ""},
	{"16 where only an upper age is stated", unknown, aged(16), agesTaken(0, 25), allocator.CheckFirst, "Ask the service", ""},
	{"a partner of 17", unknown, with(schema.PartnerOf, 17), nil, allocator.CheckFirst, "Children's services have a duty", ""},
	{"17 when it was said, and may be 18", unknown, func(n *schema.Need) { aged(17)(n); n.SaidAt = noon.AddDate(0, 0, -3) }, agesTaken(18, 0), allocator.CheckFirst, "day of arrival", ""},
}

var couplesCases = []ruleCase{
	{"not taken", barred, with(schema.PartnerOf, 0), stating("couples", schema.No), allocator.DoesNotFit, "does not take couples", ""},
	{"taken", allowed, with(schema.PartnerOf, 0), nil, allocator.Fits, "", ""},
	{"two adults who are no couple", allowed, with("relative", 0), stating("couples", schema.No), allocator.Fits, "No partner was said", ""},
	{"nobody said how the other belongs, and no is said to nobody", allowed, with("", 0), stating("couples", schema.Unknown), allocator.Fits, "", ""},
	{"nobody said how the other belongs, in their own home", allowed, with("", 0), func(p *schema.Place) { of(schema.Sanctuary)(p); stating("couples", schema.No)(p) }, allocator.Fits, "", ""},
	{"nobody said how the other belongs", unknown, with("", 0), stating("couples", schema.No), allocator.CheckFirst, "The service states that it does not take couples: ask how the adults belong together.", ""},
	{"a partner, and nobody said how the third belongs", barred, func(n *schema.Need) {
		with(schema.PartnerOf, 0)(n)
		n.Household.Adults = append(n.Household.Adults, schema.Adult{As: schema.Woman})
	}, stating("couples", schema.No), allocator.DoesNotFit, "", ""},
	{"in their own home", allowed, with(schema.PartnerOf, 0), func(p *schema.Place) { of(schema.Sanctuary)(p); stating("couples", schema.No)(p) }, allocator.Fits, "own home", ""},
	{"the service has not said", unknown, with(schema.PartnerOf, 0), stating("couples", schema.Unknown), allocator.CheckFirst, "Ask the service", ""},
}

var adultChildrenCases = []ruleCase{
	{"not taken", barred, with(schema.AdultChildOf, 19), stating("adult_children", schema.No), allocator.DoesNotFit, "does not take sons and daughters", ""},
	{"taken", allowed, with(schema.AdultChildOf, 19), nil, allocator.Fits, "assessed as an adult", ""},
	{"a child of 17", allowed, withChildren(schema.Child{Age: 17, Sex: schema.Girl}), stating("adult_children", schema.No), allocator.Fits, "", ""},
	{"a child who is 18 on arrival, not taken", barred, turning18("2008-11-24"), stating("adult_children", schema.No), allocator.DoesNotFit, "does not take sons and daughters", ""},
	{"a child who is 18 when the place is ready, not taken", barred, withChildren(schema.Child{Age: 17, Sex: schema.Girl, Born: "2008-11-24"}), func(p *schema.Place) {
		stating("adult_children", schema.No)(p)
		readyIn(5 * 24 * time.Hour)(p)
	}, allocator.DoesNotFit, "", ""},
	{"a child who is 18 on arrival, taken", allowed, turning18("2008-11-24"), nil, allocator.Fits, "assessed as an adult", ""},
	{"a child who is 17 on arrival", allowed, turning18("2008-11-26"), stating("adult_children", schema.No), allocator.Fits, "", ""},
	{"a child who may be 18 on arrival, taken", allowed, turning18(""), nil, allocator.Fits, "", ""},
	{"a child who may be 18 on arrival, not taken", unknown, turning18(""), stating("adult_children", schema.No), allocator.CheckFirst, "Ask the service", ""},
	{"a child who is 18 on arrival, the service has not said", unknown, turning18("2008-11-24"), stating("adult_children", schema.Unknown), allocator.CheckFirst, "Ask the service", ""},
	{"nobody said how the other belongs", unknown, with("", 19), stating("adult_children", schema.No), allocator.CheckFirst, "ask how the adults belong together", ""},
	{"nobody said how the other belongs, and another rule asks", allowed, with("", 19), both(stating("couples", schema.No), stating("adult_children", schema.No)), allocator.Fits, "", ""},
	{"the service has not said", unknown, with(schema.AdultChildOf, 19), stating("adult_children", schema.Unknown), allocator.CheckFirst, "Ask the service", ""},
}

var pregnancyCases = []ruleCase{
	{"not taken", barred, expecting(schema.Yes), stating("pregnant", schema.No), allocator.DoesNotFit, "does not take people who are pregnant", ""},
	{"taken", allowed, expecting(schema.Yes), nil, allocator.Fits, "after", ""},
	{"nobody is", allowed, expecting(schema.No), stating("pregnant", schema.No), allocator.Fits, "", ""},
	{"nobody asked", allowed, nil, stating("pregnant", schema.No), allocator.Fits, "", ""},
	{"the service has not said", unknown, expecting(schema.Yes), stating("pregnant", schema.Unknown), allocator.CheckFirst, "Ask the service", ""},
}

var declinedCases = []ruleCase{
	{"cannot meet the access need, this very space", barred, tried("service-1", "space-1", schema.ByService, "access_need"), nil, allocator.DoesNotFit, "could not take this household before: cannot meet the access need", ""},
	{"children's ages, this very space", barred, tried("service-1", "space-1", schema.ByService, "childrens_ages"), nil, allocator.DoesNotFit, "could not take this household before", ""},
	{"shared, this very space", barred, tried("service-1", "space-1", schema.BySurvivor, "shared"), nil, allocator.DoesNotFit, "This space was not right for this household before: shared.", "decided"},
	{"too near, said of another of its spaces", barred, tried("service-1", "space-9", schema.BySurvivor, "too_near"), nil, allocator.DoesNotFit, "This service was not right for this household before: too near.", "She "},
	{"no funding route, another of its spaces", barred, tried("service-1", "space-9", schema.ByService, "funding_route"), nil, allocator.DoesNotFit, "funding", ""},
	{"not large enough, this very space", barred, tried("service-1", "space-1", schema.ByService, "no_space_of_size"), nil, allocator.DoesNotFit, "", ""},
	{"a lasting reason behind a passing one", barred, func(n *schema.Need) {
		*n = n.WithDeclined(schema.Declined{Service: "service-1", Space: "space-1", By: schema.ByService, Why: "no_staff"})
		*n = n.WithDeclined(schema.Declined{Service: "service-1", Space: "space-1", By: schema.ByService, Why: "funding_route"})
	}, nil, allocator.DoesNotFit, "funding", ""},
	{"nothing tried", allowed, nil, nil, allocator.Fits, "", ""},
	{"not large enough, another of its spaces", allowed, tried("service-1", "space-9", schema.ByService, "no_space_of_size"), nil, allocator.Fits, "", ""},
	{"the access need, another of its spaces", allowed, tried("service-1", "space-9", schema.ByService, "access_need"), nil, allocator.Fits, "", ""},
	{"children's ages, another of its spaces", allowed, tried("service-1", "space-9", schema.ByService, "childrens_ages"), nil, allocator.Fits, "", ""},
	{"shared, another of its spaces", allowed, tried("service-1", "space-9", schema.BySurvivor, "shared"), nil, allocator.Fits, "", ""},
	{"another service", allowed, tried("service-9", "space-9", schema.ByService, "access_need"), nil, allocator.Fits, "", ""},
	{"the support need that day", unknown, tried("service-1", "space-1", schema.ByService, "support_need"), nil, allocator.CheckFirst, "Ask the service whether that is so still", ""},
	{"no staff that day", unknown, tried("service-1", "space-1", schema.ByService, "no_staff"), nil, allocator.CheckFirst, "Ask the service", ""},
	{"she could not speak freely", unknown, tried("service-1", "space-1", schema.BySurvivor, "could_not_speak"), nil, allocator.CheckFirst, "", ""},
	{"a reason that is not in the list", unknown, tried("service-1", "space-1", schema.ByService, ""), nil, allocator.CheckFirst, "reason not kept", ""},
}

// turning18 asks for a place in five days with a child of 17.
func turning18(born string) func(*schema.Need) {
	return func(n *schema.Need) {
		withChildren(schema.Child{Age: 17, Sex: schema.Girl, Born: born})(n)
		n.ArriveBy = noon.AddDate(0, 0, 5)
	}
}

// belonging adds somebody to a woman of 40.
func belonging(described schema.Described, is string) func(*schema.Need) {
	return func(n *schema.Need) { with(is, 30)(n); n.Household.Adults[1].As = described }
}

func choosing(group string, f schema.Fact) func(*schema.Need) {
	return func(n *schema.Need) { n.RunFor = map[string]schema.Fact{group: f} }
}

func runFor(only schema.Fact, groups ...string) func(*schema.Place) {
	return func(p *schema.Place) { p.Service.Takes.RunFor, p.Service.Takes.OnlyThem = groups, only }
}

// aged says how old women who come together are.
func aged(ages ...int) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Household.Adults = nil
		for _, age := range ages {
			n.Household.Adults = append(n.Household.Adults, schema.Adult{As: schema.Woman, Age: age})
		}
	}
}

// with adds an adult to a woman of 40.
func with(is string, age int) func(*schema.Need) {
	return func(n *schema.Need) {
		n.Household.Adults = []schema.Adult{{As: schema.Woman, Age: 40}, {As: schema.Woman, Age: age, Is: is}}
	}
}

// agesTaken states limits; 0 is none.
func agesTaken(from, to int) func(*schema.Place) {
	return func(p *schema.Place) {
		if from > 0 {
			p.Service.Takes.AgeFrom = &from
		}
		if to > 0 {
			p.Service.Takes.AgeTo = &to
		}
	}
}

func expecting(f schema.Fact) func(*schema.Need) {
	return func(n *schema.Need) { n.Household.Pregnant = f }
}

func stating(code string, f schema.Fact) func(*schema.Place) {
	return func(p *schema.Place) {
		for _, row := range schema.TakesFacts() {
			if row.Code == code {
				*row.Of(&p.Service.Takes) = f
			}
		}
	}
}

func tried(service schema.ServiceID, space schema.SpaceID, by schema.EndedBy, why string) func(*schema.Need) {
	return func(n *schema.Need) {
		*n = n.WithDeclined(schema.Declined{Service: service, Space: space, By: by, Why: why})
	}
}
