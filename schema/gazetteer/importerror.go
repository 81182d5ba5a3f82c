package gazetteer

import (
	"fmt"
	"strings"
)

// maxRowErrors is where an import stops listing: a person mends the export, not twenty thousand lines.
const maxRowErrors = 20

// RowError is one line in the way of an import.
type RowError struct {
	Line    int // 1 is the heading; 0 is the file as a whole
	Field   string
	Problem string
}

func (e RowError) Error() string {
	text := e.Problem
	if e.Field != "" {
		text = e.Field + " " + text
	}
	if e.Line > 0 {
		text = fmt.Sprintf("line %d: %s", e.Line, text)
	}
	return text
}

// ImportError lists what to mend before the file can be imported. Nothing of the file was taken.
type ImportError struct {
	Rows []RowError
	More bool // reading stopped; there may be others further down
}

func (e *ImportError) Error() string {
	var b strings.Builder
	b.WriteString("nothing was imported")
	for _, row := range e.Rows {
		b.WriteString("; ")
		b.WriteString(row.Error())
	}
	if e.More {
		b.WriteString("; there may be more further down")
	}
	return b.String()
}
