package web

import (
	"fmt"
	"strings"

	"haven/allocator"
	"haven/schema"
)

// mostChanges of the ladder: the one that opens most stands first, and more than these nobody weighs on the telephone.
const mostChanges = 4

// openingRow is one change. Where the form asks for what would change, a button posts the form with it.
type openingRow struct {
	Code, Words string
	Button      bool
}

// changesOf gives what opens most first, each in words: the change, then what it opens and where.
func changesOf(openings []allocator.Opening) []openingRow {
	var rows []openingRow
	for _, o := range openings[:min(len(openings), mostChanges)] {
		words := o.Words + ": " + plural(o.Fits, "space", "spaces")
		switch {
		case o.Fits == 0:
			words = o.Words + ": " + plural(o.Check, "space", "spaces") + " to check first"
		case o.Check > 0:
			words += fmt.Sprintf(", and %d to check first", o.Check)
		}
		rows = append(rows, openingRow{Code: o.Code, Words: words + regionWords(o.Regions), Button: o.Offer != ""})
	}
	return rows
}

// regionWords are " (Wales 2, Scotland 1)": where what opens lies.
func regionWords(regions []allocator.OpeningRegion) string {
	if len(regions) == 0 {
		return ""
	}
	parts := make([]string, len(regions))
	for i, r := range regions {
		parts[i] = fmt.Sprintf("%s %d", r.Region, r.Places)
	}
	return " (" + strings.Join(parts, ", ") + ")"
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
