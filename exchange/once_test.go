package exchange_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"haven/exchange"
	"haven/schema"
)

func once(a exchange.Actor, key string) exchange.Actor {
	a.Once = key
	return a
}

// same says whether two answers are one to a caller, to whom the order of fields means nothing.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if g, w := asJSON(t, got), asJSON(t, want); !reflect.DeepEqual(g, w) {
		t.Errorf("%s: answered %v, and again %v", what, w, g)
	}
}

func asJSON(t testing.TB, v any) (tree any) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

// Every command sent again with its key gives the answer it gave, and has no second effect, though all has changed since.
func TestTheSameKeyTwice(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := t.Context()
	three := w.space("3")
	r := w.request(w.worker, nil)
	var h schema.Hold
	twice := func(what string, run func() (any, error)) any {
		t.Helper()
		first := done(run()).must(t, what)
		events := w.count(`SELECT count(*) FROM event`) + w.count(`SELECT count(*) FROM outbox`) + w.count(`SELECT count(*) FROM message`)
		same(t, what, done(run()).must(t, what+" again"), first)
		if n := w.count(`SELECT count(*) FROM event`) + w.count(`SELECT count(*) FROM outbox`) + w.count(`SELECT count(*) FROM message`); n != events {
			t.Errorf("%s again had %d effects", what, n-events)
		}
		return first
	}
	twice("open request", func() (any, error) { return w.x.OpenRequest(ctx, once(w.worker, "open"), woman()) })
	twice("change request", func() (any, error) { return w.x.ChangeRequest(ctx, once(w.worker, "change"), r.ID, woman()) })
	h = twice("hold", func() (any, error) { return w.x.Hold(ctx, once(w.worker, "hold"), r.ID, three) }).(schema.Hold)
	twice("extend", func() (any, error) { return w.x.Extend(ctx, once(w.worker, "extend"), h.ID) })
	yes := exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}}
	twice("answer", func() (any, error) { return w.x.Answer(ctx, once(w.manager, "answer"), yes) })
	twice("choose", func() (any, error) { return w.x.Choose(ctx, once(w.worker, "choose"), yes) })
	p := twice("arrive", func() (any, error) { return w.x.Arrive(ctx, once(w.manager, "arrive"), h.ID) }).(schema.Placement)
	twice("report", func() (any, error) {
		return w.x.Report(ctx, once(w.manager, "report"), three, schema.Report{State: schema.Available, Claim: p.Claim})
	})
	twice("publish", func() (any, error) {
		return w.x.Publish(ctx, once(w.manager, "publish"), exchange.Publish{Service: w.refuge.ID, Spaces: []exchange.SpaceReport{available("4")}})
	})
	twice("confirm", func() (any, error) {
		return w.x.Confirm(ctx, once(w.manager, "confirm"), exchange.Confirming{Service: w.refuge.ID})
	})
	other := w.request(w.worker, nil)
	twice("unmet", func() (any, error) { return w.x.RecordUnmet(ctx, once(w.worker, "unmet"), unmet(other)) })
	released := w.hold(w.request(w.worker, nil), three)
	twice("release", func() (any, error) { return w.x.Release(ctx, once(w.worker, "release"), released.ID) })
	same(t, "hold, when all is over", done(w.x.Hold(ctx, once(w.worker, "hold"), r.ID, three)).must(t, "hold"), h)
	w.sound()
}

// A refusal is an answer too: what could be done by now is not done by an old command sent again.
func TestARefusalIsKept(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := t.Context()
	three := w.space("3")
	first := w.hold(w.request(w.worker, nil), three)
	r := w.request(w.neighbour, nil)
	try := func() *schema.Refusal {
		_, err := w.x.Hold(ctx, once(w.neighbour, "k"), r.ID, three)
		return refused(t, "hold", err, "taken")
	}
	before := try()
	done(w.x.Release(ctx, w.worker, first.ID)).must(t, "release")
	same(t, "refused hold", try(), before)
	w.want(three, schema.StatusAvailable)
	if _, err := w.x.Hold(ctx, once(w.neighbour, "k2"), r.ID, three); err != nil {
		t.Errorf("with another key: %v", err)
	}

	p := w.resident(w.space("4"))
	report := func() error {
		_, err := w.x.Report(ctx, once(w.manager, "r"), p.Space, schema.Report{State: schema.Closed})
		return err
	}
	claimed := refused(t, "report", report(), "claimed")
	same(t, "refused report", refused(t, "report again", report(), "claimed"), claimed)
	if claimed.Claim != p.Claim {
		t.Errorf("names %s", claimed.Claim)
	}
	w.sound()
}

func TestAKeyForAnotherBodyIsRefused(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := t.Context()
	three, four := w.space("3"), w.space("4")
	r := w.request(w.worker, nil)
	h := done(w.x.Hold(ctx, once(w.worker, "k"), r.ID, three)).must(t, "hold")
	_, err := w.x.Hold(ctx, once(w.worker, "k"), r.ID, four)
	refused(t, "another space", err, "idempotency_key_reused")
	_, err = w.x.Release(ctx, once(w.worker, "k"), h.ID)
	refused(t, "another command", err, "idempotency_key_reused")
	_, err = w.x.Release(ctx, once(w.worker, strings.Repeat("k", 201)), h.ID)
	refused(t, "a key too long", err, "invalid_field")
	if _, err := w.x.Answer(ctx, once(w.manager, "k"), exchange.Answering{Hold: h.ID, Answer: schema.Answer{Yes: true}}); err != nil {
		t.Errorf("somebody else's key of the same name: %v", err)
	}
	w.want(four, schema.StatusAvailable)
	w.sound()
}

// 16 send the same command at once, as a browser does that lost its patience: one effect, 16 times the same answer.
func TestTheSameKeyAtOnce(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	three := w.space("3")
	r := w.request(w.worker, nil)
	holds, requests := make([]schema.Hold, 16), make([]schema.Request, 16)
	race(16, func(i int) {
		var err error
		if holds[i], err = w.x.Hold(t.Context(), once(w.worker, "hold"), r.ID, three); err != nil {
			t.Errorf("hold: %v", err)
		}
		if requests[i], err = w.x.OpenRequest(t.Context(), once(w.worker, "open"), woman()); err != nil {
			t.Errorf("open request: %v", err)
		}
	})
	for i := range holds {
		same(t, "hold", holds[i], holds[0])
		same(t, "request", requests[i], requests[0])
	}
	if n := w.count(`SELECT count(*) FROM request`); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
	if n := w.count(`SELECT count(*) FROM hold`); n != 1 {
		t.Errorf("%d holds, want 1", n)
	}
	w.sound()
}
