package feed_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"haven/exchange/feed"
	"haven/schema"
)

func (r *rig) client(url string, edit func(*feed.ClientConfig)) *feed.Client {
	r.t.Helper()
	c := feed.ClientConfig{URL: url, Key: r.key, Log: slog.New(slog.NewTextHandler(r.log, nil)), Backoff: 5 * time.Millisecond, MostBackoff: 50 * time.Millisecond, Wait: patience}
	if edit != nil {
		edit(&c)
	}
	client, err := feed.Dial(r.t.Context(), c)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(client.Close)
	return client
}

func (r *rig) report(refs ...string) feed.Publish {
	p := feed.Publish{Service: r.service}
	for _, ref := range refs {
		p.Spaces = append(p.Spaces, feed.SpaceOf(schema.Space{Ref: ref, BedSpaces: 4, SelfContained: schema.No}, schema.Report{State: schema.Available}))
	}
	return p
}

func TestClientSpeaksTheWholeProtocol(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.relay(r.feeds)
	c := r.client(r.url, nil)
	ack, err := c.Publish(t.Context(), r.report("1", "2"))
	if err != nil || ack.Seq != 1 || len(ack.Spaces) != 2 || ack.Spaces[1].Version != 1 {
		t.Fatalf("publish gave %+v, %v", ack, err)
	}
	if _, err := c.Confirm(t.Context(), feed.Confirm{Service: r.service, Refs: []string{"1"}}); err != nil {
		t.Error(err)
	}
	var nack *feed.NackError
	if _, err := c.Publish(t.Context(), feed.Publish{Service: r.service, Spaces: []feed.Space{{Ref: "1", State: "on_hold"}}}); !errors.As(err, &nack) || nack.Code != "invalid_field" || nack.Field != "spaces[1].state" {
		t.Errorf("an impossible state gave %v", err)
	}
	made := r.hold("1", need(schema.Yes))
	event := <-c.Holds()
	if event.Hold == nil || event.Hold.Hold != made.ID || event.Hold.Needs.People != 3 {
		t.Fatalf("the hold came as %+v", event)
	}
	// A report that contradicts the hold is told with what stands against it, and the rest applies.
	ack, err = c.Publish(t.Context(), feed.Publish{Service: r.service, Spaces: []feed.Space{{Ref: "1", State: schema.Taken}, {Ref: "2", State: schema.Taken}}})
	if err != nil || ack.Spaces[0].Code != "claimed" || ack.Spaces[0].Claim != made.Claim || ack.Spaces[1].Code != "" {
		t.Fatalf("taken on a hold gave %+v, %v", ack, err)
	}
	if _, err := c.Answer(t.Context(), feed.Answer{Hold: made.ID, Reason: "no_staff"}); err != nil {
		t.Error(err)
	}
	for event := range c.Holds() {
		if event.Ended != nil {
			if event.Ended.Reason != "cannot_take" {
				t.Errorf("the end came as %+v", event.Ended)
			}
			break
		}
	}
	if _, err := c.Snapshot(t.Context(), feed.Snapshot{Service: r.service, Spaces: r.report("1", "2", "3").Spaces}); err != nil {
		t.Error(err)
	}
	c.Close()
	if _, err := c.Publish(t.Context(), r.report("1")); err == nil {
		t.Error("a closed client took a message")
	}
	if c.Err() != nil {
		t.Errorf("a closed client says %v", c.Err())
	}
	if next := r.client(r.url, nil); next.Hello().LastSeq != 6 {
		t.Errorf("the next client begins after %d, want 6", next.Hello().LastSeq)
	}
}

// cutter passes bytes on and cuts every connection after a while, in the middle of whatever goes through.
func cutter(t *testing.T, to string) string {
	t.Helper()
	target := strings.TrimSuffix(strings.TrimPrefix(to, "ws://"), "/feed/v1")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", target)
			if err != nil {
				in.Close()
				continue
			}
			cut := func() { in.Close(); out.Close() }
			left := int64(2000 + rand.IntN(6000))
			go func() { defer cut(); io.CopyN(out, in, left) }()
			go func() { defer cut(); io.Copy(in, out) }()
		}
	}()
	return "ws://" + l.Addr().String() + "/feed/v1"
}

// Over a line that breaks again and again every message is answered once, has one effect, and is told to the one who sent it.
func TestClientOverALineThatBreaks(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	c := r.client(cutter(t, r.url), nil)
	const senders, each = 4, 25
	var wg sync.WaitGroup
	for s := range senders {
		wg.Go(func() {
			for i := range each {
				ref := fmt.Sprintf("%d-%d", s, i)
				ack, err := c.Publish(t.Context(), r.report(ref))
				if err != nil || len(ack.Spaces) != 1 || ack.Spaces[0].Ref != ref || ack.Spaces[0].Version != 1 {
					t.Errorf("%s gave %+v, %v", ref, ack, err)
				}
			}
		})
	}
	wg.Wait()
	if n := len(r.spaces()); n != senders*each {
		t.Errorf("%d spaces are kept, want %d", n, senders*each)
	}
	if n := r.count(`SELECT count(*) FROM feed_answer`); n != senders*each {
		t.Errorf("%d numbers were answered, want %d", n, senders*each)
	}
	if n := r.count(`SELECT count(*) FROM event WHERE what = 'space_reported'`); n != senders*each {
		t.Errorf("%d reports were recorded, want %d", n, senders*each)
	}
	if !strings.Contains(r.log.String(), "connecting again") {
		t.Error("the line never broke: this test proved nothing")
	}
}

// While PostgreSQL is away messages are not answered, and none is lost.
func TestClientWhileTheLedgerIsAway(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	c := r.client(r.url, nil)
	if _, err := c.Publish(t.Context(), r.report("before")); err != nil {
		t.Fatal(err)
	}
	back := r.outage()
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() {
			if ack, err := c.Publish(t.Context(), r.report(fmt.Sprint(i))); err != nil || ack.Spaces[0].Code != "" {
				t.Errorf("%d gave %+v, %v", i, ack, err)
			}
		})
	}
	eventually(t, "a message was answered as busy", func() bool { return strings.Contains(r.log.String(), "code=busy") })
	back()
	wg.Wait()
	if n := len(r.spaces()); n != 6 {
		t.Errorf("%d spaces are kept, want 6", n)
	}
	if n := r.count(`SELECT count(*) FROM feed_answer`); n != 6 {
		t.Errorf("%d numbers were answered, want 6", n)
	}
}

// outage makes the database of the test refuse and drop every connection, until back is called.
func (r *rig) outage() (back func()) {
	r.t.Helper()
	owner := r.elsewhere()
	var name string
	if err := r.owner().QueryRowContext(r.t.Context(), `SELECT current_database()`).Scan(&name); err != nil {
		r.t.Fatal(err)
	}
	allow := func(yes bool) {
		r.t.Helper()
		if _, err := owner.ExecContext(context.Background(), fmt.Sprintf(`ALTER DATABASE %s ALLOW_CONNECTIONS %v`, name, yes)); err != nil {
			r.t.Fatal(err)
		}
	}
	allow(false)
	if _, err := owner.ExecContext(r.t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, name); err != nil {
		r.t.Fatal(err)
	}
	return func() { allow(true) }
}

func TestClientThatIsTakenOverStops(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	older := r.client(r.url, nil)
	newer := r.client(r.url, nil)
	select {
	case <-older.Done():
	case <-time.After(patience):
		t.Fatal("the older client went on")
	}
	var closed *feed.ClosedError
	if !errors.As(older.Err(), &closed) || closed.Code != int(feed.CloseTakenOver) {
		t.Errorf("the older client ended with %v", older.Err())
	}
	if _, open := <-older.Holds(); open {
		t.Error("the older client still tells holds")
	}
	if _, err := newer.Publish(t.Context(), r.report("1")); err != nil {
		t.Error(err)
	}
}

func TestDialThatCannotSucceed(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for _, c := range []struct{ name, url, key, want string }{
		{"wrong key", r.url, "wrong", "key (401)"},
		{"no key", r.url, "", "no key"},
		{"not a feed", strings.TrimSuffix(r.url, "/feed/v1"), r.key, "http (404)"},
		{"in the clear", "ws://haven.example/feed/v1", r.key, "wss://"},
		{"not a socket", "https://haven.example/feed/v1", r.key, "wss://"},
		{"nonsense", "::", r.key, "wss://"},
	} {
		_, err := feed.Dial(t.Context(), feed.ClientConfig{URL: c.url, Key: c.key, Wait: patience})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gave %v, want %q", c.name, err, c.want)
		}
		if err != nil && c.key == r.key && strings.Contains(err.Error(), r.key) {
			t.Errorf("%s told the key", c.name)
		}
	}
}

func TestClientSplitsALargeSnapshot(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *feed.Config) { c.FrameBytes = 2000 })
	c := r.client(r.url, nil)
	refs := make([]string, 60)
	for i := range refs {
		refs[i] = fmt.Sprintf("Room %d", i)
	}
	ack, err := c.Snapshot(t.Context(), feed.Snapshot{Service: r.service, Spaces: r.report(refs...).Spaces})
	if err != nil || ack.Seq != 1 || len(ack.Spaces) != 60 {
		t.Errorf("the snapshot gave %d spaces under %d, %v", len(ack.Spaces), ack.Seq, err)
	}
	if _, err := c.Publish(t.Context(), r.report(refs...)); err == nil || !strings.Contains(err.Error(), "fewer spaces") {
		t.Errorf("a publish that is too large gave %v", err)
	}
	// What could not be sent took no number.
	if ack, err := c.Publish(t.Context(), r.report("Room 1")); err != nil || ack.Seq != 2 {
		t.Errorf("the next message gave %+v, %v", ack, err)
	}
}

// A deploy: the process drains, another listens in its place, the client comes back by itself.
func TestClientComesBackAfterADrain(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	h, _ := r.serve(nil)
	next, _ := r.serve(nil)
	var mu sync.Mutex
	current := h
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		mu.Lock()
		h := current
		mu.Unlock()
		h.ServeHTTP(w, q)
	})}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	c := r.client("ws://"+l.Addr().String()+"/feed/v1", nil)
	if _, err := c.Publish(t.Context(), r.report("1")); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	current = next
	mu.Unlock()
	if err := h.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if ack, err := c.Publish(t.Context(), r.report("2")); err != nil || ack.Seq != 2 {
		t.Errorf("after the drain came %+v, %v", ack, err)
	}
}
