package allocator

import (
	"strconv"
	"strings"

	"haven/schema"
)

func listed(parts []string, last string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " " + last + " " + parts[len(parts)-1]
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func householdWords(h schema.Household) string {
	words := counted(len(h.Adults), "adult", "adults")
	if n := len(h.Children); n > 0 {
		words += ", " + counted(n, "child", "children")
	}
	return words
}

// people is how a description is named in a sentence about whom a service takes.
func people(d schema.Described) string {
	switch d {
	case schema.Woman:
		return "women"
	case schema.Man:
		return "men"
	case schema.TransWoman:
		return "trans women"
	case schema.TransMan:
		return "trans men"
	case schema.NonBinary:
		return "non-binary people"
	case schema.NotSaid:
		return "people who did not say how they describe themselves"
	}
	return "people with a description that is not in the list"
}
