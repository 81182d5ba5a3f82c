package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// mostFile bounds a file; a snapshot of 500 spaces with all facts is about 200 kB.
const mostFile = 1 << 20

// FileError is what is wrong in a file, and where.
type FileError struct {
	Line  int    // from 1; 0 when it is about the whole file
	Field string // path, like spaces[#3].state
	Words string
}

func (e *FileError) Error() string {
	switch {
	case e.Line == 0:
		return e.Words
	case e.Field == "":
		return fmt.Sprintf("line %d: %s", e.Line, e.Words)
	}
	return fmt.Sprintf("line %d, %s: %s", e.Line, e.Field, e.Words)
}

// ParseFile reads one message as it goes on the wire, without seq: the client numbers it. It is as strict as the feed itself. What is wrong
// comes as a *FileError.
func ParseFile(r io.Reader) (Message, error) {
	raw, err := io.ReadAll(io.LimitReader(r, mostFile+1))
	if err != nil {
		return nil, fmt.Errorf("feed: read a file: %w", err)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	switch {
	case len(raw) > mostFile:
		return nil, &FileError{Words: "The file is over 1 MB. Send the spaces of each service in a file of their own."}
	case !utf8.Valid(raw):
		return nil, &FileError{Words: "The file is not UTF-8 text. Save it as UTF-8."}
	}
	if err := oneValue(raw); err != nil {
		return nil, err
	}
	head, why := headOf(raw)
	if why != nil {
		return nil, &FileError{Line: 1, Field: why.Field, Words: "The file must hold one JSON object: a message with type, service and spaces."}
	}
	if _, numbered := head["seq"]; numbered {
		return nil, &FileError{Line: 1, Field: "seq", Words: "Leave seq out: the message is numbered when it is sent."}
	}
	m, f := messageOf(raw, head)
	if f != nil {
		return nil, &FileError{Line: lineAt(raw, f.offset), Field: f.why.Field, Words: f.why.Words}
	}
	if s, ok := m.(Snapshot); ok && (s.Part != 0 || s.Parts != 0) {
		return nil, &FileError{Line: 1, Field: "part", Words: "Leave part and parts out: a large snapshot is sent in parts by itself."}
	}
	return m, nil
}

// oneValue finds the line of a syntax error, or of what follows the one value.
func oneValue(raw []byte) error {
	var value json.RawMessage
	err := json.Unmarshal(raw, &value)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return &FileError{Line: lineAt(raw, syntax.Offset), Words: "This is not JSON: " + syntax.Error() + "."}
	}
	if err != nil {
		return &FileError{Line: 1, Words: "This is not JSON."}
	}
	return nil
}

func lineAt(raw []byte, offset int64) int {
	offset = max(0, min(offset, int64(len(raw))))
	return bytes.Count(raw[:offset], []byte("\n")) + 1
}
