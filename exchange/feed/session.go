package feed

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"

	"haven/exchange"
	"haven/schema"
)

// session is one socket of one key, from after the upgrade to the close.
type session struct {
	config   Config
	sessions *registry
	epoch    string // of the board, when the session began; empty where none is followed yet
	conn     *websocket.Conn
	key      exchange.FeedKey
	hash     []byte // of the secret, to look whether the key still stands
	id       string
	log      *slog.Logger

	out     chan []byte   // frames for the writer; closed when nobody can send any more
	dead    chan struct{} // closed by the writer when the peer cannot be written to
	changes chan changed  // of holds, from the board's stream
	again   chan struct{} // compare holds with the ledger now

	// Of the reader alone.
	messages, pings, patience *rate.Limiter
	gathering                 assembly

	once     sync.Once
	stopping chan struct{}
	ending   ending // written before stopping closes
}

// changed is what a session must know of a change: the hold is read from the ledger.
type changed struct {
	hold    schema.HoldID
	version int64
}

// ending is why a session ends, and until when its last frames may take.
type ending struct {
	row   CloseRow
	after time.Duration
	by    time.Time
}

func newSession(h *Handler, conn *websocket.Conn, key exchange.FeedKey, hash []byte) *session {
	id := uuid.NewString()
	epoch, _ := h.epoch.Load().(string)
	return &session{
		config: h.config, sessions: &h.sessions, epoch: epoch, conn: conn, key: key, hash: hash, id: id,
		log: h.config.Log.With(slog.String("key", string(key.ID)), slog.String("session", id)),
		out: make(chan []byte, queued), dead: make(chan struct{}), changes: make(chan changed, queued), again: make(chan struct{}, 1),
		messages: rate.NewLimiter(rate.Limit(h.config.MessagesPerSecond), h.config.Burst),
		pings:    rate.NewLimiter(2, 20),
		patience: rate.NewLimiter(rate.Every(forgiveEvery), mostStrikes),
		stopping: make(chan struct{}),
	}
}

// run is the whole life of a session. The order of the end matters: nobody sends any more, then the writer empties its queue and says why,
// then the socket stays a moment longer so that the reason is not lost to a reset.
func (s *session) run(ctx context.Context) {
	defer s.conn.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	written := make(chan struct{})
	go func() {
		defer close(written)
		s.write()
	}()
	if last, ok := s.open(ctx); ok {
		s.send("hello", s.hello(last))
		s.log.LogAttrs(ctx, slog.LevelInfo, "feed: session opened", slog.Int64("last_seq", last))
		var beside sync.WaitGroup
		beside.Go(func() { s.guard(ctx) })
		beside.Go(func() { s.tell(ctx) })
		s.read(ctx)
		s.sessions.leave(s)
		cancel()
		beside.Wait()
	}
	close(s.out)
	<-written
	s.linger()
	s.log.LogAttrs(ctx, slog.LevelInfo, "feed: session ended", slog.Int("code", int(s.ending.row.Code)), slog.String("name", s.ending.row.Name))
}

// open makes this the key's one live session, in the ledger first and then here; whatever an older one still sends is fenced by the ledger.
func (s *session) open(ctx context.Context) (last int64, ok bool) {
	turn := s.sessions.turn(s.key.ID)
	turn.Lock()
	defer turn.Unlock()
	ctx, cancel := context.WithTimeout(ctx, commandFor)
	defer cancel()
	last, err := s.config.Commands.OpenFeed(ctx, s.key.ID, s.key.Organisation, s.id)
	if err != nil {
		s.stop(s.openFailure(ctx, err), 0)
		return 0, false
	}
	older, ok := s.sessions.enter(s)
	if !ok {
		s.stop(CloseRestart, 0)
		return 0, false
	}
	if older != nil {
		older.stop(CloseTakenOver, 0)
	}
	return last, true
}

func (s *session) openFailure(ctx context.Context, err error) CloseCode {
	refused, ok := schema.AsRefusal(err)
	switch {
	case ok && refused.Code == exchange.CodeRevoked:
		return CloseRevoked
	case ok && refused.Kind == schema.KindNotFound:
		return CloseUnknown
	}
	s.log.LogAttrs(ctx, levelOf(err), "feed: open a session", errAttr(err))
	return CloseBusy
}

func (s *session) hello(last int64) Hello {
	return Hello{
		Protocol: Subprotocol, Session: s.id, Epoch: s.epoch, LastSeq: last, HeartbeatSeconds: max(1, int(s.config.Heartbeat/time.Second)),
		Limits: Limits{
			FrameBytes: s.config.FrameBytes, MessagesPerSecond: s.config.MessagesPerSecond, Burst: s.config.Burst,
			SpacesPerMessage: exchange.MostSpacesAMessage, SnapshotParts: mostParts,
		},
	}
}

// stop ends the session for a reason; the first reason stays. after is when to come back, or 0 for the table's. It never waits.
func (s *session) stop(code CloseCode, after time.Duration) {
	s.once.Do(func() {
		row := closeRow(code)
		if after == 0 {
			after = row.After
		}
		s.ending = ending{row: row, after: after, by: time.Now().Add(s.config.WriteWait)}
		close(s.stopping)
		// Wakes the reader. It sets its own deadline before it looks at stopping, so one of the two always stops it.
		s.conn.NetConn().SetReadDeadline(time.Unix(1, 0))
	})
}

func (s *session) stopped() bool {
	select {
	case <-s.stopping:
		return true
	default:
		return false
	}
}

// guard looks whether the key still stands. While the ledger is away nothing can be done with the key either, so a failure is no reason.
func (s *session) guard(ctx context.Context) {
	tick := time.NewTicker(s.config.KeyEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		key, err := s.lookUp(ctx)
		refused, isRefusal := schema.AsRefusal(err)
		switch {
		case err == nil && key.Revoked:
			s.stop(CloseRevoked, 0)
			return
		case isRefusal && refused.Kind == schema.KindNotFound:
			s.stop(CloseUnknown, 0)
			return
		}
	}
}

func (s *session) lookUp(ctx context.Context) (exchange.FeedKey, error) {
	ctx, cancel := context.WithTimeout(ctx, readFor)
	defer cancel()
	return s.config.Reader.FeedKey(ctx, s.hash)
}

// linger reads on without listening until the peer has closed or its time is up. Closing a socket that still has unread bytes sends a reset,
// which can overtake the close frame that says why.
func (s *session) linger() {
	if s.ending.row.Code == left {
		return
	}
	c := s.conn.NetConn()
	if half, ok := c.(interface{ CloseWrite() error }); ok {
		half.CloseWrite()
	}
	c.SetReadDeadline(time.Now().Add(s.config.Linger))
	io.Copy(io.Discard, c)
}
