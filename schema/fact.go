package schema

import "fmt"

// Fact is a thing somebody said, or did not say. Unknown is a value of its own: it is never read as no, and never as yes (S8).
type Fact string

const (
	Unknown Fact = ""
	Yes     Fact = "yes"
	No      Fact = "no"
)

// Check refuses anything that is not yes, no or empty, naming the field it stood in.
func (f Fact) Check(field string) error {
	switch f {
	case Unknown, Yes, No:
		return nil
	}
	return Invalid(field, fmt.Sprintf("%s must be yes, no or left empty when it is not known", field))
}
