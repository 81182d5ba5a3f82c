package board

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

func TestWhatIsCommittedReachesEveryProcess(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	n.put("before")
	n.relay(t, "one")
	_, first := n.follow(t)
	_, second := n.follow(t)
	n.awaitSame(t, first, second)
	for i := range 1200 { // more than two batches
		n.put(fmt.Sprint(i % 100))
	}
	n.takeOff("before")
	n.awaitSame(t, first, second)
	n.put("before")
	n.changeService()
	n.awaitSame(t, first, second)
	await(t, "the outbox is empty", func() bool { rows, _ := n.count(); return rows == 0 })
	for _, l := range []*list{first, second} {
		if _, resets, _ := l.heard(); resets != 1 {
			t.Errorf("%d snapshots where nothing went wrong, want 1", resets)
		}
	}
	if _, rebuilds := n.count(); rebuilds != 1 {
		t.Errorf("%d rebuilds where nothing went wrong, want 1", rebuilds)
	}
}

func TestTheSameOnTheImitation(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["imitation"])
	n.relay(t, "one")
	f, l := n.follow(t)
	for i := range 50 {
		n.put(fmt.Sprint(i % 10))
	}
	n.takeOff("3")
	n.awaitSame(t, l)
	await(t, "the list is live", func() bool { live, _ := f.State(); return live })
	if err := n.store.redis.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	n.put("4")
	n.awaitSame(t, l)
}

func TestAHoldIsToldToThoseItIsFor(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	n.put("a")
	n.relay(t, "one")
	_, l := n.follow(t)
	n.awaitSame(t, l)
	n.put("a")
	n.tell(exchange.TopicHold, "hold", "provider", "helpline")
	n.tell(exchange.TopicRequest, "request")
	await(t, "both are told", func() bool { _, _, others := l.heard(); return len(others) == 2 })
	_, _, others := l.heard()
	hold := others[0]
	if hold.Topic != exchange.TopicHold || hold.ID != "hold" || !slices.Equal(hold.To, []schema.OrganisationID{"provider", "helpline"}) || hold.Place != nil {
		t.Errorf("told %+v", hold)
	}
	// The space is told first: whoever looks at the list on hearing of the hold finds it changed.
	if !n.same(l) {
		t.Error("the hold was told before the place it is on")
	}
}

func TestARowThatCommitsLateIsNotSkipped(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	n.relay(t, "one")
	_, l := n.follow(t)
	late := n.reserve("late")
	for i := range 600 {
		n.put(fmt.Sprint(i))
	}
	n.awaitSame(t, l)
	await(t, "the outbox is empty", func() bool { rows, _ := n.count(); return rows == 0 })
	late()
	n.awaitSame(t, l)
	if _, rebuilds := n.count(); rebuilds != 1 {
		t.Errorf("it came by %d rebuilds, want it published", rebuilds-1)
	}
}

func TestTwoRelaysOneWorks(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	_, stop := n.relay(t, "one")
	n.put("a")
	_, l := n.follow(t)
	n.awaitSame(t, l)
	n.relay(t, "two")
	for i := range 300 {
		n.put(fmt.Sprint(i))
	}
	n.awaitSame(t, l)
	if term, _, err := n.HoldTerm(t.Context(), "onlooker"); err != nil || term != 1 {
		t.Errorf("term %d (%v) while the first relay works, want 1", term, err)
	}
	stop()
	n.put("b")
	n.awaitSame(t, l) // once the term has lapsed
	n.mu.Lock()
	holder, term := n.holder, n.term
	n.mu.Unlock()
	if holder != "two" || term != 2 {
		t.Errorf("%s holds term %d, want two, 2", holder, term)
	}
	if _, resets, _ := l.heard(); resets != 1 {
		t.Errorf("%d snapshots, want 1: a new relay takes over the board as it stands", resets)
	}
}

// blindfold is the outbox as a relay remembers it that stood still: rows another has long published.
type blindfold struct {
	*ledger
	rows      []exchange.OutboxRow
	published bool
}

func (b *blindfold) Unpublished(context.Context, int) ([]exchange.OutboxRow, error) {
	return b.rows, nil
}

func (b *blindfold) Published(context.Context, []int64) error {
	b.published = true
	return nil
}

// A relay that stood still while another took over changes nothing when it wakes up, neither on the board nor in the outbox.
func TestAStaleRelayIsRefused(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	outbox := &blindfold{ledger: n.ledger}
	stale := newPublisher(NewRelay(RelayConfig{Redis: dial(t, n.server), Outbox: outbox, Holder: "one", Prefix: n.prefix}), 1)
	if _, err := n.store.head(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := stale.step(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := n.HoldTerm(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	n.depose()
	n.relay(t, "two")
	_, l := n.follow(t)
	n.put("a")
	n.awaitSame(t, l)

	outbox.rows = []exchange.OutboxRow{{ID: 7, Topic: exchange.TopicHold, Subject: "hold", Version: 1}}
	if _, err := stale.publish(t.Context()); !errors.Is(err, errSuperseded) {
		t.Errorf("publishing got %v", err)
	}
	if err := stale.rebuild(t.Context()); !errors.Is(err, errSuperseded) {
		t.Errorf("rebuilding got %v", err)
	}
	if err := stale.run(t.Context()); !errors.Is(err, errSuperseded) {
		t.Errorf("running on got %v", err)
	}
	if outbox.published {
		t.Error("it took a row out of the outbox")
	}
	n.put("b")
	n.awaitSame(t, l)
	if _, resets, others := l.heard(); resets != 1 || len(others) != 0 {
		t.Errorf("it was heard: %d snapshots, told %v", resets, others)
	}
}

func TestARelayWaitsForALedgerThatIsAway(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	n.setAway(true)
	n.relay(t, "one")
	f, l := n.follow(t)
	n.put("a")
	if live, since := f.State(); live || !since.IsZero() {
		t.Errorf("live %v since %v before there was a board", live, since)
	}
	n.setAway(false)
	n.awaitSame(t, l)
	n.setAway(true)
	n.put("b")
	await(t, "the list says that it may be old", func() bool { live, _ := f.State(); return !live })
	n.setAway(false)
	n.awaitSame(t, l)
	await(t, "the list is live again", func() bool { live, _ := f.State(); return live })
}

func TestARelayWithoutItsPartsSaysSo(t *testing.T) {
	t.Parallel()
	for _, cfg := range []RelayConfig{{}, {Redis: dial(t, shared["redis"])}, {Redis: dial(t, shared["redis"]), Outbox: newLedger()}} {
		if err := NewRelay(cfg).Run(t.Context()); err == nil {
			t.Errorf("a relay of %+v ran", cfg)
		}
	}
	if err := NewFollowing(FollowingConfig{}).Run(t.Context()); err == nil {
		t.Error("a following without Redis ran")
	}
}

func TestWakeIsHeardBeforeThePollAndNeverBlocks(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, shared["redis"])
	r := NewRelay(RelayConfig{Redis: dial(t, n.server), Outbox: n.ledger, Holder: "one", Prefix: n.prefix})
	r.Wake()
	r.Wake()
	wait(t.Context(), time.Hour, r.wake) // the test's own deadline ends it where Wake is not heard
}
