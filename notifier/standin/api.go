package standin

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"
)

// apiError is Twilio's error body.
type apiError struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

var (
	errAuthenticate = apiError{Code: 20003, Status: http.StatusUnauthorized, Message: "Authenticate"}
	errTooMany      = apiError{Code: 20429, Status: http.StatusTooManyRequests, Message: "Too Many Requests"}
	errInternal     = apiError{Code: 20500, Status: http.StatusInternalServerError, Message: "Internal Server Error"}
	errForm         = apiError{Code: 20001, Status: http.StatusBadRequest, Message: "The form cannot be read"}
	errBadTo        = apiError{Code: 21211, Status: http.StatusBadRequest, Message: "Invalid 'To' Phone Number"}
	errOptedOut     = apiError{Code: 21610, Status: http.StatusBadRequest, Message: "Attempt to send to unsubscribed recipient"}
	errNoBody       = apiError{Code: 21602, Status: http.StatusBadRequest, Message: "Message body is required"}
	errNoFrom       = apiError{Code: 21603, Status: http.StatusBadRequest, Message: "A 'From' or a 'MessagingServiceSid' is required"}
	errLongBody     = apiError{Code: 21617, Status: http.StatusBadRequest, Message: "The concatenated message body exceeds the 1600 character limit"}
	errValidity     = apiError{Code: 21628, Status: http.StatusBadRequest, Message: "ValidityPeriod must be between 1 and 36000 seconds"}
)

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	text, bad := parseText(r)
	if bad != nil {
		writeError(w, *bad)
		return
	}
	switch f := s.nextFailure(); f.Kind {
	case FailNot:
		writeJSON(w, http.StatusCreated, s.resource(s.take(text)))
	case FailBusy:
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
		}
		writeError(w, errTooMany)
	case FailBadNumber:
		writeError(w, errBadTo)
	case FailOptedOut:
		writeError(w, errOptedOut)
	case FailError:
		writeError(w, errInternal)
	case FailErrorAfter:
		s.take(text)
		writeError(w, errInternal)
	case FailHang:
		s.take(text)
		<-r.Context().Done() // until whoever sent it gives up
	}
}

func parseText(r *http.Request) (Text, *apiError) {
	if err := r.ParseForm(); err != nil {
		return Text{}, &errForm
	}
	form := r.PostForm
	t := Text{To: form.Get("To"), From: form.Get("From"), ServiceSID: form.Get("MessagingServiceSid"), Body: form.Get("Body"), ValidForS: 36000}
	switch {
	case !e164.MatchString(t.To):
		return t, &errBadTo
	case t.From == "" && t.ServiceSID == "":
		return t, &errNoFrom
	case t.Body == "":
		return t, &errNoBody
	case utf8.RuneCountInString(t.Body) > 1600:
		return t, &errLongBody
	}
	if v := form.Get("ValidityPeriod"); v != "" {
		seconds, err := strconv.Atoi(v)
		if err != nil || seconds < 1 || seconds > 36000 {
			return t, &errValidity
		}
		t.ValidForS = seconds
	}
	return t, nil
}

// list gives the newest first, one page, as Twilio does for To and DateSent>=; what does not fit the page is not given.
func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	size := 50
	if v := q.Get("PageSize"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 1000 {
			writeError(w, errForm)
			return
		}
		size = n
	}
	since, ok := parseSince(q.Get("DateSent>"))
	if !ok {
		writeError(w, errForm)
		return
	}
	found := []resource{}
	for _, t := range s.Texts() {
		if len(found) == size {
			break
		}
		if (q.Get("To") == "" || q.Get("To") == t.To) && !t.TakenAt.Before(since) {
			found = append(found, s.resource(t))
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"messages": found, "page": 0, "page_size": size, "start": 0, "end": max(0, len(found)-1), "uri": r.URL.RequestURI(),
		"next_page_uri": nil, "previous_page_uri": nil,
	})
}

// parseSince reads a day or a moment; Twilio takes both, and none is the beginning of time.
func parseSince(v string) (time.Time, bool) {
	if v == "" {
		return time.Time{}, true
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, v); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// resource is Twilio's message, dates in RFC 2822.
type resource struct {
	SID         string  `json:"sid"`
	AccountSID  string  `json:"account_sid"`
	APIVersion  string  `json:"api_version"`
	To          string  `json:"to"`
	From        *string `json:"from"`
	ServiceSID  *string `json:"messaging_service_sid"`
	Body        string  `json:"body"`
	Status      string  `json:"status"`
	Direction   string  `json:"direction"`
	NumSegments string  `json:"num_segments"`
	NumMedia    string  `json:"num_media"`
	DateCreated string  `json:"date_created"`
	DateSent    *string `json:"date_sent"`
	DateUpdated string  `json:"date_updated"`
	ErrorCode   *int    `json:"error_code"`
	URI         string  `json:"uri"`
}

func (s *Server) resource(t Text) resource {
	date := t.TakenAt.Format(time.RFC1123Z)
	return resource{
		SID: t.SID, AccountSID: s.config.AccountSID, APIVersion: "2010-04-01", To: t.To, From: optional(t.From), ServiceSID: optional(t.ServiceSID),
		Body: t.Body, Status: "queued", Direction: "outbound-api", NumSegments: "1", NumMedia: "0", DateCreated: date, DateUpdated: date,
		URI: "/2010-04-01/Accounts/" + s.config.AccountSID + "/Messages/" + t.SID + ".json",
	}
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func writeError(w http.ResponseWriter, e apiError) {
	e.MoreInfo = "https://www.twilio.com/docs/errors/" + strconv.Itoa(e.Code)
	writeJSON(w, e.Status, e)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// A failure here is a reader that went away; there is nobody left to tell.
	_ = json.NewEncoder(w).Encode(v)
}
