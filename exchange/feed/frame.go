package feed

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"unicode/utf8"

	"haven/schema"
)

// frame is what became of one text frame from a provider's system: a number and a message, or a number and why the message cannot be read,
// or no number and why not.
type frame struct {
	seq     int64 // 0 when no number can be read
	message Message
	why     *schema.Refusal
}

// kinds are the messages a provider's system can send.
var kinds = map[string]struct {
	shape reflect.Type
	read  func([]byte) (Message, error)
}{
	"publish":  {reflect.TypeFor[Publish](), read[Publish]},
	"snapshot": {reflect.TypeFor[Snapshot](), read[Snapshot]},
	"confirm":  {reflect.TypeFor[Confirm](), read[Confirm]},
	"answer":   {reflect.TypeFor[Answer](), read[Answer]},
}

func read[T Message](raw []byte) (Message, error) {
	var m T
	err := json.Unmarshal(raw, &m)
	return m, err
}

// decode reads a frame that is UTF-8. It never gives up a number it can read: a numbered message that makes no sense is answered, so that
// the numbers after it are not held up.
func decode(raw []byte) frame {
	head, why := headOf(raw)
	if why != nil {
		return frame{why: why}
	}
	seq, why := seqOf(head)
	if why != nil {
		return frame{why: why}
	}
	m, f := messageOf(raw, head)
	if f != nil {
		return frame{seq: seq, why: f.why}
	}
	return frame{seq: seq, message: m}
}

// messageOf reads the message of a document whose head is known, ignoring its number.
func messageOf(raw []byte, head map[string]json.RawMessage) (Message, *fault) {
	var name string
	if json.Unmarshal(head["type"], &name) != nil {
		return nil, &fault{why: refusal(codeUnknownType, "type", "type is missing or not text: say publish, snapshot, confirm or answer")}
	}
	kind, ok := kinds[name]
	if !ok {
		return nil, &fault{why: refusal(codeUnknownType, "type", "type must be publish, snapshot, confirm or answer")}
	}
	if f := walk(raw, kind.shape, "type", "seq"); f != nil {
		return nil, f
	}
	m, err := kind.read(raw)
	if err != nil {
		return nil, &fault{why: refusal(codeWrongType, "", "The message could not be read. Compare it with the documentation.")}
	}
	return m, nil
}

// headOf gives the top-level fields of an object. A seq given twice is marked, since neither can be trusted.
func headOf(raw []byte) (map[string]json.RawMessage, *schema.Refusal) {
	none := refusal(codeNotJSON, "", "The frame is not one JSON object. Send one object a frame, as UTF-8 text.")
	trimmed := bytes.TrimLeft(raw, " \t\r\n")
	if !utf8.Valid(raw) || !json.Valid(raw) || len(trimmed) == 0 || trimmed[0] != '{' {
		return nil, none
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.Token()
	head := map[string]json.RawMessage{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, none
		}
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return nil, none
		}
		key, _ := name.(string)
		if key != "seq" && key != "type" {
			continue
		}
		if _, twice := head[key]; twice && key == "seq" {
			return nil, refusal(codeBadSeq, "seq", "seq is given twice; give it once")
		}
		head[key] = value
	}
	return head, nil
}

func seqOf(head map[string]json.RawMessage) (int64, *schema.Refusal) {
	seq, err := strconv.ParseInt(string(head["seq"]), 10, 64)
	if err != nil || seq < 1 || seq > mostExact {
		return 0, refusal(codeBadSeq, "seq", "seq must be a whole number: 1, 2, 3… for each key")
	}
	return seq, nil
}

func refusal(code, field, words string) *schema.Refusal {
	return &schema.Refusal{Kind: schema.KindInvalid, Code: code, Field: field, Words: words}
}
