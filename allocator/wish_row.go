package allocator

import "haven/schema"

// wishRow is how a wish is put into words, and what of a place meets reads for it. Every wish that can be a must has one.
type wishRow struct {
	code schema.WishCode
	// reads is all of a place that meets turns on, as a value that can be compared; value is the same as staff read it.
	reads func(*schema.Place) any
	value func(*schema.Place) string
	// yes, no and ask are the sentences of a finding: the service or its space is the subject of a no.
	yes, no, ask string
	// without is how the one change reads, by which she would do without.
	without string
}

// wishRows lists them in the order of schema.WishKinds.
func wishRows() []wishRow {
	return []wishRow{
		spaceWish(schema.WishSelfContained, func(s *schema.Space) schema.Fact { return s.SelfContained }, "is self-contained", "is not self-contained", "If a space that is not self-contained is all right"),
		spaceWish(schema.WishShared, func(s *schema.Space) schema.Fact { return opposite(s.SelfContained) }, "is shared with others", "is not shared with others", "If a space that is not shared is all right"),
		spaceWish(schema.WishOwnKitchen, func(s *schema.Space) schema.Fact { return ownOf(s, s.OwnKitchen) }, "has a kitchen of its own", "has no kitchen of its own", "If a shared kitchen is all right"),
		spaceWish(schema.WishOwnBathroom, func(s *schema.Space) schema.Fact { return ownOf(s, s.OwnBathroom) }, "has a bathroom of its own", "has no bathroom of its own", "If a shared bathroom is all right"),
		{
			code:  schema.WishRegions,
			reads: func(p *schema.Place) any { return namedOf(p.Service.Area) },
			value: func(p *schema.Place) string { return publishedArea(p.Service.Area) },
			yes:   "The place lies in one of the areas they named.", no: "The place lies outside the areas they named.",
			ask:     "Ask the service whether it lies in one of the areas they named: its published area does not tell.",
			without: "If other areas are all right",
		},
		{
			code:  schema.WishSetting,
			reads: func(p *schema.Place) any { return p.Service.Setting },
			value: func(p *schema.Place) string {
				if p.Service.Setting == "" {
					return notSaid
				}
				return schema.Settings.Words(p.Service.Setting)
			},
			yes: "The service is in a setting that they named.", no: "The service is in another setting than they named.",
			ask:     "Ask the service whether it is in a city, in a town or in the country.",
			without: "If another setting is all right",
		},
		{
			code: schema.WishRunFor,
			reads: func(p *schema.Place) any {
				return groupsRead{codesKey(p.Service.Takes.RunFor), p.Service.Provision == schema.Specialist}
			},
			value: func(p *schema.Place) string {
				return wordsOf(schema.Groups, p.Service.Takes.RunFor, "Run for no group")
			},
			yes: "The service is run by and for a group that they chose.", no: "The service is not run by and for the group that they chose.",
			ask:     "Ask the service whom it is run by and for: it has not said.",
			without: "If a service that is not run by and for that group is all right",
		},
		{
			code:  schema.WishSpoken,
			reads: func(p *schema.Place) any { return codesKey(p.Service.Takes.Languages) },
			value: func(p *schema.Place) string { return wordsOf(schema.Languages, p.Service.Takes.Languages, notSaid) },
			yes:   "Staff of the service speak the language.", no: "No staff of the service speak the language.",
			ask:     "Ask the service which languages its staff speak: it has not said.",
			without: "If an interpreter is all right",
		},
		{
			code:  schema.WishChildrens,
			reads: func(p *schema.Place) any { return p.Service.Takes.ChildrensWorker },
			value: func(p *schema.Place) string { return factWords(p.Service.Takes.ChildrensWorker) },
			yes:   "The service has a children's worker.", no: "The service has no children's worker.",
			ask:     "Ask the service whether it has a children's worker.",
			without: "If a service without a children's worker is all right",
		},
	}
}

type groupsRead struct {
	codes      string
	specialist bool
}

// spaceWish is the row of a wish that one fact of the space decides.
func spaceWish(code schema.WishCode, of func(*schema.Space) schema.Fact, is, isNot, without string) wishRow {
	return wishRow{
		code:  code,
		reads: func(p *schema.Place) any { return of(&p.Space) },
		value: func(p *schema.Place) string { return factWords(of(&p.Space)) },
		yes:   "The space " + is + ".", no: "The space " + isNot + ".", ask: "Ask the service whether the space " + is + ".",
		without: without,
	}
}

func factWords(f schema.Fact) string {
	switch f {
	case schema.Yes:
		return "Yes"
	case schema.No:
		return "No"
	}
	return notSaid
}

func wordsOf(list schema.Codes, codes []string, none string) string {
	var words []string
	for _, code := range codes {
		words = append(words, list.Words(code))
	}
	if len(words) == 0 {
		return none
	}
	return listed(words, "and")
}

func codesKey(codes []string) string {
	var k keyed
	for _, code := range codes {
		k.text(code)
	}
	return k.String()
}
