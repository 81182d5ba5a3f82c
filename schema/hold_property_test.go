package schema_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/schema"
)

type verb func(schema.Hold, time.Time) (schema.Hold, error)

// verbs are everything that can be done to a hold.
func verbs() map[string]verb {
	answer := func(a schema.Answer) verb {
		return func(h schema.Hold, now time.Time) (schema.Hold, error) { return h.Answered(a, now) }
	}
	choose := func(a schema.Answer) verb {
		return func(h schema.Hold, now time.Time) (schema.Hold, error) { return h.Chose(a, now) }
	}
	return map[string]verb{
		"yes":     answer(schema.Answer{Yes: true}),
		"area":    answer(schema.Answer{Yes: true, AreaConfirmed: true}),
		"cannot":  answer(schema.Answer{Reason: "no_staff"}),
		"chosen":  choose(schema.Answer{Yes: true}),
		"decided": choose(schema.Answer{}),
		"extend":  schema.Hold.Extend,
		"release": func(h schema.Hold, now time.Time) (schema.Hold, error) { return h.Finish("released", now) },
		"arrive":  schema.Hold.Arrive,
		"expire":  schema.Hold.Expire,
	}
}

// Any verbs in any order at any times: a hold only moves forwards, what has ended or arrived stays so, an end says how and by whom, a refusal changes
// nothing, and a yes of the service leaves her half an hour.
func TestHoldMovesForwards(t *testing.T) {
	t.Parallel()
	rank := map[schema.HoldState]int{schema.Held: 0, schema.Agreed: 1, schema.Arrived: 2, schema.Ended: 2}
	rapid.Check(t, func(t *rapid.T) {
		all := verbs()
		names := slices.Sorted(maps.Keys(all))
		h, now := held(), noon
		h.ConfirmArea = rapid.Bool().Draw(t, "confirm area")
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 12).Draw(t, "minutes")) * time.Minute)
			name := rapid.SampledFrom(names).Draw(t, "verb")
			before := h
			after, err := all[name](before, now)
			if err != nil {
				if _, ok := schema.AsRefusal(err); !ok {
					t.Fatalf("%s: %v is no refusal", name, err)
				}
				if !reflect.DeepEqual(after, before) {
					t.Fatalf("%s was refused (%v) and changed the hold", name, err)
				}
				continue
			}
			h = after
			if rank[h.State] < rank[before.State] || rank[before.State] == 2 && !reflect.DeepEqual(h, before) {
				t.Fatalf("%s: from %s to %s", name, before.State, h.State)
			}
			check(t, name, before, h, now)
		}
	})
}

func check(t *rapid.T, name string, before, h schema.Hold, now time.Time) {
	if ended := h.State == schema.Ended; ended != schema.HoldEnds.Has(h.End) || ended != (h.EndedBy != schema.ByNobody) || ended != (h.EndedAt != nil) {
		t.Fatalf("%s: %s with end %q by %q", name, h.State, h.End, h.EndedBy)
	}
	if h.State == schema.Agreed || h.State == schema.Arrived {
		if h.Provided == nil || !h.Provided.Yes || h.Survivor == nil || !h.Survivor.Yes || h.AgreedAt == nil {
			t.Fatalf("%s: %s without both having said yes", name, h.State)
		}
		if h.ConfirmArea && !h.Provided.AreaConfirmed {
			t.Fatalf("%s: %s in an area nobody confirmed", name, h.State)
		}
	}
	if before.Provided == nil && h.Provided != nil && h.Provided.Yes && h.State == schema.Held && h.ExpiresAt.Sub(now) < schema.AfterYes {
		t.Fatalf("%s: a yes leaves her %s", name, h.ExpiresAt.Sub(now))
	}
	if h.State == schema.Held && h.ExpiresAt.Before(before.ExpiresAt) {
		t.Fatalf("%s: cut short from %s to %s", name, before.ExpiresAt, h.ExpiresAt)
	}
	if h.Live(now) == h.Expired(now) && h.State == schema.Held {
		t.Fatalf("%s: a hold is live or has run out, never both or neither", name)
	}
}
