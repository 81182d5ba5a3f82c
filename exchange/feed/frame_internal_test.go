package feed

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"haven/schema"
)

const someID = "01938c5e-7c1f-7aaa-8bbb-0123456789ab"

// A frame gives a message or a reason, never both and never neither; a number it gives is one the ledger can keep; and a message written
// again reads the same, so that nothing in it came of a guess.
func FuzzFrame(f *testing.F) {
	for _, seed := range []string{
		`{"type":"publish","seq":1,"service":"` + someID + `","spaces":[{"ref":"3","state":"available","bed_spaces":4,"rooms":["3a","3b"]}]}`,
		`{"type":"snapshot","seq":2,"service":"` + someID + `","spaces":[],"part":1,"parts":2,"drop_confirmed":true}`,
		`{"type":"confirm","seq":3,"service":"` + someID + `","refs":["1","2"]}`,
		`{"type":"answer","seq":4,"hold":"` + someID + `","yes":false,"reason":"no_staff","arrive_by":"2026-11-21T16:00:00+01:00"}`,
		`{"type":"answer","seq":4,"hold":"` + someID + `","yes":null}`,
		`{"seq":1,"seq":2}`, `{"TYPE":"confirm","seq":1}`, `[[[[`, `{"type":"confirm","seq":1,"service":{}}`, "{\"seq\":1,\"type\":\"\\ud800\"}", `{}{}`, "\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := decode(raw)
		if (got.message == nil) == (got.why == nil) {
			t.Fatalf("%q gave message %v and reason %v", raw, got.message, got.why)
		}
		if got.seq < 0 || got.seq > mostExact || got.message != nil && got.seq == 0 {
			t.Fatalf("%q gave number %d", raw, got.seq)
		}
		if got.why != nil {
			if got.why.Code == "" || got.why.Words == "" || !utf8.ValidString(got.why.Field) || len(got.why.Field) > 400 {
				t.Fatalf("%q gave a reason nobody can act on: %+v", raw, got.why)
			}
			return
		}
		again, err := encode(got.message.kind(), got.seq, got.message)
		if err != nil {
			t.Fatalf("%q cannot be written again: %v", raw, err)
		}
		if second := decode(again); second.why != nil || !reflect.DeepEqual(plain(t, second.message), plain(t, got.message)) {
			t.Fatalf("%q was written again as %s and then read as %+v", raw, again, second)
		}
	})
}

// plain is a message as JSON, where times of equal instants may differ in their location only.
func plain(t *testing.T, m Message) string {
	t.Helper()
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// What a space says arrives at the exchange as it was said; facts that were not given are nil as a group and never a "no".
func TestSpacesArriveAsSaid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fact := rapid.SampledFrom([]schema.Fact{schema.Unknown, schema.Yes, schema.No})
		at := time.Date(2026, 11, 21, 16, 0, 0, 0, time.UTC)
		facts := schema.Space{
			Ref: rapid.StringMatching(`[A-Za-z0-9 ]{1,40}`).Draw(t, "ref"), BedSpaces: rapid.IntRange(0, 30).Draw(t, "bed_spaces"), Cots: rapid.Ptr(rapid.IntRange(0, 10), true).Draw(t, "cots"),
			Bedrooms: rapid.IntRange(0, 12).Draw(t, "bedrooms"), Rooms: rapid.SampledFrom([][]string{nil, {"1"}, {"1", "2"}}).Draw(t, "rooms"),
		}
		for _, row := range schema.SpaceFacts() {
			*row.Of(&facts) = fact.Draw(t, row.Code)
		}
		report := schema.Report{State: schema.GettingReady, From: &at}
		whole, bare := SpaceOf(facts, report), Space{Ref: facts.Ref, State: schema.Taken}
		raw, err := encode("publish", 7, Publish{Service: someID, Spaces: []Space{whole, bare}})
		if err != nil {
			t.Fatal(err)
		}
		f := decode(raw)
		if f.why != nil || f.seq != 7 {
			t.Fatalf("%s was read as %+v", raw, f)
		}
		got := reports(f.message.(Publish).Spaces)
		if !reflect.DeepEqual(*got[0].Facts, facts) || !reflect.DeepEqual(got[0].Report, report) {
			t.Fatalf("said %+v %+v, arrived %+v", facts, report, got[0])
		}
		if got[1].Facts != nil || got[1].Report.State != schema.Taken {
			t.Fatalf("a bare report arrived as %+v", got[1])
		}
	})
}

func TestParseFile(t *testing.T) {
	t.Parallel()
	const head = "{\n  \"type\": \"publish\",\n  \"service\": \"" + someID + "\",\n"
	m, err := ParseFile(strings.NewReader("\ufeff" + head + `  "spaces": [{"ref": "3", "state": "taken"}]` + "\r\n}\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Publish{Service: someID, Spaces: []Space{{Ref: "3", State: schema.Taken}}}); !reflect.DeepEqual(m, want) {
		t.Errorf("read %+v, want %+v", m, want)
	}
	for _, c := range []struct {
		text  string
		line  int
		field string
	}{
		{"", 1, ""},
		{head + "  \"spaces\": [\n    {\"ref\": \"3\",, \"state\": \"taken\"}]}", 5, ""},
		{head + "  \"spaces\": []} {}", 4, ""},
		{"[]", 1, ""},
		{head + "  \"seq\": 1, \"spaces\": []}", 1, "seq"},
		{head + "  \"spaces\": [\n    {\"ref\": \"3\", \"state\": \"taken\"},\n    {\"ref\": \"4\", \"colour\": \"red\"}]}", 6, "spaces[#2].colour"},
		{head + "  \"spaces\": [\n    {\"ref\": \"3\"}]}", 5, "spaces[#1].state"},
		{`{"type":"snapshot","part":1,"service":"` + someID + `","spaces":[]}`, 1, "part"},
		{`{"type":"walk"}`, 1, "type"},
		{strings.Repeat(" ", mostFile+1), 0, ""},
		{"\xff\xfe{\x00}\x00", 0, ""},
	} {
		_, err := ParseFile(strings.NewReader(c.text))
		wrong, ok := err.(*FileError)
		if !ok || wrong.Line != c.line || wrong.Field != c.field || wrong.Words == "" {
			t.Errorf("%.60q gave %v, want line %d and field %q", c.text, err, c.line, c.field)
		}
	}
}
