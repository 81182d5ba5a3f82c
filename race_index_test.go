package main

import (
	"strings"
	"testing"
)

// blind makes every command believe that no place is promised: what a look at the rooms before the grant would tell is gone. The locks remain, so
// commands come one after the other, and each grants what it sees as free.
func (k *track) blind() {
	k.t.Helper()
	var view string
	if err := k.truth.QueryRow(`SELECT pg_get_viewdef('space_now')`).Scan(&view); err != nil {
		k.t.Fatal(err)
	}
	const look = `c.kind = 'promise'::text`
	if !strings.Contains(view, look) {
		k.t.Fatalf("the view does not look for promises where this test thinks: %s", view)
	}
	k.run(`CREATE OR REPLACE VIEW space_now AS ` + strings.Replace(view, look, `c.kind = 'nothing'::text`, 1))
}

func (k *track) run(statement string) {
	k.t.Helper()
	if _, err := k.truth.Exec(statement); err != nil {
		k.t.Fatal(err)
	}
}

func (k *track) raceOnce(round int) []ackedHold {
	return k.won(round, atOnce(func(i int) told { return k.tryHold(k.t.Context(), i, (i+round)%len(raceRefs)) }))
}

// TestIndexGrantsOverHTTP plants two bugs, to show that the races above can fail. With commands blind to promises the index on the rooms still gives
// each to one household; without it too, the judge of the races must find rooms with several.
func TestIndexGrantsOverHTTP(t *testing.T) {
	t.Parallel()
	k := newTrack(t)
	k.blind()
	for round := range 3 {
		won := k.raceOnce(round)
		for _, fault := range k.standing().judge(len(won), nil) {
			t.Errorf("with the index, round %d: %s", round, fault)
		}
		k.clear(won)
	}
	k.run(`DROP INDEX claim_one_live_promise_per_room`)
	won := k.raceOnce(0)
	faults := k.standing().judge(len(won), nil)
	if len(faults) == 0 || !strings.Contains(strings.Join(faults, "; "), "households have room One") {
		t.Errorf("without the index %d households were granted a place, and the judge finds nothing wrong but %q", len(won), faults)
	}
}
