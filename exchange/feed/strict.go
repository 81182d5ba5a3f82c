package feed

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"haven/schema"
)

// encoding/json forgives what a safety record must not: a misspelt field is dropped, a name in capitals matches, the second of two equal
// fields wins. So a message is first walked against the type it must become, and only then unmarshalled.

// fault is the first thing wrong in a document, and where: the path of the field and the offset in bytes just after it.
type fault struct {
	why    *schema.Refusal
	offset int64
}

type walker struct{ dec *json.Decoder }

// walk compares a valid JSON object with a struct type. The names in also are allowed at the top and not looked into.
func walk(raw []byte, t reflect.Type, also ...string) *fault {
	w := walker{json.NewDecoder(bytes.NewReader(raw))}
	w.dec.UseNumber()
	if _, err := w.dec.Token(); err != nil {
		return w.fail(codeNotJSON, "", "send one JSON object")
	}
	return w.object(t, "", also)
}

// object walks the fields of an object whose brace was read.
func (w walker) object(t reflect.Type, at string, also []string) *fault {
	fields := fieldsOf(t)
	seen := map[string]bool{} // by name: false when what was given is null
	for w.dec.More() {
		tok, err := w.dec.Token()
		name, ok := tok.(string)
		if err != nil || !ok {
			return w.fail(codeNotJSON, at, "send one JSON object")
		}
		path := join(at, clip(name))
		if _, twice := seen[name]; twice {
			return w.fail(codeDuplicateField, path, path+" is given twice; give it once")
		}
		field, known := fields[name]
		switch {
		case known:
			given, f := w.value(field.Type, path)
			if f != nil {
				return f
			}
			seen[name] = given
		case slices.Contains(also, name):
			seen[name] = true
			var skipped json.RawMessage
			if w.dec.Decode(&skipped) != nil {
				return w.fail(codeNotJSON, path, "send one JSON object")
			}
		default:
			return w.fail(codeUnknownField, path, path+" is not a field here; check its spelling, or leave it out")
		}
	}
	w.dec.Token() // the closing brace: the document is known to be valid
	for name, field := range fields {
		if field.Tag.Get("feed") == "required" && !seen[name] {
			path := join(at, name)
			return w.fail(codeMissingField, path, path+" is missing")
		}
	}
	return nil
}

// value walks one value. A null is the same as leaving the field out, which given tells.
func (w walker) value(t reflect.Type, at string) (given bool, f *fault) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	tok, err := w.dec.Token()
	if err != nil {
		return false, w.fail(codeNotJSON, at, "send one JSON object")
	}
	switch tok := tok.(type) {
	case nil:
		return false, nil
	case bool:
		if t.Kind() == reflect.Bool {
			return true, nil
		}
	case json.Number:
		if t.Kind() == reflect.Int || t.Kind() == reflect.Int64 {
			return true, w.whole(tok, at)
		}
	case string:
		return true, w.text(tok, t, at)
	case json.Delim:
		switch {
		case tok == '{' && t.Kind() == reflect.Struct && t != timeType:
			return true, w.object(t, at, nil)
		case tok == '[' && t.Kind() == reflect.Slice:
			return true, w.list(t, at)
		}
	}
	return true, w.fail(codeWrongType, at, at+" must be "+called(t))
}

// list counts items from #1: the exchange names a space by its ref in the same brackets, and most refs are numbers.
func (w walker) list(t reflect.Type, at string) *fault {
	for i := 1; w.dec.More(); i++ {
		path := at + "[#" + strconv.Itoa(i) + "]"
		given, f := w.value(t.Elem(), path)
		if f != nil {
			return f
		}
		if !given {
			return w.fail(codeWrongType, path, path+" must be "+called(t.Elem()))
		}
	}
	w.dec.Token()
	return nil
}

// whole keeps numbers within what every JSON library reads exactly.
func (w walker) whole(n json.Number, at string) *fault {
	v, err := strconv.ParseInt(n.String(), 10, 64)
	if err != nil || v > mostExact || v < -mostExact {
		return w.fail(codeWrongType, at, at+" must be a whole number")
	}
	return nil
}

// text checks what a string must be: a time, an id, or words without characters that PostgreSQL, a page or a person could not take.
func (w walker) text(s string, t reflect.Type, at string) *fault {
	switch {
	case t == timeType:
		// Bounds, because a year past 9999 can be kept but never written as JSON again.
		v, err := time.Parse(time.RFC3339, s)
		if err != nil || v.Year() < 2000 || v.Year() > 2200 {
			return w.fail(codeWrongType, at, at+" must be a time with its offset, like 2026-11-21T16:00:00Z")
		}
	case t.Kind() != reflect.String:
		return w.fail(codeWrongType, at, at+" must be "+called(t))
	case idTypes[t]:
		if s != "" && (len(s) != 36 || uuid.Validate(s) != nil) {
			return w.fail("invalid_field", at, at+" must be an id as Haven gave it, like 01938c5e-7c1f-7aaa-8bbb-0123456789ab")
		}
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }):
		return w.fail("invalid_field", at, at+" has a control character or half a character; send plain text")
	}
	return nil
}

func (w walker) fail(code, field, words string) *fault {
	return &fault{why: &schema.Refusal{Kind: schema.KindInvalid, Code: code, Field: field, Words: words}, offset: w.dec.InputOffset()}
}

const mostExact = 1<<53 - 1

var (
	timeType = reflect.TypeFor[time.Time]()
	idTypes  = map[reflect.Type]bool{
		reflect.TypeFor[schema.ServiceID](): true, reflect.TypeFor[schema.HoldID](): true, reflect.TypeFor[schema.ClaimID](): true,
	}
)

// fieldsOf gives the fields of a struct by their names on the wire.
func fieldsOf(t reflect.Type) map[string]reflect.StructField {
	out := make(map[string]reflect.StructField, t.NumField())
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out[name] = f
	}
	return out
}

func called(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == timeType:
		return "a time with its offset, like 2026-11-21T16:00:00Z"
	case t.Kind() == reflect.String:
		return "text"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Slice:
		return "a list"
	case t.Kind() == reflect.Struct:
		return "an object"
	}
	return "a whole number"
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// clip keeps a name somebody made up from filling a nack, or a log.
func clip(name string) string {
	if len(name) > 40 {
		name = name[:40] + "…"
	}
	return strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, name), "")
}
