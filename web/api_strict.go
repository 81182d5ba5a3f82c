package web

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"haven/schema"
)

// encoding/json forgives what a record about safety must not: a misspelt field is dropped, a name in capitals matches, the second of two equal
// fields wins. So a body is first walked against the type it must become, and every refusal names the path of the field. The value that was
// sent is never repeated: it may be a need.

// strictly unmarshals one JSON object into the struct into points to.
func strictly(raw []byte, into any) error {
	w := bodyWalker{json.NewDecoder(bytes.NewReader(raw))}
	w.dec.UseNumber()
	if tok, err := w.dec.Token(); err != nil || tok != json.Delim('{') {
		return notJSON("body")
	}
	if err := w.object(reflect.TypeOf(into).Elem(), ""); err != nil {
		return err
	}
	if _, err := w.dec.Token(); err != io.EOF {
		return schema.Invalid("body", "The body goes on after its JSON object. Send one object and nothing else")
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return notJSON("body")
	}
	return nil
}

func notJSON(at string) error {
	return schema.Invalid(at, "The body must be one JSON object. Check the brackets, quotes and commas")
}

type bodyWalker struct{ dec *json.Decoder }

// object walks the fields of an object whose brace was read, and its end. A map takes any name: whether a code is in its list is for the facts to say.
func (w bodyWalker) object(t reflect.Type, at string) error {
	var fields map[string]reflect.Type
	if t.Kind() == reflect.Struct {
		fields = jsonFields(t)
	}
	seen := map[string]bool{}
	for w.dec.More() {
		tok, err := w.dec.Token()
		name, ok := tok.(string)
		if err != nil || !ok {
			return notJSON("body")
		}
		path := fieldPath(at, name)
		field, known := fields[name]
		if t.Kind() == reflect.Map {
			field, known = t.Elem(), true
		}
		switch {
		case !known:
			return schema.Invalid(path, path+" is not a field here. Check its spelling, or leave it out")
		case seen[name]:
			return schema.Invalid(path, path+" is given twice. Give it once")
		}
		seen[name] = true
		if err := w.value(field, path, true); err != nil {
			return err
		}
	}
	if _, err := w.dec.Token(); err != nil {
		return notJSON("body")
	}
	return nil
}

var timeType = reflect.TypeFor[time.Time]()

// value walks one value. Where null is allowed it is the same as leaving the field out.
func (w bodyWalker) value(t reflect.Type, at string, null bool) error {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	tok, err := w.dec.Token()
	if err != nil {
		return notJSON("body")
	}
	switch tok := tok.(type) {
	case nil:
		if null {
			return nil
		}
	case bool:
		if t.Kind() == reflect.Bool {
			return nil
		}
	case json.Number:
		if isNumber(t, tok) {
			return nil
		}
	case string:
		if t.Kind() == reflect.String || t == timeType && isTime(tok) {
			return nil
		}
	case json.Delim:
		switch {
		case tok == '{' && (t.Kind() == reflect.Struct && t != timeType || t.Kind() == reflect.Map):
			return w.object(t, at)
		case tok == '[' && t.Kind() == reflect.Slice:
			return w.list(t.Elem(), at)
		}
	}
	return schema.Invalid(at, at+" must be "+calledInJSON(t))
}

func (w bodyWalker) list(of reflect.Type, at string) error {
	for i := 0; w.dec.More(); i++ {
		if err := w.value(of, at+"["+strconv.Itoa(i)+"]", false); err != nil {
			return err
		}
	}
	if _, err := w.dec.Token(); err != nil {
		return notJSON("body")
	}
	return nil
}

func isNumber(t reflect.Type, n json.Number) bool {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		// What every JSON library reads exactly.
		v, err := n.Int64()
		return err == nil && v <= 1<<53 && v >= -1<<53
	case reflect.Float64:
		v, err := n.Float64()
		return err == nil && !math.IsInf(v, 0)
	}
	return false
}

// isTime bounds the year, because one past 9999 could be kept but never written as JSON again.
func isTime(s string) bool {
	t, err := time.Parse(time.RFC3339, s)
	return err == nil && t.Year() >= 2000 && t.Year() <= 2200
}

func calledInJSON(t reflect.Type) string {
	switch {
	case t == timeType:
		return "a time with its offset, like 2026-11-21T16:00:00Z"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.String:
		return "text"
	case t.Kind() == reflect.Slice:
		return "a list"
	case t.Kind() == reflect.Struct, t.Kind() == reflect.Map:
		return "an object"
	case t.Kind() == reflect.Float64:
		return "a number"
	}
	return "a whole number"
}

// jsonFields gives the fields of a struct by the names they have in JSON, those of embedded structs too. Working that out takes longer than reading
// a body, so it is done once for each type.
func jsonFields(t reflect.Type) map[string]reflect.Type {
	if known, ok := fieldsOfTypes.Load(t); ok {
		return known.(map[string]reflect.Type)
	}
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name] = f.Type
		}
	}
	fieldsOfTypes.Store(t, fields)
	return fields
}

var fieldsOfTypes sync.Map // reflect.Type → its jsonFields

// longestFieldName of a field that is repeated to whoever sent it.
const longestFieldName = 60

func fieldPath(at, name string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, name)
	if r := []rune(clean); len(r) > longestFieldName {
		clean = string(r[:longestFieldName]) + "…"
	}
	if clean == "" {
		clean = `""` // a field without a name has to be named all the same
	}
	if at == "" {
		return clean
	}
	return at + "." + clean
}
