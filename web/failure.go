package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"haven/exchange"
	"haven/schema"
)

// statusOf is the one table from a kind of refusal to HTTP.
var statusOf = map[schema.Kind]int{
	schema.KindInvalid:   http.StatusUnprocessableEntity,
	schema.KindNotFound:  http.StatusNotFound,
	schema.KindForbidden: http.StatusForbidden,
	schema.KindTaken:     http.StatusConflict,
	schema.KindStale:     http.StatusConflict,
	schema.KindEnded:     http.StatusConflict,
	schema.KindBusy:      http.StatusServiceUnavailable,
}

// fail answers an error: a problem document on the API, a page otherwise. Only a refusal's own words reach a person.
func (w *Web) fail(v *visit, err error) {
	if errors.Is(err, context.Canceled) && v.Context().Err() != nil {
		return
	}
	r := w.refusalOf(v, err)
	status := statusOf[r.Kind]
	if r == errSignIn || r == errToken {
		status = http.StatusUnauthorized
	}
	switch {
	case v.via == exchange.ViaAPI:
		writeProblem(v.ResponseWriter, status, r)
	case r == errSignIn && v.Method == http.MethodGet && !v.fragment():
		http.Redirect(v.ResponseWriter, v.Request, "/sign-in?then="+url.QueryEscape(v.URL.Path), http.StatusSeeOther)
	default:
		if err := v.page(status, "refused", failurePage{Frame: v.frame("Not done"), Refusal: r, Status: status}); err != nil {
			w.log.Error("failure page", "error", err)
			http.Error(v.ResponseWriter, r.Words, status)
		}
	}
}

// refusalOf turns any error into something a person can act on. What is not a refusal is logged by route, never by address, and not shown.
func (w *Web) refusalOf(v *visit, err error) *schema.Refusal {
	if r, ok := schema.AsRefusal(err); ok {
		if r.Kind == schema.KindBusy {
			w.log.Warn("busy", "route", v.Pattern, "error", err)
		}
		return r
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return schema.Invalid("body", "What was sent is too large")
	}
	w.log.Error("failed", "route", v.Pattern, "error", err)
	return schema.Refuse(schema.KindBusy, "failed", "Something went wrong here, and it is not known whether this was done. Look again before you repeat it.")
}

type failurePage struct {
	Frame
	Refusal *schema.Refusal
	Status  int
}

// problem is an RFC 9457 problem document. Code is stable; detail is for people.
type problem struct {
	Type    string         `json:"type"`
	Title   string         `json:"title"`
	Status  int            `json:"status"`
	Detail  string         `json:"detail"`
	Code    string         `json:"code"`
	Field   string         `json:"field,omitempty"`
	Reasons []string       `json:"reasons,omitempty"`
	Claim   schema.ClaimID `json:"claim,omitempty"`
}

func writeProblem(rw http.ResponseWriter, status int, r *schema.Refusal) {
	rw.Header().Set("Content-Type", "application/problem+json")
	if status == http.StatusUnauthorized {
		rw.Header().Set("WWW-Authenticate", "Bearer")
	}
	if r.Kind == schema.KindBusy {
		rw.Header().Set("Retry-After", "2")
	}
	rw.WriteHeader(status)
	json.NewEncoder(rw).Encode(problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: r.Words, Code: r.Code, Field: r.Field, Reasons: r.Reasons, Claim: r.Claim,
	})
}

func pageMissing(v *visit) error { return schema.NotFound("page") }
