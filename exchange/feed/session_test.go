package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"haven/exchange/feed"
)

func TestEachNumberIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	p := r.dial()
	if p.hello["last_seq"] != 0.0 || p.hello["protocol"] != feed.Subprotocol {
		t.Fatalf("hello %v", p.hello)
	}
	first := r.publish(1, space("1"), space("2"))
	p.say(first)
	ack := p.wantAck(1)
	p.say(first)
	if again := p.wantAck(1); fmt.Sprint(again) != fmt.Sprint(ack) {
		t.Errorf("the same number was answered by %v, before by %v", again, ack)
	}
	// Another message under an old number has no effect: the number is answered.
	p.say(r.publish(1, space("3")))
	p.wantAck(1)
	if got := r.spaces(); len(got) != 2 || got["1"].Version != 1 {
		t.Errorf("the ledger has %d spaces at version %d, want 2 at 1", len(got), got["1"].Version)
	}
	p.say(r.publish(3, space("3")))
	if n := p.wantNack("gap", false); !strings.Contains(n["words"].(string), "Number 2") || n["seq"] != 3.0 {
		t.Errorf("the gap was told as %v", n)
	}
	p.say(r.publish(2, space("3")))
	p.wantAck(2)
	p.say(r.publish(3, space("4")))
	p.wantAck(3)

	p.conn.Close()
	p = r.dial()
	if p.hello["last_seq"] != 3.0 {
		t.Errorf("hello after a reconnect says %v, want last_seq 3", p.hello)
	}
	p.say(r.publish(3, space("9")))
	p.wantAck(3)
	p.say(fmt.Sprintf(`{"type":"confirm","seq":4,"service":%q}`, r.service))
	p.wantAck(4)
	if n := r.count(`SELECT count(*) FROM feed_answer`); n != 4 {
		t.Errorf("the ledger keeps %d answers, want 4", n)
	}
}

// What cannot be read is answered, and the session goes on.
func TestFramesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	_, foreign := r.providerWithService("Alder")
	numbered := func(rest string) string { return `{"seq":%d,` + rest + `}` }
	publish := func(spaces string) string {
		return numbered(fmt.Sprintf(`"type":"publish","service":%q,"spaces":[%s]`, r.service, spaces))
	}
	cases := []struct {
		name, frame, code, field string
	}{
		{"unknown type", numbered(`"type":"move"`), "unknown_type", "type"},
		{"type is a number", numbered(`"type":5`), "unknown_type", "type"},
		{"no type", numbered(`"service":""`), "unknown_type", "type"},
		{"unknown field", numbered(fmt.Sprintf(`"type":"confirm","service":%q,"colour":"red"`, r.service)), "unknown_field", "colour"},
		{"unknown field of a space", publish(space("1", `"colour":"red"`)), "unknown_field", "spaces[#1].colour"},
		{"capitals", numbered(fmt.Sprintf(`"type":"confirm","Service":%q`, r.service)), "unknown_field", "Service"},
		{"field twice", publish(space("1", `"state":"taken"`)), "duplicate_field", "spaces[#1].state"},
		{"null and again", publish(`{"ref":null,"ref":"1","state":"taken"}`), "duplicate_field", "spaces[#1].ref"},
		{"wrong type", publish(`{"ref":"1","state":"taken","bed_spaces":"4"}`), "wrong_type", "spaces[#1].bed_spaces"},
		{"a fraction", publish(`{"ref":"1","state":"taken","bed_spaces":4.5}`), "wrong_type", "spaces[#1].bed_spaces"},
		{"a number too large", publish(`{"ref":"1","state":"taken","version":9223372036854775808}`), "wrong_type", "spaces[#1].version"},
		{"a list for an object", publish(`[]`), "wrong_type", "spaces[#1]"},
		{"null in a list", publish(`null`), "wrong_type", "spaces[#1]"},
		{"an object for a list", numbered(fmt.Sprintf(`"type":"publish","service":%q,"spaces":{}`, r.service)), "wrong_type", "spaces"},
		{"a time without offset", publish(`{"ref":"1","state":"getting_ready","from":"2026-11-21T16:00:00"}`), "wrong_type", "spaces[#1].from"},
		{"a time past writing", publish(`{"ref":"1","state":"available","slot_at":"9999-12-31T23:59:59-23:00"}`), "wrong_type", "spaces[#1].slot_at"},
		{"no state", publish(`{"ref":"1"}`), "missing_field", "spaces[#1].state"},
		{"state null", publish(`{"ref":"1","state":null}`), "missing_field", "spaces[#1].state"},
		{"no yes", numbered(fmt.Sprintf(`"type":"answer","hold":%q`, newID())), "missing_field", "yes"},
		{"impossible state", publish(`{"ref":"1","state":"on_hold"}`), "invalid_field", "spaces[1].state"},
		{"no such fact", publish(`{"ref":"1","state":"taken","wheelchair":"maybe"}`), "invalid_field", "spaces[1].wheelchair"},
		{"getting ready, no time", publish(`{"ref":"1","state":"getting_ready"}`), "invalid_field", "spaces[1].from"},
		{"a space twice", publish(space("1") + "," + space("1")), "invalid_field", "spaces"},
		{"no spaces", publish(``), "invalid_field", "spaces"},
		{"a control character", publish(space(`1`, `"why":"\u0000"`)), "invalid_field", "spaces[#1].why"},
		{"half a character", publish(`{"ref":"\ud800","state":"taken"}`), "invalid_field", "spaces[#1].ref"},
		{"not an id", numbered(`"type":"confirm","service":"Rowan"`), "invalid_field", "service"},
		{"no such service", numbered(fmt.Sprintf(`"type":"confirm","service":%q`, newID())), "not_found", ""},
		{"another provider's service", numbered(fmt.Sprintf(`"type":"publish","service":%q,"spaces":[%s]`, foreign, space("1"))), "not_found", ""},
		{"another provider's service, snapshot", numbered(fmt.Sprintf(`"type":"snapshot","service":%q,"spaces":[%s]`, foreign, space("1"))), "not_found", ""},
		{"another provider's service, confirm", numbered(fmt.Sprintf(`"type":"confirm","service":%q`, foreign)), "not_found", ""},
		{"no such hold", numbered(fmt.Sprintf(`"type":"answer","hold":%q,"yes":true`, newID())), "not_found", ""},
		{"501 spaces", publish(manySpaces(501)), "invalid_field", "spaces"},
		{"part without the first", numbered(fmt.Sprintf(`"type":"snapshot","service":%q,"part":2,"parts":2,"spaces":[]`, r.service)), "snapshot_part", "part"},
	}
	t.Run("each", func(group *testing.T) {
		for _, c := range cases {
			group.Run(c.name, func(t *testing.T) {
				t.Parallel()
				r := r.with(t)
				key, _ := r.newKey(r.provider)
				p := r.dialAt(r.url, key)
				frame := fmt.Sprintf(c.frame, 1)
				p.say(frame)
				n := p.wantNack(c.code, true)
				if n["seq"] != 1.0 || c.field != "" && n["field"] != c.field {
					t.Errorf("got %v, want seq 1 and field %q", n, c.field)
				}
				p.say(frame)
				if again := p.wantNack(c.code, true); fmt.Sprint(again) != fmt.Sprint(n) {
					t.Errorf("the same number was answered by %v, before by %v", again, n)
				}
				p.say(fmt.Sprintf(`{"type":"confirm","seq":2,"service":%q}`, r.service))
				p.wantAck(2)
			})
		}
	})
	if n := r.count(`SELECT count(*) FROM space`); n != 0 {
		t.Errorf("%d spaces came of messages that were not kept", n)
	}
}

func manySpaces(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf(`{"ref":"%d","state":"taken"}`, i)
	}
	return strings.Join(out, ",")
}

// Without a number that can be read no number is used up.
func TestFramesWithoutANumber(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	p := r.dial()
	good := r.publish(1, space("1"))
	for _, c := range []struct{ frame, code string }{
		{`hello`, "not_json"}, {``, "not_json"}, {`[]`, "not_json"}, {`null`, "not_json"}, {`"publish"`, "not_json"}, {good + good, "not_json"}, {good[:len(good)-1], "not_json"},
		{strings.Repeat(`[`, 20000), "not_json"}, {`{"type":"confirm"}`, "bad_seq"}, {`{"seq":0}`, "bad_seq"}, {`{"seq":-1}`, "bad_seq"}, {`{"seq":1.0}`, "bad_seq"},
		{`{"seq":"1"}`, "bad_seq"}, {`{"seq":1e0}`, "bad_seq"}, {`{"seq":9007199254740992}`, "bad_seq"}, {`{"seq":99999999999999999999}`, "bad_seq"}, {`{"seq":1,"seq":2}`, "bad_seq"},
	} {
		p.say(c.frame)
		if n := p.wantNack(c.code, false); n["seq"] != nil {
			t.Errorf("%.40s was answered under a number: %v", c.frame, n)
		}
	}
	p.say(good)
	p.wantAck(1)
}

func TestSnapshotInParts(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	part := func(seq, n, of int, more string, spaces ...string) string {
		return fmt.Sprintf(`{"type":"snapshot","seq":%d,"service":%q,"part":%d,"parts":%d,"spaces":[%s]%s}`, seq, r.service, n, of, strings.Join(spaces, ","), more)
	}
	p := r.dial()
	p.say(part(1, 1, 2, "", space("1"), space("2")))
	p.conn.Close()

	// A reconnect starts it again; the part from before is forgotten.
	p = r.dial()
	p.say(part(1, 1, 3, "", space("1"), space("2")))
	p.say(part(1, 2, 3, "", space("3")))
	p.say(part(1, 3, 3, "", space("4")))
	if ack := p.wantAck(1); len(ack["spaces"].([]any)) != 4 {
		t.Errorf("the snapshot was answered by %v, want 4 spaces", ack)
	}
	p.say(part(2, 1, 1, "", space("1")))
	p.wantNack("drop_unconfirmed", true)
	p.say(part(3, 1, 2, `,"drop_confirmed":true`, space("1")))
	p.say(part(3, 2, 2, ""))
	p.wantAck(3)
	published := 0
	for _, sp := range r.spaces() {
		if sp.Published {
			published++
		}
	}
	if published != 1 {
		t.Errorf("%d spaces are published after the snapshot of one", published)
	}
	// Parts that disagree are one nack, and so are those that come after it.
	p.say(part(4, 1, 3, "", space("1")))
	p.say(part(4, 3, 3, "", space("2")))
	p.wantNack("snapshot_part", true)
	p.say(part(5, 1, 2, "", manySpaces(400)))
	p.say(part(5, 2, 2, "", manySpaces(101)))
	p.wantNack("invalid_field", true)
	p.say(fmt.Sprintf(`{"type":"confirm","seq":6,"service":%q,"refs":["1"]}`, r.service))
	p.wantAck(6)
}
