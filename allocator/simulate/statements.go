package simulate

import "haven/schema"

// dealStatements gives every service what it states about whom it takes.
func dealStatements(d *dice, services []*Service) {
	const yes, no, unsaid = schema.Yes, schema.No, schema.Unknown
	n := len(services)
	// Share of refuges that take a boy: to 12 92.4%, to 14 79.8%, to 16 49.4%, 17 and over 19.4% (Women's Aid 2020, p. 27). Not said: assumed.
	boys := deal(d, n, share[int]{14, 30}, share[int]{16, 29}, share[int]{17, 18}, share[int]{12, 12}, share[int]{10, 6}, share[int]{notSaid, 5})
	// 9.1% of vacancies would consider somebody without recourse (2021-22). That another 15% say neither is assumed.
	recourse := deal(d, n, share[schema.Fact]{no, 76}, share[schema.Fact]{unsaid, 15}, share[schema.Fact]{yes, 9})
	// 48 of 271 services with refuge can take men (May 2023).
	men := deal(d, n, share[schema.Fact]{no, 82}, share[schema.Fact]{yes, 18})
	// Nobody publishes these three: assumed.
	transWomen := deal(d, n, share[schema.Fact]{yes, 65}, share[schema.Fact]{unsaid, 25}, share[schema.Fact]{no, 10})
	nonBinary := deal(d, n, share[schema.Fact]{unsaid, 50}, share[schema.Fact]{yes, 40}, share[schema.Fact]{no, 10})
	children := deal(d, n, share[schema.Fact]{yes, 93}, share[schema.Fact]{no, 7})
	byAndFor := byAndForServices()
	for i, s := range services {
		t := schema.Takes{
			Adults:   map[schema.Described]schema.Fact{schema.Woman: yes, schema.Man: men[i], schema.TransWoman: transWomen[i], schema.TransMan: men[i], schema.NonBinary: nonBinary[i]},
			Children: children[i], NoRecourse: recourse[i],
		}
		if boys[i] != notSaid {
			t.BoysTo = &boys[i]
		}
		switch {
		case s.Provision == schema.Specialist:
			byAndFor[0].state(&t)
			byAndFor = byAndFor[1:]
		case open(s.Provision):
			takeEverybody(&t)
		}
		s.Takes = t
	}
}

const (
	notSaid = -1
	noLimit = 17
)

func takeEverybody(t *schema.Takes) {
	for _, row := range schema.Descriptions() {
		if row.Code != schema.NotSaid {
			t.Adults[row.Code] = schema.Yes
		}
	}
	every := noLimit
	t.Children, t.BoysTo = schema.Yes, &every
}

// byAndFor is what one specialist service says of itself. It is offered by her choice only.
type byAndFor struct {
	groups    []string
	only      schema.Fact
	languages []string
	ages      [2]int // from and to; 0 for no limit
}

func byAndForServices() []byAndFor {
	return []byAndFor{
		{groups: []string{"black_minoritised"}, only: schema.No},
		{groups: []string{"south_asian", "black_minoritised"}, only: schema.Unknown, languages: []string{"english", "bengali", "punjabi", "urdu"}},
		{groups: []string{"lgbt"}, only: schema.Yes},
		{groups: []string{"deaf"}, only: schema.Yes, languages: []string{"bsl", "english"}},
		{groups: []string{"young_women"}, only: schema.Yes, ages: [2]int{16, 24}},
	}
}

func (b byAndFor) state(t *schema.Takes) {
	t.RunFor, t.OnlyThem, t.Languages = b.groups, b.only, b.languages
	if b.groups[0] == "lgbt" {
		takeEverybody(t)
	}
	if from, to := b.ages[0], b.ages[1]; from > 0 {
		t.AgeFrom, t.AgeTo = &from, &to
	}
}
