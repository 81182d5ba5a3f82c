package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"haven/exchange/feed"
	"haven/schema"
)

// outage is how long a server is away, as the promise says.
const outage = 10 * time.Second

// patience bounds any answer during an outage: past the ten seconds, within what a person or a proxy waits.
const patience = 20 * time.Second

// away is a Haven one of whose servers is about to stop, with a refuge of rooms 1 to 12 and a household that has one of them.
type away struct {
	*world
	feed   *feed.Client
	spaces map[string]schema.SpaceID
	held   ackedHold
	pids   map[string]int

	mu   sync.Mutex
	kept map[string]attempt // acknowledged, by key
	left map[string]attempt // told that it was busy
	busy map[string]int     // codes heard
}

// attempt is one command as sent.
type attempt struct{ token, path, body string }

func newAway(t *testing.T) *away {
	t.Helper()
	a := &away{
		world: newWorld(t, "web 1", "exchange 1", "allocator 1", "notifier 1"), pids: map[string]int{},
		kept: map[string]attempt{}, left: map[string]attempt{}, busy: map[string]int{},
	}
	a.feed = a.feedAt(a.urls[0], a.feedKey)
	a.spaces = a.free(a.feed, a.service, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
	a.held = a.hold(a.helplines[0], a.request(a.helplines[0], aWoman), a.spaces["1"])
	a.checkBoards()
	for name, p := range a.roles {
		a.pids[name] = p.cmd.Process.Pid
	}
	return a
}

// during does something again and again until the outage is over.
func during(do func()) {
	over := time.NewTimer(outage)
	defer over.Stop()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		do()
		select {
		case <-over.C:
			return
		case <-tick.C:
		}
	}
}

// try sends a command once and files its answer: done, or told clearly that it was busy. Anything else is a fault.
func (a *away) try(key string, c attempt) answer {
	a.t.Helper()
	ctx, cancel := context.WithTimeout(a.t.Context(), patience)
	defer cancel()
	got, err := a.send(ctx, http.MethodPost, a.urls[0]+"/api/v1"+c.path, c.token, key, c.body)
	if err != nil {
		a.t.Errorf("%s was not answered: %v", c.path, err)
		return got
	}
	code, _ := got.problem()
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case got.status == http.StatusCreated:
		a.kept[key] = c
		delete(a.left, key)
	case got.status == http.StatusServiceUnavailable && (code == "busy" || code == "unknown_outcome") && got.header.Get("Retry-After") != "":
		a.left[key] = c
		a.busy[code]++
	default:
		a.t.Errorf("%s answered %d %s", c.path, got.status, got.body)
	}
	return got
}

func (a *away) signInAnswers() {
	a.t.Helper()
	ctx, cancel := context.WithTimeout(a.t.Context(), 3*time.Second)
	defer cancel()
	if got, err := a.send(ctx, http.MethodGet, a.urls[0]+"/sign-in", "", "", ""); err != nil || got.status != http.StatusOK {
		a.t.Errorf("the sign-in page: %d %v", got.status, err)
	}
}

// list is what a search says.
type list struct {
	Current bool
	Fits    []struct{ Space schema.SpaceID }
	NotFree int `json:"not_free"`
}

func (a *away) search() list {
	a.t.Helper()
	ctx, cancel := context.WithTimeout(a.t.Context(), 3*time.Second)
	defer cancel()
	got, err := a.send(ctx, http.MethodPost, a.urls[0]+"/api/v1/search", a.helplines[0], "", herList)
	if err != nil || got.status != http.StatusOK {
		a.t.Fatalf("a search: %d %s %v", got.status, got.body, err)
	}
	return into[list](a.t, got)
}

// sameProcesses: nobody ended, so nobody had to be started again.
func (a *away) sameProcesses() {
	a.t.Helper()
	for name, p := range a.roles {
		select {
		case <-p.done:
			a.t.Errorf("%s ended: %s", name, tail(p.log.String(), 10))
		default:
			if pid := p.cmd.Process.Pid; pid != a.pids[name] {
				a.t.Errorf("%s is process %d, was %d", name, pid, a.pids[name])
			}
		}
	}
}

func (a *away) count(query string, args ...any) (n int) {
	a.t.Helper()
	db := a.asOwner()
	if err := db.QueryRow(query, args...).Scan(&n); err != nil {
		a.t.Fatal(err)
	}
	return n
}

// report is a message of the feed and what became of it.
type report struct {
	ack feed.Ack
	err error
}

// sayOutOfUse begins a message that only this call sends, so that the record can be asked how often it was kept.
func (a *away) sayOutOfUse(ref string) <-chan report {
	given := make(chan report, 1)
	go func() {
		ack, err := a.feed.Publish(a.t.Context(), feed.Publish{Service: a.service, Spaces: []feed.Space{{Ref: ref, State: schema.OutOfUseFor, Why: "repair"}}})
		given <- report{ack, err}
	}()
	return given
}

// keptOnce waits for the answer of a message, and finds it in the record exactly once.
func (a *away) keptOnce(ref string, given <-chan report) {
	a.t.Helper()
	select {
	case r := <-given:
		if r.err != nil || len(r.ack.Spaces) != 1 || r.ack.Spaces[0].Code != "" {
			a.t.Fatalf("the message was answered %+v %v", r.ack, r.err)
		}
		if n := a.count(`SELECT count(*) FROM feed_answer WHERE key_id = $1 AND seq = $2`, string(a.keyID), r.ack.Seq); n != 1 {
			a.t.Errorf("message %d has %d answers in the record", r.ack.Seq, n)
		}
	case <-time.After(patience):
		a.t.Fatal("the message is not answered")
	}
	if n := a.count(`SELECT count(*) FROM report WHERE space_id = $1 AND state = 'out_of_use'`, string(a.spaces[ref])); n != 1 {
		a.t.Errorf("the report on %s was kept %d times", ref, n)
	}
}

// everythingIsThere: what was told "busy" is done when sent again under its key, and each key was done once; the holds and the board agree.
func (a *away) everythingIsThere(opened int) {
	a.t.Helper()
	a.sameProcesses()
	for key, c := range a.left {
		eventually(a.t, patience, func() error {
			if got := a.try(key, c); got.status != http.StatusCreated {
				return fmt.Errorf("%s sent again: %d %s", c.path, got.status, got.body)
			}
			return nil
		})
	}
	if n := a.count(`SELECT count(*) FROM request`); n != opened+len(a.kept) {
		a.t.Errorf("%d requests are in the record, want %d from before and the %d that were acknowledged", n, opened, len(a.kept))
	}
	if n := a.count(`SELECT count(*) FROM hold WHERE id = $1 AND state = 'held'`, string(a.held.ID)); n != 1 {
		a.t.Error("the hold from before the outage is gone")
	}
	a.checkBoards()
}

// TestPostgreSQLStoppedForTenSeconds, once shut down and once standing still with its connections open: commands are answered, "busy" with words or
// done; pages that need no record answer; what the feed could not deliver is delivered once; afterwards everything acknowledged is there.
func TestPostgreSQLStoppedForTenSeconds(t *testing.T) {
	t.Parallel()
	a := newAway(t)
	for _, c := range []struct {
		ref        string
		stop, back func() error
	}{
		{"11", func() error { return a.postgres.Stop(t.Context()) }, func() error { return a.postgres.Restart(t.Context()) }},
		{"12", a.postgres.Pause, a.postgres.Resume},
	} {
		opened := a.count(`SELECT count(*) FROM request`)
		clear(a.kept)
		if err := c.stop(); err != nil {
			t.Fatal(err)
		}
		message := a.sayOutOfUse(c.ref)
		var sent sync.WaitGroup
		during(func() {
			a.signInAnswers()
			key := a.key()
			sent.Go(func() { a.try(key, attempt{a.helplines[1], "/requests", aWoman}) })
		})
		if err := c.back(); err != nil {
			t.Fatal(err)
		}
		sent.Wait()
		a.keptOnce(c.ref, message)
		a.everythingIsThere(opened)
	}
	if a.busy["busy"] == 0 {
		t.Errorf("nobody was told that Haven is busy (%v), so the outage was none", a.busy)
	}
}

// TestRedisStoppedForTenSeconds, once standing still and once killed with all it had: commands and feeds go on, a search answers from memory and
// says after 2 seconds that its list is not current, and the list is right again within 5 seconds of its return.
func TestRedisStoppedForTenSeconds(t *testing.T) {
	t.Parallel()
	a := newAway(t)
	for _, c := range []struct {
		ref, held  string
		stop, back func() error
	}{
		{"11", "2", a.redis.Pause, a.redis.Resume},
		{"12", "3", a.redis.Kill, func() error { return a.redis.Restart(t.Context()) }},
	} {
		opened := a.count(`SELECT count(*) FROM request`)
		clear(a.kept)
		before := a.search()
		if err := c.stop(); err != nil {
			t.Fatal(err)
		}
		stopped, saidSo := time.Now(), time.Duration(0)
		message := a.sayOutOfUse(c.ref)
		a.try(a.key(), attempt{a.helplines[1], "/requests", aWoman})
		request := a.request(a.helplines[1], aWoman)
		held := a.hold(a.helplines[1], request, a.spaces[c.held])
		a.keptOnce(c.ref, message)
		during(func() {
			a.signInAnswers()
			l := a.search()
			if len(l.Fits) != len(before.Fits) {
				t.Errorf("%d places fit while Redis is away, were %d", len(l.Fits), len(before.Fits))
			}
			if !l.Current && saidSo == 0 {
				saidSo = time.Since(stopped)
			}
			if l.Current && saidSo > 0 {
				t.Error("the list says that it is current again while Redis is away")
			}
		})
		// 2 seconds, and what a search takes on a busy machine.
		if saidSo == 0 || saidSo > 5*time.Second {
			t.Errorf("that the list is not current was said after %s", saidSo)
		}
		if err := c.back(); err != nil {
			t.Fatal(err)
		}
		if len(a.left) > 0 {
			t.Errorf("without Redis commands were told %v", a.busy)
		}
		a.everythingIsThere(opened + 1)
		if n := a.count(`SELECT count(*) FROM hold WHERE id = $1 AND state = 'held'`, string(held.ID)); n != 1 {
			t.Error("the hold made while Redis was away is gone")
		}
		eventually(t, 5*time.Second, func() error {
			if !a.search().Current {
				return fmt.Errorf("the list is not current")
			}
			return nil
		})
	}
}

// TestRedisEmptiedAtAnyTime: FLUSHALL just before, in the middle of and just after commands. Each time the list is right within 5 seconds, and
// nothing acknowledged is lost.
func TestRedisEmptiedAtAnyTime(t *testing.T) {
	t.Parallel()
	a := newAway(t)
	request := a.request(a.helplines[0], aWoman)
	for round := range 6 {
		flushed := make(chan error, 1)
		flush := func() { flushed <- a.flushRedis(t.Context()) }
		switch round % 3 {
		case 0:
			flush()
		case 1:
			go flush()
		}
		held := a.hold(a.helplines[0], request, a.spaces[fmt.Sprint(2+round)])
		if round%3 == 2 {
			flush()
		}
		if err := <-flushed; err != nil {
			t.Fatal(err)
		}
		a.checkBoards()
		eventually(t, 5*time.Second, func() error {
			if !a.search().Current {
				return fmt.Errorf("round %d: the list is not current", round)
			}
			return nil
		})
		if n := a.count(`SELECT count(*) FROM hold WHERE id = ANY($1::uuid[]) AND state = 'held'`, fmt.Sprintf("{%s,%s}", held.ID, a.held.ID)); n != 2 {
			t.Errorf("round %d: %d of 2 holds are in the record", round, n)
		}
		a.do(a.helplines[0], http.MethodPost, "/holds/"+string(held.ID)+"/release", "", http.StatusOK)
	}
	a.sameProcesses()
}
