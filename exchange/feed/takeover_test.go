package feed_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gorilla/websocket"

	"haven/exchange/feed"
)

func TestANewerSessionTakesOver(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	older := r.dial()
	newer := r.dial()
	if got := older.closed(); got != int(feed.CloseTakenOver) {
		t.Errorf("the older session was closed with %d, want %d", got, feed.CloseTakenOver)
	}
	newer.say(r.publish(1, space("1")))
	newer.wantAck(1)
}

// On another process nobody can close the older session, but the ledger fences what it sends.
func TestTheOlderSessionOfAnotherProcessIsFenced(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	_, elsewhere := r.serve(nil)
	older := r.dial()
	older.say(r.publish(1, space("1")))
	older.wantAck(1)
	newer := r.dialAt(elsewhere, r.key)
	older.say(r.publish(2, space("2")))
	if n := older.wantNack("fenced", false); n["seq"] != 2.0 {
		t.Errorf("fenced as %v, want seq 2", n)
	}
	if got := older.closed(); got != int(feed.CloseTakenOver) {
		t.Errorf("the older session was closed with %d, want %d", got, feed.CloseTakenOver)
	}
	if n := len(r.spaces()); n != 1 {
		t.Errorf("there are %d spaces, want only the one from before the takeover", n)
	}
	newer.say(r.publish(2, space("3")))
	newer.wantAck(2)
}

// Many connect with one key at the same instant, to two processes. When all have been greeted one session is left: it alone is served, and
// the number that all of them use has one effect.
func TestTakeoverRace(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	_, elsewhere := r.serve(nil)
	const racers = 16
	peers := make([]*peer, racers)
	var wg sync.WaitGroup
	for i := range racers {
		url := []string{r.url, elsewhere}[i%2]
		wg.Go(func() {
			conn, _, err := r.upgrade(url, r.key)
			if err != nil {
				t.Errorf("racer %d: %v", i, err)
				return
			}
			peers[i] = &peer{r: r, conn: conn}
			if hello, err := peers[i].next(); err != nil || hello["type"] != "hello" {
				t.Errorf("racer %d was greeted by %v, %v", i, hello, err)
			}
		})
	}
	wg.Wait()
	var served, fenced atomic.Int32
	for i, p := range peers {
		if p == nil {
			continue
		}
		t.Cleanup(func() { p.conn.Close() })
		wg.Go(func() {
			// A write may fail where the close is already on its way.
			p.conn.WriteMessage(websocket.TextMessage, []byte(r.publish(1, space(fmt.Sprint(i)))))
			for {
				doc, err := p.next()
				switch {
				case websocket.IsCloseError(err, int(feed.CloseTakenOver)):
					fenced.Add(1)
					return
				case err != nil:
					t.Errorf("racer %d ended by %v", i, err)
					return
				case doc["type"] == "ack":
					served.Add(1)
					return
				}
			}
		})
	}
	wg.Wait()
	if served.Load() != 1 || fenced.Load() != racers-1 {
		t.Errorf("%d were served and %d taken over, want 1 and %d", served.Load(), fenced.Load(), racers-1)
	}
	if n := len(r.spaces()); n != 1 {
		t.Errorf("number 1 had %d effects, want 1", n)
	}
}
