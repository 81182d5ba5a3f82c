package feed

import (
	"context"
	"crypto/sha256"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"haven/exchange"
	"haven/schema"
)

// Handler answers GET /feed/v1 and follows the board's stream for changes of holds. Mount it outside middleware that hides http.Hijacker.
type Handler struct {
	config   Config
	upgrader websocket.Upgrader
	sessions registry
	epoch    atomic.Value // string: of the board this process last began to follow
}

var (
	_ http.Handler      = (*Handler)(nil)
	_ exchange.Follower = (*Handler)(nil)
)

// New refuses what it cannot work without.
func New(c Config) (*Handler, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Handler{
		config: c,
		upgrader: websocket.Upgrader{
			Subprotocols:     []string{Subprotocol},
			HandshakeTimeout: c.WriteWait,
			CheckOrigin:      func(r *http.Request) bool { return r.Header.Get("Origin") == "" },
			// Off: gorilla's read limit counts compressed bytes, so that 8 KiB can become a megabyte.
			EnableCompression: false,
		},
		sessions: newRegistry(c.MostSessions),
	}, nil
}

// ServeHTTP checks everything before it upgrades, so that a wrong key gets a problem document and not a socket.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p := h.refuse(r); p != nil {
		p.write(w)
		return
	}
	key, hash, p := h.keyOf(r)
	if p != nil {
		p.write(w)
		return
	}
	if !h.sessions.reserve() {
		problemFull.write(w)
		return
	}
	defer h.sessions.release()
	conn, err := h.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	newSession(h, conn, key, hash).run(r.Context())
}

func (h *Handler) refuse(r *http.Request) *problem {
	switch {
	case r.Method != http.MethodGet:
		return &problemMethod
	case h.sessions.isDraining():
		return &problemDraining
	case r.Header.Get("Origin") != "":
		return &problemOrigin
	case !websocket.IsWebSocketUpgrade(r):
		return &problemUpgrade
	case !slices.Contains(websocket.Subprotocols(r), Subprotocol):
		return &problemSubprotocol
	}
	return nil
}

// keyOf finds the key of a request by the hash of its secret. The secret goes no further.
func (h *Handler) keyOf(r *http.Request) (exchange.FeedKey, []byte, *problem) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return exchange.FeedKey{}, nil, &problemKey
	}
	hash := sha256.Sum256([]byte(secret))
	ctx, cancel := context.WithTimeout(r.Context(), commandFor)
	defer cancel()
	key, err := h.config.Reader.FeedKey(ctx, hash[:])
	refused, isRefusal := schema.AsRefusal(err)
	switch {
	case err == nil && key.Revoked:
		return key, nil, &problemRevoked
	case err == nil:
		return key, hash[:], nil
	case isRefusal && refused.Kind == schema.KindNotFound:
		return key, nil, &problemKey
	}
	h.config.Log.LogAttrs(r.Context(), levelOf(err), "feed: look up a key", errAttr(err))
	return key, nil, &problemBusy
}

// actor reads as the provider whose key it is.
func actor(key exchange.FeedKey) exchange.Actor {
	return exchange.Actor{By: string(key.ID), Organisation: key.Organisation, Role: schema.RoleProvider, Via: exchange.ViaFeed}
}

// Drain closes every session with 1012 and a time to come back, each after the message it is applying, and waits for them until ctx ends.
// Upgrades that come afterwards get 503.
func (h *Handler) Drain(ctx context.Context) error {
	wait := h.sessions.drain()
	for i, s := range h.sessions.all() {
		s.stop(CloseRestart, spread(i))
	}
	select {
	case <-wait:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// spread gives the nth peer its time to come back, so that they do not all come at once.
func spread(n int) time.Duration {
	return closeRow(CloseRestart).After + time.Duration(n%int(comeBack/time.Second))*time.Second
}
