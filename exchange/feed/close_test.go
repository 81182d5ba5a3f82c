package feed_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"haven/exchange"
	"haven/exchange/feed"
	"haven/schema"
)

// A peer that cannot be served is told why by a code, what it was told before is kept, and everybody else goes on.
func TestCodedCloses(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for _, c := range []struct {
		name string
		do   func(p *peer)
		want feed.CloseCode
	}{
		{"binary", func(p *peer) { p.conn.WriteMessage(websocket.BinaryMessage, []byte(r.publish(2, space("1")))) }, feed.CloseBinary},
		{"70 KB", func(p *peer) { p.say(`{"type":"publish","seq":2,"pad":"` + strings.Repeat("x", 70<<10) + `"}`) }, feed.CloseTooLarge},
		{"70 KB in pieces", func(p *peer) {
			w, _ := p.conn.NextWriter(websocket.TextMessage)
			for range 70 {
				io.WriteString(w, strings.Repeat("x", 1<<10))
			}
			w.Close()
		}, feed.CloseTooLarge},
		{"not UTF-8", func(p *peer) { p.say("{\"type\":\"confirm\xff\",\"seq\":2}") }, feed.CloseNotUTF8},
		{"nonsense without end", func(p *peer) {
			for range 30 {
				p.conn.WriteMessage(websocket.TextMessage, []byte(`{"type":`))
			}
		}, feed.CloseBadFrames},
		{"a flood of pings", func(p *peer) {
			for range 100 {
				p.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second))
			}
		}, feed.CloseTooMany},
		{"not WebSocket", func(p *peer) { p.conn.NetConn().Write([]byte{0x81, 0x05, 'h', 'e', 'l', 'l', 'o'}) }, feed.CloseProtocol},
		{"compressed unasked", func(p *peer) { p.conn.NetConn().Write([]byte{0xC1, 0x80, 0, 0, 0, 0}) }, feed.CloseProtocol},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := r.with(t)
			key, _ := r.newKey(r.provider)
			p := r.dialAt(r.url, key)
			p.say(r.publish(1, space(newID())))
			p.wantAck(1)
			c.do(p)
			if got := p.closed(); got != int(c.want) {
				t.Errorf("closed with %d, want %d", got, c.want)
			}
			again := r.dialAt(r.url, key)
			if again.hello["last_seq"] != 1.0 {
				t.Errorf("after the close hello says %v, want last_seq 1", again.hello)
			}
		})
	}
}

// A thousand messages a second: those that were acknowledged are kept, the rest are not, and the end has a code.
func TestTooMany(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *feed.Config) { c.MessagesPerSecond, c.Burst = 5, 10 })
	p := r.dial()
	go func() {
		for i := range 1000 {
			if p.conn.WriteMessage(websocket.TextMessage, []byte(r.publish(int64(i+1), space(fmt.Sprint(i))))) != nil {
				return
			}
		}
	}()
	acked := 0
	for {
		doc, err := p.next()
		if err != nil {
			if !websocket.IsCloseError(err, int(feed.CloseTooMany)) {
				t.Fatalf("ended by %v, want 4429", err)
			}
			break
		}
		switch {
		case doc["type"] == "ack":
			acked++
		case doc["type"] == "nack" && doc["final"] != false:
			t.Errorf("a surplus message was answered for ever: %v", doc)
		}
	}
	if acked < 10 {
		t.Errorf("%d were acknowledged, want at least the burst of 10", acked)
	}
	if n := len(r.spaces()); n != acked {
		t.Errorf("%d spaces are kept, %d were acknowledged", n, acked)
	}
	if p := r.dial(); p.hello["last_seq"] != float64(acked) {
		t.Errorf("hello says %v, want last_seq %d", p.hello, acked)
	}
}

// pipe serves over a connection without any buffer, so that not reading is felt at the first byte.
func (r *rig) pipe(h http.Handler) *peer {
	r.t.Helper()
	here, there := net.Pipe()
	server := &http.Server{Handler: h}
	go server.Serve(&oneConn{conn: there, closed: make(chan struct{})})
	r.t.Cleanup(func() { here.Close(); server.Close() })
	d := websocket.Dialer{
		Subprotocols:   []string{feed.Subprotocol},
		NetDialContext: func(context.Context, string, string) (net.Conn, error) { return here, nil },
	}
	conn, _, err := d.DialContext(r.t.Context(), "ws://haven.test/feed/v1", http.Header{"Authorization": {"Bearer " + r.key}})
	if err != nil {
		r.t.Fatal(err)
	}
	p := &peer{r: r, conn: conn}
	p.hello = p.expect("hello")
	return p
}

type oneConn struct {
	conn   net.Conn
	closed chan struct{}
}

func (l *oneConn) Accept() (net.Conn, error) {
	if c := l.conn; c != nil {
		l.conn = nil
		return c, nil
	}
	<-l.closed
	return nil, net.ErrClosed
}
func (l *oneConn) Close() error   { close(l.closed); return nil }
func (l *oneConn) Addr() net.Addr { return &net.TCPAddr{} }

func TestAPeerThatNeverReads(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *feed.Config) { c.WriteWait = 200 * time.Millisecond })
	p := r.pipe(r.feeds)
	p.say(r.publish(1, space("1")))
	eventually(t, "the session of a peer that does not read ends as slow", func() bool {
		return strings.Contains(r.log.String(), `"name":"slow"`)
	})
	// The message was applied before its ack could not be written: it is kept, and the number is answered again.
	again := r.dial()
	if again.hello["last_seq"] != 1.0 {
		t.Errorf("hello says %v, want last_seq 1", again.hello)
	}
	again.say(r.publish(1, space("1")))
	again.wantAck(1)
}

// stuck is a ledger whose holds cannot be read for a while.
type stuck struct {
	feed.Reader
}

func (s stuck) Hold(ctx context.Context, _ exchange.Actor, _ schema.HoldID) (exchange.HoldView, error) {
	<-ctx.Done()
	return exchange.HoldView{}, ctx.Err()
}

func TestMoreChangesThanASessionTakes(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *feed.Config) { c.Reader = stuck{c.Reader} })
	p := r.dial()
	for i := range 200 {
		r.feeds.Apply(exchange.Change{Topic: exchange.TopicHold, ID: newID(), Version: int64(i + 1), To: []schema.OrganisationID{r.provider}})
	}
	if got := p.closed(); got != int(feed.CloseSlow) {
		t.Errorf("closed with %d, want %d", got, feed.CloseSlow)
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *feed.Config) { c.Heartbeat = time.Second })
	quiet, lively := r.dial(), (*peer)(nil)
	quiet.conn.SetPingHandler(func(string) error { return nil })
	if got := quiet.closed(); got != int(feed.CloseHeartbeat) {
		t.Errorf("a silent peer was closed with %d, want %d", got, feed.CloseHeartbeat)
	}
	lively = r.dial()
	pings := 0
	answer := lively.conn.PingHandler()
	done := make(chan struct{})
	lively.conn.SetPingHandler(func(data string) error {
		if pings++; pings == 3 {
			close(done)
		}
		return answer(data)
	})
	go lively.conn.ReadMessage()
	select {
	case <-done: // longer than the silence that ended the other
	case <-time.After(patience):
		t.Error("a peer that answers pings was not pinged 3 times")
	}
}

func TestRevokedWhileConnected(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	p := r.dial()
	p.say(r.publish(1, space("1")))
	p.wantAck(1)
	began := time.Now()
	if err := r.db.RevokeFeedKey(t.Context(), r.keyID); err != nil {
		t.Fatal(err)
	}
	if got := p.closed(); got != int(feed.CloseRevoked) {
		t.Errorf("closed with %d, want %d", got, feed.CloseRevoked)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("a revoked key lived for %v, want at most 5 s", took)
	}
}

// Between two looks at the key the ledger itself stops a revoked one.
func TestRevokedBeforeAMessage(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *feed.Config) { c.KeyEvery = time.Hour })
	p := r.dial()
	if err := r.db.RevokeFeedKey(t.Context(), r.keyID); err != nil {
		t.Fatal(err)
	}
	p.say(r.publish(1, space("1")))
	p.wantNack("revoked", false)
	if got := p.closed(); got != int(feed.CloseRevoked) {
		t.Errorf("closed with %d, want %d", got, feed.CloseRevoked)
	}
	if n := len(r.spaces()); n != 0 {
		t.Errorf("a revoked key published %d spaces", n)
	}
}

func TestDrain(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	h, url := r.serve(nil)
	p := r.dialAt(url, r.key)
	p.say(r.publish(1, space("1")))
	p.wantAck(1)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	drained := make(chan error, 1)
	go func() { drained <- h.Drain(ctx) }()
	bye := p.expect("bye")
	if seconds, _ := bye["retry_after_seconds"].(float64); bye["code"] != "restart" || seconds < 1 {
		t.Errorf("the bye is %v, want restart with a time to come back", bye)
	}
	if _, err := p.next(); !websocket.IsCloseError(err, int(feed.CloseRestart)) {
		t.Errorf("closed by %v, want 1012", err)
	}
	p.conn.Close()
	if err := <-drained; err != nil {
		t.Errorf("drain: %v", err)
	}
	if _, resp, err := r.upgrade(url, r.key); err == nil || resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
		t.Errorf("an upgrade while draining gave %v %v, want 503 with Retry-After", resp, err)
	}
	if other := r.dial(); other.hello["last_seq"] != 1.0 {
		t.Errorf("the next process says %v, want last_seq 1", other.hello)
	}
}
