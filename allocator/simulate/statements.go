package simulate

import (
	"strconv"
	"strings"

	"haven/schema"
)

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
	byAndFor := byAndForWords()
	for i, s := range services {
		t := schema.Takes{
			Adults:   map[schema.Described]schema.Fact{schema.Woman: yes, schema.Man: men[i], schema.TransWoman: transWomen[i], schema.TransMan: men[i], schema.NonBinary: nonBinary[i]},
			Children: children[i], NoRecourse: recourse[i],
		}
		if boys[i] != notSaid {
			t.BoysTo = &boys[i]
		}
		own := ""
		switch s.Provision {
		case schema.Specialist:
			own, byAndFor = byAndFor[0], byAndFor[1:]
		case schema.Dispersed, schema.OtherEmergency, schema.Sanctuary, schema.SocialTenancy:
			// Homes that nobody shares.
			takeEverybody(&t)
		}
		if own == lgbt {
			takeEverybody(&t)
		}
		t.Words = statement(own, t)
		s.Takes = t
	}
}

const (
	notSaid = -1
	noLimit = 17
	lgbt    = "For LGBT+ survivors."
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

// byAndForWords are what the specialist services say of themselves, one each. They are offered by her choice and no rule reads them.
func byAndForWords() []string {
	return []string{
		"Run by and for Black and minoritised women.",
		"Run by and for South Asian women; Bengali, Punjabi and Urdu spoken.",
		lgbt,
		"For Deaf survivors; all staff sign.",
		"For young women of 16 to 24.",
	}
}

// statement puts the facts into a service's own words, so that what staff read is what the rules apply.
func statement(own string, t schema.Takes) string {
	var who []string
	for _, row := range []struct {
		code  schema.Described
		words string
	}{{schema.Woman, "women"}, {schema.TransWoman, "trans women"}, {schema.Man, "men"}, {schema.TransMan, "trans men"}, {schema.NonBinary, "non-binary people"}} {
		if t.Adults[row.code] == schema.Yes {
			who = append(who, row.words)
		}
	}
	words := []string{"We take " + strings.Join(who, ", ")}
	switch {
	case t.Children == schema.No:
		words[0] += "; no children."
	case t.BoysTo == nil:
		words[0] += " and children."
	case *t.BoysTo == noLimit:
		words[0] += " and children; boys of every age."
	default:
		words[0] += " and children; boys to " + strconv.Itoa(*t.BoysTo) + "."
	}
	if own != "" {
		words = append([]string{own}, words...)
	}
	switch t.NoRecourse {
	case schema.Yes:
		words = append(words, "No recourse to public funds: yes.")
	case schema.Unknown:
		words = append(words, "No recourse to public funds: we would consider it.")
	}
	return strings.Join(words, " ")
}
