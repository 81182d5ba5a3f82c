package web

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"haven/exchange"
	"haven/schema/gazetteer"
	"haven/web/live"
)

// Config of the web. Exchange, Accounts, Places and Live are required.
type Config struct {
	Exchange *exchange.Exchange
	Accounts exchange.Accounts
	// Places finds areas people name.
	Places *gazetteer.Gazetteer
	// Live pushes the board's changes to browsers.
	Live *live.Hub
	// Board says whether the live list is current, and since when it is not.
	Board func() (current bool, since time.Time)
	// Feed answers providers' systems on /feed/v1; nil where feeds are served by another process.
	Feed http.Handler
	// Ready says whether this process can do its part; nil is always.
	Ready func() error
	// Metrics, served on /metrics in Prometheus' form; a new registry when nil.
	Metrics *prometheus.Registry
	// Secure: people reach Haven over https, so cookies are bound to it. Off only for trying out on one machine.
	Secure bool
	Log    *slog.Logger
	// Now is the clock of pages and searches; time.Now when nil. Decisions use the ledger's.
	Now func() time.Time
}

// Web answers every request of a browser or a script. It is safe for concurrent use.
type Web struct {
	exchange *exchange.Exchange
	read     exchange.Reader
	accounts exchange.Accounts
	places   *gazetteer.Gazetteer
	live     *live.Hub
	board    func() (bool, time.Time)
	secure   bool
	log      *slog.Logger
	now      func() time.Time
	ready    func() error
	pages    *pages
	assets   *assets
	signed   *sessions
	attempts *attempts
	metrics  *metrics
	handler  http.Handler
}

// New refuses a missing part at start. A template that does not parse, or a page that has none, is an error here and not on somebody's screen.
func New(c Config) (*Web, error) {
	if c.Exchange == nil || c.Accounts == nil || c.Places == nil || c.Live == nil {
		return nil, errors.New("web: Exchange, Accounts, Places and Live are required")
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Board == nil {
		c.Board = func() (bool, time.Time) { return true, time.Time{} }
	}
	if c.Ready == nil {
		c.Ready = func() error { return nil }
	}
	if c.Metrics == nil {
		c.Metrics = prometheus.NewRegistry()
	}
	metrics, err := newMetrics(c.Metrics, c.Live.Watching)
	if err != nil {
		return nil, err
	}
	assets, err := loadAssets()
	if err != nil {
		return nil, err
	}
	pages, err := loadPages(assets)
	if err != nil {
		return nil, err
	}
	w := &Web{
		exchange: c.Exchange, read: c.Exchange.Reader(), accounts: c.Accounts, places: c.Places, live: c.Live, board: c.Board, secure: c.Secure,
		log: c.Log, now: c.Now, ready: c.Ready, pages: pages, assets: assets, signed: newSessions(c.Accounts, c.Now), attempts: newAttempts(c.Now),
	}
	w.metrics = metrics
	w.handler = w.routes(c)
	return w, nil
}

// ServeHTTP answers one request.
func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) { w.handler.ServeHTTP(rw, r) }

// BuiltWithAssets says whether the stylesheet was built in; without it pages work but are plain.
func (w *Web) BuiltWithAssets() bool { return w.assets.built() }
