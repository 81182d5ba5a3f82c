package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"haven/exchange/feed"
	"haven/schema"
)

// system is a provider's system that says whatever it likes over the real socket.
type system struct {
	w    *world
	conn *websocket.Conn
}

func (w *world) upgrade(key string) (*websocket.Conn, *http.Response, error) {
	dialer := websocket.Dialer{Subprotocols: []string{feed.Subprotocol}, HandshakeTimeout: patience}
	return dialer.DialContext(w.t.Context(), "ws"+strings.TrimPrefix(w.urls[0], "http")+"/feed/v1", http.Header{"Authorization": {"Bearer " + key}})
}

func (w *world) system(key string) *system {
	w.t.Helper()
	conn, _, err := w.upgrade(key)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { conn.Close() })
	s := &system{w, conn}
	s.hear("hello")
	return s
}

func (s *system) say(frame string) {
	s.w.t.Helper()
	if err := s.conn.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		s.w.t.Fatal(err)
	}
}

// heard is what any message of Haven may carry.
type heard struct {
	Type, Code, Field, Words string
	Seq                      int64
	Final                    bool
	Spaces                   []struct {
		Ref, Code, Words string
		Space            schema.SpaceID
		Claim            schema.ClaimID
	}
}

// hear the next message of a kind. Holds are told at any time, so others are passed over.
func (s *system) hear(kind string) heard {
	s.w.t.Helper()
	for {
		s.conn.SetReadDeadline(time.Now().Add(patience))
		_, raw, err := s.conn.ReadMessage()
		if err != nil {
			s.w.t.Fatalf("no %s came: %v", kind, err)
		}
		var h heard
		if err := json.Unmarshal(raw, &h); err != nil {
			s.w.t.Fatal(err)
		}
		if h.Type == kind {
			return h
		}
		if h.Type != "hold" && h.Type != "hold_ended" {
			s.w.t.Fatalf("want %s, heard %s", kind, raw)
		}
	}
}

// closed is the code with which Haven ends the session.
func (s *system) closed() int {
	s.w.t.Helper()
	for {
		s.conn.SetReadDeadline(time.Now().Add(patience))
		_, _, err := s.conn.ReadMessage()
		var closed *websocket.CloseError
		switch {
		case errors.As(err, &closed):
			return closed.Code
		case err != nil:
			s.w.t.Fatalf("the session ended without a code: %v", err)
		}
	}
}

// foreigners sends what nobody should. Each row is a frame in which %[1]d stands for the number and %[2]q or %[2]s for the service.
var foreigners = []struct {
	what, frame, code, field string
	final                    bool
}{
	{"not JSON", `publish room 1 %[1]d %[2]s`, "not_json", "", false},
	{"an array", `[{"seq":%[1]d,"service":%[2]q}]`, "not_json", "", false},
	{"no number", `{"type":"publish","seq":-%[1]d,"service":%[2]q,"spaces":[]}`, "bad_seq", "seq", false},
	{"a type nobody has", `{"type":"delete","seq":%[1]d,"service":%[2]q}`, "unknown_type", "type", true},
	{"an unknown field", `{"type":"publish","seq":%[1]d,"service":%[2]q,"spaces":[{"ref":"1","state":"taken","address":"1 High Street"}]}`, "unknown_field", "address", true},
	{"a wrong type", `{"type":"publish","seq":%[1]d,"service":%[2]q,"spaces":[{"ref":"1","state":"taken","bed_spaces":"four"}]}`, "wrong_type", "bed_spaces", true},
	{"a missing field", `{"type":"publish","seq":%[1]d,"service":%[2]q,"spaces":[{"ref":"1"}]}`, "missing_field", "state", true},
	{"a state that is none", `{"type":"publish","seq":%[1]d,"service":%[2]q,"spaces":[{"ref":"1","state":"half_free"}]}`, "invalid_field", "state", true},
	{"a repair of what is free", `{"type":"publish","seq":%[1]d,"service":%[2]q,"spaces":[{"ref":"1","state":"available","why":"repair"}]}`, "invalid_field", "spaces[1]", true},
	{"a space twice", `{"type":"publish","seq":%[1]d,"service":%[2]q,"spaces":[{"ref":"1","state":"taken"},{"ref":"1","state":"available"}]}`, "invalid_field", "spaces", true},
	{"no id", `{"type":"confirm","seq":%[1]d,"service":"%[2]s-no"}`, "invalid_field", "service", true},
	{"no service", `{"type":"confirm","seq":%[1]d,"service":"00000000-0000-7000-8000-000000000000"}`, "not_found", "", true},
}

// TestForeignFramesOverTheRealSocket: each frame nobody should send has one clear answer and no effect; the same process goes on, and what it
// acknowledged before and after is there.
func TestForeignFramesOverTheRealSocket(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "web 1", "exchange 1")
	pid := w.roles["web 1"].cmd.Process.Pid
	other := w.organisation(w.exchange, schema.KindProvider, "Aspen Trust")
	theirs := w.refuge(other, "Aspen", "York")
	_, theirKey, err := newFeedKey(t.Context(), w.db, other, "theirs")
	if err != nil {
		t.Fatal(err)
	}
	their := w.system(theirKey)
	their.say(fmt.Sprintf(`{"type":"publish","seq":1,"service":%q,"spaces":[{"ref":"T","state":"available"}]}`, theirs))
	their.hear("ack")

	_, res, err := w.upgrade("hvk_of_nobody")
	if err == nil || res == nil || res.StatusCode != http.StatusUnauthorized || res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a wrong key: %v %+v", err, res)
	}

	s := w.system(w.feedKey)
	s.say(fmt.Sprintf(`{"type":"publish","seq":1,"service":%q,"spaces":[{"ref":"1","state":"available","bed_spaces":4}]}`, w.service))
	s.hear("ack")
	seq := int64(2)
	refused := func(what, frame, code, field string, final bool) {
		t.Helper()
		s.say(frame)
		if n := s.hear("nack"); n.Code != code || !strings.Contains(n.Field, field) || n.Final != final || n.Words == "" {
			t.Errorf("%s: %+v, want %s of %q, final %v", what, n, code, field, final)
		}
		if final {
			seq++
		}
	}
	for _, c := range foreigners {
		refused(c.what, fill(c.frame, seq, w.service), c.code, c.field, c.final)
	}
	refused("another provider's service", fmt.Sprintf(`{"type":"publish","seq":%d,"service":%q,"spaces":[{"ref":"T","state":"taken"}]}`, seq, theirs), "not_found", "", true)
	refused("a number left out", fmt.Sprintf(`{"type":"confirm","seq":%d,"service":%q}`, seq+1, w.service), "gap", "seq", false)

	s.say(`{"type":"publish","seq":` + fmt.Sprint(seq) + `,"service":"` + strings.Repeat("x", 70<<10) + `"}`)
	if code := s.closed(); code != int(feed.CloseTooLarge) {
		t.Errorf("a frame of 70 KB was closed with %d", code)
	}
	s = w.system(w.feedKey)
	s.say(fmt.Sprintf(`{"type":"publish","seq":%d,"service":%q,"spaces":[{"ref":"2","state":"available","bed_spaces":4}]}`, seq, w.service))
	s.hear("ack")

	rows := map[string]string{}
	found, err := w.asOwner().Query(`SELECT ref, state FROM space`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var ref, state string
		if err := found.Scan(&ref, &state); err != nil {
			t.Fatal(err)
		}
		rows[ref] = state
	}
	if want := (map[string]string{"1": "available", "2": "available", "T": "available"}); fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("the record has %v, want %v", rows, want)
	}
	w.checkBoards()
	w.isUp("web 1", pid)
}

// fill puts the number and the service where a frame has room for them; one that has none is sent as it is.
func fill(frame string, seq int64, service schema.ServiceID) string {
	return strings.NewReplacer("%[1]d", fmt.Sprint(seq), "%[2]q", fmt.Sprintf("%q", service), "%[2]s", string(service)).Replace(frame)
}

func (w *world) isUp(name string, pid int) {
	w.t.Helper()
	p := w.roles[name]
	select {
	case <-p.done:
		w.t.Errorf("%s ended: %s", name, tail(p.log.String(), 10))
	default:
		if p.cmd.Process.Pid != pid {
			w.t.Errorf("%s is another process", name)
		}
	}
}

// TestTakenOnAHeldPlaceOverTheFeed gets the claim's id and leaves the hold; the rest of its message applies; sent again naming the id it ends the
// hold; and a claim that is not the one there ends nothing.
func TestTakenOnAHeldPlaceOverTheFeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "web 1", "exchange 1")
	s := w.system(w.feedKey)
	s.say(fmt.Sprintf(`{"type":"publish","seq":1,"service":%q,"spaces":[{"ref":"1","state":"available","bed_spaces":4},{"ref":"2","state":"available","bed_spaces":4}]}`, w.service))
	space := s.hear("ack").Spaces[0].Space
	held := w.hold(w.helplines[0], w.request(w.helplines[0], aWoman), space)
	state := func() string {
		return into[struct{ State string }](t, w.do(w.helplines[0], http.MethodGet, "/holds/"+string(held.ID), "", http.StatusOK)).State
	}
	taken := `{"type":"publish","seq":%d,"service":%q,"spaces":[{"ref":"1","state":"taken"%s},{"ref":"2","state":"taken"}]}`
	s.say(fmt.Sprintf(taken, 2, w.service, ""))
	told := s.hear("ack").Spaces
	if len(told) != 2 || told[0].Code != "claimed" || told[0].Claim == "" || told[0].Words == "" || told[1].Code != "" {
		t.Fatalf("taken on a held place was told %+v", told)
	}
	s.say(fmt.Sprintf(taken, 3, w.service, `,"claim":"00000000-0000-7000-8000-000000000000"`))
	if again := s.hear("ack").Spaces; again[0].Code != "claimed" || again[0].Claim != told[0].Claim {
		t.Errorf("naming another claim was told %+v", again)
	}
	if got := state(); got != string(schema.Held) {
		t.Errorf("the hold is %s, want still held", got)
	}
	s.say(fmt.Sprintf(taken, 4, w.service, `,"claim":"`+string(told[0].Claim)+`"`))
	if again := s.hear("ack").Spaces; again[0].Code != "" {
		t.Errorf("naming the claim was told %+v", again)
	}
	if got := state(); got != string(schema.Ended) {
		t.Errorf("the hold is %s, want ended", got)
	}
}

// TestForeignPostsOverTheRealAPI: facts that cannot be are refused with the field; a place just taken is "taken"; the same command twice, one
// after the other or at once, is done once with one answer.
func TestForeignPostsOverTheRealAPI(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "web 1", "exchange 1")
	pid := w.roles["web 1"].cmd.Process.Pid
	spaces := w.free(w.feedAt(w.urls[0], w.feedKey), w.service, "1")
	for _, c := range []struct {
		body, code, field string
		status            int
	}{
		{`{"household":{"adults":[{"as":"woman"}],"children":[{"age":40}]}}`, "invalid_field", "household.children[0].age", http.StatusUnprocessableEntity},
		{`{"household":{"adults":[{"as":"woman"}]},"avoid":[{"area":"ZZ99"}]}`, "invalid_field", "avoid[0].area", http.StatusUnprocessableEntity},
		{`{"household":{"adults":[]}}`, "invalid_field", "household.adults", http.StatusUnprocessableEntity},
		{`{"household":{"adults":[{"as":"woman","name":"x"}]}}`, "", "household.adults[0].name", http.StatusUnprocessableEntity},
		{`{"household":`, "", "", http.StatusUnprocessableEntity},
		{`{"household":{"adults":[{"as":7}]}}`, "", "household.adults[0].as", http.StatusUnprocessableEntity},
	} {
		a := w.do(w.helplines[0], http.MethodPost, "/requests", c.body, c.status)
		code, field := a.problem()
		if code == "" || c.code != "" && code != c.code || field != c.field && c.field != "" {
			t.Errorf("%s: %s", c.body, a.body)
		}
	}
	mine, other := w.request(w.helplines[0], aWoman), w.request(w.helplines[1], aWoman)
	first := w.do(w.helplines[0], http.MethodPost, holdsPath(mine), holdBody(spaces["1"]), http.StatusCreated)
	held := into[ackedHold](t, first)
	if code, _ := w.do(w.helplines[1], http.MethodPost, holdsPath(other), holdBody(spaces["1"]), http.StatusConflict).problem(); code != "taken" {
		t.Errorf("a place just taken: %s", code)
	}
	if code, _ := w.do(w.helplines[1], http.MethodPost, "/holds/"+string(held.ID)+"/release", "", http.StatusNotFound).problem(); code != "not_found" {
		t.Errorf("another helpline's hold: %s", code)
	}
	answers := atOnce(func(int) told {
		a, err := w.send(t.Context(), http.MethodPost, w.urls[0]+"/api/v1/requests", w.helplines[0], "the-same-key", aWoman)
		return told{answer: a, err: err}
	})
	for _, a := range answers {
		if a.err != nil || a.answer.status != http.StatusCreated || !bytes.Equal(a.answer.body, answers[0].answer.body) {
			t.Errorf("the same command twice: %d %s %v", a.answer.status, a.answer.body, a.err)
		}
	}
	var opened, live int
	if err := w.asOwner().QueryRow(`SELECT (SELECT count(*) FROM request), (SELECT count(*) FROM hold WHERE state = 'held')`).Scan(&opened, &live); err != nil || opened != 3 || live != 1 {
		t.Errorf("%d requests and %d holds are in the record, want 3 and 1: %v", opened, live, err)
	}
	w.isUp("web 1", pid)
}
