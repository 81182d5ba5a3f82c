// Package standin stands in for Twilio's Messages API where no text may go out: on a developer's machine and in tests. It is an
// http.Handler that takes texts as Twilio does, keeps the latest thousand in memory, shows them, and fails when told to.
//
// It speaks as much of the API as notifier/twilio uses: create and list, with basic authentication and Twilio's error bodies. The pages
// that show texts and the switch that makes it fail ask for no password, so serve it on the machine's own address only.
// A Server is safe for concurrent use.
package standin

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
	_ "time/tzdata" // a bare machine has no zone files
)

// keep bounds the texts in memory; the oldest go first.
const keep = 1000

// Config of a Server. All but Now is required.
type Config struct {
	AccountSID string
	User       string // an API key, or AccountSID
	Password   string
	Now        func() time.Time // default time.Now
}

// Text is one text taken.
type Text struct {
	SID        string    `json:"sid"`
	To         string    `json:"to"`
	From       string    `json:"from,omitempty"`
	ServiceSID string    `json:"messaging_service_sid,omitempty"`
	Body       string    `json:"body"`
	TakenAt    time.Time `json:"taken_at"`
	ValidForS  int       `json:"valid_for_s"`
}

// Server is the stand-in.
type Server struct {
	config Config
	mux    http.Handler
	london *time.Location // the words name times there, so the page does too

	mu       sync.Mutex
	texts    []Text // oldest first
	failures []Failure
}

// New checks the configuration.
func New(c Config) (*Server, error) {
	if c.AccountSID == "" || c.User == "" || c.Password == "" {
		return nil, errors.New("standin: AccountSID, User and Password are required")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("standin: %w", err)
	}
	s := &Server{config: c, london: london}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /2010-04-01/Accounts/{sid}/Messages.json", s.signedIn(s.create))
	mux.HandleFunc("GET /2010-04-01/Accounts/{sid}/Messages.json", s.signedIn(s.list))
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET /messages.json", s.messages)
	mux.HandleFunc("POST /fail", s.fail)
	s.mux = http.NewCrossOriginProtection().Handler(mux)
	return s, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	s.mux.ServeHTTP(w, r)
}

// Texts lists what was taken, newest first.
func (s *Server) Texts() []Text {
	s.mu.Lock()
	defer s.mu.Unlock()
	texts := slices.Clone(s.texts)
	slices.Reverse(texts)
	return texts
}

func (s *Server) take(t Text) Text {
	s.mu.Lock()
	defer s.mu.Unlock()
	t.SID, t.TakenAt = newSID(), s.config.Now().UTC()
	s.texts = append(s.texts, t)
	if len(s.texts) > keep {
		s.texts = slices.Clone(s.texts[len(s.texts)-keep:])
	}
	return t
}

func (s *Server) signedIn(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		same := subtle.ConstantTimeCompare([]byte(user), []byte(s.config.User)) &
			subtle.ConstantTimeCompare([]byte(password), []byte(s.config.Password)) &
			subtle.ConstantTimeCompare([]byte(r.PathValue("sid")), []byte(s.config.AccountSID))
		if same != 1 {
			writeError(w, errAuthenticate)
			return
		}
		next(w, r)
	}
}

func newSID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: it ends the program where it would
	return "SM" + hex.EncodeToString(b[:])
}
