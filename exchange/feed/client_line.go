package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// line is one connection of a client.
type line struct {
	conn  *websocket.Conn
	hello Hello
}

// helloFor bounds a handshake with its hello.
const helloFor = 15 * time.Second

// connect upgrades and waits for hello.
func (c *Client) connect(ctx context.Context) (*line, error) {
	dialer := websocket.Dialer{Subprotocols: []string{Subprotocol}, HandshakeTimeout: helloFor, Proxy: http.ProxyFromEnvironment}
	conn, resp, err := dialer.DialContext(ctx, c.config.URL, http.Header{"Authorization": {"Bearer " + c.config.Key}})
	if err != nil {
		return nil, turnedDown(resp, err)
	}
	if conn.Subprotocol() != Subprotocol {
		conn.Close()
		return nil, &ClosedError{Code: http.StatusBadRequest, Name: "subprotocol", Words: "What answers at this URL does not speak haven.feed.v1.", Never: true}
	}
	l := &line{conn: conn}
	conn.SetReadDeadline(time.Now().Add(helloFor))
	stop := context.AfterFunc(ctx, func() { conn.NetConn().SetReadDeadline(time.Unix(1, 0)) })
	defer stop()
	for l.hello.Session == "" {
		if err := l.next(func(kind string, raw []byte) error {
			if kind != "hello" {
				return nil
			}
			return l.greet(raw)
		}); err != nil {
			conn.Close()
			return nil, err
		}
	}
	return l, nil
}

// greet reads hello. Limits that a hello leaves out are those of version 1.
func (l *line) greet(raw []byte) error {
	if err := json.Unmarshal(raw, &l.hello); err != nil {
		return fmt.Errorf("feed: Haven sent a hello that cannot be read: %w", err)
	}
	limits := &l.hello.Limits
	limits.FrameBytes = orDefault(limits.FrameBytes, 64<<10)
	limits.MessagesPerSecond = orDefault(limits.MessagesPerSecond, 50)
	limits.Burst = orDefault(limits.Burst, 100)
	return nil
}

// turnedDown reads the problem document of an upgrade that failed. Statuses that say "later" are worth another try.
func turnedDown(resp *http.Response, err error) error {
	if resp == nil {
		return fmt.Errorf("feed: connect: %w", err)
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	var p problem
	if json.Unmarshal(raw, &p) != nil || p.Code == "" {
		p = problem{Code: "http", Detail: "The upgrade was answered with " + resp.Status + "."}
	}
	out := &ClosedError{Code: resp.StatusCode, Name: p.Code, Words: p.Detail}
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	out.after = time.Duration(max(0, min(seconds, 3600))) * time.Second
	out.Never = resp.StatusCode >= 300 && resp.StatusCode < 500 && resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusRequestTimeout
	return out
}

// next reads one frame and gives it to fn by its type. Types that this version does not know are passed over by the callers. A bye is kept
// until the close that follows it, since only the bye says when to come back.
func (l *line) next(fn func(kind string, raw []byte) error) error {
	var bye *Bye
	for {
		_, raw, err := l.conn.ReadMessage()
		if err != nil {
			return closedBy(err, bye)
		}
		var head struct {
			Type string `json:"type"`
		}
		if err := json.Unmarshal(raw, &head); err != nil {
			return fmt.Errorf("feed: Haven sent what is not a message: %w", err)
		}
		if head.Type != "bye" {
			return fn(head.Type, raw)
		}
		bye = &Bye{}
		if err := json.Unmarshal(raw, bye); err != nil {
			return fmt.Errorf("feed: Haven sent a bye that cannot be read: %w", err)
		}
	}
}

func closedBy(err error, bye *Bye) error {
	var closed *websocket.CloseError
	if !errors.As(err, &closed) || closed.Code == websocket.CloseAbnormalClosure {
		return fmt.Errorf("feed: the connection broke: %w", err)
	}
	row := closeRow(CloseCode(closed.Code))
	out := &ClosedError{Code: closed.Code, Name: row.Name, Words: row.Words, Never: row.Never, after: row.After}
	if bye != nil {
		out.Words, out.after = bye.Words, time.Duration(bye.RetryAfterSeconds)*time.Second
	}
	return out
}
