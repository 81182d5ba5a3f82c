package live_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"haven/exchange"
	"haven/web/live"
)

// place is a hub behind a real server, with one kind of browser.
type place struct {
	t     testing.TB
	hub   *live.Hub
	url   string
	alive atomic.Bool
	state atomic.Value
	told  chan string
}

func start(t *testing.T, c live.Config) *place {
	t.Helper()
	p := &place{t: t, hub: live.NewHub(c), told: make(chan string, 16)}
	p.alive.Store(true)
	p.state.Store("Live")
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		p.hub.Serve(rw, r, live.Watch{
			See: func(c exchange.Change) (live.Change, bool) {
				return live.Change{Space: c.ID, Version: c.Version}, !strings.HasPrefix(c.ID, "hidden")
			},
			Heard: func(m []byte) { p.told <- string(m) },
			Alive: func(context.Context) bool { return p.alive.Load() },
			State: func() string { return p.state.Load().(string) },
		})
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := p.hub.Drain(ctx); err != nil {
			t.Errorf("drain: %v", err)
		}
	})
	p.url = "ws" + strings.TrimPrefix(server.URL, "http")
	return p
}

func (p *place) browser() *websocket.Conn {
	p.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(p.url, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { conn.Close() })
	return conn
}

func (p *place) apply(n int64, epoch, id string) {
	p.hub.Apply(exchange.Change{Epoch: epoch, N: n, Topic: exchange.TopicSpace, ID: id, Version: n})
}

func next(t testing.TB, conn *websocket.Conn) live.Frame {
	t.Helper()
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, raw, err := conn.ReadMessage()
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	var f live.Frame
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// until reads frames up to an entry, and fails where two of them do not join.
func until(t testing.TB, conn *websocket.Conn, from live.Frame, n int64) (spaces []string) {
	t.Helper()
	last := from.To
	for last < n {
		f := next(t, conn)
		if f.Point || f.From != last+1 {
			t.Fatalf("after %d came %+v", last, f)
		}
		last = f.To
		for _, c := range f.Changes {
			spaces = append(spaces, c.Space)
		}
	}
	return spaces
}

func closed(t testing.TB, conn *websocket.Conn) int {
	t.Helper()
	for {
		conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		if _, _, err := conn.ReadMessage(); err != nil {
			if c, ok := err.(*websocket.CloseError); ok {
				return c.Code
			}
			t.Fatalf("not closed with a code: %v", err)
		}
	}
}

func TestFramesJoinEvenWhenAllIsFiltered(t *testing.T) {
	t.Parallel()
	p := start(t, live.Config{})
	p.hub.Reset(exchange.Snapshot{Epoch: "a", N: 7})
	conn := p.browser()
	point := next(t, conn)
	if !point.Point || point.To != 7 || point.Epoch != "a" || point.State != "Live" {
		t.Fatalf("first frame %+v", point)
	}
	for n := int64(8); n < 200; n++ {
		id := fmt.Sprint("hidden", n)
		if n%10 == 0 {
			id = fmt.Sprint("space", n)
		}
		p.apply(n, "a", id)
	}
	spaces := until(t, conn, point, 199)
	if len(spaces) != 19 || spaces[0] != "space10" {
		t.Errorf("shown %v", spaces)
	}
}

func TestAGapIsNotPaperedOver(t *testing.T) {
	t.Parallel()
	p := start(t, live.Config{})
	p.hub.Reset(exchange.Snapshot{Epoch: "a", N: 1})
	conn := p.browser()
	next(t, conn)
	p.apply(2, "a", "x")
	p.apply(4, "a", "y") // 3 never came
	if f := next(t, conn); f.From != 2 || f.To != 2 {
		t.Fatalf("%+v", f)
	}
	if f := next(t, conn); f.From != 4 || f.To != 4 {
		t.Fatalf("a browser could not see the gap: %+v", f)
	}
}

func TestAnotherEpochAndASnapshotAreSaid(t *testing.T) {
	t.Parallel()
	p := start(t, live.Config{})
	p.hub.Reset(exchange.Snapshot{Epoch: "a", N: 5})
	conn := p.browser()
	next(t, conn)
	p.hub.Reset(exchange.Snapshot{Epoch: "b", N: 0})
	p.apply(1, "b", "x")
	if f := next(t, conn); !f.Point || f.Epoch != "b" || f.To != 0 {
		t.Fatalf("%+v", f)
	}
	if f := next(t, conn); f.Point || f.Epoch != "b" || f.From != 1 {
		t.Fatalf("%+v", f)
	}
}

func TestASlowBrowserIsClosedAndDelaysNobody(t *testing.T) {
	t.Parallel()
	// Nothing is written while changes are gathered, so the queue alone decides.
	p := start(t, live.Config{Queue: 8, Gather: time.Hour})
	p.hub.Reset(exchange.Snapshot{Epoch: "a"})
	slow := p.browser()
	next(t, slow)
	quiet := start(t, live.Config{Queue: 4096})
	quiet.hub.Reset(exchange.Snapshot{Epoch: "a"})
	fast := quiet.browser()
	point := next(t, fast)
	// The gatherer empties the queue meanwhile, so it is outrun rather than outnumbered.
	began := time.Now()
	for n := int64(1); n <= 3000; n++ {
		quiet.apply(n, "a", "x")
	}
	for n := int64(1); p.hub.Watching() > 0; n++ {
		p.apply(n, "a", "x")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("telling browsers took %s", took)
	}
	if code := closed(t, slow); code != live.CloseSlow {
		t.Errorf("closed with %d", code)
	}
	until(t, fast, point, 3000)
}

func TestASignInThatEndedEndsTheSocket(t *testing.T) {
	t.Parallel()
	p := start(t, live.Config{Heartbeat: 20 * time.Millisecond})
	conn := p.browser()
	next(t, conn)
	p.alive.Store(false)
	if code := closed(t, conn); code != live.CloseSignedOut {
		t.Errorf("closed with %d", code)
	}
}

func TestAQuietSocketIsHeardFromAndSaysHowCurrentTheListIs(t *testing.T) {
	t.Parallel()
	p := start(t, live.Config{Heartbeat: 20 * time.Millisecond})
	p.hub.Reset(exchange.Snapshot{Epoch: "a", N: 3})
	conn := p.browser()
	next(t, conn)
	p.state.Store("List from 2:20pm")
	for range 200 {
		f := next(t, conn)
		if f.From != 4 || f.To != 3 || len(f.Changes) != 0 {
			t.Fatalf("a heartbeat claims something: %+v", f)
		}
		if f.State == "List from 2:20pm" {
			return
		}
	}
	t.Fatal("the state was not said")
}

func TestOnlyPagesOfThisHostMayWatch(t *testing.T) {
	t.Parallel()
	p := start(t, live.Config{})
	_, res, err := websocket.DefaultDialer.Dial(p.url, http.Header{"Origin": {"https://elsewhere.example"}})
	if err == nil || res == nil || res.StatusCode != http.StatusForbidden {
		t.Fatalf("another site may watch: %v", err)
	}
}

func TestWhatABrowserShowsIsHeard(t *testing.T) {
	t.Parallel()
	p := start(t, live.Config{})
	conn := p.browser()
	next(t, conn)
	if err := conn.WriteMessage(websocket.TextMessage, []byte("adult_as=woman")); err != nil {
		t.Fatal(err)
	}
	if got := <-p.told; got != "adult_as=woman" {
		t.Errorf("heard %q", got)
	}
	conn.WriteMessage(websocket.TextMessage, make([]byte, 1<<17)) // may fail already: it is not read to its end
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		_, _, err := conn.ReadMessage()
		var slow net.Error
		if errors.As(err, &slow) && slow.Timeout() {
			t.Fatal("too long a message was borne")
		}
		if err != nil {
			return
		}
	}
}

func TestDrainingClosesEverybodyAndLetsNobodyIn(t *testing.T) {
	t.Parallel()
	p := start(t, live.Config{})
	conn := p.browser()
	next(t, conn)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := p.hub.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	if code := closed(t, conn); code != websocket.CloseServiceRestart {
		t.Errorf("closed with %d", code)
	}
	if code := closed(t, p.browser()); code != websocket.CloseServiceRestart {
		t.Errorf("a new one closed with %d", code)
	}
}
