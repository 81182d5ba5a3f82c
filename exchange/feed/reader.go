package feed

import (
	"context"
	"errors"
	"io"
	"net"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"

	"haven/exchange"
	"haven/schema"
)

var (
	errStopped = errors.New("feed: session is ending")
	errFlood   = errors.New("feed: more control frames than any peer needs")
)

// read takes frames until the session is stopped or the socket fails. One at a time: what the peer sends meanwhile waits in the socket.
func (s *session) read(ctx context.Context) {
	s.conn.SetPongHandler(func(string) error { return s.alive() })
	s.conn.SetPingHandler(func(data string) error {
		if !s.pings.Allow() {
			return errFlood
		}
		// A pong that cannot be written is the writer's to notice.
		s.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
		return s.alive()
	})
	for s.alive() == nil {
		raw, err := s.next()
		if err != nil {
			s.stop(reasonOf(err), 0)
			return
		}
		if !s.messages.Allow() {
			s.nack(Nack{Code: codeTooMany, Words: "More messages a second than hello allows. This one was not read: wait, then send again from the first that was not answered."})
			s.strike(CloseTooMany)
			continue
		}
		s.take(ctx, raw)
	}
}

// alive gives the peer another two and a half heartbeats, unless the session is ending.
func (s *session) alive() error {
	s.conn.SetReadDeadline(time.Now().Add(s.config.Heartbeat * 5 / 2))
	if s.stopped() {
		return errStopped
	}
	return nil
}

// coded is a failure to read that has a code of its own.
type coded CloseCode

func (c coded) Error() string { return closeRow(CloseCode(c)).Words }

// next reads one text frame. The limit counts what is delivered, whatever pieces it came in.
func (s *session) next() ([]byte, error) {
	kind, r, err := s.conn.NextReader()
	if err != nil {
		return nil, err
	}
	if kind != websocket.TextMessage {
		return nil, coded(CloseBinary)
	}
	raw, err := io.ReadAll(io.LimitReader(r, int64(s.config.FrameBytes)+1))
	switch {
	case err != nil:
		return nil, err
	case len(raw) > s.config.FrameBytes:
		return nil, coded(CloseTooLarge)
	case !utf8.Valid(raw):
		return nil, coded(CloseNotUTF8)
	}
	return raw, nil
}

// reasonOf sorts what ended the reading. What is neither the network nor a close frame is gorilla's complaint about the protocol.
func reasonOf(err error) CloseCode {
	var (
		own     coded
		closed  *websocket.CloseError
		network net.Error
	)
	switch {
	case errors.As(err, &own):
		return CloseCode(own)
	case errors.Is(err, errFlood):
		return CloseTooMany
	case errors.As(err, &closed), errors.Is(err, net.ErrClosed), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return left
	case errors.As(err, &network) && network.Timeout():
		return CloseHeartbeat
	case errors.As(err, &network):
		return left
	}
	return CloseProtocol
}

// strike counts a frame that was of no use. Patience is finite, so that a broken system is told by a close and not by a nack for ever.
func (s *session) strike(code CloseCode) {
	if !s.patience.Allow() {
		s.stop(code, 0)
	}
}

// take applies one frame and answers it. Once begun, it is finished whatever becomes of the session.
func (s *session) take(ctx context.Context, raw []byte) {
	f := decode(raw)
	if f.seq == 0 {
		s.nack(Nack{Code: f.why.Code, Field: f.why.Field, Words: f.why.Words})
		s.strike(CloseBadFrames)
		return
	}
	m, why, whole := s.gather(f)
	if !whole {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commandFor)
	defer cancel()
	var answer exchange.FeedAnswer
	var err error
	if why != nil {
		answer, err = s.reject(ctx, f.seq, why)
	} else {
		answer, err = s.config.Commands.Feed(ctx, s.key.ID, s.key.Organisation, s.id, f.seq, m)
	}
	if _, refused := schema.AsRefusal(err); err != nil && !refused {
		s.log.LogAttrs(ctx, levelOf(err), "feed: apply a message", errAttr(err))
		// The number must not hold up the feed for ever. Had the message been kept after all, this gives its stored answer.
		answer, err = s.reject(ctx, f.seq, refusal(codeFault, "", "Haven could not apply this message because of a fault of its own, which is now on record. Nothing was done. Send it again under the next seq; if it fails again, call."))
	}
	s.settle(f.seq, answer, err)
}

func (s *session) reject(ctx context.Context, seq int64, why *schema.Refusal) (exchange.FeedAnswer, error) {
	return s.config.Commands.RejectFeed(ctx, s.key.ID, s.key.Organisation, s.id, seq, why)
}

// gather turns a frame into the exchange's message. It is not whole while parts of a snapshot are missing.
func (s *session) gather(f frame) (m exchange.FeedMessage, why *schema.Refusal, whole bool) {
	switch said := f.message.(type) {
	case Publish:
		m.Publish = &exchange.Publish{Service: said.Service, Spaces: reports(said.Spaces)}
	case Snapshot:
		complete, why := s.gathering.add(f.seq, said)
		m.Snapshot = complete
		return m, why, complete != nil || why != nil
	case Confirm:
		m.Confirm = &exchange.Confirming{Service: said.Service, Refs: said.Refs}
	case Answer:
		a := said.answering()
		m.Answer = &a
	}
	if f.seq == s.gathering.seq {
		s.gathering = assembly{}
	}
	return m, f.why, true
}

// settle sends the answer of a number, or says that there is none yet.
func (s *session) settle(seq int64, a exchange.FeedAnswer, err error) {
	refused, isRefusal := schema.AsRefusal(err)
	switch {
	case err == nil && a.OK:
		s.send("ack", Ack{Seq: seq, Spaces: a.Spaces})
	case err == nil:
		s.nack(Nack{Seq: seq, Final: true, Code: a.Code, Field: a.Field, Words: a.Words})
	case !isRefusal, refused.Kind == schema.KindBusy:
		s.nack(Nack{Seq: seq, Code: codeBusy, Words: "Haven's record cannot be reached at the moment, so this is not answered yet. Send it again under the same seq."})
	case refused.Code == exchange.CodeFenced:
		s.nack(Nack{Seq: seq, Code: refused.Code, Words: refused.Words})
		s.stop(CloseTakenOver, 0)
	case refused.Code == exchange.CodeRevoked:
		s.nack(Nack{Seq: seq, Code: refused.Code, Words: refused.Words})
		s.stop(CloseRevoked, 0)
	case refused.Code == exchange.CodeGap:
		s.nack(Nack{Seq: seq, Code: refused.Code, Field: "seq", Words: refused.Words})
	case refused.Kind == schema.KindNotFound:
		s.stop(CloseUnknown, 0)
	default:
		s.nack(Nack{Seq: seq, Final: true, Code: refused.Code, Field: refused.Field, Words: refused.Words})
	}
}

func (s *session) nack(n Nack) { s.send("nack", n) }
