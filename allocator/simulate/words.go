package simulate

import (
	"fmt"
	"strconv"
	"strings"

	"haven/schema"
)

// putIntoWords writes each service's own statement from its facts, so that what staff read is what the rules apply.
func putIntoWords(services []*Service) {
	for _, s := range services {
		s.Takes.Words = statement(s.Takes)
	}
}

func statement(t schema.Takes) string {
	var words []string
	if len(t.RunFor) > 0 {
		words = append(words, runForWords(t))
	}
	words = append(words, whoWords(t))
	if t.AgeFrom != nil {
		words = append(words, ageWords(*t.AgeFrom, t.AgeTo))
	}
	switch t.NoRecourse {
	case schema.Yes:
		words = append(words, "No recourse to public funds: yes.")
	case schema.Unknown:
		words = append(words, "No recourse to public funds: we would consider it.")
	}
	if t.Pets == schema.Yes {
		words = append(words, "Pets welcome.")
	}
	return strings.Join(words, " ")
}

func whoWords(t schema.Takes) string {
	var who []string
	for _, row := range []struct {
		code  schema.Described
		words string
	}{{schema.Woman, "women"}, {schema.TransWoman, "trans women"}, {schema.Man, "men"}, {schema.TransMan, "trans men"}, {schema.NonBinary, "non-binary people"}} {
		if t.Adults[row.code] == schema.Yes {
			who = append(who, row.words)
		}
	}
	words := "We take " + strings.Join(who, ", ")
	switch {
	case t.Children == schema.No:
		return words + "; no children."
	case t.BoysTo == nil:
		return words + " and children."
	case *t.BoysTo == noLimit:
		return words + " and children; boys of every age."
	}
	return words + " and children; boys to " + strconv.Itoa(*t.BoysTo) + "."
}

func runForWords(t schema.Takes) string {
	var groups, spoken []string
	for _, code := range t.RunFor {
		groups = append(groups, schema.Groups.Words(code))
	}
	words := "Run by and for " + strings.Join(groups, ", ") + "."
	switch t.OnlyThem {
	case schema.Yes:
		words = "Run by and for " + strings.Join(groups, ", ") + " only."
	case schema.No:
		words += " Others are welcome."
	}
	for _, code := range t.Languages {
		if code != "english" {
			spoken = append(spoken, schema.Languages.Words(code))
		}
	}
	if len(spoken) > 0 {
		words += " Spoken: " + strings.Join(spoken, ", ") + "."
	}
	return words
}

func ageWords(from int, to *int) string {
	if to == nil {
		return fmt.Sprintf("Adults of %d and over.", from)
	}
	return fmt.Sprintf("Adults of %d to %d.", from, *to)
}
