package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// ClientConfig of a Client. URL and Key are required.
type ClientConfig struct {
	// URL of the feed: wss://host/feed/v1. Plain ws:// is taken for this machine only, because the key goes with it.
	URL string
	// Key is the provider's key.
	Key string
	Log *slog.Logger // slog.Default
	// Wait is how long Dial goes on trying while Haven cannot be reached; 0 tries once.
	Wait time.Duration
	// Backoff is the first wait before connecting again; it doubles up to MostBackoff, with jitter. 500 ms and 30 s.
	Backoff     time.Duration
	MostBackoff time.Duration
	// MostWaiting is how many messages may be unanswered before a call waits. 256.
	MostWaiting int
}

// Client speaks the feed for a provider's system. It numbers messages, sends them again after a break from the last one answered, and
// connects again by itself until its key is no good or another connection takes over. It is safe for concurrent use: messages are numbered
// in the order of the calls. Unanswered messages are kept in memory only; after a crash of the program, look at what Haven has and report anew.
type Client struct {
	config ClientConfig
	log    *slog.Logger
	outbox *outbox
	mail   *mailbox
	cancel context.CancelFunc
	done   chan struct{}

	mu    sync.Mutex
	hello Hello
	err   error
}

// Dial connects and waits for hello. The client lives until ctx ends, Close, or an end that connecting again cannot mend.
func Dial(ctx context.Context, c ClientConfig) (*Client, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	client := &Client{config: c, log: c.Log, outbox: newOutbox(c.MostWaiting), mail: newMailbox(), cancel: cancel, done: make(chan struct{})}
	line, err := client.firstLine(ctx)
	if err != nil {
		cancel()
		return nil, err
	}
	client.begin(line)
	go client.mail.deliver(ctx)
	go client.run(ctx, line)
	return client, nil
}

func (c ClientConfig) withDefaults() (ClientConfig, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" {
		return c, errors.New("feed: URL must look like wss://host/feed/v1")
	}
	switch u.Scheme {
	case "wss":
	case "ws":
		if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return c, errors.New("feed: use wss:// for another machine: over ws:// the key could be read on the way")
		}
	default:
		return c, errors.New("feed: URL must begin with wss://")
	}
	if c.Key == "" {
		return c, errors.New("feed: no key: give the provider's key")
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	c.Backoff = orDefault(c.Backoff, 500*time.Millisecond)
	c.MostBackoff = orDefault(c.MostBackoff, 30*time.Second)
	c.MostWaiting = orDefault(c.MostWaiting, 256)
	return c, nil
}

// Publish reports on spaces. The Ack tells what became of each: a report with a code was not kept. A *NackError says why nothing was.
func (c *Client) Publish(ctx context.Context, p Publish) (Ack, error) { return c.Send(ctx, p) }

// Snapshot gives the complete list of a service. One larger than a frame goes in parts.
func (c *Client) Snapshot(ctx context.Context, s Snapshot) (Ack, error) { return c.Send(ctx, s) }

// Confirm says that reports are still right.
func (c *Client) Confirm(ctx context.Context, m Confirm) (Ack, error) { return c.Send(ctx, m) }

// Answer says yes or no to a hold.
func (c *Client) Answer(ctx context.Context, a Answer) (Ack, error) { return c.Send(ctx, a) }

// Send numbers a message and waits for its answer. When ctx ends first the message stays in the outbox and may still be kept by Haven.
func (c *Client) Send(ctx context.Context, m Message) (Ack, error) {
	p, err := c.outbox.put(ctx, m, c.Hello().Limits.FrameBytes)
	if err != nil {
		return Ack{}, err
	}
	select {
	case a := <-p.answer:
		return a.ack, a.err
	case <-ctx.Done():
		return Ack{}, fmt.Errorf("feed: %s %d is not answered yet: %w", m.kind(), p.seq, ctx.Err())
	}
}

// Holds gives what Haven says of holds. A hold that changed before it was taken from the channel comes once, as it is now. The channel closes
// when the client ends.
func (c *Client) Holds() <-chan HoldEvent { return c.mail.out }

// Hello is what Haven said when this connection began.
func (c *Client) Hello() Hello {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hello
}

// Done closes when the client has ended; Err then says why, nil after Close.
func (c *Client) Done() <-chan struct{} { return c.done }

// Err is why the client ended, or nil.
func (c *Client) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// Close ends the client. Unanswered messages may or may not have been kept.
func (c *Client) Close() {
	c.cancel()
	<-c.done
}

// limiter keeps the client within what hello allows, with a margin for the two clocks.
func limiter(l Limits) *rate.Limiter {
	return rate.NewLimiter(rate.Limit(l.MessagesPerSecond)*0.9, max(1, l.Burst*9/10))
}
