package web

import (
	"fmt"

	"haven/allocator"
	"haven/schema"
)

// openingRow is the one change. Where the form asks for what would change, a button posts the form with it.
type openingRow struct {
	Code, Words string
	Button      bool
}

// theOneChange gives what opens most first, in words: the change, then what it opens.
func theOneChange(openings []allocator.Opening) *openingRow {
	if len(openings) == 0 {
		return nil
	}
	o := openings[0]
	words := o.Words + ": " + plural(o.Fits, "space", "spaces")
	switch {
	case o.Fits == 0:
		words = o.Words + ": " + plural(o.Check, "space", "spaces") + " to check first"
	case o.Check > 0:
		words += fmt.Sprintf(", and %d to check first", o.Check)
	}
	return &openingRow{Code: o.Code, Words: words, Button: o.Offer != ""}
}

// askedAtOnce: a worker on the telephone can keep two questions in mind.
const askedAtOnce = 2

// askWords are what to ask next, each with what it decides, two lines at most. Areas that are not safe come first until one was given: they have no
// number, since any place could lie in one, and nothing that is free matters more.
func askWords(questions []allocator.Question, need schema.Need) []string {
	var lines []string
	if len(need.Avoid) == 0 {
		lines = append(lines, "Which areas are not safe, if there are any?")
	}
	for _, q := range questions[:min(len(questions), askedAtOnce-len(lines))] {
		depend := "depend"
		if q.Depends == 1 {
			depend = "depends"
		}
		lines = append(lines, fmt.Sprintf("%s %d of %s %s on this.", q.Words, q.Depends, plural(q.Of, "space", "spaces"), depend))
	}
	if len(lines) == 0 {
		lines = append(lines, "Nothing that is left to ask decides a space here.")
	}
	return lines
}
