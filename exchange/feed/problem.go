package feed

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"

	"haven/schema"
)

// problem is an answer before the upgrade, as a problem document of RFC 9457.
type problem struct {
	Type       string `json:"type"`
	Title      string `json:"title"`
	Status     int    `json:"status"`
	Code       string `json:"code"`
	Detail     string `json:"detail"`
	retryAfter int    // seconds
}

var (
	problemMethod      = problem{Status: http.StatusMethodNotAllowed, Code: "method", Detail: "A feed is opened with GET."}
	problemOrigin      = problem{Status: http.StatusForbidden, Code: "origin", Detail: "Feeds are for providers' systems, not for pages: leave the Origin header out."}
	problemUpgrade     = problem{Status: http.StatusUpgradeRequired, Code: "upgrade", Detail: "This is a WebSocket endpoint: send the headers of an upgrade."}
	problemSubprotocol = problem{Status: http.StatusBadRequest, Code: "subprotocol", Detail: "Name the subprotocol haven.feed.v1 in Sec-WebSocket-Protocol."}
	problemKey         = problem{Status: http.StatusUnauthorized, Code: "key", Detail: "Send the provider's key as Authorization: Bearer KEY. This one is missing or not known."}
	problemRevoked     = problem{Status: http.StatusForbidden, Code: "revoked", Detail: "This key has been revoked. Ask for a new one."}
	problemBusy        = problem{Status: http.StatusServiceUnavailable, Code: "busy", Detail: "Haven's record cannot be reached at the moment. Connect again shortly.", retryAfter: 5}
	problemFull        = problem{Status: http.StatusServiceUnavailable, Code: "full", Detail: "As many feeds as this process takes are open. Connect again shortly.", retryAfter: 10}
	problemDraining    = problem{Status: http.StatusServiceUnavailable, Code: "restart", Detail: "Haven is being restarted. Connect again shortly.", retryAfter: 2}
)

func (p problem) write(w http.ResponseWriter) {
	p.Type, p.Title = "about:blank", http.StatusText(p.Status)
	raw, err := json.Marshal(p)
	if err != nil {
		http.Error(w, p.Title, p.Status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	switch p.Status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodGet)
	case http.StatusUpgradeRequired:
		w.Header().Set("Upgrade", "websocket")
	}
	if p.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	w.WriteHeader(p.Status)
	w.Write(raw)
}

// levelOf says how loud a failure is: a database that is away is expected, anything else is a fault of Haven's.
func levelOf(err error) slog.Level {
	if r, ok := schema.AsRefusal(err); ok && r.Kind == schema.KindBusy {
		return slog.LevelWarn
	}
	return slog.LevelError
}

func errAttr(err error) slog.Attr { return slog.String("error", err.Error()) }
