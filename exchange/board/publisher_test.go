package board

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"haven/exchange"
	"haven/schema"
)

func TestABatchTellsSpacesOnceAsTheyAreNowThenTheRestAsItCame(t *testing.T) {
	t.Parallel()
	l := newLedger()
	l.put("a")
	l.put("b")
	l.put("a") // at version 2 now
	l.put("c")
	l.takeOff("c") // at version 2
	l.put("closed")
	l.takeOff("closed") // long ago: no row below is about it
	p := newPublisher(NewRelay(RelayConfig{Outbox: l}), 1)
	rows := []exchange.OutboxRow{
		{ID: 1, Topic: exchange.TopicHold, Subject: "h", Version: 3, To: []schema.OrganisationID{"provider"}},
		{ID: 2, Topic: exchange.TopicSpace, Subject: "a", Version: 1},
		{ID: 3, Topic: exchange.TopicService, Subject: "service", Version: 4},
		{ID: 4, Topic: exchange.TopicSpace, Subject: "c", Version: 2},
		{ID: 5, Topic: exchange.TopicSpace, Subject: "a", Version: 2},
		{ID: 6, Topic: exchange.TopicSpace, Subject: "c", Version: 1},
	}
	entries, err := p.entries(t.Context(), rows)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%s %s %d on board %v to %v", e.topic, e.id, e.version, e.place != nil, e.to))
	}
	want := []string{
		"space a 2 on board true to []",
		"space c 2 on board false to []",
		"space b 1 on board true to []",
		"hold h 3 on board false to [provider]",
		"service service 4 on board false to []",
	}
	if !slices.Equal(got, want) {
		t.Errorf("entries are\n%q, want\n%q", got, want)
	}
}

// held begins a tenure with so long left, and tells whether it still works.
func held(t *testing.T, left time.Duration) (*Relay, *tenure) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	n := newNetwork(t, shared["redis"])
	r := NewRelay(RelayConfig{Redis: dial(t, n.server), Outbox: n.ledger, Holder: "one", Prefix: n.prefix})
	tenure := r.begin(ctx, 1, left)
	t.Cleanup(func() { cancel(); tenure.end() })
	return r, tenure
}

func TestALosingRelayStopsBeforeItGoesOn(t *testing.T) {
	t.Parallel()
	r, first := held(t, time.Hour)
	if next := r.settle(t.Context(), first, 1, true, time.Now()); next != first || !first.working(1) {
		t.Error("a renewed term was not kept")
	}
	if next := r.settle(t.Context(), first, 1, false, time.Now()); next != nil || first.working(1) {
		t.Error("a lost term goes on")
	}
	r, first = held(t, time.Hour)
	next := r.settle(t.Context(), first, 3, true, time.Now())
	defer next.end()
	if first.working(1) || !next.working(3) {
		t.Error("a new term did not replace the old")
	}
	r, first = held(t, time.Hour)
	if next := r.settle(t.Context(), first, 1, true, time.Now().Add(-lapseAfter)); next.working(1) {
		await(t, "an answer older than the term itself keeps nothing", func() bool { return !next.working(1) })
	}
}

func TestATenureThatIsNotRenewedEndsByItself(t *testing.T) {
	t.Parallel()
	_, tenure := held(t, 10*time.Millisecond)
	await(t, "it ended", func() bool { return !tenure.working(1) })
}
