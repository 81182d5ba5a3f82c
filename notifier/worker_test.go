package notifier_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
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
)

// desk is a worker on an outbox and, over a real connection and the real library, the stand-in.
type desk struct {
	*testing.T
	*memory
	standin *standin.Server
	url     string
	worker  *notifier.Worker
	log     *logBuffer
}

type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func newDesk(t *testing.T, edit func(*notifier.Config)) *desk {
	t.Helper()
	s, err := standin.New(standin.Config{AccountSID: account, User: key, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	d := &desk{T: t, memory: newMemory(), standin: s, url: srv.URL, log: &logBuffer{}}
	d.worker = d.newWorker(edit)
	// Whatever a test did, its log says nothing of whom and what.
	t.Cleanup(func() {
		for _, private := range []string{"7700900", "New request", "7946", "exchange.example", secret} {
			if strings.Contains(d.log.b.String(), private) {
				t.Errorf("the log holds %q:\n%s", private, d.log.b.String())
			}
		}
	})
	return d
}

func (d *desk) sender(base string) notifier.Sender {
	d.Helper()
	s, err := twilio.New(twilio.Config{AccountSID: account, APIKey: key, APISecret: secret, From: "+447700900000", BaseURL: base})
	if err != nil {
		d.Fatal(err)
	}
	return s
}

func (d *desk) newWorker(edit func(*notifier.Config)) *notifier.Worker {
	d.Helper()
	c := notifier.Config{
		Outbox: d.memory, Sender: d.sender(d.url), Link: words.Link, Phone: words.Phone, Drama: true,
		Now: d.Now, Jitter: func() float64 { return 0 }, Log: slog.New(slog.NewTextHandler(d.log, nil)),
	}
	if edit != nil {
		edit(&c)
	}
	w, err := notifier.New(c)
	if err != nil {
		d.Fatal(err)
	}
	return w
}

// put keeps a message asking for an answer within half an hour.
func (d *desk) put(id string, edit func(*notifier.Message)) {
	w, _ := notifier.WordingFor("hold_waiting")
	now := d.Now()
	m := w.Compose(id, "+447700900982", "hold-"+id, now.Add(30*time.Minute), now)
	m.Grounds.DutyNumber = true
	if edit != nil {
		edit(&m)
	}
	d.Add(d.T, m)
}

func (d *desk) turn(want int) {
	d.Helper()
	if got, err := d.worker.Turn(d.Context()); got != want || err != nil {
		d.Fatalf("Turn = %d, %v; want %d messages", got, err, want)
	}
}

func (d *desk) want(id string, state notifier.State, code string, taken int) notifier.Message {
	d.Helper()
	m := d.Get(d.T, id)
	if m.State != state || m.Code != code {
		d.Errorf("message is %s (%s), want %s (%s)", m.State, m.Code, state, code)
	}
	if got := len(d.standin.Texts()); got != taken {
		d.Errorf("%d texts were taken, want %d", got, taken)
	}
	return m
}

// silence makes sure nothing more is sent in the hour that follows, looked at every minute.
func (d *desk) silence(taken int) {
	d.Helper()
	for range 60 {
		d.Advance(time.Minute)
		if _, err := d.worker.Turn(d.Context()); err != nil {
			d.Fatal(err)
		}
	}
	if got := len(d.standin.Texts()); got != taken {
		d.Errorf("an hour later %d texts were taken, want %d", got, taken)
	}
}

func TestTextGoesOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.put("a", nil)
	d.turn(1)
	m := d.want("a", notifier.Accepted, "", 1)
	text := d.standin.Texts()[0]
	wording, _ := notifier.WordingFor("hold_waiting")
	wantBody, err := wording.Render(notifier.Words{At: m.At, Link: words.Link, Phone: words.Phone})
	if err != nil {
		t.Fatal(err)
	}
	if text.SID != m.ProviderID || text.To != m.To || text.Body != wantBody {
		t.Errorf("taken %+v; want %q under %s", text, wantBody, m.ProviderID)
	}
	if text.ValidForS < 29*60 || text.ValidForS > 30*60 {
		t.Errorf("may be delivered for %d s, want what is left of half an hour", text.ValidForS)
	}
	d.silence(1)
}

// What a text says of a request is its reference and no more; it is looked for in the same words when a worker was lost.
func TestATextNamesItsRequest(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.put("a", func(m *notifier.Message) { m.Wording, m.HoldID, m.Reference = "place_may_fit", "", "7K4Q" })
	d.turn(1)
	d.want("a", notifier.Accepted, "", 1)
	if text, want := d.standin.Texts()[0].Body, "A place may fit request 7K4Q. Sign in to see it: "+words.Link; text != want {
		t.Errorf("the text is %q, want %q", text, want)
	}
	d.silence(1)
}

func TestBusyThenTaken(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.standin.Fail(standin.Failure{Kind: standin.FailBusy, RetryAfter: 7})
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Ready, "20429", 0)
	d.Advance(5 * time.Second)
	d.turn(0)
	d.Advance(3 * time.Second)
	d.turn(1)
	if m := d.want("a", notifier.Accepted, "", 1); m.Attempts != 2 {
		t.Errorf("%d attempts, want 2", m.Attempts)
	}
	d.silence(1)
}

func TestBusyUntilTheDeadline(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.standin.Fail(standin.Failure{Kind: standin.FailBusy, Times: 1000})
	d.put("a", nil)
	d.silence(0)
	d.want("a", notifier.Expired, notifier.CodeOutOfTime, 0) // the last turn that was busy left half a minute
}

func TestFailedAfterItWasTakenIsFoundNotSentAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.standin.Fail(standin.Failure{Kind: standin.FailErrorAfter})
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Unknown, "20500", 1)
	d.Advance(10 * time.Second)
	d.turn(1)
	if m := d.want("a", notifier.Accepted, "", 1); m.ProviderID != d.standin.Texts()[0].SID {
		t.Errorf("accepted as %s, want the text that was taken", m.ProviderID)
	}
	d.silence(1)
}

func TestFailedAndNotFoundIsLeftToPeople(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.standin.Fail(standin.Failure{Kind: standin.FailError})
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Unknown, "20500", 0)
	d.silence(0)
	if m := d.want("a", notifier.Unknown, notifier.CodeNotFound, 0); !m.NextAt.IsZero() {
		t.Errorf("still looked for at %v, want left to people", m.NextAt)
	}
	if !strings.Contains(d.log.b.String(), "somebody has to ask") {
		t.Error("the log does not say that somebody has to ask")
	}
}

func TestNoAnswerIsFoundNotSentAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(c *notifier.Config) { c.SendFor = 300 * time.Millisecond })
	d.standin.Fail(standin.Failure{Kind: standin.FailHang})
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Unknown, "timed_out", 1)
	d.Advance(10 * time.Second)
	d.turn(1)
	d.want("a", notifier.Accepted, "", 1)
	d.silence(1)
}

func TestBadNumberIsRejected(t *testing.T) {
	t.Parallel()
	for kind, code := range map[standin.Kind]string{standin.FailBadNumber: "21211", standin.FailOptedOut: "21610"} {
		d := newDesk(t, nil)
		d.standin.Fail(standin.Failure{Kind: kind})
		d.put("a", nil)
		d.turn(1)
		d.want("a", notifier.Rejected, code, 0)
		d.silence(0)
	}
}

func TestNoConnectionIsTriedAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead := "http://" + l.Addr().String()
	l.Close()
	live := d.worker
	d.worker = d.newWorker(func(c *notifier.Config) { c.Sender = d.sender(dead) })
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Ready, "no_connection", 0)
	d.turn(0)
	d.worker = live
	d.Advance(2 * time.Second)
	d.turn(1)
	d.want("a", notifier.Accepted, "", 1)
	d.silence(1)
}

// diesAt is an outbox whose worker's process ends at a call: what it did before stays, nothing after it happens.
type diesAt struct {
	notifier.Outbox
	begin, settle bool
}

var errDied = errors.New("the process ended")

func (o *diesAt) Begin(ctx context.Context, id, token string, leaseFor time.Duration) error {
	err := o.Outbox.Begin(ctx, id, token, leaseFor)
	if o.begin {
		return errDied
	}
	return err
}

func (o *diesAt) Settle(ctx context.Context, id, token string, outcome notifier.Outcome) error {
	if o.settle {
		return notifier.ErrLeaseLost // the one answer after which a worker does nothing more
	}
	return o.Outbox.Settle(ctx, id, token, outcome)
}

func TestKilledBetweenSendAndSettle(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	other := d.worker
	d.worker = d.newWorker(func(c *notifier.Config) { c.Outbox = &diesAt{Outbox: d.memory, settle: true} })
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Sending, "", 1)
	d.worker = other
	d.turn(0) // the lease is still live
	d.Advance(31 * time.Second)
	d.turn(1)
	if m := d.want("a", notifier.Accepted, "", 1); m.ProviderID != d.standin.Texts()[0].SID {
		t.Errorf("accepted as %s, want the text that was taken", m.ProviderID)
	}
	d.silence(1)
}

func TestKilledBetweenBeginAndSend(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	other := d.worker
	d.worker = d.newWorker(func(c *notifier.Config) { c.Outbox = &diesAt{Outbox: d.memory, begin: true} })
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Sending, "", 0)
	d.worker = other
	d.silence(0)
	d.want("a", notifier.Unknown, notifier.CodeNotFound, 0)
}

func TestKilledBeforeBeginIsSentByAnother(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.put("a", nil)
	if got, err := d.Lease(t.Context(), "gone", 10, 30*time.Second); len(got) != 1 || err != nil {
		t.Fatalf("Lease = %d, %v", len(got), err)
	}
	d.turn(0)
	d.Advance(31 * time.Second)
	d.turn(1)
	d.want("a", notifier.Accepted, "", 1)
}

// Two texts that read the same, both lost, one of which went: one is found, the other is not taken for it.
func TestOneTextFoundStandsForOneMessage(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(c *notifier.Config) { c.Batch = 1 })
	at := d.Now().Add(30 * time.Minute)
	d.standin.Fail(standin.Failure{Kind: standin.FailErrorAfter}, standin.Failure{Kind: standin.FailError})
	d.put("a", func(m *notifier.Message) { m.At = at })
	d.put("b", func(m *notifier.Message) { m.At = at })
	d.turn(1)
	d.turn(1)
	d.silence(1)
	states := map[notifier.State]int{}
	for _, id := range []string{"a", "b"} {
		states[d.Get(t, id).State]++
	}
	if states[notifier.Accepted] != 1 || states[notifier.Unknown] != 1 {
		t.Errorf("got %v, want one accepted and one unknown", states)
	}
}

func TestWhatMayNotGoDoesNot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit  func(*notifier.Message)
		state notifier.State
		code  string
	}{
		"no longer a duty number": {func(m *notifier.Message) { m.Grounds.DutyNumber = false }, notifier.Suppressed, notifier.CodeNotDuty},
		"the hold has ended":      {func(m *notifier.Message) { m.Grounds.Moot = true }, notifier.Suppressed, notifier.CodeMoot},
		"out of time":             {func(m *notifier.Message) { m.NotAfter = m.NotBefore }, notifier.Expired, notifier.CodeOutOfTime},
		"a landline":              {func(m *notifier.Message) { m.To = "+442079460123" }, notifier.Suppressed, notifier.CodeBadNumber},
		"not in E.164":            {func(m *notifier.Message) { m.To = "07700 900982" }, notifier.Suppressed, notifier.CodeBadNumber},
		"words nobody wrote":      {func(m *notifier.Message) { m.Wording = "nonsense" }, notifier.Suppressed, notifier.CodeNoWording},
	} {
		d := newDesk(t, nil)
		d.put("a", c.edit)
		d.turn(1)
		if m := d.want("a", c.state, c.code, 0); m.Attempts != 0 {
			t.Errorf("%s: a request was begun", name)
		}
		d.silence(0)
	}
	// An example number is for the stand-in only.
	d := newDesk(t, func(c *notifier.Config) { c.Drama = false })
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Suppressed, notifier.CodeBadNumber, 0)
}

// A clock behind the outbox's must delay a text, not drop it.
func TestSlowClockDelays(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	onTime := d.worker
	d.worker = d.newWorker(func(c *notifier.Config) { c.Now = func() time.Time { return d.Now().Add(-time.Minute) } })
	d.put("a", nil)
	d.turn(1)
	d.want("a", notifier.Ready, notifier.CodeTooEarly, 0)
	d.worker = onTime
	d.turn(1)
	d.want("a", notifier.Accepted, "", 1)
}
