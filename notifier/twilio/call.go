package twilio

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/twilio/twilio-go/client"

	"haven/notifier"
)

// answerMost bounds what is read of an answer; a page of a hundred texts is about 100 kB.
const answerMost = 4 << 20

// call is the client.BaseClient of one request. The interface has no room for a context, so a call carries it and lives no longer.
type call struct {
	ctx    context.Context
	sender *Sender
}

var _ client.BaseClient = (*call)(nil)

func (c *call) AccountSid() string { return c.sender.config.AccountSID }

// SetTimeout does nothing: the context says how long.
func (c *call) SetTimeout(time.Duration) {}

// SetOauth does nothing: the key of the configuration is used.
func (c *call) SetOauth(client.OAuth) {}

func (c *call) OAuth() client.OAuth { return nil }

// SendRequest makes the request once and reads the answer to its end, so that the connection is kept whatever the answer was. Every
// error is a *notifier.SendError.
func (c *call) SendRequest(method, rawURL string, data url.Values, headers map[string]interface{}, _ ...byte) (*http.Response, error) {
	req, err := c.request(method, rawURL, data, headers)
	if err != nil {
		return nil, &notifier.SendError{Failure: notifier.Refused, Code: "bad_request"}
	}
	resp, err := c.sender.http.Do(req)
	if err != nil {
		return nil, transportFailure(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, answerMost))
	if err != nil && resp.StatusCode < 300 {
		return nil, &notifier.SendError{Failure: notifier.Lost, Code: "answer_cut_short"}
	}
	if resp.StatusCode < 200 || resp.StatusCode >= 300 {
		return nil, statusFailure(resp, answer)
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	return resp, nil
}

func (c *call) request(method, rawURL string, data url.Values, headers map[string]interface{}) (*http.Request, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, err
	}
	if base := c.sender.base; base != nil {
		u.Scheme, u.Host = base.Scheme, base.Host
	}
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader(data.Encode())
	} else {
		u.RawQuery = data.Encode()
	}
	req, err := http.NewRequestWithContext(c.ctx, method, u.String(), body)
	if err != nil {
		return nil, err
	}
	for name, value := range headers {
		req.Header.Set(name, fmt.Sprint(value))
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "twilio-go/"+client.LibraryVersion)
	req.SetBasicAuth(c.sender.user, c.sender.secret)
	return req, nil
}

// transportFailure tells a connection that was never made, over which nothing can have gone, from everything after it. The error
// itself is dropped: its text holds the URL, and that a number.
func transportFailure(err error) error {
	var (
		dns  *net.DNSError
		dial *net.OpError
		cert *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &dns):
		return &notifier.SendError{Failure: notifier.NotSent, Code: "name_not_found"}
	case errors.As(err, &dial) && dial.Op == "dial":
		return &notifier.SendError{Failure: notifier.NotSent, Code: "no_connection"}
	case errors.As(err, &cert):
		return &notifier.SendError{Failure: notifier.NotSent, Code: "certificate_not_trusted"}
	case errors.Is(err, context.DeadlineExceeded):
		return &notifier.SendError{Failure: notifier.Lost, Code: "timed_out"}
	}
	return &notifier.SendError{Failure: notifier.Lost, Code: "connection_broke"}
}

// statusFailure goes by the class of the status. Twilio advises against logic on single codes, so a code is only kept for people to read.
func statusFailure(resp *http.Response, answer []byte) error {
	e := &notifier.SendError{Failure: notifier.Refused, Code: "http_" + strconv.Itoa(resp.StatusCode)}
	var told struct {
		Code int `json:"code"`
	}
	if json.Unmarshal(answer, &told) == nil && told.Code != 0 {
		e.Code = strconv.Itoa(told.Code)
	}
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		e.Failure, e.RetryAfter = notifier.Busy, retryAfter(resp.Header)
	case resp.StatusCode == http.StatusRequestTimeout, resp.StatusCode >= 500:
		e.Failure = notifier.Lost
	}
	return e
}

// retryAfter reads seconds or an HTTP date (against the answer's own Date, so that our clock does not matter).
func retryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil && seconds > 0 {
		return time.Duration(min(seconds, 24*3600)) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	sentAt, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return max(0, at.Sub(sentAt))
}
