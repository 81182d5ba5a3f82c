package feed_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"

	"haven/exchange"
	"haven/exchange/feed"
	"haven/schema"
)

// faulty is the real exchange and ledger, of which one part fails when it is told to.
type faulty struct {
	feed.Commands
	feed.Reader
	apply, open, key atomic.Pointer[error]
}

func (f *faulty) Feed(ctx context.Context, key schema.KeyID, organisation schema.OrganisationID, session string, seq int64, m exchange.FeedMessage) (exchange.FeedAnswer, error) {
	if err := f.apply.Swap(nil); err != nil {
		return exchange.FeedAnswer{}, *err
	}
	return f.Commands.Feed(ctx, key, organisation, session, seq, m)
}

func (f *faulty) OpenFeed(ctx context.Context, key schema.KeyID, organisation schema.OrganisationID, session string) (int64, error) {
	if err := f.open.Swap(nil); err != nil {
		return 0, *err
	}
	return f.Commands.OpenFeed(ctx, key, organisation, session)
}

func (f *faulty) FeedKey(ctx context.Context, hash []byte) (exchange.FeedKey, error) {
	if err := f.key.Swap(nil); err != nil {
		return exchange.FeedKey{}, *err
	}
	return f.Reader.FeedKey(ctx, hash)
}

func away() *error {
	err := error(schema.Refuse(schema.KindBusy, "unknown_outcome", "The connection was lost."))
	return &err
}

// Whatever fails inside Haven, the peer gets an answer it can act on, and the next message is served.
func TestFaultsOfHaven(t *testing.T) {
	t.Parallel()
	f := &faulty{}
	r := newRig(t, func(c *feed.Config) {
		f.Commands, f.Reader = c.Commands, c.Reader
		c.Commands, c.Reader = f, f
		c.KeyEvery = patience // looked at when the test says so
	})
	p := r.dial()

	f.apply.Store(away())
	p.say(r.publish(1, space("1")))
	if n := p.wantNack("busy", false); n["seq"] != 1.0 {
		t.Errorf("an outage was answered by %v, want seq 1", n)
	}
	p.say(r.publish(1, space("1")))
	p.wantAck(1)

	// A message that Haven itself cannot apply is answered for ever, or it would hold up every message after it.
	boom := errors.New("a defect")
	f.apply.Store(&boom)
	p.say(r.publish(2, space("2")))
	p.wantNack("fault", true)
	p.say(r.publish(2, space("2")))
	p.wantNack("fault", true)
	p.say(r.publish(3, space("2")))
	p.wantAck(3)

	// The fault struck after the commit: the stored answer is what the peer gets.
	f.apply.Store(&boom)
	p.say(r.publish(3, space("2")))
	p.wantAck(3)

	f.open.Store(away())
	conn, _, err := r.upgrade(r.url, r.key)
	if err != nil {
		t.Fatal(err)
	}
	if got := (&peer{r: r, conn: conn}).closed(); got != int(feed.CloseBusy) {
		t.Errorf("a session that cannot be opened was closed with %d, want %d", got, feed.CloseBusy)
	}
	f.key.Store(away())
	if _, resp, err := r.upgrade(r.url, r.key); err == nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a key that cannot be looked up gave %v, want 503", err)
	}
	if n := len(r.spaces()); n != 2 {
		t.Errorf("%d spaces are kept, want 2", n)
	}
}

func TestKeyThatIsGone(t *testing.T) {
	t.Parallel()
	f := &faulty{}
	r := newRig(t, func(c *feed.Config) {
		f.Reader = c.Reader
		f.Commands = c.Commands
		c.Commands, c.Reader = f, f
	})
	p := r.dial()
	gone := error(schema.NotFound("feed key"))
	f.key.Store(&gone)
	if got := p.closed(); got != int(feed.CloseUnknown) {
		t.Errorf("closed with %d, want %d", got, feed.CloseUnknown)
	}
}
