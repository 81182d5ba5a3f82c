package feed

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"time"

	"github.com/gorilla/websocket"
)

// send gives a frame to the writer and waits for room. It is false when the peer cannot be written to any more.
func (s *session) send(kind string, body any) bool {
	raw, err := encode(kind, 0, body)
	if err != nil {
		s.log.LogAttrs(context.Background(), slog.LevelError, "feed: write a frame", errAttr(err))
		return false
	}
	select {
	case s.out <- raw:
		return true
	case <-s.dead:
		return false
	}
}

// write is the only goroutine that writes messages. When the queue is closed and empty it says why the session ends.
func (s *session) write() {
	ping := time.NewTicker(s.config.Heartbeat)
	defer ping.Stop()
	for {
		var err error
		select {
		case raw, more := <-s.out:
			if !more {
				s.farewell()
				return
			}
			err = s.put(raw)
		case <-ping.C:
			err = s.conn.WriteControl(websocket.PingMessage, nil, s.deadline())
		}
		if err != nil {
			s.stop(unread(err), 0)
			close(s.dead)
			return
		}
	}
}

func (s *session) put(raw []byte) error {
	s.conn.SetWriteDeadline(s.deadline())
	return s.conn.WriteMessage(websocket.TextMessage, raw)
}

// deadline of one write; of all that are left once the session is ending, so that a peer that trickles does not hold up a drain.
func (s *session) deadline() time.Time {
	if s.stopped() {
		return s.ending.by
	}
	return time.Now().Add(s.config.WriteWait)
}

// unread tells a peer that does not read from one that has gone.
func unread(err error) CloseCode {
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return CloseSlow
	}
	return left
}

// farewell sends the bye and the coded close. Nobody is there to read it when the peer left; gorilla has closed by itself for its own
// complaints.
func (s *session) farewell() {
	row := s.ending.row
	if row.Code == left || row.Code == CloseProtocol {
		return
	}
	bye := Bye{Code: row.Name, Words: row.Words}
	if !row.Never {
		bye.RetryAfterSeconds = int((s.ending.after + time.Second - 1) / time.Second)
	}
	raw, err := encode("bye", 0, bye)
	if err != nil || s.put(raw) != nil {
		return
	}
	s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(int(row.Code), row.Name), s.deadline())
}
