package allocator

import (
	"maps"
	"slices"

	"haven/schema"
)

// stored is a place as an index keeps it. Spaces of one service share what it says.
type stored struct {
	space   schema.Space
	service *schema.Service
	vacancy schema.Vacancy
	rare    rareSet
}

// place puts a row together again in a place that is given, which need not be new.
func (s *stored) place(version int64, to *schema.Place) {
	to.Space, to.Service, to.Vacancy, to.Version = s.space, *s.service, s.vacancy, version
}

// sameService compares all that a service publishes. A list or a fact that is empty is the same as one that is missing.
func sameService(a, b *schema.Service) bool {
	return a.ID == b.ID && a.Provider == b.Provider && a.CodeName == b.CodeName && a.Provision == b.Provision && a.Area == b.Area &&
		slices.Equal(a.ExcludesFrom, b.ExcludesFrom) && a.HoldMinutes == b.HoldMinutes && a.Setting == b.Setting && sameReception(&a.Reception, &b.Reception) &&
		a.Lets == b.Lets && a.Version == b.Version && sameTakes(&a.Takes, &b.Takes)
}

func sameReception(a, b *schema.Reception) bool {
	return a.From == b.From && a.To == b.To && slices.Equal(a.Days, b.Days) && a.AfterHours == b.AfterHours
}

func sameTakes(a, b *schema.Takes) bool {
	for _, row := range schema.TakesFacts() {
		if *row.Of(a) != *row.Of(b) {
			return false
		}
	}
	return a.Words == b.Words && maps.Equal(a.Adults, b.Adults) && sameNumber(a.AgeFrom, b.AgeFrom) && sameNumber(a.AgeTo, b.AgeTo) &&
		sameNumber(a.BoysTo, b.BoysTo) && slices.Equal(a.RunFor, b.RunFor) && slices.Equal(a.Languages, b.Languages) &&
		maps.Equal(a.Support, b.Support) && maps.Equal(a.Funding, b.Funding) && sameNumber(a.WeeklyCost, b.WeeklyCost)
}

func sameNumber(a, b *int) bool { return a == b || a != nil && b != nil && *a == *b }
