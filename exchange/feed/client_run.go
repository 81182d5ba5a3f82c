package feed

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"
)

// firstLine connects, and goes on trying for as long as the configuration says.
func (c *Client) firstLine(ctx context.Context) (*line, error) {
	until := time.Now().Add(c.config.Wait)
	for tries := 0; ; tries++ {
		l, err := c.connect(ctx)
		if err == nil {
			return l, nil
		}
		wait := c.backoff(tries, err)
		if final(err) || ctx.Err() != nil || time.Now().Add(wait).After(until) || !pause(ctx, wait) {
			return nil, err
		}
	}
}

// run keeps a connection until ctx ends or an error that connecting again cannot mend.
func (c *Client) run(ctx context.Context, l *line) {
	defer close(c.done)
	defer c.outbox.end()
	defer c.cancel()
	tries := 0
	for {
		began := time.Now()
		err := c.serve(ctx, l)
		if time.Since(began) > c.config.MostBackoff {
			tries = 0
		}
		for l = nil; l == nil; tries++ {
			if ctx.Err() != nil {
				return
			}
			if final(err) {
				c.fail(err)
				return
			}
			wait := c.backoff(tries, err)
			c.log.LogAttrs(ctx, slog.LevelWarn, "feed: connecting again", slog.Duration("in", wait), errAttr(err))
			if !pause(ctx, wait) {
				return
			}
			if l, err = c.connect(ctx); err == nil {
				c.begin(l)
			}
		}
	}
}

// begin takes over what hello says, before anything is sent.
func (c *Client) begin(l *line) {
	c.mu.Lock()
	c.hello = l.hello
	c.mu.Unlock()
	c.outbox.resume(l.hello.LastSeq)
}

func (c *Client) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.err = err
}

// backoff doubles from Backoff to MostBackoff, never less than Haven asked for, and spreads over half as much again, so that the systems of
// a whole network do not come back at once.
func (c *Client) backoff(tries int, err error) time.Duration {
	wait := min(c.config.Backoff<<min(tries, 16), c.config.MostBackoff)
	wait = max(wait, afterOf(err))
	return wait + rand.N(wait/2+1)
}

// serve speaks over one connection until it breaks.
func (c *Client) serve(ctx context.Context, l *line) error {
	ctx, cancel := context.WithCancel(ctx)
	again := make(chan struct{}, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		c.say(ctx, l, again)
		// The reader is what serve waits for: end it with the writer.
		l.conn.NetConn().SetReadDeadline(time.Unix(1, 0))
	}()
	err := c.hear(l, again)
	cancel()
	<-ended
	l.conn.Close()
	return err
}

// hear reads until the connection ends. Haven pings; a line that is silent for two and a half heartbeats is dead.
func (c *Client) hear(l *line, again chan<- struct{}) error {
	patience := time.Duration(max(1, l.hello.HeartbeatSeconds)) * time.Second * 5 / 2
	alive := func() { l.conn.SetReadDeadline(time.Now().Add(patience)) }
	l.conn.SetPingHandler(func(data string) error {
		alive()
		// A pong that cannot be written shows as a broken line at the next read.
		l.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
		return nil
	})
	alive()
	for {
		if err := l.next(func(kind string, raw []byte) error { return c.told(kind, raw, again) }); err != nil {
			return err
		}
		alive()
	}
}

// told takes one message of Haven. A nack that is not final means that sending must begin again at the first message not answered.
func (c *Client) told(kind string, raw []byte, again chan<- struct{}) error {
	switch kind {
	case "ack":
		var a Ack
		if err := json.Unmarshal(raw, &a); err != nil {
			return err
		}
		c.outbox.answer(a.Seq, answered{ack: a})
	case "nack":
		var n Nack
		if err := json.Unmarshal(raw, &n); err != nil {
			return err
		}
		if n.Final {
			c.outbox.answer(n.Seq, answered{err: &NackError{n}})
			return nil
		}
		c.log.LogAttrs(context.Background(), slog.LevelWarn, "feed: sending again", slog.Int64("seq", n.Seq), slog.String("code", n.Code))
		select {
		case again <- struct{}{}:
		default:
		}
	case "hold":
		var h Hold
		if err := json.Unmarshal(raw, &h); err != nil {
			return err
		}
		c.mail.put(HoldEvent{Hold: &h})
	case "hold_ended":
		var h HoldEnded
		if err := json.Unmarshal(raw, &h); err != nil {
			return err
		}
		c.mail.put(HoldEvent{Ended: &h})
	}
	return nil
}

// say writes what waits, in order, within the limits of hello, until the connection or ctx ends.
func (c *Client) say(ctx context.Context, l *line, again <-chan struct{}) {
	limit := limiter(l.hello.Limits)
	var sent int64
	for ctx.Err() == nil {
		p, ok := c.outbox.after(sent)
		if !ok {
			select {
			case <-ctx.Done():
			case <-c.outbox.wake:
			case <-again:
				sent = c.rewind(ctx, again)
			}
			continue
		}
		select {
		case <-again:
			sent = c.rewind(ctx, again)
			continue
		default:
		}
		if !write(ctx, l.conn, p.frames, limit) {
			break
		}
		sent = p.seq
	}
	l.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
}

// rewind waits before all is sent again. The nacks for the numbers after the first come meanwhile, and ask for the same.
func (c *Client) rewind(ctx context.Context, again <-chan struct{}) (sent int64) {
	pause(ctx, c.backoff(0, nil))
	select {
	case <-again:
	default:
	}
	return 0
}

func write(ctx context.Context, conn *websocket.Conn, frames [][]byte, limit *rate.Limiter) bool {
	for _, f := range frames {
		if limit.Wait(ctx) != nil {
			return false
		}
		conn.SetWriteDeadline(time.Now().Add(helloFor))
		if conn.WriteMessage(websocket.TextMessage, f) != nil {
			return false
		}
	}
	return true
}
