package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"haven/notifier"
	"haven/notifier/standin"
	"haven/notifier/twilio"
)

const (
	account = "AC00000000000000000000000000000001"
	key     = "SK00000000000000000000000000000001"
	secret  = "not-a-real-secret"
	number  = "+447700900982"
	words   = "New request waiting. Please answer by 2:45pm."
)

func config(base string) twilio.Config {
	return twilio.Config{AccountSID: account, APIKey: key, APISecret: secret, From: "+447700900000", BaseURL: base}
}

func sender(t *testing.T, base string) *twilio.Sender {
	t.Helper()
	s, err := twilio.New(config(base))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func start(t *testing.T) (*standin.Server, *httptest.Server) {
	t.Helper()
	s, err := standin.New(standin.Config{AccountSID: account, User: key, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return s, srv
}

func TestSendAndFind(t *testing.T) {
	t.Parallel()
	taken, srv := start(t)
	s := sender(t, srv.URL)
	before := time.Now()
	id, err := s.Send(t.Context(), number, words, 29*time.Minute+900*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	got := taken.Texts()
	if len(got) != 1 || got[0].SID != id || got[0].To != number || got[0].Body != words || got[0].From != "+447700900000" || got[0].ValidForS != 29*60 {
		t.Fatalf("taken: %+v", got)
	}
	again, err := s.Send(t.Context(), number, words, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range [][2]string{{number, "Other words."}, {"+447700900001", words}} {
		if _, err := s.Send(t.Context(), other[0], other[1], time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	if ids, err := s.Find(t.Context(), number, words, before); err != nil || fmt.Sprint(ids) != fmt.Sprint([]string{again, id}) {
		t.Errorf("Find = %v, %v; want the two texts, newest first", ids, err)
	}
	if ids, err := s.Find(t.Context(), number, words, before.Add(time.Hour)); err != nil || len(ids) != 0 {
		t.Errorf("Find since later = %v, %v; want none", ids, err)
	}
}

func TestValidityStaysInTwiliosBounds(t *testing.T) {
	t.Parallel()
	taken, srv := start(t)
	s := sender(t, srv.URL)
	for validFor, want := range map[time.Duration]int{0: 1, time.Millisecond: 1, 24 * time.Hour: 36000} {
		if _, err := s.Send(t.Context(), number, words, validFor); err != nil {
			t.Fatal(err)
		}
		if got := taken.Texts()[0].ValidForS; got != want {
			t.Errorf("valid for %v was sent as %d s, want %d", validFor, got, want)
		}
	}
}

func TestSendTellsApartWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failure standin.Failure
		want    notifier.SendError
		taken   int
	}{
		"busy":                   {standin.Failure{Kind: standin.FailBusy, RetryAfter: 7}, notifier.SendError{Failure: notifier.Busy, Code: "20429", RetryAfter: 7 * time.Second}, 0},
		"busy, for how long?":    {standin.Failure{Kind: standin.FailBusy}, notifier.SendError{Failure: notifier.Busy, Code: "20429"}, 0},
		"500":                    {standin.Failure{Kind: standin.FailError}, notifier.SendError{Failure: notifier.Lost, Code: "20500"}, 0},
		"500 after it was taken": {standin.Failure{Kind: standin.FailErrorAfter}, notifier.SendError{Failure: notifier.Lost, Code: "20500"}, 1},
		"no answer":              {standin.Failure{Kind: standin.FailHang}, notifier.SendError{Failure: notifier.Lost, Code: "timed_out"}, 1},
		"bad number":             {standin.Failure{Kind: standin.FailBadNumber}, notifier.SendError{Failure: notifier.Refused, Code: "21211"}, 0},
		"opted out":              {standin.Failure{Kind: standin.FailOptedOut}, notifier.SendError{Failure: notifier.Refused, Code: "21610"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			taken, srv := start(t)
			taken.Fail(c.failure)
			ctx := t.Context()
			if c.failure.Kind == standin.FailHang {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 300*time.Millisecond)
				defer cancel()
			}
			_, err := sender(t, srv.URL).Send(ctx, number, words, time.Minute)
			wantFailure(t, err, c.want)
			if got := len(taken.Texts()); got != c.taken {
				t.Errorf("%d texts were taken, want %d", got, c.taken)
			}
		})
	}
}

// Answers Twilio, or what stands before it, gives that the stand-in does not.
func TestSendReadsOddAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   notifier.SendError
	}{
		"a proxy's 502 in HTML": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			fmt.Fprint(w, "<html>")
		}, notifier.SendError{Failure: notifier.Lost, Code: "http_502"}},
		"request timed out": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(408) }, notifier.SendError{Failure: notifier.Lost, Code: "http_408"}},
		"not found":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, notifier.SendError{Failure: notifier.Refused, Code: "http_404"}},
		"a redirect, not followed": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(http.StatusTemporaryRedirect)
		}, notifier.SendError{Failure: notifier.Refused, Code: "http_307"}},
		"busy until a date": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", "Fri, 20 Nov 2026 12:00:00 GMT")
			w.Header().Set("Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT")
			w.WriteHeader(http.StatusTooManyRequests)
		}, notifier.SendError{Failure: notifier.Busy, Code: "http_429", RetryAfter: 30 * time.Second}},
		"busy, nonsense": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "-5")
			w.WriteHeader(http.StatusTooManyRequests)
		}, notifier.SendError{Failure: notifier.Busy, Code: "http_429"}},
		"taken, in no words": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(201) }, notifier.SendError{Failure: notifier.Lost, Code: "unreadable_answer"}},
		"taken, without a sid": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(201)
			fmt.Fprint(w, `{}`)
		}, notifier.SendError{Failure: notifier.Lost, Code: "no_sid"}},
		"taken and failed at once": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(201)
			fmt.Fprint(w, `{"sid":"SM1","status":"failed","error_code":30007}`)
		}, notifier.SendError{Failure: notifier.Refused, Code: "30007"}},
		"cut short": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			w.WriteHeader(201)
			fmt.Fprint(w, `{"sid":`)
		}, notifier.SendError{Failure: notifier.Lost, Code: "answer_cut_short"}},
		"hung up": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, notifier.SendError{Failure: notifier.Lost, Code: "connection_broke"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				c.answer(w, r)
			}))
			t.Cleanup(srv.Close)
			_, err := sender(t, srv.URL).Send(t.Context(), number, words, time.Minute)
			wantFailure(t, err, c.want)
			if n := asked.Load(); n != 1 {
				t.Errorf("%d requests were made, want 1", n)
			}
		})
	}
}

func TestNoConnectionIsNotSent(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	_, err = sender(t, "http://"+address).Send(t.Context(), number, words, time.Minute)
	wantFailure(t, err, notifier.SendError{Failure: notifier.NotSent, Code: "no_connection"})

	nameless := config("https://texts.invalid")
	nameless.HTTPClient = &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{Resolver: &net.Resolver{
		PreferGo: true,
		Dial:     func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("no resolver here") },
	}}).DialContext}}
	s, err := twilio.New(nameless)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Send(t.Context(), number, words, time.Minute)
	wantFailure(t, err, notifier.SendError{Failure: notifier.NotSent, Code: "name_not_found"})

	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the handshake that is meant to fail
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	_, err = sender(t, untrusted.URL).Send(t.Context(), number, words, time.Minute)
	wantFailure(t, err, notifier.SendError{Failure: notifier.NotSent, Code: "certificate_not_trusted"})
}

// roundTrip answers a request without a network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// What would go to Twilio itself: the host its region and edge make, the account's token where there is no key, its own sender.
func TestWhatTwilioIsAsked(t *testing.T) {
	t.Parallel()
	c := twilio.Config{AccountSID: account, AuthToken: secret, MessagingServiceSID: "MG00000000000000000000000000000001", Region: "ie1", Edge: "dublin"}
	var asked *http.Request
	c.HTTPClient = &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		asked = r
		return &http.Response{StatusCode: 201, Body: io.NopCloser(strings.NewReader(`{"sid":"SM1","status":"queued"}`)), Request: r}, nil
	})}
	s, err := twilio.New(c)
	if err != nil {
		t.Fatal(err)
	}
	if id, err := s.Send(t.Context(), number, words, time.Minute); id != "SM1" || err != nil {
		t.Fatalf("Send = %q, %v", id, err)
	}
	user, password, _ := asked.BasicAuth()
	if got := asked.URL.String(); got != "https://api.dublin.ie1.twilio.com/2010-04-01/Accounts/"+account+"/Messages.json" || user != account || password != secret {
		t.Errorf("asked %s as %s", got, user)
	}
	if err := asked.ParseForm(); err != nil {
		t.Fatal(err)
	}
	want := url.Values{"To": {number}, "Body": {words}, "ValidityPeriod": {"60"}, "MessagingServiceSid": {c.MessagingServiceSID}}
	if got := asked.PostForm.Encode(); got != want.Encode() {
		t.Errorf("form %s, want %s", got, want.Encode())
	}
}

// A connection torn down after the request was written reads like a dial that failed, but the text may have gone.
func TestResetAfterTheRequestIsLost(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = conn.(*net.TCPConn).SetLinger(0) // close sends a reset
		conn.Close()
	}))
	t.Cleanup(srv.Close)
	_, err := sender(t, srv.URL).Send(t.Context(), number, words, time.Minute)
	wantFailure(t, err, notifier.SendError{Failure: notifier.Lost, Code: "connection_broke"})
}

// twilio-go's own client leaks a connection on every error answer; here all go over one.
func TestErrorAnswersKeepTheConnection(t *testing.T) {
	t.Parallel()
	taken, err := standin.New(standin.Config{AccountSID: account, User: key, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	var opened atomic.Int32
	srv := httptest.NewUnstartedServer(taken)
	srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	srv.Start()
	t.Cleanup(srv.Close)
	taken.Fail(standin.Failure{Kind: standin.FailBadNumber, Times: 10}, standin.Failure{Kind: standin.FailBusy, Times: 10})
	s := sender(t, srv.URL)
	for range 24 {
		_, _ = s.Send(t.Context(), number, words, time.Minute)
	}
	if got := len(taken.Texts()); got != 4 {
		t.Errorf("%d texts were taken, want 4", got)
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("24 requests one after another opened %d connections, want 1", n)
	}
}

func TestFindLeavesOutWhatTwilioGaveUpOn(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("To") != number || q.Get("DateSent>") != "2026-11-20T11:59:00Z" {
			t.Errorf("asked for %v", q)
		}
		var list []string
		for _, m := range [][3]string{
			{"SM1", "failed", "Fri, 20 Nov 2026 12:00:05 +0000"}, {"SM2", "queued", "Fri, 20 Nov 2026 12:00:05 +0000"},
			{"SM3", "undelivered", "Fri, 20 Nov 2026 12:00:05 +0000"}, {"SM4", "delivered", "Fri, 20 Nov 2026 11:59:30 +0000"},
			{"SM5", "sent", "Fri, 20 Nov 2026 11:58:59 +0000"}, {"SM6", "sent", "yesterday"},
		} {
			list = append(list, fmt.Sprintf(`{"sid":%q,"status":%q,"date_created":%q,"to":%q,"body":%q}`, m[0], m[1], m[2], number, words))
		}
		fmt.Fprintf(w, `{"messages":[%s]}`, strings.Join(list, ","))
	}))
	t.Cleanup(srv.Close)
	ids, err := sender(t, srv.URL).Find(t.Context(), number, words, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	if err != nil || strings.Join(ids, " ") != "SM2 SM4" {
		t.Errorf("Find = %v, %v; want SM2 and SM4", ids, err)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(*twilio.Config){
		"no account":              func(c *twilio.Config) { c.AccountSID = "" },
		"a name for an account":   func(c *twilio.Config) { c.AccountSID = "haven" },
		"a key without a secret":  func(c *twilio.Config) { c.APISecret = "" },
		"a secret without a key":  func(c *twilio.Config) { c.APIKey = "" },
		"a key that is none":      func(c *twilio.Config) { c.APIKey = "key" },
		"no way to sign in":       func(c *twilio.Config) { c.APIKey, c.APISecret = "", "" },
		"no sender":               func(c *twilio.Config) { c.From = "" },
		"two senders":             func(c *twilio.Config) { c.MessagingServiceSID = "MG00000000000000000000000000000001" },
		"a sender without answer": func(c *twilio.Config) { c.From = "Exchange" },
		"a service that is none":  func(c *twilio.Config) { c.From, c.MessagingServiceSID = "", "service" },
		"an edge without region":  func(c *twilio.Config) { c.BaseURL, c.Edge = "", "dublin" },
		"an edge and a base":      func(c *twilio.Config) { c.Edge, c.Region = "dublin", "ie1" },
		"a base in the clear":     func(c *twilio.Config) { c.BaseURL = "http://texts.example" },
		"a base with a path":      func(c *twilio.Config) { c.BaseURL = "https://texts.example/api" },
		"a base with a password":  func(c *twilio.Config) { c.BaseURL = "https://user:" + secret + "@texts.example" },
		"a base that is none":     func(c *twilio.Config) { c.BaseURL = "texts" },
	} {
		c := config("http://127.0.0.1:1")
		edit(&c)
		if _, err := twilio.New(c); err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error holds the secret", name)
		}
	}
}

// wantFailure also holds every error to saying nothing of whom, what and with which key.
func wantFailure(t *testing.T, err error, want notifier.SendError) {
	t.Helper()
	var got *notifier.SendError
	if !errors.As(err, &got) || *got != want {
		t.Errorf("got %v, want %v", err, &want)
		return
	}
	for _, private := range []string{number, number[1:], "request waiting", key, secret, account} {
		if strings.Contains(fmt.Sprintf("%v %+v", err, got), private) {
			t.Errorf("the error holds %q: %v", private, err)
		}
	}
}
