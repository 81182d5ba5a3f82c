package live

import (
	"context"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"haven/exchange"
)

// Config of a Hub. The zero values are documented defaults.
type Config struct {
	// Queue of changes a browser may lag behind before it is closed; 512 when zero.
	Queue int
	// Gather is how long changes are collected into one frame; 50 ms when zero.
	Gather time.Duration
	// Heartbeat is how often a quiet socket is written to, and a browser's right to it is looked at again; 10 s when zero. A browser says
	// "reconnecting" after 30 s of silence.
	Heartbeat time.Duration
	// Write is how long one write may take; 5 s when zero.
	Write time.Duration
}

// Hub fans the board's changes out to browsers. It is safe for concurrent use; as a follower it never blocks.
type Hub struct {
	config Config
	mu     sync.Mutex
	epoch  string
	n      int64
	open   map[*socket]struct{}
	over   bool
	done   sync.WaitGroup
}

var _ exchange.Follower = (*Hub)(nil)

// NewHub gives a hub that knows of no board yet.
func NewHub(c Config) *Hub {
	if c.Queue == 0 {
		c.Queue = 512
	}
	if c.Gather == 0 {
		c.Gather = 50 * time.Millisecond
	}
	if c.Heartbeat == 0 {
		c.Heartbeat = 10 * time.Second
	}
	if c.Write == 0 {
		c.Write = 5 * time.Second
	}
	return &Hub{config: c, open: map[*socket]struct{}{}}
}

// Reset tells every browser that the list it has is no longer the one that changes are about.
func (h *Hub) Reset(s exchange.Snapshot) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.epoch, h.n = s.Epoch, s.N
	h.tell(entry{change: exchange.Change{Epoch: s.Epoch, N: s.N}, point: true})
}

// Apply passes a change on to every browser's queue.
func (h *Hub) Apply(c exchange.Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.epoch, h.n = c.Epoch, c.N
	h.tell(entry{change: c})
}

// tell must be called with mu held, so that each socket sees the entries in order and none twice.
func (h *Hub) tell(e entry) {
	for s := range h.open {
		select {
		case s.queue <- e:
		default:
			delete(h.open, s)
			s.end(CloseSlow, "too slow")
		}
	}
}

// Watching is how many browsers are connected.
func (h *Hub) Watching() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.open)
}

// Drain asks every browser to come back later, elsewhere, and waits until they are gone or ctx ends. A socket outlives the server's own
// shutdown, which does not know it any more.
func (h *Hub) Drain(ctx context.Context) error {
	h.mu.Lock()
	h.over = true
	for s := range h.open {
		s.end(websocket.CloseServiceRestart, "restarting")
	}
	h.mu.Unlock()
	gone := make(chan struct{})
	go func() {
		h.done.Wait()
		close(gone)
	}()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// join adds a socket at a point of the stream: what came before it is in the list the browser asks for next, what comes after is queued.
func (h *Hub) join(s *socket) (exchange.Change, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.over {
		return exchange.Change{}, false
	}
	h.open[s] = struct{}{}
	h.done.Add(1)
	return exchange.Change{Epoch: h.epoch, N: h.n}, true
}

func (h *Hub) leave(s *socket) {
	h.mu.Lock()
	delete(h.open, s)
	h.mu.Unlock()
	h.done.Done()
}
