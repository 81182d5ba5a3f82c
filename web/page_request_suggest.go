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

// askWords are what to ask next, each with what it decides. Areas that are not safe have no number, since any place could lie in one; they are
// asked for as long as none was given and there is a line left.
func askWords(questions []allocator.Question, need schema.Need) []string {
	var lines []string
	for _, q := range questions {
		depend := "depend"
		if q.Depends == 1 {
			depend = "depends"
		}
		lines = append(lines, fmt.Sprintf("%s %d of %s %s on this.", q.Words, q.Depends, plural(q.Of, "space", "spaces"), depend))
	}
	if len(lines) < 2 && len(need.Avoid) == 0 {
		lines = append(lines, "Which areas are not safe, if there are any?")
	}
	if len(lines) == 0 {
		lines = append(lines, "Nothing that is left to ask decides a space here.")
	}
	return lines
}
