package exchange_test

import (
	"encoding/json"
	"strings"
	"testing"

	"haven/exchange"
	"haven/schema"
)

// secretive is a town where every fact that must not travel is a word that nothing else contains.
func secretive(t testing.TB) (*town, schema.Request, schema.Hold) {
	t.Helper()
	w := newTown(t)
	w.refuge = w.service(w.manager, func(s *schema.Service) {
		s.ExcludesFrom = []schema.Area{{Kind: schema.AreaOutcode, Code: "ZE9", Name: "Excludedshire"}}
	})
	space := w.space("Ref-Bluebell", "Room-Campion", "Room-Dogrose")
	r := w.request(w.worker, func(n *schema.Need) {
		n.Avoid = []schema.Avoid{{Area: schema.Area{Kind: schema.AreaPlace, Code: "Avoidham", Name: "Avoidham"}}}
		n.Household.Children = []schema.Child{{Age: 4, Sex: schema.Girl, Born: "2022-02-03"}}
		n.Tonight.Sleeps = "with_abuser"
	})
	h := w.yes(w.hold(r, space))
	done(w.x.Extend(t.Context(), w.worker, h.ID)).must(t, "extend")
	w.chosen(h)
	p := done(w.x.Arrive(t.Context(), w.worker, h.ID)).must(t, "arrive")
	w.publish(w.manager, w.refuge, says("Ref-Bluebell", schema.Available, p.Claim))
	done(w.x.RecordUnmet(t.Context(), w.worker, unmet(w.request(w.worker, nil)))).must(t, "unmet")
	return w, r, h
}

// needs are words of her facts as they are written in JSON or in a finding.
var needs = []string{"Avoidham", "2022-02-03", "with_abuser", "\"children\":", "recourse", "wheelchair", "woman"}

// theirs are names the provider uses for its rooms, and what its service takes no people from.
var theirs = []string{"Bluebell", "Campion", "Dogrose", "Excludedshire", "ZE9"}

func without(t testing.TB, where, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(text, word) {
			t.Errorf("%s says %q", where, word)
		}
	}
}

func (w *town) text(query string) (all string) {
	w.Helper()
	if err := w.owner.QueryRowContext(w.Context(), query).Scan(&all); err != nil {
		w.Fatal(err)
	}
	return all
}

// The record says what was done to which id; what she said stays in the request and the hold, where it can be read by those who may (S6, S9).
func TestEventsHoldNoNeeds(t *testing.T) {
	t.Parallel()
	w, _, _ := secretive(t)
	if n := w.count(`SELECT count(DISTINCT what) FROM event`); n < 12 {
		t.Fatalf("only %d kinds of event: this looks at too little", n)
	}
	events := w.text(`SELECT string_agg(why || coalesce(body::text, ''), ' ') FROM event WHERE what NOT IN ('service_put')`)
	without(t, "an event", events, needs...)
	without(t, "an event", events, theirs...)
	outbox := w.text(`SELECT string_agg(o::text, ' ') FROM outbox o`)
	without(t, "the outbox", outbox, append(needs, theirs...)...)
	texts := w.text(`SELECT string_agg(wording, ' ') FROM message m`)
	without(t, "a text", texts, append(needs, theirs...)...)
}

// A helpline sees of the service what it chose to publish: not its name for the space or the rooms, nor the areas it does not take from.
func TestHelplineSeesNoRefs(t *testing.T) {
	t.Parallel()
	w, r, h := secretive(t)
	views := done(w.db.HoldsOfRequest(t.Context(), w.worker, r.ID)).must(t, "holds")
	views = append(views, done(w.db.Hold(t.Context(), w.worker, h.ID)).must(t, "hold"))
	next := w.request(w.worker, nil)
	w.hold(next, h.Space)
	views = append(views, done(w.db.LiveHolds(t.Context(), w.worker)).must(t, "live holds")...)
	if len(views) != 3 {
		t.Fatalf("%d views, want 3", len(views))
	}
	for _, v := range views {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if v.SpaceRef != "" {
			t.Errorf("the space is called %q", v.SpaceRef)
		}
		without(t, "a hold's view", string(raw), theirs...)
	}
}

// What a command answers to a helpline is shown to it as it is, so it must be as bare as what the helpline reads.
func TestHelplineIsAnsweredNoRefs(t *testing.T) {
	t.Parallel()
	w, _, h := secretive(t)
	r := w.request(w.worker, nil)
	held := w.hold(r, h.Space)
	yes := exchange.Answering{Hold: held.ID, Answer: schema.Answer{Yes: true}}
	for what, run := range map[string]func() (schema.Hold, error){
		"hold":   func() (schema.Hold, error) { return w.x.Hold(t.Context(), w.worker, r.ID, h.Space) },
		"extend": func() (schema.Hold, error) { return w.x.Extend(t.Context(), w.worker, held.ID) },
		"choose": func() (schema.Hold, error) { return w.x.Choose(t.Context(), w.worker, yes) },
	} {
		raw, err := json.Marshal(done(run()).must(t, what))
		if err != nil {
			t.Fatal(err)
		}
		without(t, "the answer to "+what, string(raw), theirs...)
	}
}

// A service is answered without her facts: what it may know of her it reads by her agreement.
func TestServiceIsAnsweredNoNeeds(t *testing.T) {
	t.Parallel()
	w, _, h := secretive(t)
	r := w.request(w.worker, func(n *schema.Need) {
		n.Avoid = []schema.Avoid{{Area: schema.Area{Code: "Avoidham", Name: "Avoidham"}}}
	})
	raw, err := json.Marshal(w.yes(w.hold(r, h.Space)))
	if err != nil {
		t.Fatal(err)
	}
	without(t, "the answer to an answer", string(raw), needs...)
}

// What is kept for a command sent again is kept apart from the rows that each side may see, so it must not hold what they protect.
func TestKeptAnswersHoldNoNeeds(t *testing.T) {
	t.Parallel()
	w, _, h := secretive(t)
	r := w.request(w.worker, nil)
	held := done(w.x.Hold(t.Context(), once(w.worker, "hold"), r.ID, h.Space)).must(t, "hold")
	done(w.x.Extend(t.Context(), once(w.worker, "extend"), held.ID)).must(t, "extend")
	kept := w.text(`SELECT string_agg(result::text, ' ') FROM idempotency`)
	without(t, "a kept answer", kept, append(needs, theirs...)...)
}
