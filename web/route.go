package web

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"haven/schema"
)

// route is one row of the table in routes.go.
type route struct {
	pattern string
	roles   []schema.Role
	answer  func(*visit) error
}

// Who may use a route. public is for what needs no sign-in at all.
var (
	public        = []schema.Role(nil)
	helpline      = []schema.Role{schema.RoleHelpline, schema.RoleHousing} // housing officers look for safe places too
	holders       = []schema.Role{schema.RoleHelpline, schema.RoleHousing, schema.RoleManager}
	manager       = []schema.Role{schema.RoleManager}
	housing       = []schema.Role{schema.RoleHousing}
	figures       = []schema.Role{schema.RoleCommissioner, schema.RoleAdministrator}
	administrator = []schema.Role{schema.RoleAdministrator}
	everyone      = []schema.Role{schema.RoleHelpline, schema.RoleManager, schema.RoleHousing, schema.RoleCommissioner, schema.RoleAdministrator}
)

// routes builds the handler from the table: who is this, may they, answer, and one place for failures.
func (w *Web) routes(c Config) http.Handler {
	mux := http.NewServeMux()
	for _, r := range table() {
		mux.Handle(r.pattern, w.guard(r))
	}
	mux.Handle("GET /assets/", w.assets)
	mux.HandleFunc("GET /healthz", func(rw http.ResponseWriter, _ *http.Request) { rw.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", w.readyz)
	mux.Handle("GET /metrics", promhttp.HandlerFor(c.Metrics, promhttp.HandlerOpts{}))
	mux.Handle("/", w.guard(route{"/", public, pageMissing}))

	// A form on another site cannot act as somebody signed in here. WebSocket upgrades check their Origin themselves.
	guarded := http.NewCrossOriginProtection().Handler(mux)
	outer := http.NewServeMux()
	outer.Handle("/", w.headers(guarded))
	if c.Feed != nil {
		outer.Handle("GET /feed/v1", c.Feed)
	}
	return outer
}

func (w *Web) readyz(rw http.ResponseWriter, _ *http.Request) {
	if err := w.ready(); err != nil {
		http.Error(rw, "not ready: "+err.Error(), http.StatusServiceUnavailable)
		return
	}
	rw.Write([]byte("ready\n"))
}

// headers every answer carries.
func (w *Web) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if w.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(rw, r)
	})
}
