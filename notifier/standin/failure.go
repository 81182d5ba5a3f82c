package standin

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// Kind is a way to fail the next text.
type Kind string

const (
	FailNot        Kind = ""            // take it
	FailBusy       Kind = "busy"        // 429, not taken
	FailError      Kind = "error"       // 500, not taken
	FailErrorAfter Kind = "error_after" // 500, though it was taken
	FailHang       Kind = "hang"        // taken, and never answered
	FailBadNumber  Kind = "bad_number"  // 400 with 21211
	FailOptedOut   Kind = "opted_out"   // 400 with 21610
)

var kinds = []Kind{FailBusy, FailError, FailErrorAfter, FailHang, FailBadNumber, FailOptedOut}

// Failure fails a number of texts in a row.
type Failure struct {
	Kind       Kind
	Times      int // default 1
	RetryAfter int // seconds, with FailBusy; 0 sends no header
}

// Fail queues failures behind those already queued.
func (s *Server) Fail(failures ...Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, failures...)
}

func (s *Server) nextFailure() Failure {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.failures) == 0 {
		return Failure{}
	}
	f := s.failures[0]
	s.failures[0].Times--
	if s.failures[0].Times <= 0 {
		s.failures = s.failures[1:]
	}
	return f
}

// fail is POST /fail with kind, times and retry_after; kind=none forgets what is queued.
func (s *Server) fail(w http.ResponseWriter, r *http.Request) {
	kind := Kind(r.PostFormValue("kind"))
	if kind == "none" {
		s.mu.Lock()
		s.failures = nil
		s.mu.Unlock()
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if !slices.Contains(kinds, kind) {
		http.Error(w, fmt.Sprintf("kind: must be none or one of %v", kinds), http.StatusBadRequest)
		return
	}
	f := Failure{Kind: kind}
	for name, number := range map[string]*int{"times": &f.Times, "retry_after": &f.RetryAfter} {
		v := r.PostFormValue(name)
		if v == "" {
			continue
		}
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n > 100_000 {
			http.Error(w, name+": must be a whole number from 0 to 100000", http.StatusBadRequest)
			return
		}
		*number = n
	}
	s.Fail(f)
	w.WriteHeader(http.StatusNoContent)
}
