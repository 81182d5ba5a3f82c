package web

import (
	"fmt"
	"strings"
	"testing"

	"haven/exchange"
	"haven/schema"
)

// The only place for a wheelchair among nine says on its card why it is last; where every second place is so, that is in the detail alone.
func TestAScarcePlaceSaysWhyItIsLast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stepFree int
		onCard   bool
		words    string
	}{{1, true, "The only free place "}, {4, false, "One of 4 free places "}} {
		t.Run(c.words, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := exchange.Publish{Service: w.service.ID}
			for i := range 9 {
				facts := schema.Space{BedSpaces: 2, Wheelchair: schema.No, LimitedMobility: schema.No}
				if i < c.stepFree {
					facts.Wheelchair = schema.Yes
				}
				p.Spaces = append(p.Spaces, exchange.SpaceReport{Ref: fmt.Sprint(i), Facts: &facts, Report: schema.Report{State: schema.Available}})
			}
			_, err := w.exchange.Publish(t.Context(), w.actor(schema.RoleManager), p)
			must(t, err)
			w.follow()
			b := w.signedIn(schema.RoleHelpline)
			b.part = "spaces"
			list := b.post("/find", "facts", "1", "say", "woman public funds").is(t, 200).has(t, c.words)
			above, _, _ := strings.Cut(list.body, c.words)
			card := above[strings.LastIndex(above, `<li class="haven-space`):]
			if onCard := !strings.Contains(card, "<details"); onCard != c.onCard {
				t.Errorf("%s: on the card %t, want %t", c.words, onCard, c.onCard)
			}
		})
	}
}
