package web

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"haven/schema"
)

//go:embed api/openapi.yaml
var openAPI []byte

func apiDocument(v *visit) error {
	v.ResponseWriter.Header().Set("Content-Type", "application/yaml")
	_, err := v.ResponseWriter.Write(openAPI)
	return err
}

// longestKey is what the ledger keeps of an idempotency key.
const longestKey = 200

// once asks for the key that makes a command safe to send twice. It stands after the question who may, so that nobody learns more from a key.
func once(answer func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if err := checkKey(v.Header("Idempotency-Key")); err != nil {
			return err
		}
		return answer(v)
	}
}

func checkKey(key string) error {
	if key == "" {
		return &schema.Refusal{
			Kind: schema.KindInvalid, Code: "idempotency_key_missing", Field: "Idempotency-Key",
			Words: "Send an Idempotency-Key header: a new random text for each command, and the same one when you send a command again.",
		}
	}
	if len(key) > longestKey {
		return schema.Invalid("Idempotency-Key", fmt.Sprintf("Idempotency-Key must be at most %d characters", longestKey))
	}
	for _, c := range []byte(key) {
		if c < '!' || c > '~' {
			return schema.Invalid("Idempotency-Key", "Idempotency-Key must be letters, digits and signs without spaces")
		}
	}
	return nil
}

// decode reads the body strictly. An empty body is an empty object: some commands say everything in their path.
func (v *visit) decode(into any) error {
	raw, err := io.ReadAll(v.Body)
	if err != nil {
		return err
	}
	if len(raw) == 0 {
		raw = []byte("{}")
	}
	return strictly(raw, into)
}

// noBody refuses facts sent to a command that has none, rather than dropping them.
func (v *visit) noBody() error { return v.decode(&struct{}{}) }

// answerJSON encodes to memory first: half a document is never sent.
func (v *visit) answerJSON(status int, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("web: encode an answer: %w", err)
	}
	v.ResponseWriter.Header().Set("Content-Type", "application/json")
	v.WriteHeader(status)
	_, err = v.ResponseWriter.Write(append(raw, '\n'))
	return err
}

// created answers with where the new thing can be read.
func (v *visit) created(at string, body any) error {
	v.ResponseWriter.Header().Set("Location", at)
	return v.answerJSON(http.StatusCreated, body)
}

// each makes a list that is never null.
func each[From, To any](all []From, one func(From) To) []To {
	out := make([]To, len(all))
	for i, item := range all {
		out[i] = one(item)
	}
	return out
}

func inUTC(t *time.Time) *time.Time {
	if t == nil || t.IsZero() {
		return nil
	}
	utc := t.UTC()
	return &utc
}

// parseDate reads a night or a day: a date in London, kept as midnight UTC.
func parseDate(field, text string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, schema.Invalid(field, field+" must be a date like 2026-11-21")
	}
	return t, nil
}
