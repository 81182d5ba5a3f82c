package feed_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"haven/exchange/feed"
)

// Whatever is wrong before the upgrade is a problem document, and the key is in none of them.
func TestUpgradesThatAreTurnedDown(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *feed.Config) { c.MostSessions = 1 })
	revoked, revokedID := r.newKey(r.provider)
	if err := r.db.RevokeFeedKey(t.Context(), revokedID); err != nil {
		t.Fatal(err)
	}
	r.dial() // takes the one place
	second, _ := r.newKey(r.provider)
	for _, c := range []struct {
		name   string
		edit   func(*http.Request)
		status int
		code   string
	}{
		{"no key", func(q *http.Request) { q.Header.Del("Authorization") }, 401, "key"},
		{"wrong key", func(q *http.Request) { q.Header.Set("Authorization", "Bearer wrong") }, 401, "key"},
		{"key as a password", func(q *http.Request) { q.SetBasicAuth("", r.key) }, 401, "key"},
		{"revoked key", func(q *http.Request) { q.Header.Set("Authorization", "Bearer "+revoked) }, 403, "revoked"},
		{"a browser", func(q *http.Request) { q.Header.Set("Origin", "https://haven.example") }, 403, "origin"},
		{"no subprotocol", func(q *http.Request) { q.Header.Del("Sec-WebSocket-Protocol") }, 400, "subprotocol"},
		{"another version", func(q *http.Request) { q.Header.Set("Sec-WebSocket-Protocol", "haven.feed.v2") }, 400, "subprotocol"},
		{"not an upgrade", func(q *http.Request) { q.Header.Del("Upgrade") }, 426, "upgrade"},
		{"a post", func(q *http.Request) { q.Method = http.MethodPost }, 405, "method"},
		{"no room", func(q *http.Request) { q.Header.Set("Authorization", "Bearer "+second) }, 503, "full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			q := httptest.NewRequest(http.MethodGet, "/feed/v1", nil)
			q.Header = http.Header{
				"Authorization": {"Bearer " + r.key}, "Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"},
				"Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="}, "Sec-Websocket-Protocol": {feed.Subprotocol},
			}
			c.edit(q)
			w := httptest.NewRecorder()
			r.feeds.ServeHTTP(w, q)
			var p struct {
				Status       int
				Code, Detail string
			}
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatalf("%s: %v", w.Body, err)
			}
			if w.Code != c.status || p.Status != c.status || p.Code != c.code || p.Detail == "" || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("got %d %s, want %d %s", w.Code, w.Body, c.status, c.code)
			}
			if strings.Contains(w.Body.String(), r.key) {
				t.Error("the key is in the answer")
			}
		})
	}
}

// Keys and secrets are in no log line.
func TestLogsHoldNoKey(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	p := r.dial()
	p.say(r.publish(1, space("Room Rowan 3")))
	p.wantAck(1)
	p.conn.Close()
	eventually(t, "the end of the session is logged", func() bool { return strings.Contains(r.log.String(), "session ended") })
	for _, secret := range []string{r.key, "Room Rowan", string(r.service)} {
		if strings.Contains(r.log.String(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}
