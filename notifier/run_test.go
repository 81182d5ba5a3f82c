package notifier_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"haven/notifier"
)

// settled tells a test of every settlement, so that it can wait for one instead of sleeping.
type settled struct {
	notifier.Outbox
	failing atomic.Int32 // so many calls fail first, as when the database is away
	done    chan notifier.Outcome
}

var errAway = errors.New("the database is away")

func (o *settled) away() bool { return o.failing.Add(-1) >= 0 }

func (o *settled) Lease(ctx context.Context, worker string, n int, leaseFor time.Duration) ([]notifier.Message, error) {
	if o.away() {
		return nil, errAway
	}
	return o.Outbox.Lease(ctx, worker, n, leaseFor)
}

func (o *settled) Settle(ctx context.Context, id, token string, outcome notifier.Outcome) error {
	if o.away() {
		return errAway
	}
	err := o.Outbox.Settle(ctx, id, token, outcome)
	o.done <- outcome
	return err
}

func run(t *testing.T, w *notifier.Worker) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	}
	return stop
}

func TestRunIsWoken(t *testing.T) {
	t.Parallel()
	wake := make(chan struct{}, 1)
	d := newDesk(t, nil)
	outbox := &settled{Outbox: d.memory, done: make(chan notifier.Outcome, 100)}
	stop := run(t, d.newWorker(func(c *notifier.Config) { c.Outbox, c.Every, c.Wake = outbox, time.Hour, wake }))
	d.put("a", nil)
	wake <- struct{}{}
	if o := <-outbox.done; o.State != notifier.Accepted {
		t.Errorf("settled as %s", o.State)
	}
	stop()
	d.want("a", notifier.Accepted, "", 1)
}

func TestRunPollsAndOutlivesTheDatabase(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.put("a", nil)
	outbox := &settled{Outbox: d.memory, done: make(chan notifier.Outcome, 100)}
	outbox.failing.Store(3)
	stop := run(t, d.newWorker(func(c *notifier.Config) { c.Outbox, c.Every = outbox, time.Millisecond }))
	if o := <-outbox.done; o.State != notifier.Accepted {
		t.Errorf("settled as %s", o.State)
	}
	stop()
	d.want("a", notifier.Accepted, "", 1)
}

// An answer in hand is kept for a database that comes back, so nobody has to sort out a text that surely went.
func TestSettleWaitsForTheDatabase(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.put("a", nil)
	away := &awayAfterBegin{Outbox: d.memory}
	d.worker = d.newWorker(func(c *notifier.Config) { c.Outbox = away })
	d.turn(1)
	d.want("a", notifier.Accepted, "", 1)
	if away.refused != 1 {
		t.Errorf("%d settlements failed, want 1", away.refused)
	}
}

type awayAfterBegin struct {
	notifier.Outbox
	refused int
}

func (o *awayAfterBegin) Settle(ctx context.Context, id, token string, outcome notifier.Outcome) error {
	if o.refused == 0 {
		o.refused++
		return errAway
	}
	return o.Outbox.Settle(ctx, id, token, outcome)
}

func TestManyWorkersSendEachOnce(t *testing.T) {
	t.Parallel()
	const messages = 60
	d := newDesk(t, nil)
	for i := range messages {
		d.put(fmt.Sprintf("m%02d", i), nil)
	}
	outbox := &settled{Outbox: d.memory, done: make(chan notifier.Outcome, 2*messages)}
	var stops []func()
	for range 3 {
		stops = append(stops, run(t, d.newWorker(func(c *notifier.Config) { c.Outbox, c.Every = outbox, time.Millisecond })))
	}
	for range messages {
		if o := <-outbox.done; o.State != notifier.Accepted {
			t.Errorf("settled as %s (%s)", o.State, o.Code)
		}
	}
	for _, stop := range stops {
		stop()
	}
	if got := len(d.standin.Texts()); got != messages {
		t.Errorf("%d texts were taken, want %d", got, messages)
	}
}

// stopsInLease ends the program's context at the moment messages have been leased.
type stopsInLease struct {
	notifier.Outbox
	cancel context.CancelFunc
}

func (o *stopsInLease) Lease(ctx context.Context, worker string, n int, leaseFor time.Duration) ([]notifier.Message, error) {
	defer o.cancel()
	return o.Outbox.Lease(ctx, worker, n, leaseFor)
}

func TestStoppingGivesBackWhatWasNotBegun(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.put("a", nil)
	other := d.worker
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := d.newWorker(func(c *notifier.Config) { c.Outbox = &stopsInLease{d.memory, cancel} })
	if err := w.Run(ctx); err != nil {
		t.Fatal(err)
	}
	d.want("a", notifier.Ready, "", 0)
	d.worker = other
	d.turn(1) // at once, without waiting for the lease to lapse
	d.want("a", notifier.Accepted, "", 1)
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	good := notifier.Config{Outbox: d.memory, Sender: d.sender(d.url), Link: words.Link, Phone: words.Phone}
	if _, err := notifier.New(good); err != nil {
		t.Fatalf("the least configuration: %v", err)
	}
	for name, edit := range map[string]func(*notifier.Config){
		"no outbox":            func(c *notifier.Config) { c.Outbox = nil },
		"no sender":            func(c *notifier.Config) { c.Sender = nil },
		"no link":              func(c *notifier.Config) { c.Link = "" },
		"no telephone":         func(c *notifier.Config) { c.Phone = "" },
		"a link too long":      func(c *notifier.Config) { c.Link = "a-very-long-name-of-a-host.in-a-very-long-domain.example/now" },
		"a short lease":        func(c *notifier.Config) { c.LeaseFor, c.SendFor = time.Second, time.Second },
		"time running back":    func(c *notifier.Config) { c.Every = -1 },
		"less than no message": func(c *notifier.Config) { c.Batch = -1 },
	} {
		c := good
		edit(&c)
		if _, err := notifier.New(c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
