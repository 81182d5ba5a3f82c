package gazetteer

import (
	"errors"
	"strconv"

	"haven/schema"
)

var (
	// ErrNotFound is under every answer that no such area exists.
	ErrNotFound = errors.New("no such area")
	// ErrAmbiguous is under every answer that a person has to choose.
	ErrAmbiguous = errors.New("more than one area has that name")
)

// NotFoundError says in words for the page what to do next. It never repeats what was typed.
type NotFoundError struct {
	Advice string
}

func (e *NotFoundError) Error() string { return e.Advice }

func (e *NotFoundError) Unwrap() error { return ErrNotFound }

// AmbiguousError carries the areas to choose from, the widest first. Finding a candidate's Code again gives that candidate.
type AmbiguousError struct {
	Candidates []schema.Area
}

// Error counts the candidates and does not name them: a page lists Candidates, a log must not.
func (e *AmbiguousError) Error() string {
	return strconv.Itoa(len(e.Candidates)) + " areas have that name. Choose the one you mean."
}

func (e *AmbiguousError) Unwrap() error { return ErrAmbiguous }

const (
	adviceEmpty    = "Enter the first half of a postcode, a town, a council, a county or a region."
	adviceName     = "No town, council, county or region has that name here. Check the spelling, or enter the first half of a postcode."
	adviceShape    = "That is not a UK postcode. Enter the first half, such as B11, or a town or council."
	adviceArea     = "No postcode in England, Scotland, Wales or Northern Ireland starts with those letters. Check them, or enter a town or council."
	adviceDistrict = "Nobody lives in a postcode with that number. Check the number, or enter a town or council."
)
