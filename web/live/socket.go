package live

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"haven/exchange"
)

// Close codes of our own; the others are the protocol's.
const (
	// CloseSlow: the browser read too slowly. It comes back and asks for the list again.
	CloseSlow = 4001
	// CloseSignedOut: the sign-in behind the socket ended.
	CloseSignedOut = 4002
)

// largestHeard is the longest message a browser may send: the facts of one household.
const largestHeard = 1 << 16

// Watch is one browser's view of the board.
type Watch struct {
	// See says what it is shown of a change, if anything. It is called by one goroutine.
	See func(exchange.Change) (Change, bool)
	// Heard is given what the browser says it is looking at. It is called by another goroutine than See.
	Heard func(message []byte)
	// Alive says whether whoever signed in may still watch.
	Alive func(context.Context) bool
	// State says in words how current the list is.
	State func() string
}

// socket is one browser's connection.
type socket struct {
	hub   *Hub
	conn  *websocket.Conn
	watch Watch
	queue chan entry
	gone  chan struct{} // nothing more is pushed
	once  sync.Once
	read  chan struct{} // the browser has nothing more to say
	over  chan struct{} // closed, and told why
}

// Serve upgrades the request and pushes until the browser leaves, reads too slowly or may no longer watch. The upgrade is refused where the
// page that asks is not of this host; compression stays off, since the read limit counts compressed bytes.
func (h *Hub) Serve(rw http.ResponseWriter, r *http.Request, w Watch) error {
	upgrader := websocket.Upgrader{HandshakeTimeout: h.config.Write}
	conn, err := upgrader.Upgrade(rw, r, nil)
	if err != nil {
		return nil // answered by the upgrader
	}
	s := &socket{
		hub: h, conn: conn, watch: w, queue: make(chan entry, h.config.Queue),
		gone: make(chan struct{}), read: make(chan struct{}), over: make(chan struct{}),
	}
	go s.listen()
	if at, ok := h.join(s); ok {
		defer h.leave(s)
		s.write(context.WithoutCancel(r.Context()), at)
	}
	s.end(websocket.CloseServiceRestart, "restarting") // unless it has ended for another reason
	<-s.over
	<-s.read
	return nil
}

// end closes with a code, once, and gives the browser a moment to hear it. It does not wait: the hub calls it. Only control frames may be
// written beside the writer; closing then frees a writer that is stuck.
func (s *socket) end(code int, words string) {
	s.once.Do(func() {
		close(s.gone)
		go func() {
			defer close(s.over)
			s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, words), time.Now().Add(farewell))
			select {
			case <-s.read:
			case <-time.After(farewell):
			}
			s.conn.Close()
		}()
	})
}

// farewell is how long a browser may take to answer a close.
const farewell = time.Second

func (s *socket) listen() {
	defer close(s.read)
	s.conn.SetReadLimit(largestHeard)
	patience := 3 * s.hub.config.Heartbeat
	s.conn.SetReadDeadline(time.Now().Add(patience))
	s.conn.SetPongHandler(func(string) error { return s.conn.SetReadDeadline(time.Now().Add(patience)) })
	for {
		kind, message, err := s.conn.ReadMessage()
		if err != nil {
			s.left()
			return
		}
		if kind == websocket.TextMessage && s.watch.Heard != nil {
			s.watch.Heard(message)
		}
	}
}

// left: the browser went by itself.
func (s *socket) left() {
	s.once.Do(func() {
		close(s.gone)
		s.conn.Close()
		close(s.over)
	})
}

func (s *socket) write(ctx context.Context, at exchange.Change) {
	beat := time.NewTicker(s.hub.config.Heartbeat)
	defer beat.Stop()
	look := time.NewTicker(min(time.Second, s.hub.config.Heartbeat))
	defer look.Stop()
	epoch, n, state := at.Epoch, at.N, s.watch.State()
	if !s.send(Frame{Epoch: epoch, From: n, To: n, Point: true, State: state, Changes: []Change{}}) {
		return
	}
	for {
		select {
		case <-s.gone:
			return
		case e := <-s.queue:
			for _, f := range s.gather(e) {
				epoch, n = f.Epoch, f.To
				if !s.send(f) {
					return
				}
			}
		case <-look.C:
			if now := s.watch.State(); now != state {
				state = now
				if !s.send(Frame{Epoch: epoch, From: n + 1, To: n, State: state, Changes: []Change{}}) {
					return
				}
			}
		case <-beat.C:
			if !s.watch.Alive(ctx) {
				s.end(CloseSignedOut, "signed out")
				return
			}
			s.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(s.hub.config.Write))
			if !s.send(Frame{Epoch: epoch, From: n + 1, To: n, State: state, Changes: []Change{}}) {
				return
			}
		}
	}
}

// gather waits a moment for more, so that a burst is one frame and one look at the page.
func (s *socket) gather(first entry) []Frame {
	f := frames{see: s.watch.See}
	f.add(first)
	pause := time.NewTimer(s.hub.config.Gather)
	defer pause.Stop()
	for {
		select {
		case e := <-s.queue:
			f.add(e)
		case <-pause.C:
			return f.out
		case <-s.gone:
			return f.out
		}
	}
}

func (s *socket) send(f Frame) bool {
	s.conn.SetWriteDeadline(time.Now().Add(s.hub.config.Write))
	if err := s.conn.WriteJSON(f); err != nil {
		s.end(CloseSlow, "too slow")
		return false
	}
	return true
}
