// Package twilio carries texts through Twilio's Messages API, or through anything that speaks it (BaseURL).
//
// It is the only importer of twilio-go, and of that only the v2010 API and its client interface; the root package would bring every
// product Twilio has. The library's own HTTP client is replaced (see call): it takes no context, leaks a connection on every error
// answer and throws Retry-After away.
//
// What became of a text is told apart as notifier.SendError says. Twilio documents that a 429 was never processed; a time-out or a 5xx
// may have been, and there is no idempotency key, so those are lost. Nothing returned from here holds a number, a text or a credential.
// A Sender is safe for concurrent use.
package twilio

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"haven/notifier"
)

var _ notifier.Sender = (*Sender)(nil)

// Config of a Sender. AccountSID is required, one way to sign in, and one sender.
type Config struct {
	AccountSID string // AC and 32 hexadecimal digits

	APIKey    string // SK and 32 hexadecimal digits, with APISecret: can be withdrawn by itself, so prefer it
	APISecret string
	AuthToken string // the account's own; used where no API key is given

	From                string // a number of ours in E.164, always the same so that people know it
	MessagingServiceSID string // MG and 32 hexadecimal digits; instead of From

	BaseURL string // scheme and host of a stand-in or a proxy; https unless it is this machine; default Twilio
	Region  string // where Twilio keeps the data, such as ie1; with Edge
	Edge    string // where Twilio is entered, such as dublin; with Region

	HTTPClient *http.Client // default: no redirects, 5s to connect, a few connections kept
}

// Sender sends through one account.
type Sender struct {
	config Config
	base   *url.URL // nil for Twilio itself
	http   *http.Client
	user   string
	secret string
}

var (
	accountSID = regexp.MustCompile(`^AC[0-9a-fA-F]{32}$`)
	keySID     = regexp.MustCompile(`^SK[0-9a-fA-F]{32}$`)
	serviceSID = regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`)
	fromNumber = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
)

// New checks the configuration; it makes no request.
func New(c Config) (*Sender, error) {
	s := &Sender{config: c, http: c.HTTPClient, user: c.APIKey, secret: c.APISecret}
	switch {
	case !accountSID.MatchString(c.AccountSID):
		return nil, errors.New("twilio: AccountSID must be AC and 32 hexadecimal digits")
	case (c.APIKey == "") != (c.APISecret == ""):
		return nil, errors.New("twilio: APIKey and APISecret go together; set both, or neither and AuthToken")
	case c.APIKey != "" && !keySID.MatchString(c.APIKey):
		return nil, errors.New("twilio: APIKey must be SK and 32 hexadecimal digits")
	case c.APIKey == "" && c.AuthToken == "":
		return nil, errors.New("twilio: set APIKey and APISecret, or AuthToken")
	case (c.From == "") == (c.MessagingServiceSID == ""):
		return nil, errors.New("twilio: set From or MessagingServiceSID, not both")
	case c.From != "" && !fromNumber.MatchString(c.From):
		return nil, errors.New("twilio: From must be a telephone number in E.164, like +447700900000: a name cannot be answered")
	case c.MessagingServiceSID != "" && !serviceSID.MatchString(c.MessagingServiceSID):
		return nil, errors.New("twilio: MessagingServiceSID must be MG and 32 hexadecimal digits")
	case (c.Region == "") != (c.Edge == ""):
		return nil, errors.New("twilio: Region and Edge go together, like ie1 and dublin")
	case c.BaseURL != "" && c.Region != "":
		return nil, errors.New("twilio: BaseURL names the host already; leave out Region and Edge")
	}
	if c.APIKey == "" {
		s.user, s.secret = c.AccountSID, c.AuthToken
	}
	if c.BaseURL != "" {
		base, err := baseURL(c.BaseURL)
		if err != nil {
			return nil, err
		}
		s.base = base
	}
	if s.http == nil {
		s.http = newHTTPClient()
	}
	return s, nil
}

// baseURL refuses to put numbers and credentials on a network in the clear.
func baseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil || (u.Path != "" && u.Path != "/") || u.RawQuery != "" {
		return nil, errors.New("twilio: BaseURL must be a scheme and a host, like http://127.0.0.1:8001")
	}
	ip := net.ParseIP(u.Hostname())
	loopback := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Scheme != "https" && !(u.Scheme == "http" && loopback) {
		return nil, errors.New("twilio: BaseURL must be https unless it is this machine")
	}
	return u, nil
}

func newHTTPClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// Shorter than a request may take, so that an unreachable host is known not to have been sent anything.
	transport.DialContext = (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	transport.MaxIdleConnsPerHost = 4
	return &http.Client{
		Transport: transport,
		// A redirect followed would be a text sent somewhere else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Twilio's bounds on how long it may hold a text back.
const (
	validLeast = time.Second
	validMost  = 10 * time.Hour
)

// Send hands one text over.
func (s *Sender) Send(ctx context.Context, to, body string, validFor time.Duration) (string, error) {
	p := &openapi.CreateMessageParams{}
	p.SetTo(to).SetBody(body).SetValidityPeriod(int(min(max(validFor, validLeast), validMost) / time.Second))
	if s.config.From != "" {
		p.SetFrom(s.config.From)
	} else {
		p.SetMessagingServiceSid(s.config.MessagingServiceSID)
	}
	message, err := s.api(ctx).CreateMessage(p)
	if err != nil {
		return "", lost(err)
	}
	if message.Sid == nil || *message.Sid == "" {
		return "", &notifier.SendError{Failure: notifier.Lost, Code: "no_sid"}
	}
	if failed(message) {
		return "", &notifier.SendError{Failure: notifier.Refused, Code: errorCode(message)}
	}
	return *message.Sid, nil
}

// skew is how far Twilio's clock may be from ours.
const skew = time.Minute

// Find lists the texts with that body taken for that number since. A text Twilio gave up on is not among them: for the people who
// wait it did not go.
func (s *Sender) Find(ctx context.Context, to, body string, since time.Time) ([]string, error) {
	since = since.Add(-skew)
	p := &openapi.ListMessageParams{}
	p.SetTo(to).SetDateSentAfter(since.UTC()).SetPageSize(100)
	// One page and not ListMessage, which reads on in a goroutine it cannot stop.
	page, err := s.api(ctx).PageMessage(p, "", "")
	if err != nil {
		return nil, lost(err)
	}
	var ids []string
	for i := range page.Messages {
		m := &page.Messages[i]
		if m.Sid == nil || m.Body == nil || *m.Body != body || m.To == nil || *m.To != to || failed(m) {
			continue
		}
		if created, ok := createdAt(m); ok && !created.Before(since) {
			ids = append(ids, *m.Sid)
		}
	}
	return ids, nil
}

func (s *Sender) api(ctx context.Context) *openapi.ApiService {
	return openapi.NewApiService(&client.RequestHandler{
		Client: &call{ctx: ctx, sender: s}, Edge: s.config.Edge, Region: s.config.Region,
	})
}

func failed(m *openapi.ApiV2010Message) bool {
	if m.Status == nil {
		return false
	}
	return *m.Status == "failed" || *m.Status == "undelivered" || *m.Status == "canceled"
}

func errorCode(m *openapi.ApiV2010Message) string {
	if m.ErrorCode == nil {
		return *m.Status
	}
	return fmt.Sprint(*m.ErrorCode)
}

// createdAt reads Twilio's RFC 2822 date, whose day may have one digit.
func createdAt(m *openapi.ApiV2010Message) (time.Time, bool) {
	if m.DateCreated == nil {
		return time.Time{}, false
	}
	t, err := time.Parse("Mon, _2 Jan 2006 15:04:05 -0700", *m.DateCreated)
	return t, err == nil
}

// lost makes sure that every error says what became of the text: what call did not classify failed after the answer had come.
func lost(err error) error {
	var known *notifier.SendError
	if errors.As(err, &known) {
		return known
	}
	return &notifier.SendError{Failure: notifier.Lost, Code: "unreadable_answer"}
}
