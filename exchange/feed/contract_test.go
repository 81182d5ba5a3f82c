package feed_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"gopkg.in/yaml.v3"

	"haven/exchange"
	"haven/exchange/feed"
	"haven/schema"
)

// contract is asyncapi.yaml. It checks documents against the part of JSON Schema that the file uses, and fails on any other keyword, so that no
// rule in the file goes unheeded.
type contract struct {
	Components struct {
		Messages map[string]any            `yaml:"messages"`
		Schemas  map[string]map[string]any `yaml:"schemas"`
	} `yaml:"components"`
	Close []struct {
		Code  int    `yaml:"code"`
		Name  string `yaml:"name"`
		Never bool   `yaml:"never"`
		After int    `yaml:"retry_after_seconds"`
		Words string `yaml:"words"`
	} `yaml:"x-close-codes"`
	Nack []struct {
		Code  string `yaml:"code"`
		Final bool   `yaml:"final"`
		Words string `yaml:"words"`
	} `yaml:"x-nack-codes"`
}

func readContract(t testing.TB) contract {
	t.Helper()
	raw, err := os.ReadFile("asyncapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c contract
	if err := yaml.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// check gives what is wrong with a frame under the schema that its type names.
func (c contract) check(raw []byte) error {
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return err
	}
	name, _ := doc["type"].(string)
	if _, ok := c.Components.Messages[name]; !ok {
		return fmt.Errorf("no message %q in the contract", name)
	}
	return c.value(doc, c.Components.Schemas[name], name)
}

func (c contract) value(v any, s map[string]any, at string) error {
	for word, rule := range s {
		if err := c.keyword(v, s, word, rule, at); err != nil {
			return err
		}
	}
	return nil
}

func (c contract) keyword(v any, s map[string]any, word string, rule any, at string) error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%s: "+format, append([]any{at}, args...)...)
	}
	number, _ := v.(float64)
	text, _ := v.(string)
	list, _ := v.([]any)
	limit := func() float64 {
		n, _ := rule.(int)
		return float64(n)
	}
	switch word {
	case "description":
	case "$ref":
		return c.value(v, c.Components.Schemas[strings.TrimPrefix(rule.(string), "#/components/schemas/")], at)
	case "type":
		if got := kindOf(v); got != rule && !(rule == "number" && got == "integer") {
			return bad("is %s, want %v", got, rule)
		}
	case "const":
		if v != rule {
			return bad("is %v, want %v", v, rule)
		}
	case "enum":
		if !slices.Contains(rule.([]any), v) {
			return bad("%v is not one of %v", v, rule)
		}
	case "minimum":
		if number < limit() {
			return bad("%v is below %v", number, rule)
		}
	case "maximum":
		if number > limit() {
			return bad("%v is above %v", number, rule)
		}
	case "minLength":
		if float64(len(text)) < limit() {
			return bad("is too short")
		}
	case "maxLength":
		if float64(len(text)) > limit() {
			return bad("is too long")
		}
	case "minItems":
		if float64(len(list)) < limit() {
			return bad("has too few items")
		}
	case "maxItems":
		if float64(len(list)) > limit() {
			return bad("has too many items")
		}
	case "format":
		return c.format(text, rule, at)
	case "items":
		for i, item := range list {
			if err := c.value(item, rule.(map[string]any), fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case "required":
		for _, name := range rule.([]any) {
			if _, ok := v.(map[string]any)[name.(string)]; !ok {
				return bad("%v is missing", name)
			}
		}
	case "properties":
		for name, sub := range rule.(map[string]any) {
			if field, ok := v.(map[string]any)[name]; ok {
				if err := c.value(field, sub.(map[string]any), at+"."+name); err != nil {
					return err
				}
			}
		}
	case "additionalProperties":
		for name := range v.(map[string]any) {
			if _, ok := s["properties"].(map[string]any)[name]; !ok {
				return bad("has %q, which is not in the contract", name)
			}
		}
	default:
		return bad("the contract uses %q, which this test does not check", word)
	}
	return nil
}

func (c contract) format(text string, rule any, at string) error {
	var err error
	switch rule {
	case "uuid":
		err = uuid.Validate(text)
	case "date-time":
		_, err = time.Parse(time.RFC3339, text)
	default:
		err = fmt.Errorf("unknown format %v", rule)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	return nil
}

func kindOf(v any) string {
	switch v := v.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "null"
}

// The fields of the contract are the fields of the program, and so is what must be there.
func TestContractHasTheFieldsOfTheProgram(t *testing.T) {
	t.Parallel()
	c := readContract(t)
	types := map[string]reflect.Type{
		"publish": reflect.TypeFor[feed.Publish](), "snapshot": reflect.TypeFor[feed.Snapshot](), "confirm": reflect.TypeFor[feed.Confirm](),
		"answer": reflect.TypeFor[feed.Answer](), "space": reflect.TypeFor[feed.Space](), "hello": reflect.TypeFor[feed.Hello](),
		"limits": reflect.TypeFor[feed.Limits](), "ack": reflect.TypeFor[feed.Ack](), "outcome": reflect.TypeFor[exchange.SpaceOutcome](),
		"nack": reflect.TypeFor[feed.Nack](), "hold": reflect.TypeFor[feed.Hold](), "avoid": reflect.TypeFor[feed.Avoid](),
		"needs": reflect.TypeFor[feed.Needs](), "adult": reflect.TypeFor[feed.Adult](), "child": reflect.TypeFor[feed.Child](),
		"route": reflect.TypeFor[feed.Route](), "near": reflect.TypeFor[feed.Near](), "wish": reflect.TypeFor[feed.Wish](),
		"funding": reflect.TypeFor[schema.Funding](), "home": reflect.TypeFor[schema.Home](), "moving_on": reflect.TypeFor[schema.MovingOn](),
		"hold_ended": reflect.TypeFor[feed.HoldEnded](), "bye": reflect.TypeFor[feed.Bye](),
	}
	for name, typ := range types {
		var fields, required []string
		if _, message := c.Components.Messages[name]; message {
			fields, required = []string{"type"}, []string{"type"}
		}
		sent := slices.Contains([]string{"publish", "snapshot", "confirm", "answer"}, name)
		if sent {
			fields, required = append(fields, "seq"), append(required, "seq")
		}
		for f := range typ.Fields() {
			tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			fields = append(fields, tag)
			if sent || name == "space" {
				if f.Tag.Get("feed") == "required" {
					required = append(required, tag)
				}
			} else if options != "omitempty" {
				required = append(required, tag)
			}
		}
		s := c.Components.Schemas[name]
		if got := keys(s["properties"]); !same(got, fields) {
			t.Errorf("%s: the contract has fields %v, the program %v", name, got, fields)
		}
		if got := words(s["required"]); !same(got, required) {
			t.Errorf("%s: the contract requires %v, the program %v", name, got, required)
		}
	}
	for name := range c.Components.Schemas {
		if _, ok := types[name]; !ok && !slices.Contains([]string{"id", "time", "seq", "fact"}, name) {
			t.Errorf("schema %s stands for nothing in the program", name)
		}
	}
}

// The code lists of the contract are those of schema.
func TestContractHasTheCodesOfTheProgram(t *testing.T) {
	t.Parallel()
	c := readContract(t)
	for i, row := range feed.CloseCodes() {
		if i >= len(c.Close) {
			t.Fatalf("close code %d is not in the contract", row.Code)
		}
		w := c.Close[i]
		if w.Code != int(row.Code) || w.Name != row.Name || w.Never != row.Never || w.Words != row.Words || w.After != int(row.After/time.Second) {
			t.Errorf("the contract has %+v, the program %+v", w, row)
		}
	}
	if len(c.Close) != len(feed.CloseCodes()) {
		t.Errorf("the contract has %d close codes, the program %d", len(c.Close), len(feed.CloseCodes()))
	}
	for i, row := range feed.NackCodes() {
		if i >= len(c.Nack) {
			t.Fatalf("nack code %s is not in the contract", row.Code)
		}
		if w := c.Nack[i]; w.Code != row.Code || w.Final != row.Final || w.Words != row.Words {
			t.Errorf("the contract has %+v, the program %+v", w, row)
		}
	}
	if len(c.Nack) != len(feed.NackCodes()) {
		t.Errorf("the contract has %d nack codes, the program %d", len(c.Nack), len(feed.NackCodes()))
	}
	enum := func(schemaName, field string) []string {
		return words(c.Components.Schemas[schemaName]["properties"].(map[string]any)[field].(map[string]any)["enum"])
	}
	facts := func(field string) []string {
		return keys(c.Components.Schemas["needs"]["properties"].(map[string]any)[field].(map[string]any)["properties"])
	}
	for _, check := range []struct {
		got  []string
		want schema.Codes
		also []string
	}{
		{enum("answer", "reason"), schema.CannotTake, []string{""}},
		{enum("space", "why"), schema.OutOfUse, []string{""}},
		{enum("hold_ended", "reason"), schema.HoldEnds, []string{"arrived"}},
		{enum("needs", "language"), schema.Languages, nil},
		{enum("adult", "is"), schema.Relations, nil},
		{enum("funding", "route"), schema.FundingRoutes, nil},
		{enum("near", "because"), schema.NearBecause, nil},
		{enum("wish", "code"), wishCodes(), nil},
		{facts("support"), schema.SupportNeeds, nil},
		{facts("run_for"), schema.Groups, nil},
	} {
		want := check.also
		for _, row := range check.want {
			want = append(want, row.Code)
		}
		if !same(check.got, want) {
			t.Errorf("the contract has codes %v, the program %v", check.got, want)
		}
	}
}

func wishCodes() (out schema.Codes) {
	for _, kind := range schema.WishKinds() {
		out = append(out, schema.Code{Code: string(kind.Code)})
	}
	return out
}

func keys(m any) []string {
	var out []string
	for k := range m.(map[string]any) {
		out = append(out, k)
	}
	return out
}

func words(list any) []string {
	items, _ := list.([]any)
	var out []string
	for _, w := range items {
		out = append(out, w.(string))
	}
	return out
}

func same(a, b []string) bool {
	sort.Strings(a)
	sort.Strings(b)
	return slices.Equal(a, b)
}

// Every schema is checkable, whether or not a test sends such a frame: a stray comma in the file would make a keyword of a sentence.
func TestContractUsesOnlyWhatIsChecked(t *testing.T) {
	t.Parallel()
	c := readContract(t)
	known := []string{"description", "$ref", "type", "const", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "format",
		"items", "required", "properties", "additionalProperties"}
	var walk func(s map[string]any, at string)
	walk = func(s map[string]any, at string) {
		for word, rule := range s {
			if !slices.Contains(known, word) {
				t.Errorf("%s: %q is not checked", at, word)
			}
			if ref, ok := rule.(string); ok && word == "$ref" && c.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")] == nil {
				t.Errorf("%s: %s leads nowhere", at, ref)
			}
			switch word {
			case "items":
				walk(rule.(map[string]any), at+"[]")
			case "properties":
				for name, sub := range rule.(map[string]any) {
					walk(sub.(map[string]any), at+"."+name)
				}
			}
		}
	}
	for name, s := range c.Components.Schemas {
		walk(s, name)
	}
}
